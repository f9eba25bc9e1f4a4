"""Turns a spoken date into the days it can mean, given the day the report was received.

A date that cannot be an incident's (31 February, 2099, after the report) raises `UnusableDate`; one whose year or
reference day is not known resolves to None.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from linkage.intake.facts.date_grammar import LAST_DAY, Spoken
from linkage.intake.facts.day_bound import reach
from linkage.intake.facts.time_words import CALENDAR, WEEKDAYS

EARLIEST_YEAR = 1950  # [G] nobody living reports an older incident; older dates are typing errors
_LATEST_YEAR = 2200  # [G] beyond any use of this program; keeps date arithmetic inside its limits
_WEEKDAY_YEARS_BACK = 3  # [G] a weekday may move a date without a year this far; further back it is a slip instead

_UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_VAGUE = 0.5  # [G] more slack behind "few", "couple" and "several", as a share of the time counted back
# [G] days of slack either side: "two weeks ago" is hardly ever 14 days to the day
_SLACK_DAYS = {"day": 0, "night": 0, "week": 2, "fortnight": 3, "month": 10, "year": 120}


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
    if not EARLIEST_YEAR <= year <= _LATEST_YEAR:
        raise _of_no_incident(year)
    return found


def _of_no_incident(year: int) -> UnusableDate:
    why = f"before {EARLIEST_YEAR}" if year < EARLIEST_YEAR else "in the future"
    return UnusableDate(f"the year {year} is {why}; give the year of the incident in four digits")


def one_day(day: date, reference: Reference) -> DateRange:
    """A single certain day. Raises UnusableDate when it cannot be an incident's."""
    iso = _checked(day, day, reference)[0].isoformat()
    return DateRange(iso, iso)


def _checked(first: date, last: date, reference: Reference) -> tuple[date, date]:
    """The range cut at the last possible day. Raises UnusableDate when all of it lies after that."""
    limit = reference.limit
    if first.year < EARLIEST_YEAR:
        raise _of_no_incident(first.year)
    tomorrow = reference.today + timedelta(days=1)
    if first > tomorrow or (last > limit and reference.received is None):
        reach()  # on a later day it may be another
    if first > limit:
        why = f"after the report was received on {limit}" if reference.received else "in the future"
        kind = AfterReceived if reference.received and first <= tomorrow else UnusableDate
        raise kind(f"the date {first} is {why}; check the year, and that the day stands before the month")
    return first, max(first, min(last, limit))


def _latest(days: Iterable[date | None], spoken: Spoken, near: int) -> tuple[date, bool] | None:
    """The latest of some days, counted down, that was not after the report, and whether that is sure; where one of
    the latest `near` falls on the weekday said, the latest of those."""
    past = [day for day in days if day is not None]
    if not past:
        return None
    agreeing = [day for day in past[:near] if WEEKDAYS[day.weekday()] in spoken.weekdays]
    day = (agreeing or past)[0]
    return day, day == past[0] and bool(agreeing or not spoken.weekdays)


def _back(received: date, month: int | None, day: int) -> Iterator[date | None]:
    """A day of a month in each year, or of any month, counted back from the report; None for those there are not."""
    for back in range(0, 9 * 12 if month else 12):
        year, number = divmod(received.year * 12 + received.month - 1 - back, 12)
        if month in (None, number + 1) and day <= monthrange(year, number + 1)[1]:
            found = date(year, number + 1, day)
            yield found if found <= received else None


def _day(spoken: Spoken, reference: Reference) -> DateRange | None:
    month, day, certain = spoken.month or 0, spoken.day or 0, spoken.certain
    if spoken.part == LAST_DAY and month:
        if spoken.year is None and reference.received is None:
            reach()
        day = monthrange(spoken.year or reference.limit.year, month)[1]
    if month > 12 >= day > 0 and spoken.day2 is None:
        month, day, certain = day, month, False  # 12/25/2009: only the American order exists
    if spoken.month is not None and not (1 <= month <= 12 and 1 <= day <= 31):
        raise UnusableDate(f"there is no day {day} of month {month}; write the day before the month, as 30/9/2009")
    if spoken.month is not None and spoken.year is None and day > monthrange(2000, month)[1]:
        raise UnusableDate(f"there is no day {day} of month {month}; give a date that exists, such as 30/9/2009")
    if spoken.year is None:
        if reference.received is None or not 1 <= day <= 31:
            return None
        near = _WEEKDAY_YEARS_BACK + 1 if month else 12
        latest = _latest(_back(reference.received, month or None, day), spoken, near)
        if latest is None:
            return None
        first, certain = latest[0], certain and latest[1]
    else:
        first = day_of(spoken.year, month, day)
    last = first
    if spoken.day2:
        following = first.month + (spoken.day2 < day)
        last = day_of(first.year + (following > 12), (following - 1) % 12 + 1, spoken.day2)
    if spoken.kind == "week":
        last = first + timedelta(days=6)
    return _range(first, last, spoken, reference, certain)


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
    data = CALENDAR.entries[spoken.part].data if spoken.part else {}
    month, year, certain = spoken.month, spoken.year, spoken.certain
    if "day" in data:
        month = data["day"][0]
    if year is None:
        if month is None or reference.received is None:
            return None
        latest = _latest(_back(reference.received, month, data.get("day", (0, 1))[1]), spoken, 0)
        if latest is None:
            return None
        year, certain = latest[0].year, False
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
    if spoken.kind == "weekday":
        back = (day.weekday() - WEEKDAYS.index(spoken.weekdays[0])) % 7
        if back == 0 and spoken.how == "last":
            back = 7
        found = day - timedelta(days=back)
        # "last Friday" said on a Sunday may be the one before; said without "last" it is the latest
        return _range(found, found, spoken, reference, spoken.certain and spoken.how != "last")
    first, last = _counted_back(spoken, day)
    night = (last - first).days == 1 and spoken.unit != "weekend"
    return _range(first, last, replace(spoken, night=night), reference, spoken.certain and first == last)


def _counted_back(spoken: Spoken, day: date) -> tuple[date, date]:
    """First and last day that "two nights ago", "last weekend", "the previous evening" mean, counted from `day`."""
    unit = spoken.unit or "day"
    unit = "night" if "nite" in unit or "night" in unit.removeprefix("fort") else unit.replace("wk", "week")
    if spoken.count is not None:
        return _ago(spoken, unit, day)
    if spoken.part is not None:
        first, last = CALENDAR.entries[spoken.part].data["back"]
    elif spoken.how == "other":
        first, last = 7, 1
    elif unit in ("weekend", "week", "month", "year"):
        return _named_stretch(unit, int(spoken.how != "this"), day)
    elif spoken.how is None or spoken.how == "this":
        first, last = 0, 0
    else:
        first, last = 1, int(unit != "night" or spoken.how in ("previous", "preceding"))
    return day - timedelta(days=first), day - timedelta(days=last)


def _ago(spoken: Spoken, unit: str, day: date) -> tuple[date, date]:
    """ "about two weeks ago": the day counted back, and the slack either side; hedged words double it [G]."""
    if unit not in _SLACK_DAYS:
        return day, day  # hours or minutes
    count = spoken.count or 1
    if unit in ("month", "year"):
        middle = _month_back(day, min(count, 50) * (12 if unit == "year" else 1))
    else:
        middle = day - timedelta(days=count * _UNIT_DAYS[unit])
    slack = _SLACK_DAYS[unit] if spoken.certain else max(1, 2 * _SLACK_DAYS[unit])
    if spoken.vague:
        slack += round(_VAGUE * (day - middle).days)
    return middle - timedelta(days=slack), min(middle + timedelta(days=slack), day)


def _named_stretch(unit: str, back: int, day: date) -> tuple[date, date]:
    """Days of this (`back` 0) or the last (1) weekend, week, month or year."""
    if unit == "weekend":
        saturday = day - timedelta(days=(day.weekday() - 5) % 7 or 7)
        return saturday, saturday + timedelta(days=1)
    if unit == "week":
        monday = day - timedelta(days=day.weekday() + 7 * back)
        return monday, monday + timedelta(days=6)
    there = _month_back(day, back * (12 if unit == "year" else 1))
    return _month_span(there.year, *((there.month, there.month) if unit == "month" else (1, 12)))


def _month_back(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


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
