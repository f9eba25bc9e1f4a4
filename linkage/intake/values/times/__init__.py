"""Dates and clock times."""
