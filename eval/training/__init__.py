"""Training of the small model that says how well a passage answers a question (`assistant.passage_model`)."""
