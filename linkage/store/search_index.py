"""A store's searcher: its index is kept beside an SQLite file, and reports are read only where they are looked at.

The file holds words of reports and is for its owner's eyes, like the store. Beside a PostgreSQL store, whose reports
lie on another machine, and beside an encrypted one nothing is written: there the index is made in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, overload

import numpy as np
from sqlalchemy import Engine, func, select

from linkage.disk_cache import uncollected
from linkage.report import Report
from linkage.search import Searcher
from linkage.search.index_file import IndexFileError, StoredIndex, read_index, write_index
from linkage.search.report_index import ReportIndex
from linkage.store.connect import StoreError
from linkage.store.schema import reports, tombstones
from linkage.store.scrubbing import INDEX, VECTORS
from linkage.store.sqlite_file import is_encrypted, notice
from linkage.store.store import Store

READ_AT_ONCE = 20_000
"""Reports that are read into an index together [G]: what they take of memory is free again before the next."""

_ASKED_AT_ONCE = 500  # numbers of reports in one query


class Version(NamedTuple):
    """The version of a report that is current, and the fingerprint of what it says."""

    report_id: str
    version: int
    fingerprint: str


class StoredReports(Sequence[Report]):
    """Reports in these versions, each read from the store when it is looked at first, and kept."""

    def __init__(self, engine: Engine, versions: Sequence[Version]) -> None:
        self._engine, self._versions = engine, versions
        self._read: dict[int, Report] = {}

    def __len__(self) -> int:
        return len(self._versions)

    @overload
    def __getitem__(self, row: int) -> Report: ...
    @overload
    def __getitem__(self, row: slice) -> list[Report]: ...
    def __getitem__(self, row: int | slice) -> Report | list[Report]:
        """One report or some. StoreError for one that was erased meanwhile."""
        if isinstance(row, slice):
            return self.take(range(len(self))[row])
        row = range(len(self))[row]
        if row not in self._read:
            self._read[row] = self.take([row])[0]
        return self._read[row]

    def __iter__(self) -> Iterator[Report]:
        for start in range(0, len(self), READ_AT_ONCE):
            yield from self[start : start + READ_AT_ONCE]

    def take(self, rows: Sequence[int]) -> list[Report]:
        """Some of the reports. StoreError where one was erased meanwhile."""
        wanted = [self._versions[row] for row in rows]
        found: dict[str, str] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(wanted), _ASKED_AT_ONCE):
                part = {one.report_id: one.version for one in wanted[start : start + _ASKED_AT_ONCE]}
                query = select(reports.c.report_id, reports.c.version, reports.c.body)
                for name, version, body in connection.execute(query.where(reports.c.report_id.in_(part))):
                    if version == part[name]:
                        found[name] = body
        if len(found) < len(wanted):
            raise StoreError("A report was erased while the store was searched; ask again")
        with uncollected():
            return [Report.model_validate_json(found[one.report_id]) for one in wanted]


def index_file(store: Store, ending: str) -> Path | None:
    """The file beside an SQLite store that ends so; None for another store, or one that is encrypted."""
    name = store.engine.url.database
    plain = store.engine.dialect.name == "sqlite" and not is_encrypted(store.engine)
    return Path(f"{name}{ending}") if plain and name else None


def searcher_of(store: Store, at_hand: Sequence[Report] | None = None) -> Searcher:
    """A searcher over all reports of a store in their current versions, by id.

    `at_hand` are these reports where somebody has them already; where the store has others by now, it is asked over
    those that are given. Raises StoreError where a report is erased meanwhile.
    """
    versions = current_versions(store)
    if at_hand is not None and [one.report_id for one in at_hand] != [one.report_id for one in versions]:
        return Searcher(at_hand, vectors=index_file(store, VECTORS))
    kept = StoredReports(store.engine, versions)
    return Searcher(
        kept if at_hand is None else at_hand, None, index_file(store, VECTORS), _index_of(store, kept, versions)
    )


def current_versions(store: Store) -> list[Version]:
    """The current version of every report, by id."""
    newest = func.max(reports.c.version).label("version")
    last = select(reports.c.report_id, newest).group_by(reports.c.report_id).subquery()
    query = select(reports.c.report_id, reports.c.version, reports.c.fingerprint).join(
        last, (reports.c.report_id == last.c.report_id) & (reports.c.version == last.c.version)
    )
    with store.engine.connect() as connection:
        return sorted(Version(*row) for row in connection.execute(query))


def _index_of(store: Store, kept: StoredReports, versions: Sequence[Version]) -> ReportIndex:
    """The index in the file, brought up to date where reports are new, changed or gone."""
    file, erased = index_file(store, INDEX), _erased(store)
    before = _read(file) if file else None
    now = [one.fingerprint for one in versions]
    ids = [one.report_id for one in versions]
    if before and before.index.ids == ids and before.fingerprints == now:
        return before.index
    index = _updated(before, kept, versions)
    if file:
        with suppress(OSError):  # a folder that may not be written to, a full disk: the next question makes it again
            write_index(file, StoredIndex(index, now))
            if _erased(store) != erased:
                file.unlink(missing_ok=True)  # the erasure may have looked for the file before it was there
    return index


def _updated(before: StoredIndex | None, kept: StoredReports, versions: Sequence[Version]) -> ReportIndex:
    """What still holds of an index, with the reports that it does not have."""
    row_of = {(one.report_id, one.fingerprint): row for row, one in enumerate(versions)}
    parts, have = [], np.zeros(len(versions), dtype=bool)
    if before:
        marks = zip(before.index.ids, before.fingerprints, strict=True)
        place = np.array([row_of.get(mark, -1) for mark in marks], dtype=np.int32)
        parts.append((before.index, place))
        have[place[place >= 0]] = True
    missing = np.flatnonzero(~have).astype(np.int32)
    for start in range(0, len(missing), READ_AT_ONCE) if len(missing) or before else [0]:
        rows = missing[start : start + READ_AT_ONCE]
        parts.append((ReportIndex.of(kept.take(rows.tolist())), rows))
    if len(parts) == 1 and not before:
        return parts[0][0]
    return ReportIndex.joined(parts, [one.report_id for one in versions])


def _read(file: Path) -> StoredIndex | None:
    try:
        return read_index(file)
    except IndexFileError as error:
        notice(f"The search index {file} {error}; it is made anew")
        return None


def _erased(store: Store) -> int:
    with store.engine.connect() as connection:
        return int(connection.execute(select(func.max(tombstones.c.id))).scalar_one() or 0)
