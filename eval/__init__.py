"""Known questions with known figures, and a strict scorer for any system that speaks the batch contract."""
