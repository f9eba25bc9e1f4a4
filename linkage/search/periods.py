"""Periods as whoever asks names them: open at one end ("since May 2023"), counted back from today ("last 3 months",
"yesterday"), from one year to another, days without a year ("14 april") and years alone. Their words stand in
`data/search.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from linkage.intake.values.times import dates
from linkage.intake.values.times.date_resolve import (
    EARLIEST_YEAR,
    DateRange,
    Reference,
    Spoken,
    UnusableDate,
    resolve,
)
from linkage.intake.values.times.time_words import line_of
from linkage.search.query import Claims, Window, facts_at, overlap
from linkage.vocabulary import load
from linkage.vocabulary.tables import table

LONGEST_DATE = 5
"""Words of a date behind "since" and the like [G]."""

_WORD = re.compile(r"[\w'’./-]+")
_YEAR_OR_DAY = re.compile(r"[A-Za-z]{3,}\.?\s+([0-9]{2})(?:st|nd|rd|th)?")
"""A month and two figures: a day of it, or its year."""
_IN = "in "
"""Before a month or a year that stands alone: so it is a date."""
_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12}
_OLDEST = 30
"""Years back to which two figures behind a month are believed to be its year [G]."""

_YEAR = re.compile(r"(?<![\w£$€'’./-])(?:19|20)[0-9]{2}(?![\w'’/-]|[.,][0-9])")
_OF_VEHICLES = frozenset({"vehicle", "registration", "features"})
_FROM_ANOTHER_DAY = ("before", "earlier", "previous", "other")
"""Words of a date that is counted from a day told before, or from none: "the night before", "the other day"."""

_MONTH_IN_FIGURES = re.compile(r"[0-9]/([0-9]+)")
"""The month of a day in figures, as it is written."""

Span = tuple[int, int]


class Period(NamedTuple):
    """Where a period is named, and the windows of which any will do; its words may tell an hour as well ("last
    night")."""

    span: Span
    windows: list[Window]
    tells_hour: bool = False


def read_periods(words: str, today: date | None = None) -> list[Period]:
    """The periods that a report would not name so, in order; a question is asked today."""
    asked = today or date.today()
    found: list[Period] = []
    ways = (_open, _counted, _years_through, _without_year, _relative)
    for each in (way(words, asked) for way in ways):
        found += [one for one in each if not any(overlap(one.span, other.span) for other in found)]
    return sorted(found)


def windows_of(periods: list[Period]) -> list[Window]:
    """The windows of all periods; one that is open behind and one that is open before are one from end to end."""
    windows = list(dict.fromkeys(one for period in periods for one in period.windows))
    begins = [one.first for one in windows if one.last == date.max.toordinal()]
    ends = [one.last for one in windows if one.first == 1]
    if len(windows) == 2 and begins and ends and begins[0] <= ends[0]:
        return [Window(begins[0], ends[0], strict=False)]
    return windows


@cache
def _cues() -> re.Pattern[str]:
    said = table("search")["periods"]
    ways = "|".join(rf"(?P<{way}>{'|'.join(said[way])})" for way in ("since", "after", "before", "until"))
    return re.compile(rf"\b(?:{ways})\s+(?:the\s+)?(?=[A-Za-z0-9])", re.IGNORECASE)


@cache
def _onwards() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(table('search')['periods']['onwards'])})\b", re.IGNORECASE)


def _open(words: str, today: date) -> Iterator[Period]:
    """ "Since May 2023", "before 2020", "June 2022 onwards"."""
    for found in _cues().finditer(words):
        if (dated := _date_at(words, found.end(), today)) is not None:
            first, last, end = dated
            window = _opened(found.lastgroup or "", first, last)
            yield Period((found.start(), end), [Window(*window, strict=False)])
    for spoken in dates.read(line_of(words)):
        behind = _onwards().match(words, spoken.end)
        if behind and (days := _days(spoken, today)) is not None:
            window = _opened("since", *_ordinals(days))
            yield Period((spoken.start, behind.end()), [Window(*window, strict=False)])


def _opened(way: str, first: int, last: int) -> Span:
    latest = date.max.toordinal()
    return {"since": (first, latest), "after": (last + 1, latest), "before": (1, first - 1), "until": (1, last)}[way]


def _date_at(words: str, start: int, today: date) -> tuple[int, int, int] | None:
    """First and last day of the longest date that begins there and is nothing else, and where it ends."""
    counted = _counts().match(words, start)
    if counted and (span := _days_counted(counted, today)) is not None:
        return *span, counted.end()
    ends = [found.end() for found in _WORD.finditer(words, start)][:LONGEST_DATE]
    for end in reversed(ends):
        said = dates.read(line_of(_IN + words[start:end]), lenient=True)
        whole = len(said) == 1 and said[0].start <= len(_IN) and said[0].end == len(_IN) + end - start
        if whole and said[0].kind != "weekday" and (days := _days(said[0], today)) is not None:
            return *_ordinals(days), end
    return None


def _days(spoken: Spoken, today: date) -> DateRange | None:
    try:
        return resolve(spoken, Reference(today, today))
    except UnusableDate:
        return None


def _ordinals(days: DateRange) -> Span:
    return date.fromisoformat(days.first).toordinal(), date.fromisoformat(days.last).toordinal()


@cache
def _counts() -> re.Pattern[str]:
    said, kinds = table("search")["periods"], load("time_words").entries
    count = "|".join((*said["count"], *kinds["number"].synonyms))
    return re.compile(
        rf"\b(?:(?:in|over|within|during|from)\s+)?(?:the\s+)?"
        rf"(?:(?P<how>last|this)\s+(?P<named>week|month|year|{'|'.join(_seasons())})"
        rf"|(?P<counted>{'|'.join(said['counted'])})\s+(?:(?P<count>[0-9]{{1,3}}|{count})\s+(?:of\s+)?)?"
        rf"(?P<unit>{'|'.join(kinds['unit'].synonyms)}))\b",
        re.IGNORECASE,
    )


@cache
def _seasons() -> dict[str, tuple[int, int]]:
    entries = load("calendar_words").entries.values()
    return {entry.label: tuple(entry.data["months"]) for entry in entries if "months" in entry.data}


def _counted(words: str, today: date) -> Iterator[Period]:
    """ "Last 3 months", "past year", "this week", "last winter"."""
    for found in _counts().finditer(words):
        if (days := _days_counted(found, today)) is not None:
            yield Period(found.span(), [Window(*days, strict=False)])


def _days_counted(found: re.Match[str], today: date) -> Span | None:
    if found["named"]:
        first, last = _named(found["how"].lower(), found["named"].lower(), today)
    elif found["count"] or found["counted"].lower() != "last":
        first, last = _back(found["count"] or "one", found["unit"], today), today
    else:
        return None
    return first.toordinal(), last.toordinal()


def _back(count: str, unit: str, today: date) -> date:
    """The day so many units before today."""
    said, kinds = table("search")["periods"], load("time_words").entries
    numbers = dict(zip(kinds["number"].synonyms, kinds["number"].data["values"], strict=True)) | said["count"]
    units = dict(zip(kinds["unit"].synonyms, kinds["unit"].data["values"], strict=True))
    many, each = int(numbers.get(count.lower(), count)), units[unit.lower()]
    if each in _DAYS:
        return today - timedelta(days=many * _DAYS[each])
    years, month = divmod(today.year * 12 + today.month - 1 - many * _MONTHS[each], 12)
    return date(max(1, years), month + 1, min(today.day, 28))


def _named(how: str, name: str, today: date) -> tuple[date, date]:
    """A week, month, year or season that is named by "last" or "this"; "this" one ends today."""
    back = how == "last"
    if name == "week":
        first = today - timedelta(days=today.weekday() + 7 * back)
        return first, first + timedelta(days=6) if back else today
    if name in _seasons():
        begins, ends = _seasons()[name]
        first = date(today.year, begins, 1)
        if first > today or (back and _end(first, begins, ends) >= today):
            first = first.replace(year=today.year - 1)
        return first, _end(first, begins, ends)
    first = today.replace(day=1, month=1 if name == "year" else today.month)
    if not back:
        return first, today
    last = first - timedelta(days=1)
    return last.replace(day=1, month=1 if name == "year" else last.month), last


def _end(first: date, begins: int, ends: int) -> date:
    """Last day of a stretch of months, which may end in the next year."""
    year = first.year + (ends < begins)
    return (date(year, ends, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _years_through(words: str, today: date) -> Iterator[Period]:
    """ "Between 2019 and 2021", "2019-2021"."""
    for found in _through_years().finditer(words):
        first, last = sorted(int(found[end]) for end in ("first", "last"))
        if _may_be_a_year(first, today) and _may_be_a_year(last, today):
            yield Period(found.span(), [_of_years(first, last)])


@cache
def _through_years() -> re.Pattern[str]:
    joint = "|".join(table("search")["periods"]["through"])
    year, apart = r"(?:19|20)[0-9]{2}", r"(?![0-9]|[./-][0-9])"
    return re.compile(
        rf"(?<![0-9£$€./-])(?<![0-9]\s)(?:(?P<both>between)\s+|from\s+)?(?P<first>{year})"
        rf"(?(both)\s*(?:{joint}|and)|\s*(?:{joint}))\s*(?P<last>{year}){apart}",
        re.IGNORECASE,
    )


def _may_be_a_year(number: int, today: date) -> bool:
    """May a report be of that year? A round thousand is sooner a sum of money [G]."""
    return EARLIEST_YEAR <= number <= today.year and number % 1000 != 0


def _of_years(first: int, last: int) -> Window:
    return Window(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal(), strict=False)


def bare_years(words: str, claimed: Claims, today: date | None = None) -> list[Period]:
    """The years that stand alone and carry no other fact: "knife leeds 2022". Right beside a vehicle, or a word by
    which figures are counted or named, they are none."""
    asked, every = today or date.today(), [found.span() for found in _WORD.finditer(words)]
    found: list[Period] = []
    for at, (start, _) in enumerate(every):
        one = _YEAR.match(words, start)
        if one is None or facts_at(one.span(), claimed) or not _may_be_a_year(year := int(one[0]), asked):
            continue
        around = every[max(0, at - 1) : at] + every[at + 1 : at + 2]
        if not any(_counts_or_names(words[slice(*span)], facts_at(span, claimed)) for span in around):
            found.append(Period(one.span(), [_of_years(year, year)]))
    return found


def _counts_or_names(word: str, kinds: Iterable[str | None]) -> bool:
    return word.lower().rstrip(".") in _no_year_beside() or not _OF_VEHICLES.isdisjoint(kinds)


@cache
def _no_year_beside() -> frozenset[str]:
    return frozenset(table("search")["periods"]["no_year_beside"])


def _relative(words: str, today: date) -> Iterator[Period]:
    """ "Yesterday", "last night", "last weekend", "3 days ago": counted from the day on which it is asked."""
    for spoken in dates.read(line_of(words)):
        from_today = spoken.kind == "relative" and spoken.how not in _FROM_ANOTHER_DAY
        if from_today and (days := _days(spoken, today)) is not None:
            yield Period((spoken.start, spoken.end), [Window(*_ordinals(days), strict=False)], tells_hour=True)


def _days_without_year(words: str) -> Iterator[Spoken]:
    """The dates of free text, and days in figures with a nought before the month or nothing around them: "2/3 men" is
    a count."""
    line = line_of(words)
    sure = dates.read(line)
    yield from sure
    for spoken in dates.read(line, lenient=True):
        span = spoken.start, spoken.end
        months = _MONTH_IN_FIGURES.findall(words[slice(*span)])
        whole = words[slice(*span)] == words.strip()
        plain = months and (whole or all(month.startswith("0") for month in months))
        if plain and not any(overlap(span, (one.start, one.end)) for one in sure):
            yield spoken


def _without_year(words: str, today: date) -> Iterator[Period]:
    """The latest "14 april", "12/05" or "christmas eve"; "april 14" may be a month of 2014 as well."""
    for spoken in _days_without_year(words):
        dated = spoken.year or (spoken.until and spoken.until.year)
        if dated or not (spoken.kind == "fixed" or (spoken.kind in ("day", "week") and spoken.month)):
            continue
        if (days := _days(spoken, today)) is None:
            continue
        windows = [Window(*_ordinals(days), strict=False)]
        figures = _YEAR_OR_DAY.fullmatch(words[spoken.start : spoken.end])
        year = 2000 + int(figures[1]) if figures else 0
        if spoken.month and today.year - _OLDEST <= year <= today.year and date(year, spoken.month, 1) <= today:
            first = date(year, spoken.month, 1)
            windows.insert(0, Window(first.toordinal(), _end(first, 1, spoken.month).toordinal(), strict=False))
        yield Period((spoken.start, spoken.end), windows)
