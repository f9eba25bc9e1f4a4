"""A raw row or a free text -> a report in canonical form: what its fields say, a narrative read beside them, an alert
read alone; and everything about it that could not be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from types import NoneType
from typing import Any, TypeVar

from rapidfuzz import fuzz

from linkage.arguments import iso_date, one_of
from linkage.disk_cache import uncollected
from linkage.intake.assemble.setting import keep, read_circumstances, read_setting
from linkage.intake.assemble.vehicles import read_vehicles
from linkage.intake.behaviours.reading import Behaviours, read_behaviours
from linkage.intake.document.document import Document, read_document
from linkage.intake.document.language import words_to_read
from linkage.intake.document.pieces import parts_of, read_pieces
from linkage.intake.document.restatement import put_back, restate
from linkage.intake.fields.plain_row import Notes, said, tidy
from linkage.intake.fields.raw_rows import as_canonical, cleaned, without_false_spans
from linkage.intake.fields.report_fields import FIELDS, PARTS
from linkage.intake.fields.reporter_details import blanked_masks
from linkage.intake.finding import SURE, Finding
from linkage.intake.judge.people import facts_of_people, reported_people
from linkage.intake.judge.utterances import reported_speech
from linkage.intake.limits import OutOfTimeError, allowed, check, how_to_raise, limit
from linkage.intake.readers import RawRow
from linkage.intake.readers.column_names import names_series, without_personal
from linkage.intake.reject import HELD_UNSEEN, NAMING, WHOLE_ROW, Reject, clean, seen, shorten
from linkage.intake.values import identifier
from linkage.intake.values.circumstances import find as find_circumstances
from linkage.intake.values.people.describe import describe, lay_beside, likeness
from linkage.intake.values.people.person import share_likenesses
from linkage.report import Identifier, Person, Report

_SAME_SPEECH = 85.0
"""rapidfuzz partial ratio at which two utterances are one [G]."""


def extract_report(
    text: str, report_id: str | None = None, received: str | None = None, today: date | None = None
) -> Report:
    """The canonical report of one alert in plain words; each value keeps its character span in `narrative`.

    `received` (ISO 8601) is the day of the report, to read "last Friday" against. Nothing is raised for any text: one
    that takes longer than its budget is kept with a warning that it was not read. ArgumentError for what is no text.
    """
    one_of("text", text, str, "give the words of one alert")
    one_of("report_id", report_id, (str, NoneType), "give words, or None for no id")
    iso_date("received", received)
    one_of("today", today, (date, NoneType), "give a datetime.date, or None for the clock's")
    report = Report(report_id=report_id or "", narrative=clean(text) or None, received=received)
    try:
        # hardly anything that reading makes is garbage in a circle: looking for it takes a twentieth of the time
        with allowed(limit("row_seconds")), uncollected():
            read_narrative(report, today or date.today())
    except OutOfTimeError:
        report = Report(report_id=report.report_id, narrative=report.narrative, received=received)
        report.warnings.append(f"narrative: {not_read()}")
    return report


def not_read() -> str:
    """What is told of a text whose reading took longer than its budget."""
    seconds = limit("row_seconds")
    return (
        f"not read: reading it took longer than the limit of {seconds} s of processor time; its words are kept; "
        f"shorten it {how_to_raise('row_seconds')}"
    )


def read_narrative(report: Report, today: date) -> None:
    """Read `report.narrative` into the report, in place; a long one piece by piece.

    A value given by a field stands; the narrative fills what is missing and adds to lists. Where both speak and
    contradict each other, the field is kept and a warning tells it. Raises OutOfTimeError within a budget.
    """
    words = words_to_read(report)
    if words:
        restated = restate(blanked_masks(words))
        warnings = read_pieces(report, restated.text, partial(_read_piece, today=today))
        put_back(parts_of(report), restated, words)
        report.warnings += [warning for warning in warnings if warning not in report.warnings]
    if words != report.narrative:
        for _, part in parts_of(report):
            part.spans.clear()  # they would name letters of the translation


def _read_piece(report: Report, text: str, today: date) -> list[str]:
    document = read_document(text)
    check()
    warnings = read_setting(report, text, today)
    check()
    warnings += _read_people(report, document)
    check()
    read_vehicles(report, text)
    _read_identifiers(report, document)
    check()
    behaviours = read_behaviours(text)
    happened = [str(one.value) for one in behaviours.findings if not one.negated]
    weapons = read_circumstances(report, document, happened)
    warnings += _lay_behaviours(report, text, behaviours)
    check()
    _read_lists(report, document, weapons)
    return warnings


def _read_people(report: Report, document: Document) -> list[str]:
    """The reported people that a text describes, laid beside those of the report."""
    described = [one.facts for one in reported_people(document, facts_of_people(document.text))]
    share_likenesses(document, described)
    read = [describe(facts, document.text, f"suspects.{at}") for at, facts in enumerate(described, 1)]
    return [warning for _, said in read for warning in said] + _lay_people(report, [one for one, _ in read])


def _lay_people(report: Report, people: list[Person]) -> list[str]:
    """Each described person beside the field's person that fits best; those that are left are added."""
    if not report.suspects:
        report.suspects = people
        return []
    warnings: list[str] = []
    free = list(range(len(report.suspects)))
    for index, read in enumerate(people):
        if not free:
            if read.spans.keys() - {"sex"}:
                report.suspects.append(read)
            continue
        best = max(free, key=lambda at: (likeness(report.suspects[at], read), at == index, -at))
        free.remove(best)
        warnings += lay_beside(report.suspects[best], read, f"suspects.{best + 1}")
    return warnings


def _read_identifiers(report: Report, document: Document) -> None:
    known = {(one.kind, one.value) for one in report.identifiers}
    for one in identifier.find(document.text):
        if one.negated or one.confidence < SURE or not identifier.is_reported(document, one.start):
            continue
        if (one.field, one.value) not in known:
            known.add((one.field, one.value))
            raw, spans = {"value": one.words(document.text)}, {"value": [(one.start, one.end)]}
            report.identifiers.append(Identifier(kind=one.field, value=one.value, raw=raw, spans=spans))


def _lay_behaviours(report: Report, text: str, read: Behaviours) -> list[str]:
    """What a field says is certain; of what was read in several pieces the likeliest counts."""
    both = report.behaviours
    given = (set(both.present) | set(both.absent)) - both.probability.keys()
    for known, told in ((both.probability, read.told), (both.item_probability, read.items)):
        known |= {key: max(chance, known.get(key, 0.0)) for key, chance in told.items() if key not in given}
    happened = {str(one.value) for one in read.findings if not one.negated}
    absent = both.absent[:]
    warnings: dict[str, str] = {}
    for one in read.findings:
        key = str(one.value)
        if one.negated:
            if key not in happened and key not in both.absent and key not in both.present:
                _add(report, "behaviours.absent", both.absent, one, text)
        elif key in absent and f"behaviours.absent.{absent.index(key) + 1}" not in report.spans:
            said = f"is given as absent, the narrative says “{one.words(text)}”; the field is kept"
            warnings.setdefault(key, f"behaviours: “{key}” {said}")
        elif key not in both.present and key not in absent:
            _add(report, "behaviours.present", both.present, one, text)
    return [*warnings.values()]


def _add(report: Report, name: str, items: list[str], finding: Finding, text: str) -> None:
    """Add what was found to a list of the report, with its words and span under its dotted name counted from 1."""
    items.append(str(finding.value))
    keep(report, f"{name}.{len(items)}", finding, text)


def _read_lists(report: Report, document: Document, weapons: list[Finding]) -> None:
    text = document.text
    offences = [one for one in find_circumstances("offences", text) if not one.negated and one.confidence >= SURE]
    for name, found, items in (("weapons", weapons, report.weapons), ("offences", offences, report.offences)):
        for finding in found:
            if finding.value not in items:
                _add(report, name, items, finding, text)
    for finding in reported_speech(document):
        said = str(finding.value)
        if not any(fuzz.partial_ratio(said.lower(), known.lower()) >= _SAME_SPEECH for known in report.speech):
            _add(report, "speech", report.speech, finding, text)


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
        return ready, [*_ids_as_seen(ready, row), *refused]
    found = tidy(values, today)
    report_id = found.values.get("report_id")
    if not report_id:
        why = next((one.reason for one in found.refusals if one.field == "report_id"), None)
        return None, [_without_id(replace(row, values=values), why)]
    report, notes = _in_time(report_id, found)
    return report, [replace(one, file=row.file, row=row.row, report_id=report_id) for one in notes.refusals]


def _ids_as_seen(report: Report, row: RawRow) -> list[Reject]:
    """Change what names reports and series in a report to what somebody sees; what is told of it."""
    held = {name: given for name in NAMING if (given := getattr(report, name)) and seen(given) != given}
    for name, given in held.items():
        setattr(report, name, seen(given) or given)
    return [
        Reject(row.file, row.row, report.report_id, name, ascii(given), HELD_UNSEEN) for name, given in held.items()
    ]


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
    return Reject(row.file, row.row, None, "report_id", words, reason, left_out=True)


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
