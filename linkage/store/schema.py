"""The store's tables as they stand after the last migration.

Times are ISO 8601 text in UTC. JSON is kept as text: it reads back byte for byte on both databases, and
fingerprints, seals and the audit chain are taken over it. What may be changed or taken away in which table, and when,
is in `triggers`; what `salt` and `seal` are is in `seals`.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from linkage.store.alert_schema import alert_events, alerts, hold_backs
from linkage.store.circulation_schema import distribution, outbox, subscribers
from linkage.store.columns import erased_column, metadata, salt_column, seal_column
from linkage.store.export_schema import exports, numbers
from linkage.store.originals_schema import originals
from linkage.store.quarantine_schema import quarantine, quarantine_events, tokens
from linkage.store.read_rows_schema import read_rows

__all__ = [
    "accounts",
    "alert_events",
    "alerts",
    "ambiguous",
    "audit",
    "carried",
    "decisions",
    "distribution",
    "drafts",
    "exports",
    "hold_backs",
    "incidents",
    "jobs",
    "metadata",
    "numbers",
    "originals",
    "outbox",
    "pairs",
    "quarantine",
    "quarantine_events",
    "read_rows",
    "rejects",
    "reports",
    "runs",
    "series",
    "series_events",
    "sessions",
    "subscribers",
    "tokens",
    "tombstones",
]

reports = Table(
    "reports",
    metadata,
    Column("report_id", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False, doc="1, 2, ...; the highest is current"),
    Column("body", Text, nullable=False, doc="canonical report as JSON, keys sorted"),
    Column("fingerprint", String(64), nullable=False, doc="SHA-256 of body"),
    Column("imported_at", String, nullable=False),
    Column("file", String, nullable=False, doc="name of the file it came from, without its folder"),
    salt_column(),
    seal_column(),
    UniqueConstraint("report_id", "fingerprint", name="reports_content"),
)

rejects = Table(
    "rejects",
    metadata,
    Column("fingerprint", String(64), primary_key=True, doc="SHA-256 of the other columns but imported_at"),
    Column("file", String, nullable=False),
    Column("row", Integer),
    Column("report_id", String),
    Column("field", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("imported_at", String, nullable=False),
    salt_column(),
    seal_column(),
    erased_column(),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("settings", Text, nullable=False, doc="settings as JSON"),
    Column(
        "record",
        Text,
        nullable=False,
        doc="the run's record as JSON, as in run.json: its weights with their origin too",
    ),
    salt_column(),
    seal_column(),
    erased_column(),
)


def _run_id() -> Column[int]:
    return Column("run_id", Integer, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)


pairs = Table(
    "pairs",
    metadata,
    _run_id(),
    Column("report_a", String, primary_key=True),
    Column("report_b", String, primary_key=True),
    Column("weight", Float, nullable=False, doc="log10 of the likelihood ratio"),
    Column("probability", Float, nullable=False),
    Column("lane", String, nullable=False, doc="main, far or both"),
    Column("distance_km", Float),
    Column("days", Integer),
    Index("pairs_by_b", "run_id", "report_b"),
    Index("pairs_by_probability", "run_id", "probability"),
)

series = Table(
    "series",
    metadata,
    _run_id(),
    Column("series_id", String, primary_key=True),
    Column("report_id", String, primary_key=True),
    Column("role", String, nullable=False, doc="core or edge"),
    Column("fit", Float),
    Index("series_by_report", "run_id", "report_id"),
)

incidents = Table(
    "incidents",
    metadata,
    _run_id(),
    Column("incident_id", String, primary_key=True),
    Column("report_id", String, primary_key=True),
    Column("basis", String, nullable=False, doc="follows, decided or proposed"),
)

ambiguous = Table(
    "ambiguous",
    metadata,
    _run_id(),
    Column("report_id", String, primary_key=True),
    Column("series_id", String, primary_key=True, doc="the series it stands in"),
    Column("other_series_id", String, primary_key=True, doc="the series it may belong to as well"),
    Column("fit", Float),
    Column("other_fit", Float),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("analyst", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("left", String, nullable=False),
    Column("right", String, nullable=False),
    Column("judgement", String, nullable=False),
    Column("reasons_for", Text, nullable=False, doc="JSON list"),
    Column("reasons_against", Text, nullable=False, doc="JSON list"),
    Column("note", Text, nullable=False),
    Column("blind", Integer, nullable=False, doc="1 when the score was hidden"),
    Column("score", Float),
    Column("band", String),
    Column("model_version", String),
    Column("features_hash", String),
    Column("evidence_snapshot", Text, doc="JSON as it stood on the screen"),
    Column("supersedes", Integer, ForeignKey("decisions.id")),
    Column("second_of", Integer, ForeignKey("decisions.id")),
    Column("uid", String(36), nullable=False, server_default="", doc="UUID, the same in every store it is taken to"),
    Column("scope", Text, doc="JSON {left: [report ids], right: [report ids]}: the reports meant on each side"),
    Column("stream", String, nullable=False, server_default="queue", doc="queue, random, second, command or import"),
    salt_column(),
    seal_column(),
    erased_column(),
    Index("decisions_by_left", "left"),
    Index("decisions_by_right", "right"),
    Index("decisions_by_uid", "uid", unique=True),
)

series_events = Table(
    "series_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("series_id", String, nullable=False),
    Column("event", String, nullable=False),
    Column("detail", Text, nullable=False, doc="JSON"),
    Column("decision", Integer, ForeignKey("decisions.id"), doc="the decision that led to it"),
    Column("run", Integer, ForeignKey("runs.id"), doc="the run that led to it"),
    salt_column(),
    seal_column(),
    erased_column(),
    Index("series_events_by_series", "series_id"),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("report_id", String, nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("versions", Integer, nullable=False, doc="how many versions of the report there were"),
    salt_column(),
    seal_column(),
    Index("tombstones_by_report", "report_id", unique=True),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", String, primary_key=True),
    Column("role", String, nullable=False, doc="viewer, analyst, supervisor or administrator"),
    Column("password", String, doc="argon2 hash; none where the organisation signs people in"),
    Column("totp", String, doc="secret of the one-time codes"),
    Column("disabled", Integer, nullable=False, doc="1 when the account may not sign in"),
    Column("created_at", String, nullable=False),
    Column("changed_at", String, nullable=False),
    Column("version", Integer, nullable=False, doc="1, 2, ...: a change names the version it was made to"),
    salt_column(),
    seal_column(),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account", String, nullable=False),
    Column("started_at", String, nullable=False),
    Column("seen_at", String, nullable=False),
    Column("ended_at", String),
)

drafts = Table(
    "drafts",
    metadata,
    Column("account", String, primary_key=True, doc="empty in a store without accounts"),
    Column("key", String, primary_key=True, doc="the page and what it is about"),
    Column("body", Text, nullable=False, doc="JSON"),
    Column("at", String, nullable=False),
)

carried = Table(
    "carried",
    metadata,
    Column("run_id", Integer, ForeignKey("runs.id"), primary_key=True, autoincrement=False),
    Column("full_run", Integer, nullable=False, doc="the run that estimated the weights"),
    Column("updates", Integer, nullable=False, doc="how many runs have brought it up to date"),
    Column("weights", Text, nullable=False, doc="what it estimated as JSON; its model is in its record"),
    Column("base", Text, nullable=False, doc="JSON [[[report id, version], ...], ...]: whose base rates these are"),
    Column("arrays", LargeBinary, nullable=False, doc="lists and components as plain numpy arrays, compressed"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False, doc="link or update"),
    Column("by", String, nullable=False, doc="who started it"),
    Column("host", String, nullable=False, doc="the machine it runs on"),
    Column("pid", Integer, nullable=False, doc="its process there; 0 while it starts"),
    Column("started", String, nullable=False),
    Column("beat", String, nullable=False, doc="when it last said what it is at"),
    Column("ended", String),
    Column("state", String, nullable=False, doc="running, done, failed or died"),
    Column("stage", String, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("run", Integer, doc="the run that was kept"),
    Column("error", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False, doc="1, 2, ... without gaps"),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("what", String, nullable=False),
    Column("detail", Text, nullable=False, doc="JSON"),
    Column("previous", String(64), nullable=False, doc="hash of the entry before; zeros for the first"),
    Column("hash", String(64), nullable=False, doc="SHA-256 over id, at, who, what, digest and previous"),
    Column("salt", String(32), nullable=False, server_default="", doc="random; new when words were taken out"),
    Column("digest", String(64), nullable=False, server_default="", doc="SHA-256 over salt and detail as written"),
    Column("mac", String(64), doc="HMAC-SHA-256 of hash with the key outside the store"),
    erased_column(),
)
