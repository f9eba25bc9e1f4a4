"""How files leave the program: private, whole or not at all, and with nothing in them that a spreadsheet runs."""
