"""Facts looked up: single figures, cells, arms, several studies, with honest declines."""
