"""A raw row -> a report in canonical form, and everything about it that could not be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from typing import Any

from linkage.intake import heading
from linkage.intake.canonical import as_canonical
from linkage.intake.extract import read_narrative
from linkage.intake.facts import behaviour, contact, dates, occurred, offence, place, speech, venue, weapon
from linkage.intake.fields import Tidy, tidy
from linkage.intake.names import cure, fold_name, names_series
from linkage.intake.parts import Told, read_identifier, read_person, read_vehicle, said
from linkage.intake.readers.items import RawRow
from linkage.intake.reject import WHOLE_ROW, Reject, shorten, without_personal
from linkage.report import Behaviours, Contact, Occurred, Place, Report
from linkage.vocabulary.loader import fold


def assemble(row: RawRow, today: date) -> tuple[Report | None, list[Reject]]:
    """The report of one raw row, or None when it has no `report_id`, with the refusals of the row.

    A row that already is in canonical form (it carries `warnings`, as `Report.to_json` writes it) is taken as it is;
    any other has its values normalised and its narrative read.
    """
    ready = as_canonical(row.values)
    if ready is not None:
        return ready, []
    found = tidy(row.values)
    report_id = found.values.get("report_id")
    if not report_id:
        return None, [_without_id(row)]
    told = Told(refusals=list(found.refusals))
    report = _report(report_id, found, told, today)
    if "warnings" not in found.values:
        read_narrative(report, today)
    return report, [Reject(row.file, row.row, report_id, r.field, r.value, r.reason) for r in told.refusals]


def _without_id(row: RawRow) -> Reject:
    kept = without_personal(row.values, fold_name)
    words = shorten(json.dumps(kept, ensure_ascii=False, default=str), WHOLE_ROW)
    reason = "the row has no report_id and was left out; give every report a report_id that no other has"
    return Reject(row.file, row.row, None, "report_id", words, reason)


def _report(report_id: str, found: Tidy, told: Told, today: date) -> Report:
    values = found.values
    given = values.get("raw")
    raw = {**found.refused_words, **({k: str(v) for k, v in given.items()} if isinstance(given, dict) else {})}
    series = values.get("series")
    report = Report(report_id=report_id, narrative=values.get("narrative"), raw=raw)
    report.series = series if series and names_series(series) else None
    report.report_type = heading.report_type(values.get("report_type"), raw, told)
    report.follows = heading.follows(values.get("follows"), report_id, raw, told)
    report.received = heading.received(values.get("received"), raw, told, today)
    report.source = heading.source(values.get("source", {}), raw, told)
    report.consent = heading.consent(values.get("consent", {}), raw, told)
    report.occurred = _occurred(values.get("occurred", {}), report.received, told, today)
    report.place = _place(values.get("place", {}), told)
    report.contact = _contact(values.get("contact", {}))
    report.behaviours = _behaviours(values.get("behaviours", {}), raw, told)
    report.offences = _keys("offences", values.get("offences"), offence.normalise, raw)
    report.weapons = _keys("weapons", values.get("weapons"), weapon.normalise, raw)
    report.speech = [w for w in map(speech.normalise, values.get("speech") or []) if w]
    for name, person_or_more in (("suspects", values.get("suspects")), ("vehicles", values.get("vehicles"))):
        for counter, given_part in enumerate(person_or_more or [], 1):
            if name == "suspects":
                report.suspects.append(read_person(given_part, f"{name}.{counter}", told))
            else:
                report.vehicles.append(read_vehicle(given_part, f"{name}.{counter}", told))
    for counter, given_part in enumerate(values.get("identifiers") or [], 1):
        one = read_identifier(given_part, f"identifiers.{counter}", told)
        if one is not None:
            report.identifiers.append(one)
        else:
            raw[f"identifiers.{counter}"] = said(given_part.get("value") or given_part.get("kind") or "")
    report.raw = raw
    report.warnings = list(dict.fromkeys([*(values.get("warnings") or []), *told.warnings]))
    return report


def _occurred(given: dict[str, Any], received: str | None, told: Told, today: date) -> Occurred:
    begin, end = given.get("from"), given.get("to")
    try:
        read, warnings = _when(begin, end, received, today)
    except dates.UnusableDate as reason:
        read, warnings = _begin_alone((begin, end), str(reason), received, told, today)
    read = read.model_copy(deep=True)
    told.warnings += [f"occurred: {warning}" for warning in warnings]
    nothing = read.from_ is None and read.hour_min is None and read.weekday is None
    if begin and nothing and not told_about(told, "occurred"):
        told.refuse("occurred.from", begin, f"holds no date or time that could be read; {cure('occurred')}")
    words = {name: text for name, text in (("from", begin), ("to", end)) if text}
    own = given.get("raw")
    read.raw = {**words, **({k: str(v) for k, v in own.items()} if isinstance(own, dict) else {})}
    _given_clock(read, given, told)
    return read


@lru_cache(maxsize=65_536)
def _when(begin: str | None, end: str | None, received: str | None, today: date) -> tuple[Occurred, list[str]]:
    """The incident's time; one after the report was received is kept with a warning, for either may be the slip."""
    try:
        return occurred.normalise(begin, end, received, today)
    except dates.AfterReceived as reason:
        read, warnings = occurred.normalise(begin, end, None, today)
        return read, [*warnings, f"{reason}; both are kept"]


def _begin_alone(
    ends: tuple[str | None, str | None], reason: str, received: str | None, told: Told, today: date
) -> tuple[Occurred, list[str]]:
    """What the beginning says where both ends together cannot be: the end that is at fault is refused."""
    begin, end = ends
    if begin is not None and end is not None:
        try:
            read = _when(begin, None, received, today)
        except dates.UnusableDate as own:
            reason = str(own)
        else:
            told.refuse("occurred.to", end, reason)
            return read
    told.refuse("occurred.from" if begin is not None else "occurred.to", begin if begin is not None else end, reason)
    return Occurred(), []


def told_about(told: Told, field: str) -> bool:
    """Whether something about `field` or a part of it was refused."""
    return any(refusal.field.partition(".")[0] == field for refusal in told.refusals)


def _given_clock(read: Occurred, given: dict[str, Any], told: Told) -> None:
    """Weekday and hours that are given as fields of their own."""
    day = str(given.get("weekday") or "").strip().title()
    if day and read.weekday is None:
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        read.weekday = next((name for name in names if len(day) > 1 and name.startswith(day)), None)
        if read.weekday is None:
            told.refuse("occurred.weekday", day, "not a weekday; write for example Friday")
        elif read.from_ and (warning := dates.contradiction(read.from_, read.to, read.weekday)):
            told.warnings.append(f"occurred: {warning}")
    for name in ("hour_min", "hour_max"):
        hour = given.get(name)
        if hour is None or getattr(read, name) is not None:
            continue
        if isinstance(hour, float | int) and 0 <= hour <= 24:
            setattr(read, name, float(hour))
        else:
            told.refuse(f"occurred.{name}", hour, "not an hour from 0 to 24; write for example 21.5")


def _place(given: dict[str, Any], told: Told) -> Place:
    fields = {name: value for name, value in given.items() if name not in ("spans", "admin")}
    town, text = fields.get("town"), fields.get("text")
    if town and fold(town) not in fold(text or ""):
        fields["text"] = f"{text}, {town}" if text else town
    words = fields.pop("venue", None)
    fields.pop("town", None)
    read, problems = place.normalise(fields)
    for name, value, reason in problems:
        if reason.startswith("kept"):
            told.warnings.append(f"place.{name}: {reason}")
        else:
            told.refuse(f"place.{name}", value, reason)
            read.raw.setdefault(name, str(value))
    if words:
        read.venue = venue.normalise(words) or own_words(words)
        read.raw.setdefault("venue", words)
    return read


def _contact(given: dict[str, Any]) -> Contact:
    own = given.get("raw")
    read = Contact(raw={k: str(v) for k, v in own.items()} if isinstance(own, dict) else {})
    if words := given.get("method"):
        read.method = contact.normalise(words) or own_words(words)
        read.raw.setdefault("method", words)
    if words := given.get("place"):
        read.place = " ".join(words.lower().split())
        read.raw.setdefault("place", words)
    return read


def _keys(
    name: str, words: list[str] | None, normalise: Callable[[str], str | None], raw: dict[str, str]
) -> list[str]:
    """Vocabulary keys of a list of words; words that the vocabulary does not know are kept, folded, as items."""
    items = [normalise(one) or own_words(one) for one in words or []]
    if words:
        raw.setdefault(name, "; ".join(words))
    return list(dict.fromkeys(item for item in items if item))


@cache
def _known_behaviours() -> frozenset[str]:
    return frozenset(behaviour.vocabulary().entries)


def own_words(words: str) -> str:
    """Words that a vocabulary does not know, in the form in which they are kept as an item of their own."""
    return fold(words) or " ".join(words.split())


def _behaviours(given: dict[str, Any], raw: dict[str, str], told: Told) -> Behaviours:
    present: dict[str, None] = {}
    absent: dict[str, None] = {}
    for name in ("present", "absent"):
        words = given.get(name) or []
        if words:
            raw.setdefault(f"behaviours.{name}", "; ".join(words))
        for one in words:
            signed = (one, True) if one in _known_behaviours() else behaviour.normalise_signed(one)
            key, happened = signed or (own_words(one), True)
            if key:
                (present if name == "present" and happened else absent)[key] = None
    for key in [key for key in absent if key in present]:
        told.warnings.append(f"behaviours: “{key}” is given both as present and as absent; it is kept as present")
        del absent[key]
    return Behaviours(present=list(present), absent=list(absent))
