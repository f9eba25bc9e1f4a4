"""Rows are sealed, the audit's hash covers a digest, and accounts, sessions, drafts and tombstones have a place."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op

from linkage.store import audit, seals, triggers
from linkage.store.schema import audit as audit_rows
from linkage.store.schema import decisions, rejects, reports, runs

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OLD_GUARDS = ("audit", "decisions")


def upgrade() -> None:
    """Add columns and tables, seal what is there, and chain the audit anew; an entry tells of its old head."""
    connection = op.get_bind()
    _drop_old_triggers()
    _add_columns()
    _make_tables()
    sealed = _seal_rows(connection)
    op.create_index("decisions_by_uid", "decisions", ["uid"], unique=True)
    _chain_anew(connection, sealed)
    triggers.install(connection)


def downgrade() -> None:
    """Not offered: the old form of the chain cannot vouch for what was written since."""
    raise NotImplementedError("a sealed store cannot be taken back")


def _drop_old_triggers() -> None:
    on_postgres = op.get_bind().dialect.name == "postgresql"
    for table in _OLD_GUARDS:
        for name in ("update", "truncate") if on_postgres else ("update", "delete", "replace"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_no_{name}" + (f" ON {table}" if on_postgres else ""))
        if on_postgres:
            op.execute(f"DROP FUNCTION IF EXISTS {table}_append_only()")


def _salt_and_seal() -> list[sa.Column[Any]]:
    return [
        sa.Column("salt", sa.String(32), nullable=False, server_default=""),
        sa.Column("seal", sa.String(64), nullable=False, server_default=""),
    ]


def _add_columns() -> None:
    erased = ("rejects", "runs", "decisions", "audit")
    added: dict[str, list[sa.Column[Any]]] = {
        "reports": _salt_and_seal(),
        "rejects": _salt_and_seal(),
        "runs": _salt_and_seal(),
        "decisions": [
            sa.Column("uid", sa.String(36), nullable=False, server_default=""),
            sa.Column("scope", sa.Text),
            sa.Column("stream", sa.String, nullable=False, server_default="queue"),
            *_salt_and_seal(),
        ],
        "audit": [
            sa.Column("salt", sa.String(32), nullable=False, server_default=""),
            sa.Column("digest", sa.String(64), nullable=False, server_default=""),
            sa.Column("mac", sa.String(64)),
        ],
    }
    for table, columns in added.items():
        for column in [*columns, *([sa.Column("erased", sa.Integer)] if table in erased else [])]:
            op.add_column(table, column)


def _make_tables() -> None:
    op.create_table(
        "series_events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("series_id", sa.String, nullable=False),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("decision", sa.Integer, sa.ForeignKey("decisions.id")),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.id")),
        *_salt_and_seal(),
        sa.Column("erased", sa.Integer),
    )
    op.create_index("series_events_by_series", "series_events", ["series_id"])
    op.create_table(
        "tombstones",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("report_id", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("versions", sa.Integer, nullable=False),
        *_salt_and_seal(),
    )
    op.create_index("tombstones_by_report", "tombstones", ["report_id"], unique=True)
    op.create_table(
        "accounts",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("password", sa.String),
        sa.Column("totp", sa.String),
        sa.Column("disabled", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("changed_at", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *_salt_and_seal(),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("started_at", sa.String, nullable=False),
        sa.Column("seen_at", sa.String, nullable=False),
        sa.Column("ended_at", sa.String),
    )
    op.create_table(
        "drafts",
        sa.Column("account", sa.String, primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("at", sa.String, nullable=False),
    )


def _seal_rows(connection: sa.Connection) -> seals.Seals:
    """Seal every row there is; returns the seals."""
    found: seals.Seals = {}
    for table in (reports, rejects, runs, decisions):
        keys = [column.name for column in table.primary_key]
        rows = []
        for row in connection.execute(sa.select(table)).mappings().all():
            new = {"uid": str(uuid.uuid4())} if table is decisions else {}
            rows.append(seals.sealed(table, {**row, **new}))
        found |= seals.seals_of(table, rows)
        changed = ["salt", "seal", *(["uid"] if table is decisions else [])]
        if rows:
            which = sa.and_(*(table.c[key] == sa.bindparam(f"old_{key}") for key in keys))
            update = sa.update(table).where(which).values({name: sa.bindparam(f"new_{name}") for name in changed})
            news = [{f"new_{name}": row[name] for name in changed} for row in rows]
            olds = [{f"old_{key}": row[key] for key in keys} for row in rows]
            connection.execute(update, [new | old for new, old in zip(news, olds, strict=True)])
    for run in connection.execute(sa.select(runs.c.id)).scalars().all():
        found |= {key: digest for key, digest in seals.run_digests(connection, run).items() if digest}
    return found


def _chain_anew(connection: sa.Connection, sealed: seals.Seals) -> None:
    """Hash the entries in their new form, and add one that tells what the old head was and whether the chain held."""
    rows = connection.execute(sa.select(audit_rows).order_by(audit_rows.c.id)).mappings().all()
    if not rows and not sealed:
        return  # a new store
    broken, before, previous = None, audit.START, audit.START
    for expected, row in enumerate(rows, start=1):
        parts = (row["id"], row["at"], row["who"], row["what"], row["detail"], row["previous"])
        whole = json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")
        as_written = (row["id"], row["previous"], row["hash"]) == (
            expected,
            before,
            hashlib.sha256(whole).hexdigest(),
        )
        broken = broken or (None if as_written else expected)
        before = row["hash"]
        new = audit.entry_row(expected, (row["at"], row["who"], row["what"]), row["detail"], previous)
        connection.execute(sa.update(audit_rows).where(audit_rows.c.id == row["id"]).values(new))
        previous = new["hash"]
    head = {"id": rows[-1]["id"], "hash": rows[-1]["hash"]} if rows else None
    detail = {"from": down_revision, "to": revision, "old_head": head, "old_chain_broken_at": broken}
    audit.append(connection, "linkage", "upgrade", detail, sealed)
