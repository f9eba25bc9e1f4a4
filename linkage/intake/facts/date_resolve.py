"""Turns a spoken date into the days it can mean, given the day the report was received.

A date that cannot be an incident's (31 February, 2099, after the report) raises `UnusableDate`; one whose year or
reference day is not known resolves to None.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from linkage.intake.facts.date_grammar import LAST_DAY, Spoken
from linkage.intake.facts.date_relative import counted_back
from linkage.intake.facts.date_words import WEEKDAYS, WORDS
from linkage.intake.facts.day_bound import reach

EARLIEST_YEAR = 1950  # [G] nobody living reports an older incident; older dates are typing errors
_LATEST_YEAR = 2200  # [G] beyond any use of this program; keeps date arithmetic inside its limits
_WEEKDAY_YEARS_BACK = 3  # [G] a weekday may move a date without a year this far; further back it is a slip instead


class UnusableDate(ValueError):  # noqa: N818 - the name the readers are told
    """A date that is read well and yet cannot be right; the message says why and how to cure it."""


class AfterReceived(UnusableDate):
    """A date after the report was received that does not lie in the future: one of the two is a slip."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """First and last possible day, ISO 8601, both included.

    `weekday` is the weekday as written, title case, or None; `certain` is False when the words hedge, or
    the day or a year other than the latest possible was inferred; `night` means one night that spans both days
    ("night of 3rd/4th May").
    """

    first: str
    last: str
    weekday: str | None = None
    certain: bool = True
    night: bool = False


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date whose year is not known and cannot be inferred: `first` and `last` are always None."""

    month: int | None
    day: int | None
    weekday: str | None = None
    first: None = None
    last: None = None
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """What a date is judged against: the day received (None if not known) and today."""

    received: date | None
    today: date

    @property
    def limit(self) -> date:
        """The last day an incident can have happened."""
        return self.received or self.today + timedelta(days=1)


def day_of(year: int, month: int, day: int) -> date:
    """The calendar day. Raises UnusableDate for one that does not exist or lies before 1950."""
    try:
        found = date(year, month, day)
    except ValueError:
        raise UnusableDate(
            f"there is no day {day} of month {month} in {year}; give a date that exists, such as 2009-09-30"
        ) from None
    if year < EARLIEST_YEAR:
        raise UnusableDate(f"the year {year} is before {EARLIEST_YEAR}; give the year of the incident in four digits")
    if year > _LATEST_YEAR:
        raise UnusableDate(f"the year {year} is in the future; give the year of the incident in four digits")
    return found


def one_day(day: date, reference: Reference) -> DateRange:
    """A single certain day. Raises UnusableDate when it cannot be an incident's."""
    iso = _checked(day, day, reference)[0].isoformat()
    return DateRange(iso, iso)


def _checked(first: date, last: date, reference: Reference) -> tuple[date, date]:
    """The range cut at the last possible day. Raises UnusableDate when all of it lies after that."""
    limit = reference.limit
    if first.year < EARLIEST_YEAR:
        raise UnusableDate(
            f"the year {first.year} is before {EARLIEST_YEAR}; give the year of the incident in four digits"
        )
    tomorrow = reference.today + timedelta(days=1)
    if first > tomorrow or (last > limit and reference.received is None):
        reach()  # on a later day it may be another
    if first > limit:
        if reference.received and first <= tomorrow:
            raise AfterReceived(
                f"the date {first} is after the report was received on {limit}; check the year, and that the day "
                "stands before the month"
            )
        why = f"after the report was received on {limit}" if reference.received else "in the future"
        raise UnusableDate(f"the date {first} is {why}; check the year, and that the day stands before the month")
    return first, max(first, min(last, limit))


def _year_for(spoken: Spoken, month: int, day: int, reference: Reference) -> tuple[int, bool] | None:
    """The latest year that puts the day on or before `received`, on the weekday said when one is near enough."""
    if reference.received is None:
        return None
    past: list[int] = []
    for year in range(reference.received.year, reference.received.year - 9, -1):
        if day <= monthrange(year, month)[1] and date(year, month, day) <= reference.received:
            past.append(year)
    if not past:
        return None
    if spoken.weekdays:
        for year in past:
            if past[0] - year <= _WEEKDAY_YEARS_BACK and _named(date(year, month, day)) in spoken.weekdays:
                return year, year == past[0]
    return past[0], not spoken.weekdays


def _named(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def _day(spoken: Spoken, reference: Reference) -> DateRange | None:
    if spoken.month is None:
        return _day_of_month(spoken, reference)
    month, day, certain = spoken.month or 0, spoken.day or 0, spoken.certain
    if spoken.part == LAST_DAY and month:
        if spoken.year is None and reference.received is None:
            reach()
        day = monthrange(spoken.year or reference.limit.year, month)[1]
    if month > 12 >= day > 0 and spoken.day2 is None:
        month, day, certain = day, month, False  # 12/25/2009: only the American order exists
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise UnusableDate(f"there is no day {day} of month {month}; write the day before the month, as 30/9/2009")
    year = spoken.year
    if year is None:
        if day > monthrange(2000, month)[1]:
            raise UnusableDate(f"there is no day {day} of month {month}; give a date that exists, such as 30/9/2009")
        inferred = _year_for(spoken, month, day, reference)
        if inferred is None:
            return None
        year, certain = inferred[0], certain and inferred[1]
    first = last = day_of(year, month, day)
    if spoken.day2:
        following = (year, month) if spoken.day2 >= day else (year + month // 12, month % 12 + 1)
        last = day_of(*following, spoken.day2)
    if spoken.kind == "week":
        last = first + timedelta(days=6)
    return _range(first, last, spoken, reference, certain)


def _day_of_month(spoken: Spoken, reference: Reference) -> DateRange | None:
    """ "Tuesday the 3rd": the latest such day on or before the report, within a year for the weekday to agree."""
    if reference.received is None or not spoken.day:
        return None
    found: list[date] = []
    for back in range(12):
        index = reference.received.year * 12 + reference.received.month - 1 - back
        year, month = index // 12, index % 12 + 1
        if spoken.day <= monthrange(year, month)[1] and date(year, month, spoken.day) <= reference.received:
            found.append(date(year, month, spoken.day))
    agreeing = [day for day in found if not spoken.weekdays or _named(day) in spoken.weekdays]
    if not found:
        return None
    day = (agreeing or found)[0]
    return _range(day, day, spoken, reference, spoken.certain and day == found[0])


def _range(first: date, last: date, spoken: Spoken, reference: Reference, certain: bool) -> DateRange:
    first, last = _checked(first, last, reference)
    weekday = spoken.weekdays[0] if len(spoken.weekdays) == 1 else None
    night = spoken.night and (last - first).days == 1
    return DateRange(first.isoformat(), last.isoformat(), weekday, certain, night)


def _month_span(year: int, first: int, last: int) -> tuple[date, date]:
    end = year + (last < first)
    return day_of(year, first, 1), day_of(end, last, monthrange(end, last)[1])


def _stretch(spoken: Spoken, reference: Reference) -> DateRange | None:
    """Months, years, seasons, fixed days and their parts."""
    data = WORDS.entries[spoken.part].data if spoken.part else {}
    month, year, certain = spoken.month, spoken.year, spoken.certain
    if "day" in data:
        month = data["day"][0]
    if year is None:
        inferred = _year_for(spoken, month, data.get("day", (0, 1))[1], reference) if month else None
        if inferred is None:
            return None
        year, certain = inferred[0], False
    if "day" in data:
        first, last = day_of(year, *data["day"]), day_of(year, *data.get("until", data["day"]))
    elif "months" in data:
        first, last = _month_span(year, *data["months"])
    elif month and data:
        start, end = data["month_days"]
        first, last = day_of(year, month, start), day_of(year, month, min(end, monthrange(year, month)[1]))
    elif month:
        first, last = _month_span(year, month, month)
    else:
        first, last = _month_span(year, *data.get("year_months", (1, 12)))
    return _range(first, last, spoken, reference, certain)


def _relative(spoken: Spoken, reference: Reference) -> DateRange | None:
    day = reference.received
    if day is None:
        return None
    words = re.sub(r"\s+", " ", spoken.relative or "")
    if spoken.kind == "weekday":
        back = (day.weekday() - WEEKDAYS.index(spoken.weekdays[0])) % 7
        if back == 0 and words == "last":
            back = 7
        found = day - timedelta(days=back)
        # "last Friday" said on a Sunday may be the one before; said without "last" it is the latest
        return _range(found, found, spoken, reference, spoken.certain and words != "last")
    first, last = counted_back(words, day, spoken.certain)
    return _range(first, last, replace(spoken, night="night" in words), reference, spoken.certain and first == last)


def resolve(spoken: Spoken, reference: Reference) -> DateRange | None:
    """The days a spoken date means; None when its year cannot be known. Raises UnusableDate (see module)."""
    if spoken.until is not None:
        return _joined(spoken, spoken.until, reference)
    if spoken.kind in ("relative", "weekday"):
        return _relative(spoken, reference)
    return _day(spoken, reference) if spoken.kind in ("day", "week") else _stretch(spoken, reference)


def _joined(first: Spoken, last: Spoken, reference: Reference) -> DateRange | None:
    """ "3 May - 2 June 2019": the first borrows the year of the last, a year earlier when it would come after."""
    end = resolve(last, reference)
    if end is None:
        return None
    year = first.year
    if year is None:
        year = int(end.last[:4]) - ((first.month or 0, first.day or 0) > (last.month or 0, last.day or 0))
    begin = resolve(replace(first, until=None, year=year), reference)
    if begin is None:
        return None
    if begin.first > end.last:
        begin, end = end, begin
    days = (date.fromisoformat(end.last) - date.fromisoformat(begin.first)).days
    return DateRange(
        begin.first,
        end.last,
        begin.weekday,
        begin.certain and end.certain and first.certain,
        first.night and days == 1,
    )
