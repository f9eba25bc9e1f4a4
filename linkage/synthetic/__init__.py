"""A seed becomes a world with known truth."""
