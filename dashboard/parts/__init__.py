"""Things drawn on the pages, one file each."""
