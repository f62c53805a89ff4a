"""The whole way from a question to a verified answer."""
