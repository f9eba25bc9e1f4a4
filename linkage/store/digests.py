"""What proves a row of a table that has no seal of its own: a digest in the audit entry that wrote it.

What a run carries to the next is replaced by each run, marks of rows go with the program that read them, and of a
session and a message only some columns stay as they were written. None holds words that could be found again by
trying, so that no salt is needed; but for marks, which have one of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from linkage.store.schema import carried, outbox, read_rows, sessions
from linkage.store.seals import Seals

COLUMNS: dict[Table, tuple[str, ...]] = {
    carried: ("run_id", "full_run", "updates", "weights", "base", "arrays"),
    sessions: ("token_hash", "account", "started_at"),
    read_rows: ("uid", "program", "day", "key", "marks", "salt"),
    outbox: ("uid", "kind", "alert", "version", "subscriber", "channel", "state"),
}
"""Table -> columns that stay as they were written, the key first."""

_ON_ITS_WAY = {"waiting": "on its way", "sending": "on its way"}
"""States of a message between which it goes without an audit entry."""
_AT_ONCE = 500


def digest_key(table: Table, row: Mapping[Any, Any]) -> str:
    """What such a row is called in the audit; of a session's hash, by which its token is known, the beginning."""
    return f"{table.name}/{str(row[COLUMNS[table][0]])[:16]}"


def digest_of_row(table: Table, row: Mapping[Any, Any]) -> str:
    """SHA-256 over the columns that stay."""
    values = [_plain(row[name]) for name in COLUMNS[table]]
    if table is outbox:
        values[-1] = _ON_ITS_WAY.get(row["state"], row["state"])
    words = json.dumps([table.name, values], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def written(table: Table, row: Mapping[Any, Any]) -> Seals:
    """Key and digest of a row, for the audit entry that writes it."""
    return {digest_key(table, row): digest_of_row(table, row)}


def vouch(connection: Connection, table: Table, key: Column[str], names: Sequence[str]) -> Seals:
    """Keys and digests of the rows of these names as they are now."""
    found: Seals = {}
    for at in range(0, len(names), _AT_ONCE):
        for row in connection.execute(select(table).where(key.in_(names[at : at + _AT_ONCE]))).mappings():
            found |= written(table, row)
    return found


def taken_away(connection: Connection, table: Table) -> Seals:
    """The keys of every row of a table that is about to be emptied, for the audit entry that does so."""
    return {digest_key(table, row): None for row in connection.execute(select(table)).mappings()}


def digest_faults(connection: Connection, expected: Seals) -> Iterator[tuple[str, str]]:
    """Rows that differ from what the audit says of them, each with what is wrong. A session, what a run carries or
    marks of rows that are gone are no fault: a backup leaves them out, without a session nobody is let in, without
    what a run carries all is linked again, and without its mark a row is read again."""
    for table in COLUMNS:
        there = set()
        for row in connection.execute(select(table)).mappings():
            key = digest_key(table, row)
            there.add(key)
            if key not in expected:
                yield key, "no audit entry tells of this row"
            elif expected[key] is None:
                if table is not sessions or row["ended_at"] is None:
                    yield key, "it was taken away and put back"
            elif expected[key] != digest_of_row(table, row):
                yield key, "this row was changed"
        if table is outbox:
            known = (key for key in expected if key.startswith("outbox/"))
            yield from ((key, "this row is missing") for key in known if key not in there)


def _plain(value: Any) -> Any:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes | memoryview) else value


NOT_VOUCHED: dict[str, str] = {
    "linkage_version": "the schema: another than the program's is brought up to date or refused on opening",
    "drafts": "what somebody began and has not saved: they see it before it counts, and what is saved is sealed",
    "jobs": "how far a linking in the background is: the run that it keeps is sealed",
    "audit.mac": "it is looked at with the key outside the store, and says nothing without",
    "sessions.seen_at": "when a session was used last, which every page changes",
    "sessions.ended_at": "when a session ended: an end that was taken away is seen, one put in signs out",
    "outbox.id": "the order of sending: a message goes by its uid",
    "outbox.attempts": "how often it was tried, while it is on its way",
    "outbox.next_at": "when it is tried next, while it is on its way",
    "outbox.sender": "which process has it in hand",
    "outbox.at": "when it was tried last",
    "outbox.error": "what the gateway answered last",
}
"""Tables and columns that the audit does not vouch for, each with the reason; docs/security.md says so."""
