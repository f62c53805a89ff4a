"""Characters, words, sentences and ages: what every reader starts from."""
