"""Who did what, when: a log that is only added to, each entry carrying the hash of the one before.

A changed, removed or inserted entry breaks the chain from there on, and `first_broken` finds it. Cutting entries off
the end cannot be seen from the log alone; keep the latest hash elsewhere (it is shown with the log) to notice that.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, text

from linkage.store.schema import audit

_START = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry: `at` is ISO 8601 UTC, `detail` plain JSON values."""

    id: int
    at: str
    who: str
    what: str
    detail: dict[str, Any]
    hash: str


def now() -> str:
    """This moment, ISO 8601 in UTC with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def append(connection: Connection, who: str, what: str, detail: dict[str, Any]) -> AuditEntry:
    """Add one entry. Must run inside a writing transaction, so that entries get their numbers one after another."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE audit IN EXCLUSIVE MODE"))
    last = connection.execute(select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)).first()
    number, previous = (last.id + 1, last.hash) if last else (1, _START)
    words = json.dumps(detail, sort_keys=True, ensure_ascii=False)
    at = now()
    own = _hash(number, at, who, what, words, previous)
    row = {"id": number, "at": at, "who": who, "what": what, "detail": words, "previous": previous, "hash": own}
    connection.execute(insert(audit), row)
    return AuditEntry(number, at, who, what, detail, own)


def entries(connection: Connection, newest: int | None = None) -> list[AuditEntry]:
    """The log, newest first; `newest` limits how many."""
    rows = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(newest))
    return [AuditEntry(r.id, r.at, r.who, r.what, json.loads(r.detail), r.hash) for r in rows]


def first_broken(connection: Connection) -> int | None:
    """Number of the first entry that is not as it was written, or None when the chain holds."""
    previous = _START
    for expected, row in enumerate(connection.execute(select(audit).order_by(audit.c.id)), start=1):
        if row.id != expected or row.previous != previous or row.hash != _rehash(row):
            return expected
        previous = row.hash
    return None


def _rehash(row: Row[Any]) -> str:
    return _hash(row.id, row.at, row.who, row.what, row.detail, row.previous)


def _hash(*parts: str | int) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
