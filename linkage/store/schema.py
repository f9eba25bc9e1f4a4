"""The store's tables as they stand after the last migration.

Times are ISO 8601 text in UTC. JSON is kept as text: it reads back byte for byte on both databases, and
fingerprints and the audit chain are taken over it. `reports`, `audit` and `decisions` are only ever added to.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

reports = Table(
    "reports",
    metadata,
    Column("report_id", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False, doc="1, 2, ...; the highest is current"),
    Column("body", Text, nullable=False, doc="canonical report as JSON, keys sorted"),
    Column("fingerprint", String(64), nullable=False, doc="SHA-256 of body"),
    Column("imported_at", String, nullable=False),
    Column("file", String, nullable=False, doc="name of the file it came from, without its folder"),
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
    Column("basis", String, nullable=False, doc="follows or proposed"),
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
    Index("decisions_by_left", "left"),
    Index("decisions_by_right", "right"),
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
    Column("hash", String(64), nullable=False, doc="SHA-256 over this entry and `previous`"),
)
