"""A raw row -> a report in canonical form, and everything about it that could not be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache, partial
from typing import Any, TypeVar

from linkage.intake.assemble.extract import not_read, read_narrative
from linkage.intake.behaviours.words import normalise_signed
from linkage.intake.budget import OutOfTimeError, allowed, check
from linkage.intake.fields import heading
from linkage.intake.fields.parts import Notes, raw_of, read_identifier, read_person, read_vehicle, said
from linkage.intake.fields.plain_row import Tidy, tidy
from linkage.intake.fields.raw_rows import as_canonical, cleaned, without_false_spans
from linkage.intake.judge.utterances import as_said
from linkage.intake.limits import limit
from linkage.intake.readers import RawRow
from linkage.intake.readers.column_names import cure, fold_name, names_series
from linkage.intake.reject import WHOLE_ROW, Reject, shorten, without_personal
from linkage.intake.values import circumstances, place
from linkage.intake.values.times import dates, occurred
from linkage.report import Behaviours, Contact, Occurred, Person, Place, Report, Vehicle
from linkage.vocabulary.loader import fold, load

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
        return ready, [Reject(row.file, row.row, ready.report_id, name, "", reason) for name in false]
    found = tidy(values)
    report_id = found.values.get("report_id")
    if not report_id:
        refused = next((one.reason for one in found.refusals if one.field == "report_id"), None)
        return None, [_without_id(replace(row, values=values), refused)]
    report, notes = _in_time(report_id, found, today)
    return report, [Reject(row.file, row.row, report_id, r.field, r.value, r.reason) for r in notes.refusals]


def _in_time(report_id: str, found: Tidy, today: date) -> tuple[Report, Notes]:
    """The report of a tidy row, read within its budget; where that is used up, with its words and what its fields
    say, and where even they take too long, with its words alone."""
    notes = _notes(found, today)
    field = "the row"
    try:
        with allowed(limit("row_seconds")):
            report = _report(report_id, found, notes)
            field = "narrative"
            if "warnings" not in found.values:
                read_narrative(report, today)
            return report, notes
    except OutOfTimeError:
        notes = _notes(found, today)
    if field == "narrative":
        report = _report(report_id, found, notes)
    else:
        words = {name: shorten(said(given), WHOLE_ROW) for name, given in found.values.items() if name not in _HEAD}
        report = Report(report_id=report_id, narrative=found.values.get("narrative"), raw={**words})
    report.warnings.append(f"{field}: {not_read()}")
    notes.refuse(field if field == "narrative" else "(row)", report.narrative or "", not_read())
    return report, notes


def _notes(found: Tidy, today: date) -> Notes:
    return Notes(today, [*found.refusals], raw={**found.refused_words, **raw_of(found.values)})


def _without_id(row: RawRow, refused: str | None) -> Reject:
    safe = without_personal(row.values, fold_name)
    words = shorten(json.dumps(safe, ensure_ascii=False, default=str), WHOLE_ROW)
    without = "the row has no report_id and was left out; give every report a report_id that no other has"
    reason = f"the row was left out: of its report_id {refused}" if refused else without
    return Reject(row.file, row.row, None, "report_id", words, reason)


def _report(report_id: str, found: Tidy, notes: Notes) -> Report:
    values = found.values
    report = Report(report_id=report_id, narrative=values.get("narrative"))
    tried = partial(_tried, notes)
    series = values.get("series")
    report.series = series if series and names_series(series) else None
    report.follows = values.get("follows")
    if report.follows == report_id:
        notes.raw.setdefault("follows", report_id)
        notes.refuse("follows", report_id, "a report cannot follow itself; name the report it belongs to")
        report.follows = None
    for name, read in _FIELDS.items():
        if name in values:
            setattr(report, name, tried(name, getattr(report, name), read, values[name], notes))
    for name, (part, empty) in _PARTS.items():
        for counter, given in enumerate(values.get(name) or [], 1):
            path = f"{name}.{counter}"
            one = tried(path, empty(), part, given, path, notes)
            if one is not None:
                getattr(report, name).append(one)
            else:
                notes.raw[path] = said(given.get("value") or given.get("kind") or "")
    report.raw = notes.raw
    report.warnings = list(dict.fromkeys([*(values.get("warnings") or []), *notes.warnings]))
    return report


def _tried(notes: Notes, name: str, otherwise: T, read: Callable[..., T], given: Any, *more: Any) -> T:
    """What `read` makes of a field; `otherwise`, and a refusal, where the program fails on it: a field costs a report
    itself, never the report."""
    check()
    try:
        return read(given, *more)
    except Exception as error:
        reason = f"the program failed on this field ({type(error).__name__}); please report this as a fault"
        notes.refuse(name, said(given), reason)
        return otherwise


def _speech(words: list[str], _: Notes) -> list[str]:
    return [one for one in map(as_said, words) if one]


def _occurred(given: dict[str, Any], notes: Notes) -> Occurred:
    ends = {name: given[name] for name in ("from", "to") if given.get(name)}
    read, warnings = _between(ends.get("from"), ends.get("to"), notes)
    read = read.model_copy(deep=True)
    notes.warnings += [f"occurred: {warning}" for warning in warnings]
    nothing = read.from_ is None and read.hour_min is None and read.weekday is None
    if "from" in ends and nothing and not any(refusal.field.startswith("occurred") for refusal in notes.refusals):
        notes.refuse("occurred.from", ends["from"], f"holds no date or time that could be read; {cure('occurred')}")
    read.raw = ends | raw_of(given)
    _given_clock(read, given, notes)
    return read


@lru_cache(maxsize=65_536)
def _when(begin: str | None, end: str | None, received: str | None, today: date) -> tuple[Occurred, list[str]]:
    """The incident's time; one after the report was received is kept with a warning, for either may be the slip."""
    try:
        return occurred.normalise(begin, end, received, today)
    except dates.AfterReceived as reason:
        read, warnings = occurred.normalise(begin, end, None, today)
        return read, [*warnings, f"{reason}; both are kept"]


def _between(begin: str | None, end: str | None, notes: Notes) -> tuple[Occurred, list[str]]:
    """What both ends say; where they cannot be together what the beginning says, and the end at fault is refused."""
    reasons: list[str] = []
    for last in (end,) if begin is None or end is None else (end, None):
        try:
            read = _when(begin, last, notes.received, notes.today)
        except dates.UnusableDate as unusable:
            reasons.append(str(unusable))
            continue
        if reasons:
            notes.refuse("occurred.to", end, reasons[0])
        return read
    notes.refuse("occurred.to" if begin is None else "occurred.from", end if begin is None else begin, reasons[-1])
    return Occurred(), []


def _given_clock(read: Occurred, given: dict[str, Any], notes: Notes) -> None:
    """Weekday and hours that are given as fields of their own."""
    day = str(given.get("weekday") or "").strip().title()
    if day and read.weekday is None:
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        read.weekday = next((name for name in names if len(day) > 1 and name.startswith(day)), None)
        if read.weekday is None:
            notes.refuse("occurred.weekday", day, "not a weekday; write for example Friday")
        elif read.from_ and (warning := dates.contradiction(read.from_, read.to, read.weekday)):
            notes.warnings.append(f"occurred: {warning}")
    for name in ("hour_min", "hour_max"):
        hour = given.get(name)
        if hour is None or getattr(read, name) is not None:
            continue
        if isinstance(hour, float | int) and 0 <= hour <= 24:
            setattr(read, name, float(hour))
        else:
            notes.refuse(f"occurred.{name}", hour, "not an hour from 0 to 24; write for example 21.5")


def _place(given: dict[str, Any], notes: Notes) -> Place:
    fields = {name: value for name, value in given.items() if name not in ("spans", "admin")}
    town, text = fields.get("town"), fields.get("text")
    if town and fold(town) not in fold(text or ""):
        fields["text"] = f"{text}, {town}" if text else town
    words = fields.pop("venue", None)
    fields.pop("town", None)
    read, problems = place.normalise(fields)
    for name, value, reason in problems:
        if reason.startswith("kept"):
            notes.warnings.append(f"place.{name}: {reason}")
        else:
            notes.refuse(f"place.{name}", value, reason)
            read.raw.setdefault(name, str(value))
    if words:
        read.venue = circumstances.normalise("venues", words) or own_words(words)
        read.raw.setdefault("venue", words)
    return read


def _contact(given: dict[str, Any], _: Notes) -> Contact:
    read = Contact(raw=raw_of(given))
    if words := given.get("method"):
        read.method = circumstances.normalise("contact_methods", words) or own_words(words)
        read.raw.setdefault("method", words)
    if words := given.get("place"):
        read.place = " ".join(words.lower().split())
        read.raw.setdefault("place", words)
    return read


def _keys(name: str, words: list[str], notes: Notes) -> list[str]:
    """Vocabulary keys of a list of words; words that the vocabulary does not know are kept, folded, as items."""
    items = []
    for one in words:
        check()
        items.append(circumstances.normalise(name, one) or own_words(one))
    if words:
        notes.raw.setdefault(name, "; ".join(words))
    return list(dict.fromkeys(item for item in items if item))


@cache
def _known_behaviours() -> frozenset[str]:
    return frozenset(load("behaviours").entries)


def own_words(words: str) -> str:
    """Words that a vocabulary does not know, in the form in which they are kept as an item of their own."""
    return fold(words) or " ".join(words.split())


def _behaviours(given: dict[str, Any], notes: Notes) -> Behaviours:
    present: dict[str, None] = {}
    absent: dict[str, None] = {}
    for name in ("present", "absent"):
        words = given.get(name) or []
        if words:
            notes.raw.setdefault(f"behaviours.{name}", "; ".join(words))
        for one in words:
            check()
            signed = (one, True) if one in _known_behaviours() else normalise_signed(one)
            key, happened = signed or (own_words(one), True)
            if key:
                (present if name == "present" and happened else absent)[key] = None
    for key in [key for key in absent if key in present]:
        notes.warnings.append(f"behaviours: “{key}” is given both as present and as absent; it is kept as present")
        del absent[key]
    return Behaviours(present=list(present), absent=list(absent))


_FIELDS: dict[str, Callable[[Any, Notes], Any]] = {
    "report_type": heading.report_type,
    "received": heading.received,
    "source": heading.source,
    "language": heading.language,
    "translation": heading.translation,
    "consent": heading.consent,
    "occurred": _occurred,
    "place": _place,
    "contact": _contact,
    "behaviours": _behaviours,
    "offences": partial(_keys, "offences"),
    "weapons": partial(_keys, "weapons"),
    "speech": _speech,
}
"""How what is given of each field is read, in this order: the date of an incident is read beside `received`."""

_PARTS: dict[str, tuple[Callable[..., Any], Callable[[], Any]]] = {
    "suspects": (read_person, Person),
    "vehicles": (read_vehicle, Vehicle),
    "identifiers": (read_identifier, lambda: None),
}
"""How each part of a list is read, and what stands for one on which the program fails."""
