"""How people write clock times: one anchored rule for a time of day, and the reading of its hour.

A time is read as `Time`: minutes and hour as said, and what is known about the half of the day. Which half is meant
is decided later, when a range or the words around it can tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from linkage.intake.facts.date_words import NUMBERS, alternation, surfaces
from linkage.intake.patterns import compiled
from linkage.vocabulary.loader import load

PARTS = load("day_parts")
PART_FORMS = surfaces(PARTS)
_HOURS = {word: number for number, word in enumerate(NUMBERS, 1)}
_MINUTES = {
    **_HOURS,
    **{"quarter": 15, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
    **{"twenty five": 25, "twenty-five": 25, "forty five": 45, "forty-five": 45, "half": 30},
}


_FEW_MINUTES = 5
"""A number before "after midnight" below which it is the hour [G]."""
_FIRST_OF_DAY = 7
"""Hour from which "at seven of the day" or "11.50 lunchtime" is before noon [G]."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time as said. `half` is am, pm, night, day, "24" (hour can only be read one way) or None (could be either);
    `plainly` means that its form alone says it is a clock time, without cue or half; `four` that it is four figures
    without "hrs", which may as well be a year."""

    start: int
    end: int
    hour: int
    minute: int
    half: str | None
    plainly: bool = False
    word: str | None = None
    four: bool = False

    def readings(self) -> list[float]:
        """Hours of the day (0 up to 24) it can mean."""
        fraction = self.minute / 60
        if self.half == "24":
            return [self.hour + fraction]
        hour = self.hour % 12
        if self.half == "am":
            return [hour + fraction]
        if self.half == "pm":
            return [hour + 12 + fraction]
        if self.half == "day":
            return [hour + (12 if hour < _FIRST_OF_DAY else 0) + fraction]
        if self.half == "night":
            return [hour + (12 if hour >= 6 else 0) + fraction]
        return [hour + fraction, hour + 12 + fraction]


_PART_OF_DAY = "morning|mornin|morn|afternoon|evening|evenin|eve|night|nite"
_HALF = (
    r"(?:\.?(?P<half>a\s?\.?\s?m\b|p\s?\.?\s?m\b)|"
    r"(?:o'?\s?clock\s+)?(?:in(?:\s+the)?|that|at|the\s+(?:next|following|same|previous)|this|of(?:\s+(?:the|"
    r"an))?|on\s+the|"
    r"(?:on\s+)?(?:\w+day|mon|tues?|weds?|thurs?|fri|sat|sun))\s+"
    rf"(?:early\s+|late\s+)?(?P<in>{_PART_OF_DAY}|day(?=\s*(?:[.,;]|$)))\b|"
    rf"(?P<next>(?:{_PART_OF_DAY})(?=\s*(?:[.,;:)!?\n]|$|when\b|and\b|he\b|on\b|of\b|the\b|to\b))|midnight(?=\s*(?:[.,;)]|$))|"
    r"(?:in\s+)?(?:broad\s+)?daylight)\b|"
    r"(?P<last>tonight|2nite|tonite|last\s+(?:night|nite)|(?:at\s+)?lunch\s?time)\b)"
)
_HOUR_WORDS = "|".join(sorted(_HOURS, key=len, reverse=True))
_MINUTE_WORDS = "|".join(sorted(_MINUTES, key=len, reverse=True))
_TAIL = (
    r"(?:\s+and\s+(?:a\s+)?(?P<plus>quarter|half)\b(?!\s*(?:past|to|hours?|hrs?|years?|months?|an?)\b))?"
    r"(?:\s?-?ish\b)?(?P<hrs>\s?(?:hrs?|hours|h)\b)?(?P<oclock>\s?o'?\s?clock\b)?"
)
_SPOT = r"(?P<spot>midnight|midnite|noon|midday|mid-day|12\s?(?:midnight|midnite|noon|midday))\b"
# "10 to 2am" is from ten to two o'clock, but "at 10 to 2am" ten minutes before two
_MINUTE_FIGURES = (
    r"[0-9]{1,2}(?=\s+(?:minutes?|mins?|past|after)\b)|"
    r"(?:(?<=at\s)|(?<=about\s)|(?<=around\s)|(?<=nearly\s))(?:5|10|20|25)"
)
_PAST = (
    rf"(?:(?:a\s+)?(?P<pm>{_MINUTE_WORDS}|{_MINUTE_FIGURES})[\s-]+(?:minutes?\s+|mins?\s+)?(?P<dir>past|to|after|"
    rf"before|till)[\s-]+"
    rf"(?P<ph>{_HOUR_WORDS}|1[0-2]|0?[1-9]|midnight|noon|midday)(?:\b|(?=[ap]\.?m))(?![:.][0-9])|"
    rf"half\s+(?P<hh>{_HOUR_WORDS}|1[0-2]|[1-9])(?:\b|(?=[ap]\.?m)))"
)
_FIGURES = (
    r"(?:(?P<h4>[01][0-9]|2[0-4])(?P<m4>[0-5][0-9])(?![0-9])|"
    r"(?P<h3>0?[1-9]|1[0-2])(?:(?:,\s?)?(?P<m3>[0-5][0-9])|-(?P<m5>1[3-9]|[2-5][0-9])|\s(?P<m2>[1-5][05]))(?=\s?[ap]\s?\.?\s?m\b)|"
    r"(?P<hh24>[01]?[0-9]|2[0-3])\s?(?:h|hrs?\s|hours?\s)\s?(?P<mm24>[0-5][0-9])(?![0-9])|(?P<h>[01]?[0-9]|2[0-4])"
    r"(?:\s?(?P<sep>[:.;])\s?(?P<m>[0-5][0-9])(?:(?<=:[0-9]{2}):[0-5][0-9](?:\.[0-9]+)?)?)?"
    r"(?![0-9]|[.:][0-9]|/[0-9](?![0-9]?\s?[ap]\.?m)|'?s\b|(?:st|nd|rd|th|k|m|cm)\b))"
)
_SPELT = rf"(?P<wh>{_HOUR_WORDS})(?:[\s-]+(?P<wm>thirty|fifteen|forty[ -]five|twenty|ten|forty|fifty))?\b"
_TIME = compiled(
    rf"(?:{_SPOT}|(?:{_PAST}|{_FIGURES}|{_SPELT}){_TAIL}(?:[\s,]*(?:{_HALF}))?)",
    re.ASCII,
)
_DAY_THEN = compiled(r"(?:\b(?:yesterday|today|\w+day|at)|(?:19|20)[0-9]{2}),?\s+$", re.ASCII)
PART = compiled(rf"(?P<part>{alternation(PART_FORMS)})\b", re.ASCII)
SPREAD_PART = compiled(
    r"(?P<end>early|late|mid)[\s-]+(?:on\s+|in\s+)?(?:\w+day|that|this|last|the\s+same|yesterday)\s+"
    r"(?P<part>morning|afternoon|evening|night)\b",
    re.ASCII,
)
"""A part of the day with a weekday inside: "late on Friday night", "early that evening"."""
PAST_THE_SAME_HOUR = compiled(
    rf"(?P<pm>{_MINUTE_WORDS}|[0-9]{{1,2}})(?:\s+minutes?)?\s+past\b(?!\s+(?:{_HOUR_WORDS}|[0-9]|midnight|noon))",
    re.ASCII,
)
"""The second end of "between ten and half past"."""


def minutes_of(words: str) -> int:
    """Minutes that a word or figures name."""
    return _MINUTES.get(words) or int(words)


def part_hours(key: str) -> tuple[float, float]:
    """First and last hour of a part of the day, from `day_parts.toml`."""
    first, last = PARTS.entries[key].data["hours"]
    return float(first), float(last)


def part_key(words: str) -> str:
    """Vocabulary key of a part of the day as `PART` found it."""
    return PART_FORMS[re.sub(r"[\s-]+", " ", words)]


def half_of(words: str) -> str:
    """How an hour beside "evening", "tonight" ... is read: am, pm or night."""
    if words == "day" or "light" in words or words.endswith("time"):
        return "day"
    if words == "midnight" or "hour" in words or words == "dusk":
        return "night"
    if words in ("dawn", "daybreak"):
        return "am"
    word = next((w for w in ("morning", "evening") if words.startswith(w[:3])), words)
    word = "night" if "night" in words or "nite" in words else word
    return str(PARTS.entries[word].data["half"])


def _half(groups: dict[str, str | None]) -> str | None:
    if groups["half"]:
        return groups["half"][0] + "m"
    words = groups["in"] or groups["next"] or groups["last"]
    return half_of(words) if words else None


def _said(groups: dict[str, str | None]) -> tuple[int, int]:
    """Hour and minute; "quarter to 11" is 10:45."""
    if groups["hh"]:
        return _HOURS.get(groups["hh"]) or int(groups["hh"]), 30
    if groups["ph"]:
        named = {"midnight": 12, "noon": 12, "midday": 12}
        hour = _HOURS.get(groups["ph"]) or named.get(groups["ph"]) or int(groups["ph"])
        words = groups["pm"] or ""
        minutes = _MINUTES.get(words) or int(words if words.isdigit() else 0)
        if groups["dir"] == "after" and groups["ph"] == "midnight" and minutes < _FEW_MINUTES:
            return minutes, 0  # "at two after midnight" in the words of other languages
        if groups["dir"] in ("past", "after"):
            return hour, minutes
        return ((hour - 2) % 12 + 1, 60 - minutes) if minutes else (hour, 0)
    if groups["wh"]:
        return _HOURS[groups["wh"]], _MINUTES.get(groups["wm"] or groups["plus"] or "", 0)
    figures = groups["h4"] or groups["h3"] or groups["hh24"] or groups["h"] or 0
    past = groups["m4"] or groups["m3"] or groups["m5"] or groups["m2"] or groups["mm24"] or groups["m"]
    return int(figures), int(past or _MINUTES.get(groups["plus"] or "", 0))


def time_at(text: str, position: int) -> Time | None:
    """The time of day that starts exactly at `position` of the lower-case text, if one does."""
    found = _TIME.match(text, position)
    if found is None:
        return None
    groups = found.groupdict()
    spot = groups["spot"]
    if spot:
        return Time(position, found.end(), 0 if "midn" in spot else 12, 0, "24", True, spot)
    if groups["hrs"] and not (
        groups["h4"] or groups["sep"] or _DAY_THEN.search(text, max(0, position - 20), position)
    ):
        return None  # "2 hours" is how long, not when; "yesterday 14 hours" is when
    if groups["next"] and groups["wh"] and not groups["oclock"]:
        return None  # "in one night"
    hour, minute = _said(groups)
    half = _half(groups)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    beyond = groups["dir"] in ("past", "after")
    named = None
    if groups["ph"] in ("midnight", "noon", "midday"):
        named = "am" if beyond == (groups["ph"] == "midnight") else "pm"
    figures = groups["h4"] or (groups["h"] if groups["h"] and groups["sep"] in (":", ".") else None)
    fixed = (
        hour > 12 or hour == 0 or bool(groups["hrs"] or groups["hh24"]) or (figures is not None and figures[0] == "0")
    )
    if fixed and (half is None or hour > 12 or hour == 0):
        half = "24"
    # "2130" and "9h" are clock times only with their unit; "21:30" and "half past nine" say it themselves
    plainly = bool(
        groups["hrs"]
        or groups["oclock"]
        or groups["hh24"]
        or groups["sep"] in (":", ";")
        or groups["pm"] in ("half", "quarter", "twenty", "twenty five", "twenty-five")
        or (groups["ph"] and groups["dir"] == "past")
    )
    end = found.start() + len(found.group().rstrip())
    return Time(position, end, hour, minute, half or named, plainly, four=bool(groups["h4"] and not groups["hrs"]))
