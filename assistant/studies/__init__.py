"""Which studies meet what a question says of them."""
