"""Runs migrations on the connection that `linkage.store.connect` hands over."""

from __future__ import annotations

from alembic import context

from linkage.store.schema import metadata

VERSION_TABLE = "linkage_version"

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
