"""The table of narratives as they came, encrypted."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from linkage.store.columns import metadata, salt_column, seal_column

originals = Table(
    "originals",
    metadata,
    Column("report_id", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False, doc="the version whose narrative was masked"),
    Column("key_name", String(16), nullable=False, doc="beginning of the SHA-256 of the key"),
    Column("words", Text, nullable=False, doc="narrative as it came: nonce and AES-256-GCM, base 64"),
    Column("at", String, nullable=False),
    salt_column(),
    seal_column(),
)
