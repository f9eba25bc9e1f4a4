"""Dates of an incident: people's words to the first and last possible day.

How they are said stands in `time_rules.toml`, as rules over a text's line of words; which days they mean is told by
`date_resolve`. UK order throughout (day before month); the American order is taken only where no other exists
(12/25/2009).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.surface import plain
from linkage.intake.values.times.date_resolve import (
    EARLIEST_YEAR,
    FUTURE,
    AfterReceived,
    DateRange,
    Reference,
    Spoken,
    UnusableDate,
    between,
    day_of,
    resolve,
)
from linkage.intake.values.times.time_words import (
    CALENDAR,
    WEEKDAYS,
    Line,
    around,
    before,
    kinds,
    line_of,
    of_the_incident,
    of_the_report,
    rules,
)

__all__ = ["FUTURE", "AfterReceived", "DateRange", "UnusableDate", "contradiction", "find", "normalise", "read"]

_SAID = PatternTable("times")
_EXCEL_EPOCH = date(1899, 12, 30)  # serial 0 of the 1900 date system, its 29 February 1900 included (ECMA-376) [V]
_NAMES = (
    *(day.lower() for day in WEEKDAYS),
    *(entry.label for entry in CALENDAR.entries.values() if "month" in entry.data and entry.key != "may"),
)
_LONG = 7
"""Letters from which a month or weekday may hold two slips of the pen, else one [G]."""
_EXACTNESS = ("day", "lastday", "week", "fixed", "part", "month", "season", "year", "relative", "weekday")
_SPOKEN_AS = {"short": "day", "monthday": "day", "years": "year"}
_MAY, _ON, _FEAST = kinds("may"), kinds("on"), kinds("feast")


_AT = rules("date")
_FIRST = re.compile(f"[{''.join(_AT)}]")


def read(line: Line, lenient: bool = False) -> list[Spoken]:
    """Every date said, in order; "3 May - 2 June 2019" is one with an `until`.

    `lenient` accepts day and month alone in figures ("30/9") and a year alone, for a field that holds nothing but a
    date.
    """
    said: list[Spoken] = []
    at = 0
    while found := _FIRST.search(line.kinds, at):
        at = found.end()
        if (here := _at(line, found.start(), lenient)) is None:
            continue
        spoken, at = here
        first = said[-1] if said else None
        if first and first.until is None and first.kind == spoken.kind and spoken.kind in ("day", "month", "year"):
            opens, end = line.place(first.start), line.place(first.end)
            joined = around("last_day_joined").match(line.kinds[end : line.place(spoken.start)])
            if joined and (not joined["and"] or around("between_before").search(line.kinds, 0, opens)):
                said[-1] = replace(first, end=spoken.end, until=spoken, certain=first.certain and spoken.certain)
                continue
        said.append(spoken)
    return said


def _at(line: Line, place: int, lenient: bool) -> tuple[Spoken, int] | None:
    for kind, pattern in _AT[line.kinds[place]]:
        found = pattern.match(line.kinds, place)
        if found is not None and _allowed(kind, found, line, lenient):
            return _spoken(kind, found, line), found.end()
    return None


def _allowed(kind: str, found: re.Match[str], line: Line, lenient: bool) -> bool:
    """Whether what a rule found is a date: figures behind others' stops are none."""
    start = found.start()
    if line.behind_stop(start, "./:") or _is_verb(found, line) or _is_thing(found, line):
        return False
    if kind == "years":
        return lenient and around("years_alone").match(line.kinds) is not None
    if kind == "short":  # "24/7" is a date only where a weekday or "on" stands before it
        cue = around("short_date_before").search(line.kinds, max(0, start - 8), start)
        return lenient or bool(found["wd"]) or cue is not None
    if kind == "weekday" and found.start("wd") > start:  # "on Friday 3 May" is a day
        other = _at(line, found.start("wd"), lenient)
        return other is None or other[0].kind == "weekday"
    if kind == "relative":  # "the last day" counts from nothing; nor does "a fortnight before"
        how, unit = line.value(found, "how"), line.value(found, "unit")
        counted = "n" in found.re.groupindex
        near = unit in ("day", "night", "week") if counted else unit not in ("day", "fortnight")
        return near or how not in (("before",) if counted else ("last", "this"))
    return True


def _is_thing(found: re.Match[str], line: Line) -> bool:
    """An "easter egg", "Easter Road" or "halloween mask" and no feast, as "at Easter" or "It was Halloween" is."""
    start = found.start()
    if line.kinds[start] not in _FEAST or found["y"] or before(line, "feast_before", start, 8):
        return False
    return not before(line, "feast_alone_before", start, 4) or bool(
        around("other_behind").match(line.kinds, found.end())
    )


def _is_verb(found: re.Match[str], line: Line) -> bool:
    """ "May" as in "any of the 20 may have seen him"."""
    month, groups = line.word(found, "month"), found.groupdict()
    if month is None or month.kind not in _MAY or groups.get("wd") or groups.get("y"):
        return False
    on = line.kinds[max(0, found.start() - 2) : found.start()].strip() in _ON
    return not on and around("verb_behind").match(line.kinds, found.end()) is not None


def _spoken(kind: str, found: re.Match[str], line: Line) -> Spoken:
    said: dict[str, Any] = {name: line.value(found, name) for name, kinds in found.groupdict().items() if kinds}
    start, end = line.span(found.start(), found.end())
    weekday = line.word(found, "wd")
    count = said.get("n")
    lead = max(0, found.start() - 12)
    return Spoken(
        start,
        end,
        _SPOKEN_AS.get(kind, kind),
        year=_full_year(line, found) if "y" in said else None,
        month=said.get("month", said.get("m")),
        day=said.get("d", said.get("d0")),
        day2=said.get("d2"),
        part=said.get("part"),
        weekdays=tuple(WEEKDAYS[said[name]] for name in ("wd", "wd2") if name in said),
        weekday_span=(weekday.start, weekday.end) if weekday else None,
        how=said.get("how"),
        unit=said.get("unit"),
        count=count if count is None or isinstance(count, int) else 1,
        certain=around("unsure_before").search(line.kinds, lead, found.start()) is None,
        night=around("night_before").search(line.kinds, lead, found.start()) is not None,
    )


def _full_year(line: Line, found: re.Match[str]) -> int:
    """Two digits are 20xx up to 68 and 19xx from 69 (POSIX strptime %y) [V]."""
    year = line.word_at(found.end("y") - 1)  # behind an apostrophe
    number = int(year.value)
    return number if year.end - year.start > 2 else number + (2000 if number < 69 else 1900)


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
    reference = _reference(received, today or date.today())
    if figures := _SAID["figures"].match(words):
        year, month, day = (int(figures[n] or figures[f"{n}2"] or figures[f"{n}3"] or 0) for n in ("y", "m", "d"))
        serial = figures["serial"]
        single = _EXCEL_EPOCH + timedelta(days=int(serial)) if serial else day_of(year, month, day)
        return between(single, single, reference)
    said = read(line_of(field_words(words)), lenient=True)
    resolved = (resolve(one, reference) for one in sorted(said, key=lambda one: _EXACTNESS.index(one.kind)))
    return next((days for days in resolved if days is not None), None)


@lru_cache(maxsize=16_384)
def field_words(words: str) -> str:
    """`words` of a field that holds nothing but a date, `plain`, with misspelt months and weekdays put right.

    "Apr-23" is a month of a year there, as spreadsheets write it.
    """
    text = plain(words)
    sheet = _SAID["sheet_month"].fullmatch(text)
    return f"{sheet[1]} '{sheet[2]}" if sheet else _SAID["letters"].sub(_spelt, text)


def _spelt(found: re.Match[str]) -> str:
    word = found[0]
    slips = 1 if len(word) < _LONG else 2
    near = process.extract(word, _NAMES, scorer=OSA.distance, score_cutoff=slips, limit=2)
    alone = len(near) == 1 or (len(near) > 1 and near[0][1] < near[1][1])
    return near[0][0] if near and alone and near[0][0][0] == word[0] else word


def find(text: str, received: str | None = None, today: date | None = None) -> list[Finding]:
    """Dates and weekdays in a free text, in order of position.

    `date` findings carry a DateRange, `weekday` findings the weekday, title case, also where it is part of a date. A
    date that cannot be right is a `date_problem` with the reason. Rule "date_of_report", "date_of_call" or
    "date_of_note" (confidence .3 [G]) marks the day on which somebody reported, called for help or made a note,
    "date_of_incident" one of which the text says that it happened then.
    """
    line = line_of(text)
    reference = _reference(received, today or date.today())
    named: Reference | None = None  # the last day said so far, from which "two nights before" counts
    found: list[Finding] = []
    previous = 0
    for spoken in _with_month(read(line)):
        if spoken.weekday_span:
            found.append(Finding("weekday", spoken.weekdays[0], *spoken.weekday_span, "weekday"))
        counted = spoken.how in ("before", "earlier", "previous")
        finding = _finding(spoken, named if counted and named else reference)
        if finding is None:
            continue
        whose = None if counted else of_the_report(line.text, previous, spoken.start, spoken.end)
        if whose is not None:
            finding = replace(finding, rule=f"date_of_{whose}", confidence=0.3)
        elif finding.field == "date" and of_the_incident(line.text, spoken.start):
            finding = replace(finding, rule="date_of_incident")
        found.append(finding)
        previous = spoken.end
        if finding.field == "date" and finding.value.first == finding.value.last:
            named = Reference(date.fromisoformat(finding.value.first), reference.today)
        if reference.received is None and whose is not None and named is not None:
            reference = named  # a note that gives its own day: its "last night" counts from that
    return sorted(found, key=lambda item: (item.start, -item.end))


def _with_month(said: list[Spoken]) -> list[Spoken]:
    """ "Wednesday the 6th at four (Feb 2019)": a day without a month takes the only month and year of the text."""
    months = {(s.year, s.month) for s in said if s.kind == "month" and s.year}
    if len(months) != 1:
        return said
    year, month = months.pop()
    return [replace(s, year=year, month=month) if s.kind == "day" and s.month is None else s for s in said]


def _finding(spoken: Spoken, reference: Reference) -> Finding | None:
    try:
        value = resolve(spoken, reference)
    except UnusableDate as error:
        return Finding("date_problem", str(error), spoken.start, spoken.end, f"date_{spoken.kind}", 1.0)
    if value is None:
        return None
    confidence = 0.95 if value.certain and value.first == value.last else 0.8
    return Finding("date", value, spoken.start, spoken.end, f"date_{spoken.kind}", confidence)


def _reference(received: str | None, today: date) -> Reference:
    try:
        day = date.fromisoformat(received[:10]) if received else None
    except ValueError:
        day = None
    return Reference(day if day and day.year >= EARLIEST_YEAR else None, today)
