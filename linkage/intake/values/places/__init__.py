"""Places of incidents."""
