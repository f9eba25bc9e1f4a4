"""The weights that the latest run rests on, and what it carries to the next, so that later reports can be added.

One row at most, of the latest run: what a full run estimated as JSON, the versions of the reports whose base rates it
used, and plain arrays. It is made from reports, so an erasure takes it away (`forget`); then only a full run is open.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from linkage.intake.incidents.merge import merge_incident
from linkage.models.carried import Carried, Holding
from linkage.models.frozen import Frozen
from linkage.report import Report
from linkage.store import audit, digests
from linkage.store.connect import StoreError, writing
from linkage.store.schema import carried, reports
from linkage.store.seals import Seals

if TYPE_CHECKING:
    from linkage.store.store import Store

DRIFTED = 0.1
"""Share of the counted reports from which on so many are new, changed or gone that the base rates are old [G]."""

MOST_UPDATES = 50
"""Updates after which a full run is suggested [G]."""

Rows = list[list[tuple[str, int]]]
"""Reports that base rates are of, merged row by row, each with its version."""


class NothingToUpdateError(StoreError):
    """There is no run to bring up to date; the message says what to do."""


@dataclass(frozen=True)
class CarryOver:
    """What later runs are held to: the full run that estimated it, how many runs have updated it, and the versions of
    the reports that were counted."""

    holding: Holding
    full_run: int
    updates: int
    rows: Rows

    def drift(self, now: dict[str, int]) -> float:
        """Reports that are new, changed or gone since base rates were estimated, as a share of those counted.

        `now` are the current versions.
        """
        counted = {name: version for row in self.rows for name, version in row}
        moved = sum(counted.get(name) != version for name, version in now.items())
        return (moved + len(counted.keys() - now.keys())) / max(1, len(counted))


def suggestion(drift: float, updates: int) -> str:
    """Why a full run is due, for a person; empty while it is not."""
    if drift >= DRIFTED:
        return f"{drift:.0%} of the reports are new, changed or gone since the weights were estimated: link all again"
    if updates >= MOST_UPDATES:
        return f"The run was brought up to date {updates} times since all reports were linked: link all again"
    return ""


def versions(store: Store) -> dict[str, int]:
    """The current version of every report."""
    with store.engine.connect() as connection:
        rows = connection.execute(select(reports.c.report_id, reports.c.version).order_by(reports.c.version))
        return {name: int(version) for name, version in rows}


def keep(store: Store, run: int, kept: CarryOver) -> None:
    """Keep it for a run, in place of what was kept for the one before."""
    frozen, arrays = kept.holding.frozen, kept.holding.carried
    assert frozen is not None
    assert arrays is not None
    row = {"run_id": run, "full_run": kept.full_run or run, "updates": kept.updates, "arrays": arrays.to_bytes()}
    row |= {"weights": json.dumps(frozen.to_json()), "base": json.dumps(kept.rows, ensure_ascii=False)}
    who = store.who
    with writing(store.engine) as connection:
        gone = forget(connection)
        connection.execute(insert(carried), row)
        audit.append(connection, who, "carried", {"run": run}, gone | digests.written(carried, row))


def there(store: Store, run: int) -> bool:
    """Whether something is kept for a run, so that it can be brought up to date."""
    with store.engine.connect() as connection:
        return connection.execute(select(carried.c.run_id).where(carried.c.run_id == run)).first() is not None


def read(store: Store, run: int, current: Mapping[str, Report] | None = None) -> CarryOver:
    """What was kept for a run. NothingToUpdateError where there is nothing, or a report that was counted is gone.

    `current` are reports in their current versions as the run took them, where that is not as the store has them.
    """
    now = versions(store)
    same = {(name, now[name]): one for name, one in (current or {}).items() if name in now}
    with store.engine.connect() as connection:
        row = connection.execute(select(carried).where(carried.c.run_id == run)).first()
        if row is None:
            raise NothingToUpdateError("The latest run cannot be brought up to date. Link all reports: linkage link")
        rows = [[(str(name), int(version)) for name, version in one] for one in json.loads(row.base)]
        base = _merged(connection, rows, same)
    holding = Holding(Frozen.from_json(json.loads(row.weights)), base, Carried.from_bytes(row.arrays))
    return CarryOver(holding, row.full_run, row.updates, rows)


def weights(store: Store, run: int, current: Mapping[str, Report] | None = None) -> Holding:
    """What a run was held to, without what it carries, to explain it by; nothing where nothing was kept for it.

    `current` are reports in their current versions that are at hand already.
    """
    with store.engine.connect() as connection:
        row = connection.execute(select(carried.c.weights, carried.c.base).where(carried.c.run_id == run)).first()
        if row is None:
            return Holding()
        rows = [[(str(name), int(version)) for name, version in one] for one in json.loads(row.base)]
        now = versions(store)
        same = {(name, now[name]): one for name, one in (current or {}).items() if name in now}
        try:
            base = _merged(connection, rows, same)
        except NothingToUpdateError:
            return Holding()
    return Holding(Frozen.from_json(json.loads(row.weights)), base)


@dataclass(frozen=True)
class BaseRates:
    """Where the base rates of a run come from: the full run that estimated them, and the incidents it counted."""

    run: int
    incidents: int


def base_rates_of(store: Store, run: int) -> BaseRates | None:
    """Where the base rates of a run come from; None where that was not kept."""
    with store.engine.connect() as connection:
        query = select(carried.c.full_run, carried.c.base).where(carried.c.run_id == run)
        row = connection.execute(query).first()
    return BaseRates(int(row.full_run), len(json.loads(row.base))) if row else None


def forget(connection: Connection) -> Seals:
    """Take away what is kept; returns what the audit must tell of it."""
    gone = digests.taken_away(connection, carried)
    connection.execute(delete(carried))
    return gone


def rows_of(base: Sequence[Sequence[str]], now: dict[str, int]) -> Rows:
    """Rows of report ids with the versions that they have now."""
    return [[(name, now[name]) for name in row] for row in base]


def _merged(
    connection: Connection, rows: Rows, at_hand: Mapping[tuple[str, int], Report] | None = None
) -> list[Report]:
    """The reports of each row as one; those `at_hand` are not read again."""
    wanted = {one for row in rows for one in row}
    found = {one: report for one, report in (at_hand or {}).items() if one in wanted}
    if len(found) < len(wanted):
        every = select(reports.c.report_id, reports.c.version, reports.c.body)
        for name, version, body in connection.execute(every):
            if (name, version) in wanted and (name, version) not in found:
                found[name, version] = Report.model_validate_json(body)
    if len(found) < len(wanted):
        raise NothingToUpdateError("A report that the weights rest on is gone. Link all reports: linkage link")
    return [merge_incident([found[one] for one in row]) for row in rows]
