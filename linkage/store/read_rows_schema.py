"""The table of rows that were read, by their marks."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from linkage.store.columns import metadata

read_rows = Table(
    "read_rows",
    metadata,
    Column("uid", String(36), primary_key=True, doc="UUID, one an import"),
    Column("program", String(32), nullable=False, doc="digest of the program and tables that read them"),
    Column("day", String(10), nullable=False, doc="when they were read; a clock set back before it reads them anew"),
    Column("key", String(64), nullable=False, doc="random; marks are keyed with it"),
    Column("marks", Text, nullable=False, doc="JSON {keyed digest: [report id, version, own id if masked]}"),
    Column("salt", String(32), nullable=False, doc="random; new when a mark was taken out"),
)
