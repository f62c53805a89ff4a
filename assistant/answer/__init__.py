"""What a question wants, chosen kind by kind, and answered or declined."""
