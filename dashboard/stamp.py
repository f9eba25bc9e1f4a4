"""What tells that a store changed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, func, select

from linkage.store import Store
from linkage.store.schema import reports as report_rows
from linkage.store.schema import tombstones

Stamp = tuple[str, int, int, int]
"""Address, latest run, rows of reports, newest tombstone: rows are only ever added, but for an erasure."""
PROPOSAL = "proposed"
"""The basis of an incident that nobody confirmed."""


def stamp_of(address: str, store: Store) -> Stamp:
    """The stamp of a store as it is now."""
    run = store.latest_run()
    with store.engine.connect() as connection:
        erased = connection.execute(select(func.max(tombstones.c.id))).scalar_one() or 0
    return address, run.id if run else 0, count(store, report_rows), int(erased)


def count(store: Store, rows: Table, *where: ColumnElement[bool]) -> int:
    """How many rows a table has."""
    with store.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(rows).where(*where)).scalar_one())
