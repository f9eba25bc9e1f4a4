"""Clock times of an incident in decimal hours, 0 to 24; the last hour is below the first across midnight.

Widths put around vague words are guesses [G]: "about 3am" half an hour either side, "after 10pm" the two hours
that follow, "before midnight" the two before, "just after" half an hour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from linkage.intake.facts.clock_grammar import PART, Time, half_of, part_hours, part_key, time_at
from linkage.intake.facts.date_words import plain
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.reporting import of_the_report

Hours = tuple[float, float]

_ABOUT, _OPEN, _JUST = 0.5, 2.0, 0.5  # [G] hours, see above
_CONTEXT = 45  # [G] characters in which "evening" or "night" tells the half of the day of a bare "9.30"
_ANCHOR = re.compile(
    r"[0-9]+|\b(?:midnight|noon|mid-?day|half|quarter|twenty|five|ten|one|two|three|four|six|seven|eight|nine|eleven|"
    r"twelve|early|late|mid|middle|first|small|wee|dead|morning|afternoon|evening|night|nighttime|overnight|tonight|"
    r"lunchtime|lunch|dinner|dinnertime|teatime|tea|daybreak)\b",
    re.ASCII,
)
_BEFORE_WORD = re.compile(
    r"(?:(?P<about>about|around|approx(?:imately)?\.?|circa|roughly|nearly|gone|c\.|~|or\s+so)|"
    r"(?P<justafter>(?:just|shortly|soon|a\s+little|a\s+bit)\s+(?:after|past|gone))|"
    r"(?P<justbefore>(?:just|shortly|a\s+little)\s+before)|(?P<after>after|past|from|since)|"
    r"(?P<before>before|by|until|till|up\s+to)|(?P<cue>\bat|between|time\s*:|time(?:\s+was)?))[\s:]*$"
)
_TO = re.compile(
    r"(?:(?<=m)\.)?\s*(?:-+|/|to|until|till|and|or|or\s+maybe)\s*(?:about\s+|around\s+|approx(?:imately)?\.?\s+|at\s+)?"
)
_HALF_WORD = re.compile(r"\b(?:morning|afternoon|evening|night|tonight)\b")
_ISH = re.compile(r"ish\b|\s*\(?(?:or\s+so|approx(?:imately)?|or\s+thereabouts|-?ish)\b")
_BARE = re.compile(r"\W*(?:at|between|from)?\W*[0-9]{1,2}\W*(?:(?:to|and|or|until)?\W*[0-9]{1,2})?\W*", re.ASCII)
_PART_CUE = re.compile(
    r"(?:\b(?:in|that|this|at|on|about|around|approx|after|before|until|till|since|from|last|the|yesterday|next|during|every|same|by|of|day|\w+day)|[0-9][a-z]{0,2}|[,.;:(])\s*$|^\s*$"
)
_PART_NO = re.compile(r"\s*(?:time\s+economy|clubs?|shelter|bus|dress|wear|gown|before\s+last|shift)\b")
_RANK = {"clock_time": 0, "clock_range": 0, "clock_about": 1, "clock_open": 2, "day_part": 3}
EXACT = frozenset({"clock_time", "clock_range"})
"""Rules whose hours are as said, without a width put around them."""


@dataclass(frozen=True, slots=True)
class _Read:
    hours: Hours
    start: int
    end: int
    rule: str
    confidence: float


def _round(hours: float) -> float:
    return round(hours, 4)


def _around(low: float, high: float, before: float, after: float) -> Hours:
    first, last = low - before, high + after
    return _round(first % 24), _round(last if last <= 24 else last - 24)


def _glued(text: str, start: int) -> bool:
    """Figures right behind money, a sign, or another figure's stop ("30.9", "2009-09") do not start a time."""
    if start == 0 or not text[start].isdigit():
        return False
    last = text[start - 1]
    return (
        last in "£$€#@+"
        or (last in "./:-'" and start > 1 and text[start - 2].isdigit())
        or (last.isalpha() and last != "t")
    )


def _half_nearby(text: str, time: Time) -> str | None:
    """The half of the day that "evening", "night" ... in the same sentence gives to a bare time."""
    after = re.split(r"[.!?;\n](?![0-9 ])", text[time.end : time.end + _CONTEXT])[0]
    before = re.split(r"[!?;\n]|\.(?!\s?[0-9])", text[max(0, time.start - _CONTEXT) : time.start])[-1]
    words = [*_HALF_WORD.findall(before)[::-1], *_HALF_WORD.findall(after)]
    return half_of(words[0]) if words else None


def _range(first: Time, last: Time) -> Hours:
    """The reading of both ends with the shortest way forward from one to the other; of equals, the literal one."""
    ends = [24.0 if last.word and "midnight" in last.word else end for end in last.readings()]
    pairs = [(start, end) for start in first.readings() for end in ends]
    start, end = min(pairs, key=lambda pair: ((pair[1] - pair[0]) % 24 or 24, pair))
    return _round(start), _round(end)


def _second(text: str, first: Time) -> Time | None:
    join = _TO.match(text, first.end)
    if join is None or join.end() == first.end:
        return None
    last = time_at(text, join.end())
    return None if last is None or (last.four and not first.plainly and not first.four) else last


def _strong(time: Time) -> bool:
    """Whether the time says by itself that it is one: "9pm", "21:30", "half past nine", "midnight"."""
    return time.plainly or time.half in ("am", "pm", "night")


def _admissible(text: str, time: Time, kind: str | None, lenient: bool) -> bool:
    """Whether figures or words that may be a time are one here; in free text they need a cue, "pm", ":" or "hrs"."""
    if _glued(text, time.start):
        return False
    if _strong(time):
        return True
    if lenient:
        return _has_minutes(text, time) or _BARE.fullmatch(text) is not None or _half_nearby(text, time) is not None
    if time.four:
        return text.endswith("at ", 0, time.start)
    return _has_minutes(text, time) and (kind in ("cue", "about") or _alone(text, time))


def _time(text: str, position: int, lenient: bool) -> _Read | None:
    first = time_at(text, position)
    if first is None or _glued(text, position):
        return None
    word = _BEFORE_WORD.search(text[max(0, position - 25) : position])
    kind = word.lastgroup if word else None
    last = _second(text, first)
    if last is not None and _is_range(text, first, last, lenient):
        return _read_range(text, first, last, kind, lenient)
    if not _admissible(text, first, kind, lenient):
        return None
    known = first.half is not None
    if first.half is None:
        half = _half_nearby(text, first)
        if half is None and not text[position].isdigit():
            return None
        first, known = replace(first, half=half or "24"), half is not None
    start = position - len(word.group()) if word and kind != "cue" else position
    return _widened(text, first, kind, start, 0.9 if known else 0.6)


def _is_range(text: str, first: Time, last: Time, lenient: bool) -> bool:
    if first.four and ":" in text[last.start : last.end]:
        return False  # "8 Feb 2018 - 20:15" is a year and a time
    if _strong(first) or _strong(last):
        return True
    figures = _has_minutes(text, first) and _has_minutes(text, last)
    return (figures and (lenient or not first.four)) or (lenient and _admissible(text, first, None, lenient))


def _has_minutes(text: str, time: Time) -> bool:
    return re.match(r"[0-9]{1,2}\s?[:.;]\s?[0-9]{2}|[0-9]{4}", text[time.start : time.end]) is not None


def _alone(text: str, time: Time) -> bool:
    """Whether "21.30" is a sentence of its own, as in the house form of alerts."""
    before = text[max(0, time.start - 2) : time.start]
    return (
        before in (". ", ", ")
        and re.match(r"\s*(?:[.,]\s|$)", text[time.end :]) is not None
        and _has_minutes(text, time)
    )


def _widened(text: str, time: Time, kind: str | None, start: int, confidence: float) -> _Read:
    hours = time.readings()[0]
    ish = _ISH.match(text, time.end)
    end = ish.end() if ish else time.end
    if ish or "ish" in text[time.start : time.end]:
        kind, start = "about", min(start, time.start)
    widths = {"about": (_ABOUT, _ABOUT), "justafter": (0.0, _JUST), "justbefore": (_JUST, 0.0)}
    if kind in widths:
        return _Read(_around(hours, hours, *widths[kind]), start, end, "clock_about", 0.85 * confidence)
    if kind in ("after", "before"):
        late = 24.0 if kind == "before" and hours == 0 else hours
        width = (0.0, _OPEN) if kind == "after" else (_OPEN, 0.0)
        return _Read(_around(late, late, *width), start, end, "clock_open", 0.85 * confidence)
    return _Read((_round(hours), _round(hours)), time.start, end, "clock_time", confidence)


def _read_range(text: str, first: Time, last: Time, kind: str | None, lenient: bool) -> _Read | None:
    known = first.half is not None or last.half is not None
    if not known:
        half = _half_nearby(text, last) or _half_nearby(text, first)
        if half is not None:
            last, known = replace(last, half=half), True
        elif lenient or (first.plainly and last.plainly and text[first.start].isdigit()):
            first, last = replace(first, half="24"), replace(last, half="24")
        else:
            return None
    hours = _range(first, last)
    if kind == "about":
        return _Read(_around(*hours, _ABOUT, _ABOUT), first.start, last.end, "clock_about", 0.85)
    return _Read(hours, first.start, last.end, "clock_range", 0.95 if known else 0.6)


def _part(text: str, position: int, lenient: bool) -> _Read | None:
    found = PART.match(text, position)
    if found is None or _PART_NO.match(text, found.end()):
        return None
    if not lenient and not _PART_CUE.search(text[max(0, position - 15) : position]):
        return None
    key = part_key(found["part"])
    hours = part_hours(key)
    last = _TO.match(text, found.end())
    other = PART.match(text, last.end()) if last else None
    end = found.end()
    if other is not None:
        hours, end = (hours[0], part_hours(part_key(other["part"]))[1]), other.end()
    return _Read(hours, position, end, "day_part", 0.7)


def scan(words: str, lenient: bool = False) -> list[Finding]:
    """Clock findings in `words`, in order; `lenient` for a field that holds times and little else, where figures
    such as "9.30" or "2130" need no "at", "pm" or "hrs"."""
    text = plain(words)
    found: list[Finding] = []
    done = 0
    for anchor in _ANCHOR.finditer(text):
        position = anchor.start()
        if position < done:
            continue
        if text[position].isdigit():
            read = _time(text, position, lenient) if anchor.end() - position in (1, 2, 4) else None
        else:
            read = _time(text, position, lenient) or _part(text, position, lenient)
        if read is None:
            continue
        start = max(read.start, done)
        if of_the_report(text, done, start, read.end):
            found.append(Finding("clock", read.hours, start, read.end, "clock_of_report", 0.3))
        else:
            found.append(Finding("clock", read.hours, start, read.end, read.rule, read.confidence))
        done = read.end
    return found


def find(text: str) -> list[Finding]:
    """Times and parts of the day in a free text, field "clock", value (hour_min, hour_max), in order.

    Rule "clock_of_report" (confidence .3 [G]) marks the time at which somebody reported.
    """
    return scan(text)


@lru_cache(maxsize=16384)
def normalise(words: str) -> Hours | None:
    """Hours (hour_min, hour_max), 0 to 24, that a field's words name; None when there is no clock time in them.

    Of several the most exact is taken. "9 o'clock" without a half of the day is None: it can be either.
    """
    best = most_exact(scan(words, lenient=True))
    return best.value if best else None


def most_exact(findings: list[Finding]) -> Finding | None:
    """The finding with the narrowest kind of rule; of equals the first. Times of the report are left out."""
    usable = [finding for finding in findings if finding.rule in _RANK]
    return min(usable, key=lambda finding: (_RANK[finding.rule], finding.start), default=None)
