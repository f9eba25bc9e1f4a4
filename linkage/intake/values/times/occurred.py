"""The `occurred` of a report from the words of its `from` and `to`: dates, weekday and hours in one go."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable
from linkage.intake.values.times import clock, dates
from linkage.intake.values.times.dates import field_words, read
from linkage.intake.values.times.time_words import line_of
from linkage.report import Occurred

_SAID = PatternTable("times")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Moment:
    """One end as read: its days, its hours, and whether the hours are exact enough to stand in a date-time."""

    days: dates.DateRange | None = None
    hours: clock.Hours | None = None
    exact: bool = False
    weekday: str | None = None


def _iso(found: re.Match[str], received: str | None, today: date) -> _Moment:
    """Of an instant with an offset the British clock; what is written where the zone data base is missing. Raises
    UnusableDate for an offset that no clock has."""
    days = dates.normalise(found["day"], received, today)
    time, zone = found["time"], (found["zone"] or "").upper()
    if days is None or time is None or (found["seconds"] and time == "00:00" and not zone):
        return _Moment(days)  # a spreadsheet writes a bare date as 2009-09-30 00:00:00
    try:
        moment = datetime.fromisoformat(f"{found['day']}T{time}{zone}")
    except ValueError:
        raise dates.UnusableDate(f"no clock is {zone} away from UTC; give the local time without it") from None
    if zone:
        with suppress(ZoneInfoNotFoundError, OverflowError):
            moment = moment.astimezone(ZoneInfo("Europe/London"))
        days = dates.normalise(moment.date().isoformat(), None, today)
    hours = round(moment.hour + moment.minute / 60, 4)
    return _Moment(days, (hours, hours), True)


def _moment(words: str, received: str | None, today: date) -> _Moment:
    """One end of the period. Raises UnusableDate."""
    if iso := _SAID["moment"].fullmatch(words):
        return _iso(iso, received, today)
    days = dates.normalise(words, received, today)
    if serial := _SAID["serial"].fullmatch(words):
        hours = round(min(round(float(serial["fraction"]) * 1440), 1439) / 60, 4)
        return _Moment(days, (hours, hours), True) if hours else _Moment(days)
    rest = text = field_words(words)
    said = read(line_of(text), lenient=True)
    if days is not None and not said:
        return _Moment(days)  # figures that are nothing but a date: 20090930, 40086
    for spoken in said:
        if spoken.kind not in ("relative", "weekday"):
            day_words = " ".join(_SAID["day_words"].findall(text[spoken.start : spoken.end]))
            rest = rest[: spoken.start] + day_words.ljust(spoken.end - spoken.start, "|") + rest[spoken.end :]
    if days is None:
        rest = _SAID["year"].sub("||||", rest)  # in a date that could not be read, 2019 is no quarter past eight
    best = clock.most_exact(clock.find(rest, lenient=True))
    weekday = days.weekday if days else next((s.weekdays[0] for s in said if len(s.weekdays) == 1), None)
    return _Moment(days, best.value if best else None, _exact(best, rest), weekday)


def _exact(time: Finding | None, text: str) -> bool:
    """Whether a clock time may stand in a date-time; "midnight on Friday" may be either end of Friday."""
    return time is not None and time.rule in clock.EXACT and "midnight" not in time.words(text)[:11].lower()


def _split(words: str) -> tuple[str, str]:
    """ "30/9/2009 21:30 to 1/10/2009 02:00" in one field: its two ends; the second is empty where there is one."""
    first, _, second = words.partition("/")  # ISO 8601: start/end
    if _SAID["moment"].fullmatch(first) and _SAID["moment"].fullmatch(second):
        return first, second
    line = line_of(words)
    said = [one for one in read(line, lenient=True) if one.kind == "day"] if len(words) > 16 else []
    join = (
        _SAID["to_end"].search(line.text, said[0].end, said[1].start)
        if len(said) == 2 and not said[0].until
        else None
    )
    return (words[: join.start()], words[join.end("word") :]) if join else (words, "")


def _stamp(day: str, hours: clock.Hours | None, exact: bool, end: int) -> str:
    """ISO date, or date-time at the first (`end` 0) or last (1) of hours that are exact; hour 24 is the next day's
    00:00."""
    if hours is None or not exact:
        return day
    return (datetime.fromisoformat(day) + timedelta(minutes=round(hours[end] * 60))).strftime("%Y-%m-%dT%H:%M")


def _period(moment: _Moment) -> tuple[str | None, str | None]:
    """`from` and `to` of a period said in one go."""
    days, hours = moment.days, moment.hours if moment.exact else None
    if days is None:
        return None, None
    first, last = days.first, days.last
    if days.night and hours:
        first = last = days.first if hours[0] >= 12 else days.last
    if first != last:
        return first, last
    begin = _stamp(first, hours, True, 0)
    if hours is None or hours[0] == hours[1]:
        return begin, None
    return begin, _stamp(first, (0, hours[1] + 24 * (hours[1] <= hours[0])), True, 1)


def _ends(begin: _Moment, end: _Moment, warnings: list[str]) -> tuple[str | None, str | None, clock.Hours | None]:
    """`from`, `to` and hours of a period whose two ends were said apart."""
    hours = (begin.hours[0], end.hours[1]) if begin.hours and end.hours else begin.hours or end.hours
    if begin.days is None:  # then the end alone names a day
        return *_period(end), hours
    start = _stamp(begin.days.first, begin.hours, begin.exact, 0)
    stop = _stamp((end.days or begin.days).last, end.hours, end.exact, 1)
    timed = len(start) > 10 and len(stop) > 10
    if timed and start > stop and start[:10] == stop[:10]:
        if end.days is not None:
            warnings.append(f"the end {stop} is before the start {start}; the end is taken to be on the next day")
        stop = (datetime.fromisoformat(stop) + _DAY).strftime("%Y-%m-%dT%H:%M")
    elif start[:10] > stop[:10]:
        warnings.append(f"the end {stop} is before the start {start}; the two were exchanged")
        start, stop = stop, start
        hours = (end.hours[0], begin.hours[1]) if begin.hours and end.hours else hours
    apart = datetime.fromisoformat(stop) - datetime.fromisoformat(start)
    days_apart = date.fromisoformat(stop[:10]) - date.fromisoformat(start[:10])
    near = apart < _DAY if timed else days_apart <= _DAY
    together = near if begin.hours and end.hours else not days_apart
    return start, None if stop in (start, start[:10]) else stop, hours if together else None


def _occurred(
    period: tuple[str | None, str | None], weekday: str | None, hours: clock.Hours | None, raw: dict[str, str]
) -> Occurred:
    low, high = hours or (None, None)
    fields = {"from": period[0], "to": period[1], "weekday": weekday, "hour_min": low, "hour_max": high, "raw": raw}
    return Occurred.model_validate(fields)


def _contradictions(*moments: _Moment) -> list[str]:
    """Warnings about weekdays on which no day of a moment falls."""
    said = (dates.contradiction(one.days.first, one.days.last, one.weekday) for one in moments if one.days)
    return [warning for warning in said if warning]


def from_findings(day: Finding | None, time: Finding | None, text: str) -> tuple[Occurred, list[str]]:
    """`occurred` from a date and a clock time found in `text` (either may be None), and the contradictions."""
    days: dates.DateRange | None = day.value if day else None
    moment = _Moment(days, time.value if time else None, _exact(time, text), days.weekday if days else None)
    words = ", ".join(f.words(text) for f in (day, time) if f is not None)
    return _occurred(_period(moment), moment.weekday, moment.hours, {"from": words}), _contradictions(moment)


def normalise(
    from_words: str | None, to_words: str | None = None, received: str | None = None, today: date | None = None
) -> tuple[Occurred, list[str]]:
    """Canonical `occurred` and the contradictions noticed on the way.

    `from_words` may say all of it ("Friday 30 September 2009, 9.30-10 pm"). A clock time that was said exactly
    stands in `from` and `to` as YYYY-MM-DDTHH:MM (local British time); a vague one only in `hour_min`, `hour_max`.
    `to` is None for one day or one moment. Canonical input stays as it is. Raises UnusableDate (see `dates`).
    """
    today = today or date.today()
    begin_words, end_words = (from_words or "").strip(), (to_words or "").strip()
    raw = {name: words for name, words in (("from", begin_words), ("to", end_words)) if words}
    if begin_words and not end_words:
        begin_words, end_words = _split(begin_words)
    warnings: list[str] = []
    begin = _moment(begin_words, received, today) if begin_words else _Moment()
    end = _moment(end_words, received, today) if end_words else _Moment()
    start, stop, hours = _ends(begin, end, warnings) if end_words else (*_period(begin), begin.hours)
    warnings += _contradictions(begin, end)
    return _occurred((start, stop), begin.weekday or end.weekday, hours, raw), warnings
