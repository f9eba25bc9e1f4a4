"""Tables of what is sent: who gets alerts, what waits to be sent, and the log of what was."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from linkage.store.columns import metadata, salt_column, seal_column

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", String(36), primary_key=True, doc="UUID"),
    Column("kind", String, nullable=False, doc="person, project, establishment, police or site"),
    Column("name", String, nullable=False, doc="of a project, force or site; empty for a person"),
    Column("regions", Text, nullable=False, doc="JSON list; empty for everywhere"),
    Column("groups", Text, nullable=False, doc="JSON list of the groups it belongs to"),
    Column("least_risk", String, nullable=False, doc="all or high: which alerts it gets"),
    Column("language", String, nullable=False, doc="ISO 639-1"),
    Column("channel", String, nullable=False, doc="email, text, app or feed"),
    Column("address", Text, nullable=False, doc="encrypted with the key of the sending settings; empty for a feed"),
    Column("address_mark", String(64), nullable=False, doc="HMAC of the address, to find it again"),
    Column("state", String, nullable=False, doc="waiting, confirmed or left"),
    Column("terms", String, nullable=False, doc="version of the terms that were accepted"),
    Column("created_at", String, nullable=False),
    Column("changed_at", String, nullable=False),
    Column("version", Integer, nullable=False, doc="1, 2, ...: a change names the version it was made to"),
    salt_column(),
    seal_column(),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("uid", String(36), nullable=False, unique=True, doc="UUID: the message's number, the same at each retry"),
    Column("kind", String, nullable=False, doc="alert, recall or confirm"),
    Column("alert", Integer, nullable=False, doc="0 where it is none"),
    Column("version", Integer, nullable=False),
    Column("subscriber", String(36), ForeignKey("subscribers.id"), nullable=False),
    Column("channel", String, nullable=False),
    Column("state", String, nullable=False, doc="waiting, sending, sent, unacknowledged, failed or cancelled"),
    Column("attempts", Integer, nullable=False),
    Column("next_at", String, nullable=False, doc="not tried before"),
    Column("sender", String, nullable=False, doc="machine and process that has it in hand"),
    Column("at", String, nullable=False, doc="when its state changed last"),
    Column("error", Text, nullable=False, doc="what the gateway answered last"),
    UniqueConstraint("kind", "alert", "version", "subscriber", name="outbox_once"),
    Index("outbox_by_state", "state", "next_at"),
)

distribution = Table(
    "distribution",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("event", String, nullable=False, doc="released, finished or recalled"),
    Column("alert", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("region", String, nullable=False, doc="empty for everywhere"),
    Column("member_group", String, nullable=False, doc="empty for everybody"),
    Column("channel", String, nullable=False),
    Column("count", Integer, nullable=False, doc="subscribers it was released to, or messages sent"),
    Column("failed", Integer, nullable=False),
    salt_column(),
    seal_column(),
    Index("distribution_by_alert", "alert"),
)
