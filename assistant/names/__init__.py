"""Which study a text speaks of."""
