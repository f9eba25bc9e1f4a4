"""Tables of what leaves in files: the steps of each export, and the numbers that stand for reports in it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from linkage.store.columns import erased_column, metadata, salt_column, seal_column

exports = Table(
    "exports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("step", String, nullable=False, doc="asked, approved, refused, written or outcome"),
    Column("request", Integer, ForeignKey("exports.id"), doc="the step that asked; none for that step itself"),
    Column("detail", Text, nullable=False, doc="JSON: what is wanted, as the step that asked says it"),
    Column("reports", Text, nullable=False, doc="JSON {report id: version}: whose values the content holds"),
    Column("content_hash", String(64), nullable=False, doc="SHA-256 over the content, whatever it is written as"),
    Column("files", Text, nullable=False, doc="JSON {name: SHA-256} of the files that were written"),
    Column("folder", Text, nullable=False, doc="where they were written"),
    Column("reason", Text, nullable=False),
    salt_column(),
    seal_column(),
    erased_column(),
    Index("exports_by_request", "request"),
)

numbers = Table(
    "numbers",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("number", String(16), nullable=False, doc="random; stands for a report or a series in what leaves"),
    Column("kind", String, nullable=False, doc="report or series"),
    Column("name", String, nullable=False, doc="the report or series it stands for"),
    Column("at", String, nullable=False),
    salt_column(),
    seal_column(),
    UniqueConstraint("number", name="numbers_once"),
    UniqueConstraint("kind", "name", name="numbers_one_each"),
)
