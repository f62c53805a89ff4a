"""Answers in the review's own words: sentences, references, definitions."""
