"""Answers of yes or no, each with the figure that decides."""
