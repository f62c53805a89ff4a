"""What a turn of a conversation leaves unsaid, taken from the turns before it."""
