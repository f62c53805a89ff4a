"""Answers questions about a clinical review, and cites the sentence or table cell."""

__version__ = "0.1.0"
