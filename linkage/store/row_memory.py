"""Rows of files that were read, so that an import of the same rows need not read them again.

A row that gave a report without a refusal leaves a mark: a digest of its values under a random key. The mark names
the report's version, and what that holds is what the row gives. Marks of another program, of other masking or of
other values are never found. A row in which details of the person who reports were masked goes by its words behind
the masking, so that its mark does not let anybody try what was taken out. Nothing depends on marks: without them a
row is read.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, select

from linkage.intake.fields.raw_rows import masked
from linkage.intake.limits import OutOfTimeError, allowed, limit
from linkage.intake.readers import RawRow
from linkage.intake.recall import Reading, Recalled, mark_of, reading_program
from linkage.report import Report
from linkage.store import row_marks
from linkage.store.schema import read_rows, reports
from linkage.store.seals import Seals

_AT_ONCE = 500

Kept = tuple[str, int]
"""Number and version of a report."""


@dataclass(slots=True)
class RowMemory:
    """What the import of one file needs of the rows read before it: `recall` for the readers, then `keep` in the
    transaction that keeps the reports. `mask` is whether details are masked.

    `recalled` are the reports of rows that were read before, as they are kept, `read` the rows that were read now,
    each with the number that its report is kept under, `day` is the day of that, and `program` what reads.
    """

    engine: Engine
    mask: bool
    recalled: dict[str, tuple[Report, int]] = field(default_factory=dict)
    read: list[tuple[Reading, str]] = field(default_factory=list)
    day: str = ""
    program: str = field(default_factory=reading_program)

    def recall(self, rows: Sequence[RawRow], today: date) -> dict[int, Recalled]:
        """What those rows gave that this program read before, by their place."""
        self.day = today.isoformat()
        with self.engine.connect() as connection:
            marks = _marks(connection, self.program, self.day)
            places = self._places(rows, marks) if marks else {}
            bodies = _bodies(connection, {kept for kept, _ in places.values()})
        found = {}
        for at, (kept, details) in places.items():
            report = bodies.get(kept)
            if report is None:
                continue
            self.recalled[report.report_id] = (report, kept[1])
            own = rows[at].values["report_id"] if rows[at].made_id else report.report_id
            same = own == report.report_id
            found[at] = Recalled(report if same else report.model_copy(update={"report_id": own}), details)
        return found

    def version_of(self, report: Report) -> int | None:
        """The version under which a report is kept that was recalled; None for any other."""
        kept, version = self.recalled.get(report.report_id, (None, None))
        return version if kept is report else None

    def keep(self, connection: Connection, versions: Mapping[str, int]) -> Seals:
        """Keep the marks of the rows that were read now and whose reports are kept in these `versions`; returns what
        the audit must tell of it."""
        key = connection.execute(select(read_rows.c.key).where(read_rows.c.program == self.program).limit(1)).scalar()
        key = key or secrets.token_hex(32)
        marks: dict[str, list[str | int]] = {}
        for one, report_id in self.read:
            if report_id in versions and (not one.row.made_id or one.row.values.get("report_id") == one.report_id):
                own = [one.report_id] if one.masked else []
                marks[mark_of(one.row, bytes.fromhex(key), self.mask)] = [report_id, versions[report_id], *own]
        if not marks:
            return {}
        return row_marks.add(connection, (self.program, self.day, key), marks)

    def _places(self, rows: Sequence[RawRow], marks: _Marks) -> dict[int, tuple[Kept, int]]:
        """Place of each row whose mark is known -> its report, and how many details are masked in it."""
        own_ids = {str(one[2]) for known in marks.values() for one in known.values() if len(one) > 2}
        found: dict[int, tuple[Kept, int]] = {}
        for at, row in enumerate(rows):
            details, kept = 0, _known(row, marks, self.mask)
            if kept is None and own_ids and not own_ids.isdisjoint(map(str, row.values.values())):
                safe, details = _masked(row)
                kept = _known(safe, marks, self.mask)
            if kept is not None:
                found[at] = (kept, details)
        return found


_Marks = dict[bytes, dict[str, list[Any]]]
"""Key -> marks made with it."""


def _marks(connection: Connection, program: str, day: str) -> _Marks:
    found: _Marks = {}
    here = (read_rows.c.program == program) & (read_rows.c.day <= day)
    for row in connection.execute(select(read_rows.c.key, read_rows.c.marks).where(here)):
        found.setdefault(bytes.fromhex(row.key), {}).update(json.loads(row.marks))
    return found


def _known(row: RawRow, marks: _Marks, mask: bool) -> Kept | None:
    for key, known in marks.items():
        if kept := known.get(mark_of(row, key, mask)):
            return kept[0], kept[1]
    return None


def _masked(row: RawRow) -> tuple[RawRow, int]:
    """The row with details masked; as it is where that takes too long or fails, which reading it will tell."""
    try:
        with allowed(limit("row_seconds")):
            return masked(row)
    except (OutOfTimeError, Exception):
        return row, 0


def _bodies(connection: Connection, wanted: set[Kept]) -> dict[Kept, Report]:
    """The reports of these versions."""
    columns = (reports.c.report_id, reports.c.version, reports.c.body)
    found = {}
    for some in _portions(sorted({report_id for report_id, _ in wanted})):
        for row in connection.execute(select(*columns).where(reports.c.report_id.in_(some))):
            if (row.report_id, row.version) in wanted:
                found[row.report_id, row.version] = Report.model_validate_json(row.body)
    return found


def _portions(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(names), _AT_ONCE):
        yield names[at : at + _AT_ONCE]
