"""Facts of table cells, and the arms that a table names."""
