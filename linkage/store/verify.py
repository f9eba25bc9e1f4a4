"""Is everything still as it was written? Compares every row with what the audit says of it.

The audit is read in its order and gives the seal that each row must have, the latest counting. What was changed, what
is missing and what nobody wrote are each named, and so are triggers that were dropped and, with the key, entries that
were hashed anew and an end that was cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Table, select

from linkage.store import triggers
from linkage.store.audit import START, digest_of, entry, holds
from linkage.store.digests import digest_faults
from linkage.store.schema import audit, reports, runs
from linkage.store.seals import OF_A_RUN, SEALED, Seals, key_of, run_digests, run_key, seal_of
from linkage.store.signing import Key, read_head

_SEALED_TABLES = {table.name: table for table in SEALED}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was written: `where` names the row as `table/number`, `what` says what is wrong."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def verify(connection: Connection, deep: bool = False, key: Key | None = None) -> list[Fault]:
    """What is not as it was written: the first such row, or with `deep` every one. Empty when all is well."""
    return list(islice(_faults(connection, key), None if deep else 1))


def _faults(connection: Connection, key: Key | None) -> Iterator[Fault]:
    expected: Seals = {}
    yield from _chain(connection, key, expected)
    for table, name in triggers.faults(connection):
        yield Fault(f"{table}/{name}", "this trigger is missing, switched off or changed")
    for one in SEALED:
        yield from _rows(connection, one, expected)
    yield from _runs(connection, expected)
    yield from (Fault(where, what) for where, what in digest_faults(connection, expected))


def _chain(connection: Connection, key: Key | None, expected: Seals) -> Iterator[Fault]:
    """Faults of the audit itself; fills `expected` with the seals that it tells of."""
    previous, number, first, erased = START, 0, "", []
    signed = False
    head = None
    for row in connection.execute(select(audit).order_by(audit.c.id)):
        if number == 0:
            first = row.hash
            head = read_head(key, first) if key else None
        if row.id != number + 1:
            yield Fault(f"audit/{number + 1}", f"{row.id - number - 1} audit entries are missing here")
        elif not holds(row, previous):
            yield Fault(f"audit/{row.id}", "this audit entry was changed, or the one before it")
        if row.erased is not None:
            erased.append(row)
        if key and (row.mac is not None or signed):
            signed = True
            if row.mac != key.mac(row.hash):
                yield Fault(f"audit/{row.id}", "this audit entry is not signed with the key")
        if head is not None and row.id == head.id and row.hash != head.hash:
            yield Fault(f"audit/{row.id}", f"the audit was written anew: its signed head of {head.at} is another")
        expected.update(_seals_of_entry(row))
        previous, number = row.hash, row.id
    if head is not None and number < head.id:
        yield Fault(f"audit/{number + 1}", f"the end is cut off: {head.id} entries were signed, {number} are there")
    if key and head is None:
        yield Fault("audit", f"the key {key.file} has signed no head of this audit (linkage audit sign signs it)")
    for row in erased:
        if expected.get(f"audit/{row.id}") != digest_of(row.salt, row.detail):
            yield Fault(f"audit/{row.id}", "words were taken out of this audit entry by no erasure")


def _seals_of_entry(row: Row[Any]) -> Seals:
    try:
        return dict(entry(row).sealed)
    except (ValueError, AttributeError, TypeError):  # no JSON any more: the digest has told so
        return {}


def _rows(connection: Connection, table: Table, expected: Seals) -> Iterator[Fault]:
    """Rows of a table that differ from what the audit says of them."""
    found = set()
    for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
        name = key_of(table, row)
        found.add(name)
        seal = expected.get(name)
        if seal is None:
            what = "it was taken away and put back" if name in expected else "no audit entry tells of this row"
            yield Fault(_shown(table, row), what)
        elif seal != row["seal"] or seal != seal_of(table, row, row["salt"]):
            yield Fault(_shown(table, row), "this row was changed")
    for name, seal in expected.items():
        start, _, rest = name.partition("/")
        if start == table.name and seal is not None and name not in found and not _is_of_a_run(table, rest):
            yield Fault(name, "this row is missing")


def _shown(table: Table, row: RowMapping) -> str:
    if table is reports:
        return f"reports/{row['report_id']}/{row['version']}"
    return key_of(table, row)


def _is_of_a_run(table: Table, rest: str) -> bool:
    return table is runs and "/" in rest


def _runs(connection: Connection, expected: Seals) -> Iterator[Fault]:
    """Tables of runs whose rows are not those that were written."""
    known = {int(name.split("/")[1]) for name in expected if name.startswith("runs/")}
    for table in OF_A_RUN:
        there = connection.execute(select(table.c.run_id).distinct()).scalars()
        for run in sorted(known | set(there)):
            name = run_key(table, run)
            if run_digests(connection, run, (table,))[name] != expected.get(name):
                yield Fault(name, f"the {table.name} of run {run} are not those that were written")
