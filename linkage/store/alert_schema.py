"""The tables of alerts: what was drafted in which words, what became of it, and which details are kept out of all."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from linkage.store.columns import erased_column, metadata, salt_column, seal_column

alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("alert", Integer, nullable=False, doc="the alert's number, the same in all its versions"),
    Column("version", Integer, nullable=False, doc="1, 2, ...; whatever the language"),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("kind", String, nullable=False, doc="report or series"),
    Column("subject", String, nullable=False, doc="the report or series that it is about"),
    Column("reports", Text, nullable=False, doc="JSON [[report id, version], ...]: what it was made from"),
    Column("language", String, nullable=False, doc="ISO 639-1"),
    Column("texts", Text, nullable=False, doc="JSON {email, short, html}"),
    Column("facts", Text, nullable=False, doc="JSON [[field, shown, [[report id, words], ...], standing], ...]"),
    Column("checks", Text, nullable=False, doc="JSON [[rule, verdict, [words], why], ...]"),
    Column("settled", Text, nullable=False, doc="JSON {contradiction: choice}"),
    Column("held_back", Text, nullable=False, doc="JSON [[kind, value], ...]: details kept out on purpose"),
    salt_column(),
    seal_column(),
    erased_column(),
    UniqueConstraint("alert", "version", name="alerts_version"),
    Index("alerts_by_subject", "subject"),
)

alert_events = Table(
    "alert_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("alert", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("event", String, nullable=False, doc="drafted, edited, settled, approved, second_checked, sent, ..."),
    Column("detail", Text, nullable=False, doc="JSON"),
    salt_column(),
    seal_column(),
    erased_column(),
    Index("alert_events_by_alert", "alert"),
)

hold_backs = Table(
    "hold_backs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("act", String, nullable=False, doc="add or drop"),
    Column("kind", String, nullable=False, doc="report or series"),
    Column("subject", String, nullable=False, doc="the report or series whose detail it is"),
    Column("detail", String, nullable=False, doc="behaviour, mark, phrase or vehicle"),
    Column("value", Text, nullable=False, doc="the detail itself"),
    Column("reason", Text, nullable=False),
    salt_column(),
    seal_column(),
    erased_column(),
    Index("hold_backs_by_subject", "subject"),
)
