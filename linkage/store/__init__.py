"""Reports and results kept: SQLite by default, PostgreSQL by URL."""
