"""Fields of a row: their names, plain values and canonical form."""
