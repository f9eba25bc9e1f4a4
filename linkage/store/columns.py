"""What tables of the store share: their metadata, and the columns that prove a row."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String

metadata = MetaData()


def salt_column() -> Column[str]:
    """The salt of a sealed row."""
    return Column("salt", String(32), nullable=False, server_default="", doc="random; gone when the row is erased")


def seal_column() -> Column[str]:
    """The seal of a sealed row."""
    return Column("seal", String(64), nullable=False, server_default="", doc="SHA-256 over salt and content")


def erased_column() -> Column[int]:
    """The tombstone of a row that may hold a report's words."""
    return Column("erased", Integer, doc="tombstone by which words were taken out of this row")
