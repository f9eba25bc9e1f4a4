"""How people write dates: the rules of `time_rules.toml` over a text's line of words, before it is said which days
they mean.

What `read` returns is still words ("the 30th of a September, year not said"); `date_resolve` turns it into days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from linkage.intake.values.times.time_words import RULES, WEEKDAYS, Line, around, kinds, rule

LAST_DAY = "last day"
"""`Spoken.part` of "the last day of February": which day it is depends on the year."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A date as said, at the characters [start, end).

    `kind` is day, week, part (of month or year), season, fixed, month, year, weekday or relative. `part` is a key of
    the calendar's words. A relative date is told by the word `how` ("last", "ago", "previous"), of `count` `unit`.
    """

    start: int
    end: int
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day2: int | None = None
    part: str | None = None
    weekdays: tuple[str, ...] = ()
    weekday_span: tuple[int, int] | None = None
    how: str | None = None
    unit: str | None = None
    count: int | None = None
    vague: bool = False
    certain: bool = True
    night: bool = False
    until: Spoken | None = None


def _rules() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The character of each kind that a rule may begin with -> the rules to try there, by what they read."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for row in RULES["date"]:
        pattern = rule(row["rule"])
        for kind in kinds(row["opens"]):
            found.setdefault(kind, []).append((row["kind"], pattern))
    return found


_AT = _rules()
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
    before = line.kinds[max(0, start - 2) : start]
    if line.kinds[start] in _FIGURES and len(before) == 2 and before[1] in "./:" and before[0] in _FIGURES:
        return False
    test = _TESTS.get(kind)
    return (test is None or test(found, line, lenient)) and _is_may(found, line)


def _is_month(found: re.Match[str], line: Line, _: bool) -> bool:
    month = line.value(found, "m")
    return month is None or 1 <= int(month) <= 12


def _is_relative(found: re.Match[str], line: Line, _: bool) -> bool:
    """ "The last day" counts from nothing; nor does "a fortnight before"."""
    how, unit = line.value(found, "how"), line.value(found, "unit")
    if "n" in found.re.groupindex:
        return how != "before" or unit in ("day", "night", "week")
    return how in (None, "previous", "other") or unit not in ("day", "fortnight")


def _is_years(_: re.Match[str], line: Line, lenient: bool) -> bool:
    return lenient and around("years_alone").match(line.kinds) is not None


def _is_weekday(found: re.Match[str], line: Line, lenient: bool) -> bool:
    """ "On Friday 3 May" is a day."""
    other = _at(line, found.start("wd"), lenient) if found.start("wd") > found.start() else None
    return other is None or other[0].kind == "weekday"


def _is_short(found: re.Match[str], line: Line, lenient: bool) -> bool:
    """ "24/7" is a date only where a weekday or "on" stands before it."""
    before = line.kinds[max(0, found.start() - 8) : found.start()]
    return lenient or bool(found["wd"]) or around("short_date_before").search(before) is not None


def _is_may(found: re.Match[str], line: Line) -> bool:
    """ "May" is no verb: "any of the 20 may have seen him"."""
    named, groups = line.word(found, "month"), found.groupdict()
    if named is None or named.kind not in _MAY or groups.get("wd") or groups.get("y"):
        return True
    said = line.kinds[max(0, found.start() - 2) : found.start()].strip()
    return around("verb_behind").match(line.kinds, found.end()) is None or said in _ON


_TESTS = {
    "month": _is_month,
    "relative": _is_relative,
    "weekday": _is_weekday,
    "short": _is_short,
    "years": _is_years,
}
_SPOKEN_AS = {"short": "day", "monthday": "day", "lastday": "day", "years": "year"}
_FIGURES, _MAY, _ON, _FEW = (kinds(name) for name in ("any_fig", "may", "on", "few"))


def _spoken(kind: str, found: re.Match[str], line: Line) -> Spoken:
    def number(*names: str) -> int | None:
        return next((int(value) for name in names if (value := line.value(found, name)) is not None), None)

    start, end = line.span(found.start(), found.end())
    days = [word for name in ("wd", "wd2") if (word := line.word(found, name))]
    before = max(0, found.start() - 12)
    unit, counted = (line.value(found, name) or line.value(found, f"{name}2") for name in ("unit", "n"))
    how, part = (line.value(found, name) or line.value(found, f"{name}2") for name in ("how", "part"))
    return Spoken(
        start,
        end,
        _SPOKEN_AS.get(kind, kind),
        _full_year(line, found),
        number("month", "m"),
        number("d", "d0"),
        number("d2"),
        LAST_DAY if kind == "lastday" else str(part) if part else None,
        tuple(WEEKDAYS[int(day.value)] for day in days),
        (days[0].start, days[0].end) if days else None,
        str(how) if how else None,
        str(unit) if unit else None,
        int(counted) if isinstance(counted, int) else 1 if counted else None,
        bool(counted) and line.kinds[found.start("n")] in _FEW,
        around("unsure_before").search(line.kinds, before, found.start()) is None,
        around("night_before").search(line.kinds, before, found.start()) is not None,
    )


def _full_year(line: Line, found: re.Match[str]) -> int | None:
    """Two digits are 20xx up to 68 and 19xx from 69 (POSIX strptime %y) [V]."""
    at = max((found.start(name) for name in ("y", "y2") if name in found.re.groupindex), default=-1)
    if at < 0:
        return None
    year = line.words[line.places[at + (line.kinds[at] == "'")]]
    number = int(year.value)
    return number if year.end - year.start > 2 else number + (2000 if number < 69 else 1900)
