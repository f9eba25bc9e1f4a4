"""One file that holds a whole store, from either database and for either.

A ZIP of one JSON Lines file a table and a manifest with the number of rows and the SHA-256 of each. It is read in one
transaction, so that it is the store at one moment. Sessions are left out: nobody is signed in to a restored store.
So are jobs, what the latest run carries to the next, which a full run makes anew, the marks of rows, which are then
read again, and what is its owner's alone (accounts.PRIVATE).
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from linkage.output.files import drafted, require_new
from linkage.store.accounts import PRIVATE
from linkage.store.audit import now
from linkage.store.connect import StoreError
from linkage.store.outbox import vouch_for_all
from linkage.store.schema import carried, drafts, jobs, metadata, read_rows, sessions
from linkage.store.sqlite_file import with_cure

FORM = 1
"""Number of the file's form."""
SCHEMA = "0011"
"""The schema whose tables are in the file."""
EARLIER = ("0002", "0005", "0006", "0007", "0008", "0009", "0010")
"""Earlier ones whose files are read as well: they have the same tables but for those that were not there yet."""

VOUCHED = "0010"
"""The schema from which on the audit vouches for every message."""

TABLES = tuple(table for table in metadata.sorted_tables if table not in (sessions, jobs, carried, read_rows))
_ROWS_AT_ONCE = 1000
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, ValueError, TypeError, SQLAlchemyError)
"""What reading a file raises that is no backup, or one that was changed."""


def require_free(file: Path, replace: bool, own: Collection[Path]) -> None:
    """Raise OutputError where no `file` can be written or one is there that is not to be replaced, StoreError where
    it is of the store's `own`, however it is spelt."""
    same = (one.samefile(file) if one.exists() and file.exists() else one.resolve() == file.resolve() for one in own)
    if any(same):
        raise StoreError(f"{file} is the store itself, or belongs to it; name another file")
    require_new(file, replace)


def write(connection: Connection, file: Path) -> int:
    """Write everything into `file`, which only its owner may read; returns the number of rows.

    The connection must see one moment of the database. An earlier file gives way once the new one is whole.
    """
    manifest: dict[str, Any] = {"form": FORM, "schema": SCHEMA, "at": now(), "tables": {}}
    with drafted(file) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for table in TABLES:
            with whole.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
                count, digest = 0, hashlib.sha256()
                for line in _lines(connection, table):
                    lines.write(line)
                    digest.update(line)
                    count += 1
            manifest["tables"][table.name] = {"rows": count, "sha256": digest.hexdigest()}
        whole.writestr("manifest.json", json.dumps(manifest, indent=2) + "\n")
    return sum(one["rows"] for one in manifest["tables"].values())


def restore(connection: Connection, file: Path) -> int:
    """Put everything in `file` into an empty store, and compare; returns the number of rows.

    Must run inside a writing transaction, which StoreError undoes: for a file that is no backup or was changed, and
    for a store that holds something already.
    """
    total = 0
    try:
        with zipfile.ZipFile(file) as whole:
            manifest = json.loads(whole.read("manifest.json"))
            if manifest["form"] != FORM or manifest["schema"] not in (SCHEMA, *EARLIER):
                raise StoreError(f"{file} is a backup of another version of linkage ({manifest['schema']})")
            _require_empty(connection)
            for table in TABLES:
                if manifest["schema"] == SCHEMA or table.name in manifest["tables"]:
                    total += _read(connection, table, whole, manifest["tables"][table.name], file)
            if manifest["schema"] < VOUCHED:
                vouch_for_all(connection)
    except _DAMAGED as error:
        if isinstance(error, OperationalError):  # the fault is the new store's: its disk is full, its file locked
            raise
        said = with_cure(error) if isinstance(error, SQLAlchemyError) else error
        raise StoreError(
            f"{file} is no backup of linkage, or it is damaged ({said}); name a file that linkage backup wrote"
        ) from error
    _continue_numbers(connection)
    return total


def _require_empty(connection: Connection) -> None:
    for table in metadata.sorted_tables:
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise StoreError(f"The store is not empty ({table.name}); restore into a new one, named with --store")


def _read(connection: Connection, table: Table, whole: zipfile.ZipFile, told: dict[str, Any], file: Path) -> int:
    digest, rows, count = hashlib.sha256(), [], 0
    with whole.open(f"{table.name}.jsonl") as lines:
        for line in lines:
            digest.update(line)
            rows.append(json.loads(line))
            count += 1
            if len(rows) == _ROWS_AT_ONCE:
                connection.execute(insert(table), rows)
                rows = []
    if rows:
        connection.execute(insert(table), rows)
    if (count, digest.hexdigest()) != (told["rows"], told["sha256"]):
        raise StoreError(f"{file} was changed or is damaged: its table {table.name} is not the one that was written")
    again = hashlib.sha256()
    for line in _lines(connection, table):
        again.update(line)
    if again.hexdigest() != told["sha256"]:
        raise StoreError(f"The table {table.name} of {file} did not come back as it was; nothing is kept")
    return count


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows of a table as lines of JSON, sorted, so that both databases give the same bytes."""
    names = [column.name for column in table.columns]
    number = table.c.get("id")
    query = select(table) if table is not drafts else select(drafts).where(drafts.c.key.not_in(PRIVATE))
    query = query if number is None else query.order_by(number)  # decisions name earlier ones
    rows = (json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in connection.execute(query))
    return (line.encode() for line in (sorted(rows) if number is None else rows))


def _continue_numbers(connection: Connection) -> None:
    """Let PostgreSQL give new rows the numbers after those that were restored; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in TABLES:
        number = table.c.get("id")
        if number is not None and number.autoincrement is True:
            own = f"pg_get_serial_sequence('{table.name}', 'id')"
            connection.execute(text(f"SELECT setval({own}, max(id)) FROM {table.name} HAVING max(id) > 0"))
