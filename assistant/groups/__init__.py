"""A study's own arms and subgroups, and how they are said."""
