"""A review while it is read: what its tables and its prose add of each study."""
