"""Who did what, when: a log that is only added to, each entry carrying the hash of the one before.

The hash is taken over a salted digest of the detail, not over the detail itself, so that an erased report's words
can be taken out of an entry and the chain still holds. The entry that writes a row names its seal
(`linkage.store.seals`).
With a key outside the store (`linkage.store.signing`) every entry is signed, and the newest one's hash is kept beside
the key, so that neither a chain hashed anew nor a cut tail goes unseen.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from linkage.store.connect import after_commit
from linkage.store.postgres_locks import lock_table
from linkage.store.schema import audit
from linkage.store.seals import Seals
from linkage.store.signing import Head, named_key, write_head

START = "0" * 64
"""What stands for the hash before the first entry."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry: `at` is ISO 8601 UTC, `detail` plain JSON values, `sealed` the seals of the rows it wrote.

    `erased` is the tombstone by which words were taken out of `detail`.
    """

    id: int
    at: str
    who: str
    what: str
    detail: dict[str, Any]
    hash: str
    sealed: Seals = field(default_factory=dict)
    erased: int | None = None


def now() -> str:
    """This moment, ISO 8601 in UTC with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def append(
    connection: Connection, who: str, what: str, detail: dict[str, Any], sealed: Seals | None = None
) -> AuditEntry:
    """Add one entry that vouches for the rows whose seals it names.

    Must run inside a writing transaction, and last in it: on PostgreSQL whoever adds an entry keeps all others from
    adding theirs until the end of the transaction, so that entries get their numbers one after another.
    """
    lock_table(connection, audit.name)
    last = connection.execute(select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)).first()
    number, previous = (last.id + 1, last.hash) if last else (1, START)
    row = entry_row(number, (now(), who, what), words_of(detail, sealed), previous)
    key = named_key()
    row["mac"] = key.mac(row["hash"]) if key else None
    connection.execute(insert(audit), row)
    if key:
        first = (
            row["hash"] if number == 1 else connection.execute(select(audit.c.hash).where(audit.c.id == 1)).scalar()
        )
        head = Head(number, row["hash"], row["at"])
        after_commit(connection, partial(write_head, key, str(first), head))
    return AuditEntry(number, row["at"], who, what, detail, row["hash"], sealed or {})


def words_of(detail: dict[str, Any], sealed: Seals | None) -> str:
    """An entry's detail as the text that is kept."""
    return json.dumps(detail | ({"sealed": sealed} if sealed else {}), sort_keys=True, ensure_ascii=False)


def entry_row(number: int, head: tuple[str, str, str], words: str, previous: str) -> dict[str, Any]:
    """A row of the audit: `head` is when, who and what, `words` the detail as text, `previous` the hash before."""
    at, who, what = head
    salt = secrets.token_hex(16)
    digest = digest_of(salt, words)
    row = {"id": number, "at": at, "who": who, "what": what, "detail": words, "previous": previous}
    return row | {"salt": salt, "digest": digest, "hash": hash_of(number, at, who, what, digest, previous)}


def entries(connection: Connection, newest: int | None = None, what: Collection[str] = ()) -> list[AuditEntry]:
    """The log, newest first; `newest` limits how many, `what` to entries of these kinds."""
    query = select(audit).order_by(audit.c.id.desc()).limit(newest)
    return [entry(row) for row in connection.execute(query.where(audit.c.what.in_(what)) if what else query)]


def entry(row: Row[Any]) -> AuditEntry:
    """A row as an entry."""
    detail = json.loads(row.detail)
    sealed = detail.pop("sealed", {})
    return AuditEntry(row.id, row.at, row.who, row.what, detail, row.hash, sealed, row.erased)


def plain(entry: AuditEntry) -> dict[str, Any]:
    """An entry as plain JSON values."""
    names = ("id", "at", "who", "what", "detail", "hash", "sealed", "erased")
    return {name: getattr(entry, name) for name in names}


def written(newest_first: Sequence[AuditEntry]) -> str:
    """Entries as JSON Lines, one a line, oldest first."""
    lines = (json.dumps(plain(one), ensure_ascii=False, sort_keys=True) + "\n" for one in reversed(newest_first))
    return "".join(lines)


def first_broken(connection: Connection) -> int | None:
    """Number of the first entry that is not as it was written, or None when the chain holds."""
    previous = START
    for expected, row in enumerate(connection.execute(select(audit).order_by(audit.c.id)), start=1):
        if row.id != expected or not holds(row, previous):
            return expected
        previous = row.hash
    return None


def holds(row: Row[Any], previous: str) -> bool:
    """Does an entry follow `previous` and is it as it was written? An erased one's detail is not looked at here."""
    if row.previous != previous or row.hash != hash_of(row.id, row.at, row.who, row.what, row.digest, previous):
        return False
    return row.erased is not None or row.digest == digest_of(row.salt, row.detail)


def digest_of(salt: str, words: str) -> str:
    """The salted digest of a detail."""
    return hashlib.sha256(f"{salt}\n{words}".encode("utf-8", "surrogatepass")).hexdigest()


def hash_of(*parts: str | int) -> str:
    """The hash over an entry's parts, in this order: id, at, who, what, digest, previous."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
