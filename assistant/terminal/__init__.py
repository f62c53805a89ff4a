"""What a person or a pipe is shown."""
