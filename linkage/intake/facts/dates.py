"""Dates of an incident: people's words to the first and last possible day.

UK order throughout (day before month); the American order is taken only where no other exists (12/25/2009). All
figures about vague words are guesses, in `calendar_words.toml` and `date_resolve`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from linkage.intake.facts.date_grammar import Spoken, read
from linkage.intake.facts.date_resolve import (
    EARLIEST_YEAR,
    AfterReceived,
    DateRange,
    PartialDate,
    Reference,
    UnusableDate,
    day_of,
    one_day,
    resolve,
)
from linkage.intake.facts.date_words import WEEKDAYS, field_words, plain
from linkage.intake.facts.day_bound import remembered
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.reporting import of_the_incident, of_the_report
from linkage.intake.patterns import compiled

__all__ = [
    "AfterReceived",
    "DateRange",
    "PartialDate",
    "UnusableDate",
    "contradiction",
    "find",
    "normalise",
    "weekday_of",
]

_ISO_DAY = compiled(r"\s*([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])", re.ASCII)
_COMPACT = compiled(r"\s*((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?:t[0-9]{4,6}z?)?\s*", re.ASCII)
_COMPACT_BRITISH = compiled(r"\s*([0-3][0-9])([01][0-9])((?:19|20)[0-9]{2})\s*", re.ASCII)
_YEAR_ALONE = compiled(
    r"\W*(?:(?:in|during|some\s?time|about|around|circa|the|year|between|from)\W+)*"
    r"([0-9]{4})(?:\s*(?:-|/|to|and|or|until)\s*([0-9]{4}))?\W*",
    re.ASCII,
)
_SERIAL = compiled(r"\s*([2-6][0-9]{4})(?:\.[0-9]+)?\s*", re.ASCII)
_FROM_THAT_DAY = compiled(r"(?:before|earlier|previously|prior)$|previous|preceding")
_EXCEL_EPOCH = date(1899, 12, 30)  # serial 0 of the 1900 date system, its 29 February 1900 included (ECMA-376) [V]


def weekday_of(iso: str) -> str:
    """English weekday of an ISO 8601 date or date-time, title case. Raises ValueError when it is none."""
    return WEEKDAYS[date.fromisoformat(iso[:10]).weekday()]


def contradiction(first: str, last: str | None, weekday: str | None) -> str | None:
    """Warning when no day from `first` to `last` (ISO 8601) falls on `weekday`, else None."""
    if weekday not in WEEKDAYS:
        return None
    start = date.fromisoformat(first[:10])
    end = date.fromisoformat((last or first)[:10])
    if (WEEKDAYS.index(weekday) - start.weekday()) % 7 <= max(0, (end - start).days):
        return None
    if end > start:
        return f"there is no {weekday} between {start} and {end}"
    return f"{weekday} {start.day} {start:%B} {start.year} was a {weekday_of(first)}"


def normalise(words: str, received: str | None = None, today: date | None = None) -> DateRange | None:
    """The days that `words` name, read against `received` (ISO 8601) when they are relative or lack a year.

    None when there is no date in them or its year cannot be known. Raises UnusableDate when the date cannot be an
    incident's: a day that does not exist, a year before 1950, a day after `received`, or later than tomorrow
    (`today`, by default the clock's). A range that only ends too late is cut there.
    """
    return _normalise(words, received, today or date.today())


@remembered(most=16384)
def _normalise(words: str, received: str | None, today: date) -> DateRange | None:
    reference = _reference(received, today)
    figures = _ISO_DAY.match(words) or _COMPACT.fullmatch(words.lower())
    if figures and not re.search(r"[0-9]\s*(?:to|until|-|/)\s*[0-9]{4}", words):
        year, month, day = map(int, figures.groups())
        return one_day(day_of(year, month, day), reference)
    british = _COMPACT_BRITISH.fullmatch(words)
    if british:
        day, month, year = map(int, british.groups())
        return one_day(day_of(year, month, day), reference)
    serial = _SERIAL.fullmatch(words)
    if serial:
        return one_day(_EXCEL_EPOCH + timedelta(days=int(serial[1])), reference)
    text = field_words(words)
    year_alone = _YEAR_ALONE.fullmatch(text)
    if year_alone:
        hedged = any(word in text for word in ("about", "around", "circa"))
        until = Spoken(0, len(text), "year", year=int(year_alone[2])) if year_alone[2] else None
        said = Spoken(0, len(text), "year", year=int(year_alone[1]), certain=not hedged, until=until)
        return resolve(said, reference)
    return _first_resolved(read(text, lenient=True), reference)


def _first_resolved(spoken: list[Spoken], reference: Reference) -> DateRange | None:
    """The most exact kind of date said; of equals the first."""
    exactness = ("day", "week", "fixed", "part", "month", "season", "year", "relative", "weekday")
    for item in sorted(spoken, key=lambda said: (exactness.index(said.kind), said.start)):
        resolved = resolve(item, reference)
        if resolved is not None:
            return resolved
    return None


def _reference(received: str | None, today: date) -> Reference:
    try:
        day = date.fromisoformat(received[:10]) if received else None
    except ValueError:
        day = None
    return Reference(day if day and day.year >= EARLIEST_YEAR else None, today)


def find(text: str, received: str | None = None, today: date | None = None) -> list[Finding]:
    """Dates and weekdays in a free text, in order of position.

    `date` findings carry a DateRange, or a PartialDate when no year is said and `received` is not known;
    `weekday` findings the weekday, title case, also where it is part of a date. A date that cannot be right is a
    `date_problem` finding whose value is the message. Rules "date_of_report", "date_of_note" and "date_of_call"
    (confidence .3 [G]) mark the day on which somebody reported, wrote it down or was called, which need not be the
    incident's; "date_of_incident" one of which the text says that it happened then.
    """
    low = plain(text)
    reference = _reference(received, today or date.today())
    told: Reference | None = None  # the last day said so far, from which "two nights before" counts
    found: list[Finding] = []
    previous = 0
    for spoken in _with_month(read(low)):
        if spoken.weekday_span and len(spoken.weekdays) >= 1:
            found.append(Finding("weekday", spoken.weekdays[0], *spoken.weekday_span, "weekday"))
        if spoken.month == 5 and spoken.year is None and text.startswith("may", spoken.start):
            continue  # "she may 2 or 3 times have ..."
        counted = spoken.relative is not None and _FROM_THAT_DAY.search(spoken.relative) is not None
        finding = _finding(spoken, told if counted and told else reference)
        if finding is None:
            continue
        whose = None if counted else of_the_report(low, previous, spoken.start, spoken.end)
        if whose is not None:
            finding = replace(finding, rule=f"date_of_{whose}", confidence=0.3)
        elif finding.field == "date" and of_the_incident(low, spoken.start):
            finding = replace(finding, rule="date_of_incident")
        found.append(finding)
        previous = spoken.end
        told = _told(finding, reference.today) or told
        if reference.received is None and whose is not None and told is not None:
            reference = told  # a note that gives its own day: its "last night" counts from that
    return sorted(found, key=lambda item: (item.start, -item.end))


def _with_month(said: list[Spoken]) -> list[Spoken]:
    """ "Wednesday the 6th at four (Feb 2019)": a day without a month takes the only month and year of the text."""
    months = {(s.year, s.month) for s in said if s.kind == "month" and s.year}
    if len(months) != 1:
        return said
    year, month = months.pop()
    return [replace(s, year=year, month=month) if s.kind == "day" and s.month is None else s for s in said]


def _told(finding: Finding, today: date) -> Reference | None:
    """The single day of a finding, to count from."""
    value = finding.value
    single = isinstance(value, DateRange) and value.first == value.last
    return Reference(date.fromisoformat(value.first), today) if single else None


def _finding(spoken: Spoken, reference: Reference) -> Finding | None:
    try:
        value: DateRange | PartialDate | None = resolve(spoken, reference)
    except UnusableDate as error:
        return Finding("date_problem", str(error), spoken.start, spoken.end, f"date_{spoken.kind}", 1.0)
    if value is None:
        if spoken.month is None:
            return None
        value = PartialDate(spoken.month, spoken.day, spoken.weekdays[0] if spoken.weekdays else None)
        return Finding("date", value, spoken.start, spoken.end, "date_without_year", 0.5)
    confidence = 0.95 if value.certain and value.first == value.last else 0.8
    return Finding("date", value, spoken.start, spoken.end, f"date_{spoken.kind}", confidence)
