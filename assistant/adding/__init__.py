"""From a published article to a review folder: read by its form, attributed to studies, written down."""
