"""Turns a spoken date into the days it can mean, given the day the report was received.

A date that cannot be an incident's (31 February, 2099, after the report) raises `UnusableDate`; one whose year or
reference day is not known is None. All figures about vague words are guesses, here and in `calendar_words.toml`.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.easter import easter

from linkage.intake.values.times.time_words import CALENDAR, WEEKDAYS

EARLIEST_YEAR = 1950  # [G] nobody living reports an older incident; older dates are typing errors
_LATEST_YEAR = 2200  # [G] beyond any use of this program; keeps date arithmetic inside its limits
_WEEKDAY_YEARS_BACK = 3  # [G] a weekday may move a date without a year this far; further back it is a slip instead
_UNITS = {"day": (1, 0), "night": (1, 0), "week": (7, 2), "fortnight": (14, 3), "month": (0, 10), "year": (0, 120)}
"""Unit -> its days (0: counted by the calendar), and days of slack either side, as "two weeks ago" is hardly ever 14
days to the day [G]."""
DAY = timedelta(days=1)
FUTURE = "is in the future"
"""Words of what is told of a date that may be right on a later day."""
_Days = tuple[date, date, bool]
"""First and last day, and whether it is sure that these are meant."""


class UnusableDate(ValueError):  # noqa: N818 - the name the readers are told
    """A date that is read well and yet cannot be right; the message says why and how to cure it."""


class AfterReceived(UnusableDate):
    """A date after the report was received that does not lie in the future: one of the two is a slip."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A date as said, at the characters [start, end).

    `kind` is day, lastday, week, part (of month or year), season, fixed, month, year, weekday or relative. `part` is
    a key of the calendar's words. A relative date is told by the word `how` ("last", "ago"), of `count` `unit`.
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
    certain: bool = True
    night: bool = False
    until: Spoken | None = None


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
class Reference:
    """What a date is judged against: the day received (None if not known) and today."""

    received: date | None
    today: date


def day_of(year: int | None, month: int, day: int) -> date:
    """The calendar day; of no year, that of a leap year. Raises UnusableDate for one that does not exist or lies
    before 1950."""
    if year is not None and not EARLIEST_YEAR <= year <= _LATEST_YEAR:
        why = f"is before {EARLIEST_YEAR}" if year < EARLIEST_YEAR else FUTURE
        raise UnusableDate(f"the year {year} {why}; give the year of the incident in four digits")
    try:
        return date(year or 2000, month, day)
    except ValueError:
        which = f"no day {day} of month {month}{f' in {year}' if year else ''}"
        cure = "give a date that exists, the day before the month, such as 30/9/2009"
        raise UnusableDate(f"there is {which}; {cure}") from None


def between(first: date, last: date, reference: Reference) -> DateRange:
    """The days from one to another, cut at the last possible one. Raises UnusableDate when all lie after that."""
    day_of(first.year, 1, 1)
    received, tomorrow = reference.received, reference.today + DAY
    limit = received or tomorrow
    if first > limit:
        why = f"is after the report was received on {limit}" if received else FUTURE
        kind = AfterReceived if received and first <= tomorrow else UnusableDate
        raise kind(f"the date {first} {why}; check the year, and that the day stands before the month")
    return DateRange(first.isoformat(), max(first, min(last, limit)).isoformat())


def resolve(spoken: Spoken, reference: Reference) -> DateRange | None:
    """The days a spoken date means; None when its year cannot be known. Raises UnusableDate (see module)."""
    if spoken.until is not None:
        return _joined(spoken, spoken.until, reference)
    days = _READ.get(spoken.kind, _stretch)(spoken, reference)
    if days is None:
        return None
    found = between(days[0], days[1], reference)
    one_night = spoken.night or (spoken.kind == "relative" and spoken.unit != "weekend")
    night = one_night and date.fromisoformat(found.last) - date.fromisoformat(found.first) == DAY
    weekday = spoken.weekdays[0] if len(spoken.weekdays) == 1 else None
    return replace(found, weekday=weekday, certain=days[2], night=night)


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
    night = first.night and date.fromisoformat(end.last) - date.fromisoformat(begin.first) == DAY
    return DateRange(begin.first, end.last, begin.weekday, begin.certain and end.certain, night)


def _months_back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    """First and last day of the months `first` to `last`, which may be of the next year."""
    end = year + (last < first)
    return day_of(year, first, 1), day_of(end, last, monthrange(end, last)[1])


def _latest(received: date, month: int | None, day: int, weekdays: tuple[str, ...]) -> tuple[date, bool] | None:
    """The latest day of a month, or of any month, that was not after the report, and whether that is sure; where one
    of the latest falls on the weekday said, the latest of those."""
    firsts = (_months_back(received.replace(day=1), back) for back in range(9 * 12 if month else 12))
    fitting = [one for one in firsts if month in (None, one.month) and day <= monthrange(one.year, one.month)[1]]
    past = [one for first in fitting if (one := first.replace(day=day)) <= received]
    near = past[: _WEEKDAY_YEARS_BACK + 1 if month else 12]
    agreeing = [one for one in near if WEEKDAYS[one.weekday()] in weekdays]
    best = next(iter(agreeing or past), None)
    return (best, best == past[0] and bool(agreeing or not weekdays)) if best else None


def _day(spoken: Spoken, reference: Reference) -> _Days | None:
    month, day, year, certain = spoken.month, spoken.day or 0, spoken.year, spoken.certain
    received = reference.received
    if spoken.kind == "lastday" and month:
        day = monthrange(year or (received or reference.today).year, month)[1]
    if month and month > 12 >= day > 0 and spoken.day2 is None:
        month, day, certain = day, month, False  # 12/25/2009: only the American order exists
    if month is not None:
        first = day_of(year, month, day)
    if year is None or month is None:
        latest = _latest(received, month, day, spoken.weekdays) if received and 1 <= day <= 31 else None
        if latest is None:
            return None
        first, certain = latest[0], certain and latest[1]
    last = first + timedelta(days=6 if spoken.kind == "week" else 0)
    if spoken.day2:
        following = first.month + (spoken.day2 < day)
        last = day_of(first.year + (following > 12), (following - 1) % 12 + 1, spoken.day2)
    return first, last, certain


def _stretch(spoken: Spoken, reference: Reference) -> _Days | None:
    """Months, years, seasons, fixed days and their parts."""
    data = CALENDAR.entries[spoken.part].data if spoken.part else {}
    if "easter" in data:
        return _around_easter(spoken, reference, *data["easter"])
    year, certain = spoken.year, spoken.certain
    month, day = data.get("day", (spoken.month, 1))
    if spoken.month and not 1 <= spoken.month <= 12:
        return None  # "2009-45"
    if year is None:
        latest = _latest(reference.received, month, day, ()) if reference.received and month else None
        if latest is None:
            return None
        year, certain = latest[0].year, False
    if "day" in data:
        return day_of(year, month, day), day_of(year, *data.get("until", data["day"])), certain
    if month and data and "months" not in data:
        start, end = data["month_days"]
        return day_of(year, month, start), day_of(year, month, min(end, monthrange(year, month)[1])), certain
    months = data.get("months") or ((month, month) if month else data.get("year_months", (1, 12)))
    return *_months(year, *months), certain


def _around_easter(spoken: Spoken, reference: Reference, first: int, last: int) -> _Days | None:
    """Days counted from Easter Sunday of the year said, or of the latest that was not after the report."""
    year, received = spoken.year, reference.received
    if year is None:
        if received is None:
            return None
        year = received.year - (easter(received.year) + timedelta(days=first) > received)
    sunday = easter(day_of(year, 1, 1).year)
    return sunday + timedelta(days=first), sunday + timedelta(days=last), spoken.certain and spoken.year is not None


def _weekday(spoken: Spoken, reference: Reference) -> _Days | None:
    if reference.received is None:
        return None
    back = (reference.received.weekday() - WEEKDAYS.index(spoken.weekdays[0])) % 7
    found = reference.received - timedelta(days=back or 7 * (spoken.how == "last"))
    # "last Friday" said on a Sunday may be the one before; said without "last" it is the latest
    return found, found, spoken.certain and spoken.how != "last"


def _relative(spoken: Spoken, reference: Reference) -> _Days | None:
    """ "Two nights ago", "last weekend", "the previous evening", counted from the day of the report."""
    day, unit, how = reference.received, spoken.unit or "day", spoken.how
    if day is None:
        return None
    if spoken.count is not None:
        return _ago(spoken, unit, spoken.count, day)
    if how != "other" and unit in ("weekend", "week"):
        begin = (day.weekday() - 5) % 7 or 7 if unit == "weekend" else day.weekday() + 7 * (how != "this")
        first = day - timedelta(days=begin)
        return first, first + timedelta(days=1 if unit == "weekend" else 6), False
    if how != "other" and unit in ("month", "year"):
        there = _months_back(day, (how != "this") * (12 if unit == "year" else 1))
        return *_months(there.year, *((there.month, there.month) if unit == "month" else (1, 12))), False
    if spoken.part is not None:
        back, until = CALENDAR.entries[spoken.part].data["back"]
    elif how == "other":
        back, until = 7, 1
    else:
        back = int(how not in (None, "this"))
        until = back * (unit != "night" or how == "previous")
    return day - timedelta(days=back), day - timedelta(days=until), spoken.certain and back == until


def _ago(spoken: Spoken, unit: str, count: int, day: date) -> _Days:
    """ "About two weeks ago": the day counted back, and the slack either side; hedged words double it [G]."""
    days, slack = _UNITS.get(unit, (0, 0))  # hours and minutes ago is today
    months = min(count, 50) * {"month": 1, "year": 12}.get(unit, 0)
    middle = _months_back(day, months) - timedelta(days=count * days)
    if unit in _UNITS and not spoken.certain:
        slack = max(1, 2 * slack)
    first, last = middle - timedelta(days=slack), min(middle + timedelta(days=slack), day)
    return first, last, spoken.certain and first == last


_READ = {"relative": _relative, "weekday": _weekday, "day": _day, "lastday": _day, "week": _day}
