"""A question read as a fact with a hole."""
