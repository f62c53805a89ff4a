"""The field's terms, and the matchers that find them in text."""
