"""The tables of what comes in from outside: what waits, what became of it, and who may send by token."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from linkage.store.columns import metadata, salt_column, seal_column

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("number", String, nullable=False, unique=True, doc="random; the report's id once it is taken in"),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False, doc="page, or token and its name"),
    Column("kind", String, nullable=False, doc="full, partial, follow_up or third_party"),
    Column("follows", String, nullable=False, doc="number of the report it belongs to; empty for none"),
    Column("body", Text, nullable=False, doc="JSON as it came, in the report format; empty once it is taken in"),
    Column("key_mark", String(64), nullable=False, unique=True, doc="SHA-256 of the sender and the idempotency key"),
    Column("body_mark", String(64), nullable=False, doc="HMAC-SHA-256 of the body with the idempotency key"),
    Column("code_mark", String(64), nullable=False, doc="SHA-256 of number and code"),
    salt_column(),
    seal_column(),
)

quarantine_events = Table(
    "quarantine_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("number", String, nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("event", String, nullable=False, doc="taken or refused"),
    Column("reason", Text, nullable=False),
    salt_column(),
    seal_column(),
    Index("quarantine_events_by_number", "number"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(36), primary_key=True, doc="UUID"),
    Column("name", String, nullable=False, unique=True, doc="of the project or program that holds it"),
    Column("hash", String(64), nullable=False, doc="SHA-256 of the token, which is 256 random bits"),
    Column("scopes", Text, nullable=False, doc="JSON list"),
    Column("created_at", String, nullable=False),
    Column("expires_at", String, nullable=False),
    Column("revoked_at", String, nullable=False, doc="empty while it holds"),
    salt_column(),
    seal_column(),
)
