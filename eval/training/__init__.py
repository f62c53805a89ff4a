"""Training of the small model that says how well a passage answers a question (`assistant.retrieval.passage_model`)."""
