"""The `occurred` of a report from the words of its `from` and `to`: dates, weekday and hours in one go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from linkage.intake.facts import clock, dates
from linkage.intake.facts.date_grammar import read
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.time_words import field_words, line_of
from linkage.intake.patterns import compiled
from linkage.report import Occurred

_ISO = compiled(
    r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?:(?P<sep>[T ])(?P<h>[01][0-9]|2[0-3]):(?P<m>[0-5][0-9])"
    r"(?P<s>:[0-5][0-9](?:[.,][0-9]+)?)?\s?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?\s*",
    re.ASCII | re.IGNORECASE,
)
_SERIAL = compiled(r"\s*[2-6][0-9]{4}(?P<fraction>\.[0-9]+)\s*", re.ASCII)
_JOIN = compiled(
    r"(?P<word>\b(?:to|until|till|and)\b|-)[\s,]*(?:the\s+)?"
    r"(?:early\s+hours\s+(?:of\s+)?|[0-9a-z.: ]{1,12}(?:on|,)\s+)?$"
)
_YEAR = compiled(r"\b(?:19|20)[0-9]{2}\b", re.ASCII)
_DAY_WORDS = compiled(r"\b(?:night|morning|evening|afternoon)\b")


@dataclass(frozen=True, slots=True)
class _Moment:
    """One end as read: its days, its hours, and whether the hours are exact enough to stand in a date-time."""

    days: dates.DateRange | None = None
    hours: clock.Hours | None = None
    exact: bool = False
    weekday: str | None = None


@lru_cache(maxsize=4096)
def _local(day: str, hour: int, minute: int, zone: str) -> datetime:
    """The British clock of an instant written with an offset; as written where the zone data base is missing.
    Raises UnusableDate for an offset that no clock has."""
    try:
        instant = datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}:00{zone.upper()}")
    except ValueError:
        raise dates.UnusableDate(f"no clock is {zone} away from UTC; give the local time without it") from None
    try:
        return instant.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None)
    except (ZoneInfoNotFoundError, OverflowError):
        return instant.astimezone(UTC).replace(tzinfo=None) if zone.upper() == "Z" else instant.replace(tzinfo=None)


def _iso(found: re.Match[str], received: str | None, today: date) -> _Moment:
    day = found[1]
    days = dates.normalise(day, received, today)
    if days is None or found["h"] is None or (found["s"] and found["h"] == found["m"] == "00" and not found["zone"]):
        return _Moment(days)  # a spreadsheet writes a bare date as 2009-09-30 00:00:00
    hour, minute = int(found["h"]), int(found["m"])
    if found["zone"]:
        local = _local(day, hour, minute, found["zone"])
        days, hour, minute = dates.normalise(local.date().isoformat(), None, today), local.hour, local.minute
    hours = round(hour + minute / 60, 4)
    return _Moment(days, (hours, hours), True)


def _moment(words: str, received: str | None, today: date) -> _Moment:
    """One end of the period. Raises UnusableDate."""
    iso = _ISO.fullmatch(words)
    if iso:
        return _iso(iso, received, today)
    days = dates.normalise(words, received, today)
    serial = _SERIAL.fullmatch(words)
    if serial:
        minutes = min(round(float(serial["fraction"]) * 1440), 1439)
        return _Moment(days, (round(minutes / 60, 4),) * 2, True) if minutes else _Moment(days)
    text = field_words(words)
    said = read(line_of(text), lenient=True)
    if days is not None and not said:
        return _Moment(days)  # figures that are nothing but a date: 2009, 20090930, 40086
    rest = text
    for spoken in said:
        if spoken.kind not in ("relative", "weekday"):
            span = text[spoken.start : spoken.end]
            kept = " ".join(_DAY_WORDS.findall(span))
            rest = rest[: spoken.start] + kept.ljust(spoken.end - spoken.start, "|") + rest[spoken.end :]
    if days is None:
        rest = _YEAR.sub("||||", rest)  # in a date that could not be read, 2019 is no quarter past eight
    best = clock.most_exact(clock.find(rest, lenient=True))
    weekday = days.weekday if days else next((s.weekdays[0] for s in said if len(s.weekdays) == 1), None)
    # "midnight on Friday" may be either end of Friday, so it gives hours and no date-time
    exact = best is not None and best.rule in clock.EXACT and "midnight" not in rest[best.start : best.start + 11]
    return _Moment(days, best.value if best else None, exact, weekday)


def _split(words: str) -> tuple[str, str]:
    """ "30/9/2009 21:30 to 1/10/2009 02:00" in one field: its two ends; the second is empty where there is one."""
    first, _, second = words.partition("/")  # ISO 8601: start/end
    if _ISO.fullmatch(first) and _ISO.fullmatch(second):
        return first, second
    line = line_of(words)
    said = [one for one in read(line, lenient=True) if one.kind == "day"] if len(words) > 16 else []
    join = _JOIN.search(line.text, said[0].end, said[1].start) if len(said) == 2 and not said[0].until else None
    return (words[: join.start()], words[join.end("word") :]) if join else (words, "")


def _stamp(day: str, hours: float) -> str:
    """ISO date-time; hour 24 is the next day's 00:00."""
    moment = datetime.fromisoformat(day) + timedelta(minutes=round(hours * 60))
    return moment.strftime("%Y-%m-%dT%H:%M")


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _period(moment: _Moment) -> tuple[str | None, str | None]:
    """`from` and `to` of a period said in one go."""
    days, hours = moment.days, moment.hours
    if days is None:
        return None, None
    first, last = days.first, days.last
    if days.night and hours and moment.exact:
        first = last = days.first if hours[0] >= 12 else days.last
    if first != last:
        return first, last
    if hours is None or not moment.exact:
        return first, None
    if hours[0] == hours[1]:
        return _stamp(first, hours[0]), None
    return _stamp(first, hours[0]), _stamp(first if hours[1] > hours[0] else _next(first), hours[1])


def _ends(begin: _Moment, end: _Moment, warnings: list[str]) -> tuple[str | None, str | None, clock.Hours | None]:
    """`from`, `to` and hours of a period whose two ends were said apart."""
    days = end.days or begin.days
    if days is None or begin.days is None:  # the second implies that the end alone names a day
        start, stop = _period(end if begin.days is None else begin)
        hours = (begin.hours[0], end.hours[1]) if begin.hours and end.hours else begin.hours or end.hours
        return start, stop, hours
    start = _stamp(begin.days.first, begin.hours[0]) if begin.hours and begin.exact else begin.days.first
    stop = _stamp(days.last, end.hours[1]) if end.hours and end.exact else days.last
    both_timed = len(start) > 10 and len(stop) > 10
    if both_timed and start > stop and start[:10] == stop[:10]:
        if end.days is not None:
            warnings.append(f"the end {stop} is before the start {start}; the end is taken to be on the next day")
        stop = _next(stop[:10]) + stop[10:]
    elif start[:10] > stop[:10]:
        warnings.append(f"the end {stop} is before the start {start}; the two were exchanged")
        start, stop = stop, start
        begin, end = end, begin
    if begin.hours and end.hours:
        near = datetime.fromisoformat(stop) - datetime.fromisoformat(start) < timedelta(days=1)
        same_night = not both_timed and stop[:10] <= _next(start[:10])
        hours = (begin.hours[0], end.hours[1]) if (near if both_timed else same_night) else None
    else:
        hours = (begin.hours or end.hours) if start[:10] == stop[:10] else None
    if len(stop) == 10 and start[:10] == stop:
        return start, None, hours
    return start, stop if stop != start else None, hours


def _occurred(
    start: str | None, stop: str | None, weekday: str | None, hours: clock.Hours | None, raw: dict[str, str]
) -> Occurred:
    low, high = hours or (None, None)
    fields = {"from": start, "to": stop, "weekday": weekday, "hour_min": low, "hour_max": high, "raw": raw}
    return Occurred.model_validate(fields)


def _contradictions(*moments: _Moment) -> list[str]:
    """Warnings about weekdays on which no day of a moment falls."""
    said = (dates.contradiction(one.days.first, one.days.last, one.weekday) for one in moments if one.days)
    return [warning for warning in said if warning]


def from_findings(day: Finding | None, time: Finding | None, text: str) -> tuple[Occurred, list[str]]:
    """`occurred` from a date and a clock time found in `text` (either may be None), and the contradictions."""
    days: dates.DateRange | None = day.value if day else None
    exact = time is not None and time.rule in clock.EXACT and "midnight" not in time.words(text)[:11].lower()
    moment = _Moment(days, time.value if time else None, exact, days.weekday if days else None)
    words = ", ".join(f.words(text) for f in (day, time) if f is not None)
    return _occurred(*_period(moment), moment.weekday, moment.hours, {"from": words}), _contradictions(moment)


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
    return _occurred(start, stop, begin.weekday or end.weekday, hours, raw), warnings
