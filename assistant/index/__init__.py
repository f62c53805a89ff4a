"""Passages as vectors: made, kept and checked."""
