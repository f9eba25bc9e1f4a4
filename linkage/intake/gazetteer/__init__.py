"""Places offline: tables, names in a text, and what they resolve to."""
