"""A text cut once, for all who read it."""
