"""Read beside the snapshot of a store: what tells that it changed, versions of reports, proposed incidents."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Table, func, select

from linkage.intake.incidents.comparison import PROPOSED
from linkage.report import Report
from linkage.review.reopen import Version
from linkage.store import Run, Store
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


def versions(store: Store, report_ids: Collection[str]) -> dict[str, list[Version]]:
    """Every version of these reports with when it was kept, oldest first."""
    columns = (report_rows.c.report_id, report_rows.c.imported_at, report_rows.c.body)
    twice = select(report_rows.c.report_id).where(report_rows.c.version > 1)
    query = select(*columns).where(report_rows.c.report_id.in_(twice)).order_by(report_rows.c.version)
    found: dict[str, list[Version]] = {}
    with store.engine.connect() as connection:
        for name, at, body in connection.execute(query):
            if name in report_ids:
                found.setdefault(name, []).append(Version(at, Report.model_validate_json(body)))
    return found


def proposals(run: Run | None, counted_as: dict[str, str]) -> dict[tuple[str, str], float]:
    """Pairs that a run proposes as one incident, with the probability."""
    rows = run.record.get("same_incident", []) if run else []
    found = {(row["report_a"], row["report_b"]): float(row["probability"]) for row in rows}
    likely = {pair: chance for pair, chance in found.items() if chance >= PROPOSED}
    return {(a, b): p for (a, b), p in likely.items() if a in counted_as and counted_as[a] == counted_as.get(b)}
