"""What a text or a field says of a person, whoever it is."""
