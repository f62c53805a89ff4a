"""A review as the later layers use it."""
