"""Files -> a batch of reports with everything that was refused, in one process or several."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from types import NoneType
from typing import Any

from linkage.arguments import listed, one_of, whole
from linkage.disk_cache import name_of, uncollected
from linkage.intake.assemble.extract import assemble
from linkage.intake.fields.columns import Understand, mapped
from linkage.intake.fields.raw_rows import masked, narrative_of
from linkage.intake.limits import OutOfTimeError, allowed, how_to_raise, limit
from linkage.intake.processes import CHUNK, in_chunks
from linkage.intake.readers import FileNote, Header, RawRow, ReadItem
from linkage.intake.readers.column_headings import Column, understood
from linkage.intake.readers.rows import read_rows
from linkage.intake.recall import Reading, Recall
from linkage.intake.reject import Reject
from linkage.intake.values.times import dates
from linkage.report import Report

_SECOND = (
    "another report read with it has the same report_id and other content; the first is kept; "
    "give it a report_id of its own, and `follows` where it is on the same incident"
)
Progress = Callable[[int, int], None]
"""Called with the number of rows done and of all rows."""


@dataclass(slots=True)
class Batch:
    """What files gave: `reports` in the order of the files, `rejects` for every value and row not used, `notes` on
    what was assumed about a file or why none of it could be read, `counts` of files, rows, reports, rows_rejected,
    duplicates, warnings and rejects, `made_ids` of alerts that were numbered by their file and place, `details`:
    how many of the person who reports were masked in each narrative that held any, `masked`: such a narrative as it
    came, `unfound`: each report that follows one which is not among those read, and that one, `columns`: how each
    column of each file was read, `tables`: the files of those that are tables, `numbered`: numbers that were made
    for rows of a table without one, and `readings`: the rows read now that need not be read again."""

    reports: list[Report] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    made_ids: set[str] = field(default_factory=set)
    details: dict[str, int] = field(default_factory=dict)
    masked: dict[str, str] = field(default_factory=dict)
    unfound: dict[str, str] = field(default_factory=dict)
    columns: dict[str, list[Column]] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    numbered: list[str] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)


def read_reports(
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    today: date | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
    mask: bool = False,
    understand: Understand = understood,
    recall: Recall | None = None,
) -> Batch:
    """Read JSON Lines, CSV, XLSX or plain-text files into canonical reports.

    `mask` takes names, numbers and addresses that seem to be of the person who reports or was harmed out of every
    narrative before it is read.

    Bad input never raises: it is a `Reject` with file, row, field, value and cure, and the rest goes on. `today`
    (default: the clock's) bounds dates; `processes` (default: as many as there are processors) work on batches of
    many rows, with the same result as one. `understand` says how the columns of a file are read, `recall` which rows
    were read before with the same `mask`, and what they gave. ArgumentError for what is no path, day or number.
    """
    cure = 'give the path of a file, or a list of them, for example "reports.csv"'
    paths = [path] if isinstance(path, str | os.PathLike) else listed("path", path, (str, os.PathLike), cure)
    one_of("today", today, (date, NoneType), "give a datetime.date, or None for the clock's")
    if processes is not None:
        whole("processes", processes, 1)
    files = [(Path(one).name, list(read_rows(Path(one)))) for one in paths]
    return read_items(
        files, today=today, processes=processes, progress=progress, mask=mask, understand=understand, recall=recall
    )


def read_items(
    files: Sequence[tuple[str, Sequence[ReadItem]]],
    *,
    today: date | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
    mask: bool = False,
    understand: Understand = understood,
    recall: Recall | None = None,
) -> Batch:
    """Read what the readers gave of each file, by its name, as `read_reports` reads files."""
    batch, today = Batch(), today or date.today()
    rows = [row for name, items in files for row in _rows_of(name, items, batch, understand)]
    own = {at: row for at, row in enumerate(rows) if isinstance(row, RawRow)}
    with uncollected():  # reports hold no cycles, and a batch of thousands makes looking cost half the time [R]
        recalled, places = recall([*own.values()], today) if recall else {}, [*own]
        known = {places[n]: _Result(own[places[n]], one.report, [], one.details) for n, one in recalled.items()}
        results = _results(rows, known, partial(_chunk, today=today, mask=mask), processes, progress)
        duplicates = _collect(batch, results)
    batch.counts = {
        "files": len(files),
        "rows": len(own),
        "reports": len(batch.reports),
        "rows_rejected": len(own) - len(batch.reports) - duplicates,
        "duplicates": duplicates,
        "warnings": sum(len(report.warnings) for report in batch.reports),
        "rejects": len(batch.rejects),
    }
    return batch


def _rows_of(name: str, items: Sequence[ReadItem], batch: Batch, understand: Understand) -> list[RawRow | Reject]:
    """Rows and refusals of one file with its columns understood; what else is to be told of it goes to the batch."""
    batch.columns[name], found, numbered = mapped(items, understand)
    batch.numbered += numbered
    if any(isinstance(item, Header) for item in items):
        batch.tables.add(name)
    for item in found:
        if isinstance(item, FileNote):
            batch.notes.append(str(item))
        elif isinstance(item, Reject) and item.row is None:
            batch.notes.append(f"{item.file}: {item.reason}")
    return [item for item in found if isinstance(item, RawRow | Reject)]


def read_row(values: dict[str, Any], origin: str, today: date) -> Batch:
    """Read one row that came in another way than a file, as `read_reports` reads a row of one, masked; `origin`
    stands for the file's name in what is refused."""
    batch = Batch()
    _collect(batch, _chunk([RawRow(origin, 1, values)], today, mask=True))
    return batch


@dataclass(slots=True)
class _Result:
    """What a row gave: its report, what of it was refused, how many details were masked in it, and, where it need not
    be read again, the row as it was read."""

    row: RawRow | None = None
    report: Report | None = None
    rejects: list[Reject] = field(default_factory=list)
    details: int = 0
    lasting: RawRow | None = None


def _results(
    rows: list[RawRow | Reject],
    known: Mapping[int, _Result],
    work: Callable[[Sequence[RawRow | Reject]], list[_Result]],
    processes: int | None,
    progress: Progress | None,
) -> list[_Result]:
    """What each row gave, in the order of the rows; what is `known` is not read, and rows that are the same are read
    once."""
    first: dict[bytes, int] = {}
    source = [
        first.setdefault(name_of(repr((row.file, row.values))), at)
        if isinstance(row, RawRow) and at not in known
        else at
        for at, row in enumerate(rows)
    ]
    unread = [row for at, row in enumerate(rows) if source[at] == at and at not in known]
    read = chain.from_iterable(in_chunks(work, unread, processes))
    results: list[_Result] = []
    for at, row in enumerate(rows):
        if source[at] != at and isinstance(row, RawRow):
            same = results[source[at]]
            rejects = [replace(one, row=row.row) for one in same.rejects]
            results.append(replace(same, row=row, rejects=rejects, lasting=None))
        else:
            results.append(known[at] if at in known else next(read))
        if progress is not None and (at + 1 == len(rows) or (at + 1) % CHUNK == 0):
            progress(at + 1, len(rows))
    return results


def _chunk(rows: Iterable[RawRow | Reject], today: date, mask: bool) -> list[_Result]:
    return [_Result(rejects=[row]) if isinstance(row, Reject) else _guarded(row, today, mask) for row in rows]


def _guarded(row: RawRow, today: date, mask: bool) -> _Result:
    """One row's report. A fault of this program in one row costs that row, is told, and the rest goes on."""
    try:
        with allowed(limit("row_seconds")):
            safe, details = masked(row) if mask else (row, 0)
        report, rejects = assemble(safe, today)  # has a budget of its own, behind which words are kept
        again = report is None or rejects or _rests_on_today(report, today)
        return _Result(row, report, rejects, details, None if again else safe)
    except OutOfTimeError:
        reason = "left out: looking for details of the reporter took longer than the limit, "
        reason += how_to_raise("row_seconds")
    except Exception as error:
        reason = f"the program failed on this row ({type(error).__name__}); it was left out; "
        reason += "please report this as a fault"
    report_id = row.values.get("report_id")
    own = None if report_id is None else str(report_id)
    return _Result(row, rejects=[Reject(row.file, row.row, own, "", "", reason)])


def _rests_on_today(report: Report, today: date) -> bool:
    """Whether a report may be read otherwise on a later day: dates of incidents end at tomorrow."""
    ends = (report.occurred.from_, report.occurred.to)
    late = any(end is not None and end[:10] > today.isoformat() for end in ends)
    return late or any(dates.FUTURE in warning for warning in report.warnings)


def _collect(batch: Batch, results: Iterable[_Result]) -> int:
    """Fill the batch in the order of the rows; returns how many rows say again what another says."""
    seen: dict[str, Report] = {}
    same = 0
    for one in results:
        row, report = one.row, one.report
        if report is None:
            batch.rejects += one.rejects
            continue
        first = seen.get(report.report_id)
        if first is None:
            seen[report.report_id] = report
            batch.reports.append(report)
            batch.rejects += one.rejects
            if one.details and row is not None:
                batch.details[report.report_id] = one.details
                batch.masked[report.report_id] = narrative_of(row.values) or ""
            if row is not None and row.made_id:
                batch.made_ids.add(report.report_id)
        elif first == report:
            same += 1
        else:
            file, number = (row.file, row.row) if row else ("", None)
            own = report.report_id
            batch.rejects.append(Reject(file, number, own, "report_id", own, _SECOND, left_out=True))
            continue
        if one.lasting is not None:
            batch.readings.append(Reading(one.lasting, report.report_id, one.details > 0))
    batch.unfound = {r.report_id: r.follows for r in batch.reports if r.follows and r.follows not in seen}
    return same


def unfound_notes(unfound: Mapping[str, str]) -> list[str]:
    """One note on the reports that follow a report which is nowhere; none where there is nothing to tell."""
    if not unfound:
        return []
    lost = [f"{report} follows {followed}" for report, followed in unfound.items()]
    more = f" and {len(lost) - 3} more" if len(lost) > 3 else ""
    return [f"follows a report that is not among those read: {'; '.join(lost[:3])}{more}"]
