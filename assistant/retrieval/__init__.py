"""Finding the passages that answer."""
