"""Figures set side by side, ranked and computed."""
