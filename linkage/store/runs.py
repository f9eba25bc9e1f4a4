"""Results of linking, kept by run, and read back as a screen asks for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine, Row, Select, Table, delete, insert, or_, select

from linkage.review.series_event import SeriesEvent
from linkage.store import series_events
from linkage.store.audit import append, now
from linkage.store.schema import ambiguous, incidents, pairs, runs, series
from linkage.store.seals import Seals, digest_of, run_key, sealed, seals_of
from linkage.store.triggers import KEEP_RUNS

KEEP_PROBABILITY = 0.001
"""[G] Pairs below this belief are left out of the store unless they are among the best of one of their reports."""
KEEP_BEST = 10
"""[G] Pairs of every report and lane that are kept whatever their belief."""

_PAIR_COLUMNS = ["report_a", "report_b", "weight", "probability", "lane", "distance_km", "days"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One suggested link of a run: `weight` in log10 units, `distance_km` and `days` None when not known."""

    report_a: str
    report_b: str
    weight: float
    probability: float
    lane: str
    distance_km: float | None
    days: int | None

    def other(self, report_id: str) -> str:
        """The report at the other end."""
        return self.report_b if report_id == self.report_a else self.report_a


@dataclass(frozen=True, slots=True)
class Member:
    """A report in a series: `role` core or edge, `fit` how well it fits."""

    report_id: str
    role: str
    fit: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """A candidate series with its members, core before edge and best fit first."""

    series_id: str
    members: list[Member] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Overlap:
    """A report that stands in one series and may belong to another as well, with its fit to both."""

    report_id: str
    series_id: str
    other_series_id: str
    fit: float | None
    other_fit: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a run found, ready to be kept: tables as `Linker` gives them, and the run's record.

    `events` tell what it changed in the series there are, once its series go by their registered ids.
    """

    pairs: pd.DataFrame
    series: pd.DataFrame
    incidents: pd.DataFrame
    ambiguous: pd.DataFrame
    record: dict[str, Any]
    events: Sequence[SeriesEvent] = ()


def worth_keeping(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a pair table that the store keeps (see `KEEP_PROBABILITY` and `KEEP_BEST`), best first."""
    order = ["probability", "weight", "report_a", "report_b"]
    ranked = table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
    keep = ranked["probability"].to_numpy() >= KEEP_PROBABILITY
    for lane in ("main", "far"):
        keep[_best_of_each(ranked[ranked["lane"].isin([lane, "both"])])] = True
    return ranked[keep]


def _best_of_each(ranked: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Index of the rows that are among the first `KEEP_BEST` of either of their two reports."""
    ends = pd.concat([ranked["report_a"], ranked["report_b"]]).sort_index(kind="stable")
    first = (ends.groupby(ends).cumcount() < KEEP_BEST).to_numpy()
    rows: np.ndarray[Any, np.dtype[np.int64]] = ends.index.to_numpy(dtype=np.int64)[first]
    return rows


def save(connection: Connection, found: Found, who: str) -> int:
    """Keep a run with what is worth keeping of its pairs; returns its number."""
    settings = json.dumps(found.record.get("settings", {}), ensure_ascii=False, default=_plain)
    record = json.dumps(found.record, ensure_ascii=False, default=_plain)
    row = sealed(runs, {"at": now(), "settings": settings, "record": record})
    number: int = connection.execute(insert(runs).returning(runs.c.id), row).scalar_one()
    kept = worth_keeping(found.pairs)
    whole_days = kept["days"].astype("Float64").round().astype("Int64")  # half days of date ranges' middles
    seals = seals_of(runs, [{"id": number, **row}])
    seals |= _insert(connection, pairs, number, kept[_PAIR_COLUMNS].assign(days=whole_days))
    seals |= _insert(connection, series, number, found.series)
    seals |= _insert(connection, incidents, number, found.incidents)
    seals |= _insert(connection, ambiguous, number, found.ambiguous)
    seals |= _let_go(connection, number - KEEP_RUNS)
    seals |= series_events.add(connection, [replace(event, run=number) for event in found.events], who)
    counts = {"pairs": len(kept), "series": found.series["series_id"].nunique()}
    append(connection, who, "link", {"run": number, **counts}, seals)
    return number


def _let_go(connection: Connection, run: int) -> Seals:
    """Delete the pairs of a run and of those before it; returns what the audit must tell of it."""
    old = connection.execute(select(pairs.c.run_id).where(pairs.c.run_id <= run).distinct()).scalars().all()
    if old:
        connection.execute(delete(pairs).where(pairs.c.run_id <= run))
    return {run_key(pairs, one): None for one in old}


def _insert(connection: Connection, table: Table, run: int, frame: pd.DataFrame) -> Seals:
    """Keep the rows of one of a run's tables; returns their digest."""
    if frame.empty:
        return {}
    names = [column.name for column in table.columns if column.name != "run_id"]
    plain = frame[names].astype(object)
    plain = plain.where(plain.notna(), None)
    rows = [{"run_id": run, **dict(zip(names, values, strict=True))} for values in plain.to_numpy().tolist()]
    connection.execute(insert(table), rows)
    return {run_key(table, run): digest_of(table, rows)}


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.generic | np.ndarray) else str(value)


@dataclass(frozen=True)
class Run:
    """A run that was kept. Everything but its record is read from the store when it is asked for."""

    id: int
    at: str
    settings: dict[str, Any]
    record: dict[str, Any]
    engine: Engine = field(repr=False)

    def pair(self, a: str, b: str) -> Pair | None:
        """The pair of two reports, in whatever order they are named; None when the run did not keep it."""
        left, right = min(a, b), max(a, b)
        found = self._pairs(self._of(pairs).where(pairs.c.report_a == left, pairs.c.report_b == right))
        return found[0] if found else None

    def pairs_for(self, report_id: str, lane: str | None = None, top: int | None = None) -> list[Pair]:
        """Suggested links of one report, strongest belief first; `lane` is main or far, None for all."""
        query = self._of(pairs).where(or_(pairs.c.report_a == report_id, pairs.c.report_b == report_id))
        if lane is not None:
            query = query.where(pairs.c.lane.in_([lane, "both"]))
        return self._pairs(query.limit(top))

    def pairs_among(self, report_ids: Sequence[str]) -> list[Pair]:
        """Suggested links between these reports, strongest belief first."""
        return self._pairs(self._of(pairs).where(pairs.c.report_a.in_(report_ids), pairs.c.report_b.in_(report_ids)))

    def top_pairs(self, top: int | None = 100) -> list[Pair]:
        """The run's strongest suggested links."""
        return self._pairs(self._of(pairs).limit(top))

    def series(self) -> list[Series]:
        """All candidate series, largest first, with their members."""
        return self._series(self._of(series))

    def series_of(self, report_id: str) -> list[Series]:
        """The series a report stands in, each with all its members."""
        names = select(series.c.series_id).where(series.c.run_id == self.id, series.c.report_id == report_id)
        return self._series(self._of(series).where(series.c.series_id.in_(names)))

    def incidents(self) -> dict[str, list[tuple[str, str]]]:
        """Incident id -> its reports with the basis on which they were put together."""
        found: dict[str, list[tuple[str, str]]] = {}
        for row in self._rows(self._of(incidents)):
            found.setdefault(row.incident_id, []).append((row.report_id, row.basis))
        return {name: sorted(found[name]) for name in sorted(found)}

    def ambiguous(self) -> list[Overlap]:
        """Reports of one series that may belong to a second one, by report."""
        rows = [
            Overlap(r.report_id, r.series_id, r.other_series_id, r.fit, r.other_fit)
            for r in self._rows(self._of(ambiguous))
        ]
        return sorted(rows, key=lambda row: (row.report_id, row.series_id, row.other_series_id))

    def _of(self, table: Table) -> Select[Any]:
        return select(table).where(table.c.run_id == self.id)

    def _rows(self, query: Select[Any]) -> list[Row[Any]]:
        with self.engine.connect() as connection:
            return list(connection.execute(query))

    def _pairs(self, query: Select[Any]) -> list[Pair]:
        best_first = (pairs.c.probability.desc(), pairs.c.weight.desc(), pairs.c.report_a, pairs.c.report_b)
        return [
            Pair(**{name: row._mapping[name] for name in _PAIR_COLUMNS})
            for row in self._rows(query.order_by(*best_first))
        ]

    def _series(self, query: Select[Any]) -> list[Series]:
        found: dict[str, list[Member]] = {}
        for row in self._rows(query):
            found.setdefault(row.series_id, []).append(Member(row.report_id, row.role, row.fit))
        for members in found.values():
            members.sort(key=lambda m: (m.role != "core", -(m.fit or 0.0), m.report_id))
        return [Series(name, found[name]) for name in sorted(found, key=lambda name: (-len(found[name]), name))]


def latest(engine: Engine) -> Run | None:
    """The run that was kept last, or None."""
    with engine.connect() as connection:
        row = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).first()
    return None if row is None else Run(row.id, row.at, json.loads(row.settings), json.loads(row.record), engine)
