"""Reports become columns, and columns become weights: one file for each kind of evidence."""
