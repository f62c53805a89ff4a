"""A corpus folder as it stands on the disk."""
