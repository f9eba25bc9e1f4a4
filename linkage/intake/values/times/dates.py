"""Dates of an incident: people's words to the first and last possible day.

UK order throughout (day before month); the American order is taken only where no other exists (12/25/2009). All
figures about vague words are guesses, in `calendar_words.toml` and `date_resolve`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.values.times.date_grammar import Spoken, read
from linkage.intake.values.times.date_resolve import (
    EARLIEST_YEAR,
    AfterReceived,
    DateRange,
    PartialDate,
    Reference,
    UnusableDate,
    between,
    day_of,
    resolve,
)
from linkage.intake.values.times.day_bound import remembered
from linkage.intake.values.times.reporting import of_the_incident, of_the_report
from linkage.intake.values.times.time_words import WEEKDAYS, field_words, line_of

__all__ = ["AfterReceived", "DateRange", "PartialDate", "UnusableDate", "contradiction", "find", "normalise"]

_FIGURES = compiled(
    r"\s*(?:(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?![0-9-])(?!.*?(?:to|until|-|/)\s*[0-9]{4})"
    r"|(?:(?P<y2>(?:19|20)[0-9]{2})(?P<m2>[01][0-9])(?P<d2>[0-3][0-9])(?:[tT][0-9]{4,6}[zZ]?)?"
    r"|(?P<d3>[0-3][0-9])(?P<m3>[01][0-9])(?P<y3>(?:19|20)[0-9]{2})|(?P<serial>[2-6][0-9]{4})(?:\.[0-9]+)?)\s*$)",
    re.ASCII,
)
"""Dates of figures alone: ISO 8601 with dashes and without, day first, and the days that a spreadsheet counts."""
_EXCEL_EPOCH = date(1899, 12, 30)  # serial 0 of the 1900 date system, its 29 February 1900 included (ECMA-376) [V]
_EXACTNESS = ("day", "week", "fixed", "part", "month", "season", "year", "relative", "weekday")
_FROM_THAT_DAY = ("before", "earlier", "previous")


def contradiction(first: str, last: str | None, weekday: str | None) -> str | None:
    """Warning when no day from `first` to `last` (ISO 8601) falls on `weekday`, else None."""
    if weekday not in WEEKDAYS:
        return None
    start, end = date.fromisoformat(first[:10]), date.fromisoformat((last or first)[:10])
    if (WEEKDAYS.index(weekday) - start.weekday()) % 7 <= max(0, (end - start).days):
        return None
    if end > start:
        return f"there is no {weekday} between {start} and {end}"
    return f"{weekday} {start.day} {start:%B} {start.year} was a {WEEKDAYS[start.weekday()]}"


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
    if figures := _FIGURES.match(words):
        year, month, day = (int(figures[n] or figures[f"{n}2"] or figures[f"{n}3"] or 0) for n in ("y", "m", "d"))
        serial = figures["serial"]
        single = _EXCEL_EPOCH + timedelta(days=int(serial)) if serial else day_of(year, month, day)
        return between(single, single, reference)
    said = read(line_of(field_words(words)), lenient=True)
    resolved = (resolve(one, reference) for one in sorted(said, key=lambda one: _EXACTNESS.index(one.kind)))
    return next((days for days in resolved if days is not None), None)


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
    line = line_of(text)
    reference = _reference(received, today or date.today())
    told: Reference | None = None  # the last day said so far, from which "two nights before" counts
    found: list[Finding] = []
    previous = 0
    for spoken in _with_month(read(line)):
        if spoken.weekday_span:
            found.append(Finding("weekday", spoken.weekdays[0], *spoken.weekday_span, "weekday"))
        if spoken.month == 5 and spoken.year is None and text.startswith("may", spoken.start):
            continue  # "she may 2 or 3 times have ..."
        counted = spoken.how in _FROM_THAT_DAY
        finding = _finding(spoken, told if counted and told else reference)
        if finding is None:
            continue
        whose = None if counted else of_the_report(line.text, previous, spoken.start, spoken.end)
        if whose is not None:
            finding = replace(finding, rule=f"date_of_{whose}", confidence=0.3)
        elif finding.field == "date" and of_the_incident(line.text, spoken.start):
            finding = replace(finding, rule="date_of_incident")
        found.append(finding)
        previous = spoken.end
        value = finding.value
        if isinstance(value, DateRange) and value.first == value.last:
            told = Reference(date.fromisoformat(value.first), reference.today)
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


def _finding(spoken: Spoken, reference: Reference) -> Finding | None:
    kind, confidence = f"date_{spoken.kind}", 0.8
    try:
        value: DateRange | PartialDate | None = resolve(spoken, reference)
    except UnusableDate as error:
        return Finding("date_problem", str(error), spoken.start, spoken.end, kind, 1.0)
    if value is None and spoken.month is not None:
        value = PartialDate(spoken.month, spoken.day, spoken.weekdays[0] if spoken.weekdays else None)
        kind, confidence = "date_without_year", 0.5
    elif value is not None and value.certain and value.first == value.last:
        confidence = 0.95
    return None if value is None else Finding("date", value, spoken.start, spoken.end, kind, confidence)
