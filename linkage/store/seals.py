"""Seals: what proves that a row is still as it was written.

A row that must be provable carries a random salt and a seal, SHA-256 over the salt and the row's content. The audit
entry that writes the row names the seal, so that a row changed, removed or put in behind the store's back disagrees
with the audit. The salt keeps anybody from finding an erased report's words again by trying them against the seal
that stays in the audit. The large tables of a run (pairs, series, incidents, ambiguous) hold no words: each has one
digest a run in place of a seal a row.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Float, Integer, Table, select

from linkage.store.schema import (
    accounts,
    alert_events,
    alerts,
    ambiguous,
    decisions,
    distribution,
    exports,
    hold_backs,
    incidents,
    numbers,
    originals,
    pairs,
    quarantine,
    quarantine_events,
    rejects,
    reports,
    runs,
    series,
    series_events,
    subscribers,
    tokens,
    tombstones,
)

SEALED = (
    *(reports, rejects, runs, decisions, series_events, tombstones, accounts, subscribers, distribution),
    *(alerts, alert_events, hold_backs, exports, numbers, originals),
    *(quarantine, quarantine_events, tokens),
)
"""Tables whose rows carry a seal each."""
OF_A_RUN = (pairs, series, incidents, ambiguous)
"""Tables that have one digest a run."""

Seals = dict[str, str | None]
"""Key of a row, or of a run's table -> its seal or digest; None where it was taken away."""

_NO_CONTENT = {"salt", "seal"}


def sealed(table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    """The row with a new salt and its seal."""
    salt = secrets.token_hex(16)
    return {**row, "salt": salt, "seal": seal_of(table, row, salt)}


def seal_of(table: Table, row: Mapping[Any, Any], salt: str) -> str:
    """The seal of a row's content under a salt: every column but the seal's own and a number that the store gave."""
    values = [_plain(column.type, row.get(column.name)) for column in _content(table)]
    return _sha(f"{salt}\n{_json([table.name, values])}")


def key_of(table: Table, row: Mapping[Any, Any]) -> str:
    """What a sealed row is called in the audit: its table and number; a refusal goes by its seal."""
    if table in (reports, originals):
        return f"{table.name}/{row['report_id']}/{row['version']}"
    if table is rejects:
        return f"rejects/{row['seal'][:32]}"
    return f"{table.name}/{row['name'] if table is accounts else row['id']}"


def seals_of(table: Table, rows: Iterable[Mapping[Any, Any]]) -> Seals:
    """Key and seal of each row, for the audit entry that writes them."""
    return {key_of(table, row): row["seal"] for row in rows}


def run_key(table: Table, run: int) -> str:
    """What a table of a run is called in the audit."""
    return f"runs/{run}/{table.name}"


def digest_of(table: Table, rows: Iterable[Mapping[Any, Any]]) -> str:
    """One digest over rows of a run's table, in whatever order they come: SHA-256 over their sorted lines."""
    columns = [column for column in table.columns if column.name != "run_id"]
    return _sha("\n".join(sorted(_json([_plain(c.type, row[c.name]) for c in columns]) for row in rows)))


def run_digests(connection: Connection, run: int, tables: Iterable[Table] = OF_A_RUN) -> Seals:
    """The digests of a run's tables as they stand in the database; None for a table without rows of it."""
    found: Seals = {}
    for table in tables:
        rows = connection.execute(select(table).where(table.c.run_id == run)).mappings().all()
        found[run_key(table, run)] = digest_of(table, rows) if rows else None
    return found


def _content(table: Table) -> list[Any]:
    counted = table.c.get("id")
    if counted is not None and not isinstance(counted.type, Integer):
        counted = None  # no number that the store gave
    return [column for column in table.columns if column.name not in _NO_CONTENT and column is not counted]


def _plain(kind: Any, value: Any) -> Any:
    """A value as both databases give it back: a whole number in a column of decimals is a decimal, and zero has no
    sign."""
    if value is None:
        return None
    if isinstance(kind, Float):
        return float(value) + 0.0
    return int(value) if isinstance(kind, Integer) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _sha(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
