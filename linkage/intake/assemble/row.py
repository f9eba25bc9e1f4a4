"""A raw row -> a report in canonical form, and everything about it that could not be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from linkage.intake.assemble.extract import not_read, read_narrative
from linkage.intake.fields.plain_row import Notes, said, tidy
from linkage.intake.fields.raw_rows import as_canonical, cleaned, without_false_spans
from linkage.intake.fields.report_fields import FIELDS, PARTS
from linkage.intake.fields.unseen import ids_as_seen
from linkage.intake.limits import OutOfTimeError, allowed, check, limit
from linkage.intake.readers import RawRow
from linkage.intake.readers.column_names import names_series, without_personal
from linkage.intake.reject import WHOLE_ROW, Reject, shorten
from linkage.report import Report

T = TypeVar("T")
_HEAD = ("report_id", "narrative", "raw", "spans", "warnings")
"""What of a row is not kept once more as its words where it could not be read."""


def assemble(row: RawRow, today: date) -> tuple[Report | None, list[Reject]]:
    """The report of one raw row, or None when it has no `report_id`, with the refusals of the row.

    A row that already is in canonical form (it carries `warnings`, as `Report.to_json` writes it) is taken as it is;
    any other has its values normalised and its narrative read.
    """
    values = cleaned(row.values)
    ready = as_canonical(values)
    if ready is not None:
        reason = "the span lies outside the narrative and is left out; the value is kept"
        false = without_false_spans(ready)
        refused = [Reject(row.file, row.row, ready.report_id, name, "", reason) for name in false]
        return ready, [*ids_as_seen(ready, row), *refused]
    found = tidy(values, today)
    report_id = found.values.get("report_id")
    if not report_id:
        why = next((one.reason for one in found.refusals if one.field == "report_id"), None)
        return None, [_without_id(replace(row, values=values), why)]
    report, notes = _in_time(report_id, found)
    return report, [replace(one, file=row.file, row=row.row, report_id=report_id) for one in notes.refusals]


def _in_time(report_id: str, found: Notes) -> tuple[Report, Notes]:
    """The report of a tidy row, read within its budget; where that is used up, with its words and what its fields
    say, and where even they take too long, with its words alone."""
    notes = _unread(found)
    field = "the row"
    try:
        with allowed(limit("row_seconds")):
            report = _report(report_id, notes)
            field = "narrative"
            if "warnings" not in found.values:
                read_narrative(report, found.today)
            return report, notes
    except OutOfTimeError:
        notes = _unread(found)
    if field == "narrative":
        report = _report(report_id, notes)
    else:
        words = {name: shorten(said(given), WHOLE_ROW) for name, given in found.values.items() if name not in _HEAD}
        report = Report(report_id=report_id, narrative=found.values.get("narrative"), raw={**words})
    report.warnings.append(f"{field}: {not_read()}")
    notes.refuse(field if field == "narrative" else "(row)", report.narrative or "", not_read())
    return report, notes


def _unread(found: Notes) -> Notes:
    """A tidy row of which nothing has been read: reading it notes nothing in `found`."""
    return replace(found, refusals=[*found.refusals], warnings=[], raw={**found.raw})


def _without_id(row: RawRow, refused: str | None) -> Reject:
    safe = without_personal(row.values)
    words = shorten(json.dumps(safe, ensure_ascii=False, default=str), WHOLE_ROW)
    without = "the row has no report_id and was left out; give every report a report_id that no other has"
    reason = f"the row was left out: of its report_id {refused}" if refused else without
    return Reject(row.file, row.row, None, "report_id", words, reason)


def _report(report_id: str, notes: Notes) -> Report:
    values = notes.values
    report = Report(report_id=report_id, narrative=values.get("narrative"))
    series = values.get("series")
    report.series = series if series and names_series(series) else None
    report.follows = values.get("follows")
    if report.follows == report_id:
        notes.raw.setdefault("follows", report_id)
        notes.refuse("follows", report_id, "a report cannot follow itself; name the report it belongs to")
        report.follows = None
    for name, read in FIELDS.items():
        if name in values:
            setattr(report, name, _tried(notes, name, getattr(report, name), read, values[name]))
    for name, (part, empty) in PARTS.items():
        for counter, given in enumerate(values.get(name) or [], 1):
            path = f"{name}.{counter}"
            one = _tried(notes, path, empty(), part, given, path)
            if one is not None:
                getattr(report, name).append(one)
            else:
                notes.raw[path] = said(given.get("value") or given.get("kind") or "")
    report.raw = notes.raw
    report.warnings = list(dict.fromkeys([*(values.get("warnings") or []), *notes.warnings]))
    return report


def _tried(notes: Notes, name: str, otherwise: T, read: Callable[..., T], given: Any, *path: str) -> T:
    """What `read` makes of a field; `otherwise`, and a refusal, where the program fails on it: a field costs a report
    itself, never the report."""
    check()
    try:
        return read(given, *path, notes)
    except Exception as error:
        reason = f"the program failed on this field ({type(error).__name__}); please report this as a fault"
        notes.refuse(name, said(given), reason)
        return otherwise
