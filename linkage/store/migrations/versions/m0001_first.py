"""The first schema: reports in versions, rejects, runs with their results, decisions and the audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit", "decisions")


def upgrade() -> None:
    """Make the tables, and the triggers that keep `audit` and `decisions` append-only."""
    _make_reports()
    _make_runs()
    _make_decisions()
    for table in APPEND_ONLY:
        _refuse_changes(table)


def downgrade() -> None:
    """Not offered: going below the first schema would delete every report, decision and audit entry."""
    raise NotImplementedError("the first schema cannot be taken back")


def _make_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("report_id", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("imported_at", sa.String, nullable=False),
        sa.Column("file", sa.String, nullable=False),
        sa.UniqueConstraint("report_id", "fingerprint", name="reports_content"),
    )
    op.create_table(
        "rejects",
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("file", sa.String, nullable=False),
        sa.Column("row", sa.Integer),
        sa.Column("report_id", sa.String),
        sa.Column("field", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("imported_at", sa.String, nullable=False),
    )


def _run_id() -> sa.Column[int]:
    return sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)


def _make_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_table(
        "pairs",
        _run_id(),
        sa.Column("report_a", sa.String, primary_key=True),
        sa.Column("report_b", sa.String, primary_key=True),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("probability", sa.Float, nullable=False),
        sa.Column("lane", sa.String, nullable=False),
        sa.Column("distance_km", sa.Float),
        sa.Column("days", sa.Integer),
    )
    op.create_index("pairs_by_b", "pairs", ["run_id", "report_b"])
    op.create_index("pairs_by_probability", "pairs", ["run_id", "probability"])
    op.create_table(
        "series",
        _run_id(),
        sa.Column("series_id", sa.String, primary_key=True),
        sa.Column("report_id", sa.String, primary_key=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("fit", sa.Float),
    )
    op.create_index("series_by_report", "series", ["run_id", "report_id"])
    op.create_table(
        "incidents",
        _run_id(),
        sa.Column("incident_id", sa.String, primary_key=True),
        sa.Column("report_id", sa.String, primary_key=True),
        sa.Column("basis", sa.String, nullable=False),
    )
    op.create_table(
        "ambiguous",
        _run_id(),
        sa.Column("report_id", sa.String, primary_key=True),
        sa.Column("series_id", sa.String, primary_key=True),
        sa.Column("other_series_id", sa.String, primary_key=True),
        sa.Column("fit", sa.Float),
        sa.Column("other_fit", sa.Float),
    )


def _make_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("analyst", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("left", sa.String, nullable=False),
        sa.Column("right", sa.String, nullable=False),
        sa.Column("judgement", sa.String, nullable=False),
        sa.Column("reasons_for", sa.Text, nullable=False),
        sa.Column("reasons_against", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("blind", sa.Integer, nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("band", sa.String),
        sa.Column("model_version", sa.String),
        sa.Column("features_hash", sa.String),
        sa.Column("evidence_snapshot", sa.Text),
        sa.Column("supersedes", sa.Integer, sa.ForeignKey("decisions.id")),
        sa.Column("second_of", sa.Integer, sa.ForeignKey("decisions.id")),
    )
    op.create_index("decisions_by_left", "decisions", ["left"])
    op.create_index("decisions_by_right", "decisions", ["right"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )


def _refuse_changes(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        for timing in ("UPDATE OR DELETE", "TRUNCATE"):
            name = f"{table}_no_{timing.split()[0].lower()}"
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {timing} ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
            )
        return
    stop = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {stop}")
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {stop}")
    # INSERT OR REPLACE takes the old row away without telling the delete trigger
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {stop}"
    )
