"""The things found in a text, and the normal forms of its numbers, comparisons and times."""
