"""The store's schema, step by step. Alembic runs these; `linkage.store` calls Alembic when it opens a store."""
