"""Clock times of an incident in decimal hours, 0 to 24; the last hour is below the first across midnight.

How people write them are the rules of `time_rules.toml` over a text's line of words (`time_words`); which half of the
day is meant is decided here, where a range or the words around can tell. Words before a time put a width around it
(`width` in `time_words.toml`), all of them guesses [G].
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from linkage.intake.finding import Finding
from linkage.intake.values.times.time_words import (
    PARTS,
    WORDS,
    Line,
    around,
    before,
    kinds,
    line_of,
    of_the_report,
    rule,
    rules,
)

Hours = tuple[float, float]
_Found = re.Match[str]
_RANK = {"clock_time": 0, "clock_range": 0, "clock_about": 1, "clock_open": 2, "day_part": 3}
EXACT = frozenset({"clock_time", "clock_range"})
"""Rules whose hours are as said, without a width put around them."""
_CONTEXT = 90
"""Characters in which "evening" or "night" tells the half of the day of a bare "9.30" [G]."""
_YEARS = (19, 20)
"""The first two of four figures that are more likely a year."""
_FIRST_OF_DAY = 7
"""Hour from which "at seven of the day" or "11.50 lunchtime" is before noon [G]."""
_AT, _FIRST = rules("clock"), rule("any_fig|number|minutes|half|spot|dark|stretch")
_WORDS_OF_COUNT, _PARTS_OF_DAY, _FIGURES = kinds("number minutes half"), kinds("dark stretch"), kinds("any_fig")
_DARK, _LIGHT, _SPOTS, _OF_MINUTES = kinds("dark"), kinds("daylight"), kinds("spot"), kinds("half minutes")
_STOPS = frozenset(".!?;\n")


@dataclass(frozen=True, slots=True)
class _Time:
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


def find(words: str, lenient: bool = False) -> list[Finding]:
    """Times and parts of the day in `words`, field "clock", value (hour_min, hour_max), in order.

    `lenient` for a field that holds times and little else, where figures such as "9.30" or "2130" need no "at", "pm"
    or "hrs". Rule "clock_of_report" (confidence .3 [G]) marks the time at which somebody reported.
    """
    line = line_of(words)
    found: list[Finding] = []
    done = at = 0
    while anchor := _FIRST.search(line.kinds, at):
        at = anchor.end()
        read = (_part if anchor[0] in _PARTS_OF_DAY else _time)(line, anchor.start(), lenient)
        if read is None:
            continue
        read, at = replace(read, start=max(read.start, done)), line.place(read.end)
        if not lenient and of_the_report(line.text, done, read.start, read.end):
            read = replace(read, rule="clock_of_report", confidence=0.3)
        found.append(read)
        done = read.end
    return found


@lru_cache(maxsize=16384)
def normalise(words: str) -> Hours | None:
    """Hours (hour_min, hour_max), 0 to 24, that a field's words name; None when there is no clock time in them.

    Of several the most exact is taken. "9 o'clock" without a half of the day is None: it can be either.
    """
    best = most_exact(find(words, lenient=True))
    return best.value if best else None


def most_exact(findings: list[Finding]) -> Finding | None:
    """The finding with the narrowest kind of rule; of equals the first. Times of the report are left out."""
    usable = [finding for finding in findings if finding.rule in _RANK]
    return min(usable, key=lambda finding: (_RANK[finding.rule], finding.start), default=None)


def _half_nearby(line: Line, time: _Time) -> str | None:
    """The half of the day that "evening", "night" ... in the same sentence gives to a bare time."""
    start, end = line.span(time.first, time.last)
    ahead, behind = line.index(time.first), line.index(time.last - 1) + 1
    for places in (reversed(range(ahead)), range(behind, len(line.words))):
        for at in places:
            word = line.words[at]
            if start - word.start > _CONTEXT or word.end - end > _CONTEXT or word.kind in _STOPS:
                break
            if word.kind in _LIGHT:
                return "day"
            if word.kind in _DARK or (word.value == "night" and at != behind):  # "two nights" is a count
                return _half_of(str(word.value))
    return None


def _time(line: Line, place: int, lenient: bool) -> Finding | None:
    first = None if line.behind_stop(place, "./:-'") else _time_at(line, place)  # "30.9", "2009-09"
    if first is None:
        return None
    found = around("cue_before").search(line.kinds, max(0, place - 6), place)
    cue, start = (found.lastgroup, found.start()) if found else (None, place)
    last = _second(line, first)
    if last is not None and _is_range(line, first, last, lenient):
        return _range(line, first, last, cue, lenient)
    one_of_many = cue is None and first.hour == 1 and around("count_of_one").match(line.kinds, place)
    if one_of_many or not _admissible(line, first, cue, lenient):
        return None
    half = first.half or _half_nearby(line, first)
    if half is None and line.kinds[place] in _WORDS_OF_COUNT:
        return None
    first = replace(first, half=half or "24")
    return _widened(line, first, cue, place if cue in ("cue", "between") else start, 0.9 if half else 0.6)


def _widened(line: Line, time: _Time, cue: str | None, start: int, confidence: float) -> Finding:
    hours, last = time.readings()[0], time.last
    behind = around("roughly_behind").match(line.kinds, last)
    if behind or time.rough:
        cue, last = "about", behind.end() if behind else last
    if "width" not in (WORDS.entries[cue].data if cue in WORDS.entries else ()):
        return _finding(line, (hours, hours), time.first, last, "clock_time", confidence)
    kind = "clock_open" if cue in ("after", "before") else "clock_about"
    late = 24.0 if cue == "before" and hours == 0 else hours
    return _finding(line, (late, late), start, last, kind, 0.85 * confidence, cue)


def _second(line: Line, first: _Time) -> _Time | None:
    """The other end of a range that `first` opens."""
    if (join := around("other_end").match(line.kinds, first.last)) is not None:
        last = _time_at(line, join.end())
        past = around("half_past").match(line.kinds, join.end()) if last is None else None
        if past is not None:  # "between ten and half past"
            minute = int(line.value(past, "m") or 0) % 60
            last = replace(first, first=join.end(), last=past.end(), minute=minute, plainly=True)
        return None if last is None or (last.four and not first.plainly and not first.four) else last
    join = around("other_end_on_a_day").match(line.kinds, first.last) if first.strong else None
    last = _time_at(line, join.end()) if join else None
    return last if last is not None and last.strong else None


def _is_range(line: Line, first: _Time, last: _Time, lenient: bool) -> bool:
    if first.four and ":" in line.kinds[last.first : last.last]:
        return False  # "8 Feb 2018 - 20:15" is a year and a time
    no_years = not {first.hour, last.hour}.issubset(_YEARS) if first.four and last.four else not first.four
    figures = first.timed and last.timed and no_years
    return first.strong or last.strong or figures or (lenient and _admissible(line, first, None, lenient))


def _range(line: Line, first: _Time, last: _Time, cue: str | None, lenient: bool) -> Finding | None:
    """Of all readings of both ends those with the shortest way forward from one to the other; of equals, the literal
    ones."""
    half = first.half or last.half or _half_nearby(line, last) or _half_nearby(line, first)
    if half is None and line.kinds[first.first] in _WORDS_OF_COUNT and not lenient:
        return None
    if half and not first.half and not last.half:
        last = replace(last, half=half)
    ends = [24.0] if last.hour == 0 and line.kinds[last.first] in _SPOTS else last.readings()
    pairs = [(start, end) for start in first.readings() for end in ends]
    hours = min(pairs, key=lambda pair: ((pair[1] - pair[0]) % 24 or 24, pair))
    if cue == "about":
        return _finding(line, hours, first.first, last.last, "clock_about", 0.85, cue)
    return _finding(line, hours, first.first, last.last, "clock_range", 0.95 if half else 0.6)


def _admissible(line: Line, time: _Time, cue: str | None, lenient: bool) -> bool:
    """Whether figures or words that may be a time are one here; in free text they need a cue, "pm", ":" or "hrs"."""
    if time.strong:
        return True
    if lenient:
        alone = around("hours_alone").match(line.kinds) is not None
        return time.timed or alone or _half_nearby(line, time) is not None
    year, day_behind = time.hour in _YEARS, around("day_behind").match(line.kinds, time.last)
    if time.four:  # "at 2130", "approx. 1800"
        day = day_behind or before(line, "day_right_before", time.first, 4)
        return cue == "cue" or time.rough or (cue == "about" and (time.zero or not year)) or bool(day and not year)
    cued = cue in ("cue", "between", "about")
    beside_part = 1 <= time.hour <= 12 and before(line, "part_of_day_before", time.first, 24)
    if beside_part and (cued or time.minute > 0 or time.rough):
        return True  # "last night at 11", "Friday night, 9ish"
    if cued and time.minute == 30 and line.kinds[time.first] not in _FIGURES:
        return _half_nearby(line, time) is not None  # "at half eleven on the night of ..."
    whole = before(line, "sentence_before", time.first, 2) and around("sentence_behind").match(line.kinds, time.last)
    height = time.hour in (4, 5, 6) and time.minute < 12 and not time.zero  # "about 5.10, slim"
    timed = time.timed and not (height and _half_nearby(line, time) is None)
    return timed and bool(cued or whole or day_behind)


def _part(line: Line, place: int, lenient: bool) -> Finding | None:
    """A part of the day, with its hours in `day_parts.toml`."""
    found = around("part_of_day").match(line.kinds, place)
    if found is None or not (lenient or before(line, "cue_of_part", place, 4)):
        return None
    part = str(line.value(found, "part") or line.value(found, "part2"))
    if found["end"]:
        part = f"{line.value(found, 'end')}_{part}"
    low, high = PARTS.entries[part if part in PARTS.entries else "night"].data["hours"]
    return _finding(line, (float(low), float(high)), place, found.end(), "day_part", 0.7)


def _finding(
    line: Line, hours: Hours, first: int, last: int, kind: str, confidence: float, cue: str | None = None
) -> Finding:
    """The finding at line.kinds[first:last], its hours with the width that a word gives."""
    before, after = WORDS.entries[cue].data["width"] if cue else (0.0, 0.0)
    low, high = hours[0] - before, hours[1] + after
    value = (round(low % 24, 4), round(high if high <= 24 else high - 24, 4))
    return Finding("clock", value, *line.span(first, last), kind, confidence)


def _time_at(line: Line, place: int) -> _Time | None:
    """The time of day that starts exactly at `place` of the line, if one does."""
    for kind, pattern in _AT.get(line.kinds[place : place + 1], ()):
        found = pattern.match(line.kinds, place)
        if found is not None and (time := _said(line, found, kind)) is not None:
            return time
    return None


def _said(line: Line, found: _Found, kind: str) -> _Time | None:
    """The time of day that a rule of some kind found; None where it is none. "Quarter to 11" is 10:45."""
    said: dict[str, Any] = {name: line.value(found, name) for name, words in found.groupdict().items() if words}
    figures, way = said.get("h4", said.get("h3")), said.get("way")
    hour, minute = divmod(figures, 100) if figures is not None else (said.get("h", 12), 0)
    minute += sum(said.get(name, 0) for name in ("m", "m2", "plus"))
    if _is_count(line, found, kind, said) or (kind == "past" and not (0 < hour <= 12 and minute)):
        return None
    if kind == "spot":
        midnight = said["spot"].startswith("midn")
        return _Time(found.start(), found.end("spot"), 0 if midnight else 12, 0, "24", True)
    if way in ("to", "before"):
        hour, minute = (hour - 2) % 12 + 1, 60 - minute
    if minute >= 60 or hour + minute / 60 > 24:
        return None
    half, timed = _half(said), not said.keys().isdisjoint(("h4", "sep"))
    zero = line.text[line.word_at(found.start()).start] == "0"
    if hour > 12 or hour == 0 or (half is None and ("hrs" in said or (zero and timed))):
        half = "24"
    plainly = not said.keys().isdisjoint(("hrs", "oclock", "h24")) or said.get("sep") in (":", ";")
    plainly |= way == "past" or (way is not None and found["m"][0] in _OF_MINUTES)
    four, rough = "h4" in said and "hrs" not in said, not said.keys().isdisjoint(("ish", "ish2"))
    return _Time(found.start(), found.end(), hour, minute, half, plainly, four, timed, rough, zero)


def _is_count(line: Line, found: _Found, kind: str, said: dict[str, Any]) -> bool:
    """Whether what a rule found counts something, or is two hours: "2 hours", "in one night", "7-8 pm"."""
    if kind == "words":
        return "hrs" in said or ("next2" in said and "oclock" not in said) or said.get("m", 10) < 10
    if kind == "together" and "m" in said:
        return said.get("near") != "," and not (said["m"] > 12 if "near" in said else said["m"] in range(10, 60, 5))
    how_long = kind == "figures" and "hrs" in said and said.keys().isdisjoint(("h4", "sep"))
    return how_long and not before(line, "day_before_hours", found.start(), 4)  # "yesterday 14 hours" is when


def _half(said: dict[str, Any]) -> str | None:
    """The half of the day that the time itself tells; half past midnight is in the morning, ten to midnight not."""
    if ampm := said.get("half"):
        return str(ampm)
    if part := said.get("in") or said.get("next") or said.get("next2"):
        return _half_of(part)
    if "light" in said or said.get("day") == "day":
        return "day"
    if "spot" not in said:
        return None
    return "am" if (said["way"] in ("past", "after")) == said["spot"].startswith("midn") else "pm"


def _half_of(part: str) -> str:
    """How an hour beside a part of the day is read: am, pm, night or day."""
    return str(PARTS.entries[part].data["half"]) if part in PARTS.entries else "night"
