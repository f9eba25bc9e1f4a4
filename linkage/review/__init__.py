"""What an analyst reviews: suggested links, series and reports, laid out for the eye. Pure functions."""
