"""Judges anyone's text against the corpus: each statement supported, contradicted, not found or not checkable."""
