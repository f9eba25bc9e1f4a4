"""How people write clock times: the rules of `time_rules.toml` over a text's line of words (`time_words`).

Which half of the day is meant is decided in `clock`, when a range or the words around it can tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from linkage.intake.values.times.time_words import PARTS, Line, before, kinds, rules

_FIRST_OF_DAY = 7
"""Hour from which "at seven of the day" or "11.50 lunchtime" is before noon [G]."""
SPOTS, _OF_MINUTES = kinds("spot"), kinds("half minutes")
_Found = re.Match[str]


@dataclass(frozen=True, slots=True)
class Time:
    """A time as said at line.kinds[first:last].

    `half` is am, pm, night, day, "24" (the hour can only be read one way) or None (could be either); `plainly` means
    that its form alone says it is a clock time, without cue or half; `four` that it is four figures without "hrs",
    which may as well be a year; `timed` that its minutes are said in figures; `rough` that it says "ish" itself;
    `zero` that it begins with one.
    """

    first: int
    last: int
    hour: int
    minute: int
    half: str | None
    plainly: bool = False
    four: bool = False
    timed: bool = False
    rough: bool = False
    zero: bool = False

    def readings(self) -> list[float]:
        """Hours of the day (0 up to 24) it can mean."""
        fraction = self.minute / 60
        if self.half == "24":
            return [self.hour + fraction]
        hour = self.hour % 12
        added = {"am": 0, "pm": 12, "day": 12 * (hour < _FIRST_OF_DAY), "night": 12 * (hour >= 6)}
        return [hour + added[self.half] + fraction] if self.half else [hour + fraction, hour + 12 + fraction]

    @property
    def strong(self) -> bool:
        """Whether the time says by itself that it is one: "9pm", "21:30", "half past nine", "midnight"."""
        return self.plainly or self.half in ("am", "pm", "night")


def time_at(line: Line, place: int) -> Time | None:
    """The time of day that starts exactly at `place` of the line, if one does."""
    for kind, pattern in _AT.get(line.kinds[place : place + 1], ()):
        found = pattern.match(line.kinds, place)
        said = _READ[kind](line, found) if found is not None else None
        if found is not None and said is not None and said[1] < 60 and (said[0] < 24 or said == (24, 0)):
            return _said(line, found, *said)
    return None


def number(line: Line, found: _Found, *names: str) -> int:
    """The first of some groups that is there as a number, else 0; "1/2" is half an hour."""
    for name in names:
        value = line.value(found, name)
        if value is not None:
            return 30 if found[name][1:2] == "/" else int(value)
    return 0


def _past(line: Line, found: _Found) -> tuple[int, int] | None:
    """Hour and minute; "quarter to 11" is 10:45."""
    if found["pm2"]:
        hour = number(line, found, "ph2")
        return (hour, 30) if 1 <= hour <= 12 else None
    hour = 12 if found["ph"] in SPOTS else number(line, found, "ph")
    minutes, way = number(line, found, "pm"), line.value(found, "dir")
    if hour > 12 or not minutes:
        return None
    return (hour, minutes) if way in ("past", "after") else ((hour - 2) % 12 + 1, 60 - minutes)


def _together(line: Line, found: _Found) -> tuple[int, int] | None:
    """Hour and minutes of "730pm", "7 30pm" and "8-20 pm", which are not two hours."""
    if found["h3"]:
        return divmod(number(line, found, "h3"), 100)
    hour, minute = number(line, found, "h"), number(line, found, "m")
    apart = found["near"] == "," or (minute > 12 if found["near"] else minute >= 10 and minute % 5 == 0)
    return (hour, minute) if apart else None


def _figures(line: Line, found: _Found) -> tuple[int, int] | None:
    if (
        found["hrs"]
        and not found["h4"]
        and not found["sep"]
        and not before(line, "day_before_hours", found.start(), 4)
    ):
        return None  # "2 hours" is how long, not when; "yesterday 14 hours" is when
    if found["h4"]:
        return divmod(number(line, found, "h4"), 100)
    return number(line, found, "h", "h2"), number(line, found, "m", "m2", "plus")


def _words(line: Line, found: _Found) -> tuple[int, int] | None:
    minute = number(line, found, "m", "plus")
    how_many = found["hrs"] or (found["next2"] and not found["oclock"])  # "two hours", "in one night"
    return None if how_many or (found["m"] and minute < 10) else (number(line, found, "h"), minute)


_AT = rules("clock")
_READ = {
    "spot": lambda line, found: (0 if str(line.value(found, "spot")).startswith("midn") else 12, 0),
    "past": _past,
    "together": _together,
    "figures": _figures,
    "words": _words,
}


def _said(line: Line, found: _Found, hour: int, minute: int) -> Time:
    said = {name for name, words in found.groupdict().items() if words}
    if "spot" in said:
        return Time(found.start(), found.end("spot"), hour, 0, "24", True)
    half, timed = _half(line, found), bool(said & {"h4", "sep"})
    zero = line.text[line.word_at(found.start()).start] == "0"
    if hour > 12 or hour == 0 or (half is None and ("hrs" in said or (zero and timed))):
        half = "24"
    plainly = said & {"hrs", "oclock", "h24"} or (found["sep"] if "sep" in said else "") in (":", ";")
    if "ph" in said and (line.value(found, "dir") == "past" or found["pm"][0] in _OF_MINUTES):
        plainly = True
    four, rough = "h4" in said and "hrs" not in said, bool(said & {"ish", "ish2"})
    return Time(found.start(), found.end(), hour, minute, half, bool(plainly), four, timed, rough, zero)


def _half(line: Line, found: _Found) -> str | None:
    """The half of the day that the time itself tells; half past midnight is in the morning, ten to midnight not."""
    ampm = line.value(found, "half")
    part = line.value(found, "in") or line.value(found, "next") or line.value(found, "next2")
    if ampm or part:
        return str(ampm) if ampm else half_of(str(part))
    if line.value(found, "light") or line.value(found, "day") == "day":
        return "day"
    if found.groupdict().get("ph") not in SPOTS:
        return None
    midnight = str(line.value(found, "ph")).startswith("midn")
    return "am" if (line.value(found, "dir") in ("past", "after")) == midnight else "pm"


def half_of(part: str) -> str:
    """How an hour beside a part of the day is read: am, pm, night or day."""
    return str(PARTS.entries[part].data["half"]) if part in PARTS.entries else "night"
