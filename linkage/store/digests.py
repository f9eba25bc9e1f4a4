"""What proves a row of a table that has no seal of its own: a digest in the audit entry that wrote it.

What a run carries to the next is replaced by each run, and of a session only some columns stay as they were written.
Neither holds words that could be found again by trying, so that no salt is needed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from linkage.store.schema import carried, sessions
from linkage.store.seals import Seals

COLUMNS: dict[Table, tuple[str, ...]] = {
    carried: ("run_id", "full_run", "updates", "weights", "base", "arrays"),
    sessions: ("token_hash", "account", "started_at"),
}
"""Table -> columns that stay as they were written, the key first."""


def digest_key(table: Table, row: Mapping[Any, Any]) -> str:
    """What such a row is called in the audit; of a session's hash, by which its token is known, the beginning."""
    return f"{table.name}/{str(row[COLUMNS[table][0]])[:16]}"


def digest_of_row(table: Table, row: Mapping[Any, Any]) -> str:
    """SHA-256 over the columns that stay."""
    values = [_plain(row[name]) for name in COLUMNS[table]]
    words = json.dumps([table.name, values], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def written(table: Table, row: Mapping[Any, Any]) -> Seals:
    """Key and digest of a row, for the audit entry that writes it."""
    return {digest_key(table, row): digest_of_row(table, row)}


def taken_away(connection: Connection, table: Table) -> Seals:
    """The keys of every row of a table that is about to be emptied, for the audit entry that does so."""
    return {digest_key(table, row): None for row in connection.execute(select(table)).mappings()}


def digest_faults(connection: Connection, expected: Seals) -> Iterator[tuple[str, str]]:
    """Rows that differ from what the audit says of them, each with what is wrong. One that is gone is no fault: a
    backup leaves both out, without a session nobody is let in, and without what a run carries all is linked again."""
    for table in COLUMNS:
        for row in connection.execute(select(table)).mappings():
            key = digest_key(table, row)
            if key not in expected:
                yield key, "no audit entry tells of this row"
            elif expected[key] is None:
                if table is carried or row["ended_at"] is None:
                    yield key, "it was taken away and put back"
            elif expected[key] != digest_of_row(table, row):
                yield key, "this row was changed"


def _plain(value: Any) -> Any:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes | memoryview) else value
