"""Blocks of answers in the pages of a wiki: found, filled, checked and refreshed."""
