"""Clock times of an incident in decimal hours, 0 to 24; the last hour is below the first across midnight.

Widths put around vague words are guesses [G]: "about 3am" half an hour either side, "after 10pm" the two hours
that follow, "before midnight" the two before, "just after" half an hour, "gone midnight" an hour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from linkage.intake.facts.clock_cues import (
    BEFORE_ENDS,
    BEFORE_WORD,
    ISH,
    admissible,
    arrival,
    glued,
    half_nearby,
    has_minutes,
    strong,
)
from linkage.intake.facts.clock_grammar import (
    PART,
    PAST_THE_SAME_HOUR,
    SPREAD_PART,
    Time,
    minutes_of,
    part_hours,
    part_key,
    time_at,
)
from linkage.intake.facts.date_words import plain, runs
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.reporting import of_the_contact, of_the_report
from linkage.intake.patterns import compiled

Hours = tuple[float, float]

_ABOUT, _OPEN, _JUST, _GONE = 0.5, 2.0, 0.5, 1.0  # [G] hours, see above
_NEXT = 60  # [G] characters within which a bare hour of arrival follows a time said before
_ANCHORS = frozenset(
    (
        *("midnight", "midnite", "nite", "morn", "mornin", "eve", "evenin", "noon", "midday"),
        *("half", "quarter", "twenty", "five", "ten", "one", "two", "three", "four"),
        *("six", "seven", "eight", "nine", "eleven", "twelve", "early", "late", "mid"),
        *("middle", "first", "small", "wee", "dead", "morning", "afternoon", "evening", "night"),
        *("nighttime", "overnight", "tonight", "lunchtime", "lunch", "dinner", "dinnertime", "teatime", "tea"),
        *("daybreak", "dawn", "dusk", "sunrise", "sunset", "nightfall", "closing", "chucking", "kicking"),
        "pub",
    )
)
"""Words at which a time may begin, as it may at any figures."""
_IN_A_WORD = frozenset("0123456789_")
_TO = compiled(
    r"(?:(?<=m)\.)?\s*(?:-+|/|&|to|until|till|til|and|n|or|or\s+maybe)\s*(?:about\s+|around\s+|"
    r"approx(?:imately)?\.?\s+|at\s+)?"
)
_DAY_BETWEEN = compiled(
    r"\s*,?\s*(?:on\s+)?(?:the\s+)?(?:(?:\w+day|[0-9]{1,2}(?:st|nd|rd|th)?|of|[a-z]{3,9}|(?:19|"
    r"20)[0-9]{2})[\s,]+){1,5}"
    r"(?:and|to|until|till)\s+(?:about\s+|around\s+)?"
)
_PART_CUE = compiled(
    r"(?:\b(?:in|that|this|at|on|about|around|approx|after|before|until|till|since|from|last|the|yesterday|next|"
    r"during|every|same|by|of|day|\w+day)|[0-9][a-z]{0,2}|[,.;:(])\s*$|^\s*$"
)
_BARE_COUNT = compiled(r"(?:one|two|three|four|five|six)\s+(?:last\s+night|tonight)\b")
"""How many, not when, unless a word such as "at" stands before: "had one last night"."""
_PART_NO = compiled(r"\s*(?:time\s+economy|clubs?|shelter|bus|dress|wear|gown|before\s+last|shift)\b")
_RANK = {"clock_time": 0, "clock_range": 0, "clock_about": 1, "clock_open": 2, "clock_of_contact": 3, "day_part": 4}
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


def _range(first: Time, last: Time) -> Hours:
    """The reading of both ends with the shortest way forward from one to the other; of equals, the literal one."""
    ends = [24.0 if last.word and "midn" in last.word else end for end in last.readings()]
    pairs = [(start, end) for start in first.readings() for end in ends]
    start, end = min(pairs, key=lambda pair: ((pair[1] - pair[0]) % 24 or 24, pair))
    return _round(start), _round(end)


def _past_the_hour(text: str, first: Time) -> Time | None:
    """The second end of "between ten and half past": minutes past the hour of the first."""
    join = _TO.match(text, first.end)
    past = PAST_THE_SAME_HOUR.match(text, join.end()) if join and join.end() > first.end else None
    minute = minutes_of(past["pm"]) if past else 60
    return (
        replace(first, start=past.start(), end=past.end(), minute=minute, plainly=True)
        if past and minute < 60
        else None
    )


def _second(text: str, first: Time) -> Time | None:
    join = _TO.match(text, first.end)
    if join is None or join.end() == first.end:
        join = _DAY_BETWEEN.match(text, first.end) if strong(first) else None
        last = time_at(text, join.end()) if join else None
        return last if last is not None and strong(last) else None
    last = time_at(text, join.end()) or _past_the_hour(text, first)
    return None if last is None or (last.four and not first.plainly and not first.four) else last


def _time(text: str, position: int, lenient: bool) -> _Read | None:
    first = time_at(text, position)
    if first is None or glued(text, position):
        return None
    before = text[max(0, position - 30) : position]
    worth_a_search = ":" in before or before.rstrip().endswith(BEFORE_ENDS)
    word = BEFORE_WORD.search(before) if worth_a_search else None
    kind = word.lastgroup if word else None
    last = _second(text, first)
    if last is not None and _is_range(text, first, last, lenient):
        return _read_range(text, first, last, kind, lenient)
    if not admissible(text, first, kind, lenient) or (kind is None and _BARE_COUNT.match(text, position)):
        return None
    known = first.half is not None
    if first.half is None:
        half = half_nearby(text, first)
        if half is None and not text[position].isdigit():
            return None
        first, known = replace(first, half=half or "24"), half is not None
    start = position - len(word.group()) if word and kind != "cue" else position
    return _widened(text, first, kind, start, 0.9 if known else 0.6)


def _is_range(text: str, first: Time, last: Time, lenient: bool) -> bool:
    if first.four and ":" in text[last.start : last.end]:
        return False  # "8 Feb 2018 - 20:15" is a year and a time
    if strong(first) or strong(last):
        return True
    figures = has_minutes(text, first) and has_minutes(text, last)
    if first.four and last.four and last.start - first.end <= len(" and ") and _of_the_clock(first, last):
        return True
    return (figures and (lenient or not first.four)) or (lenient and admissible(text, first, None, lenient))


def _of_the_clock(first: Time, last: Time) -> bool:
    """Whether two times of four figures cannot be years: one of them starts with 0 or is past 2100."""
    return min(first.hour, last.hour) < 19 or max(first.hour, last.hour) > 20


def _widened(text: str, time: Time, kind: str | None, start: int, confidence: float) -> _Read:
    hours = time.readings()[0]
    ish = ISH.match(text, time.end)
    end = ish.end() if ish else time.end
    if ish or "ish" in text[time.start : time.end]:
        kind, start = "about", min(start, time.start)
    widths = {"about": (_ABOUT, _ABOUT), "justafter": (0.0, _JUST), "justbefore": (_JUST, 0.0), "gone": (0.0, _GONE)}
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
        half = half_nearby(text, last) or half_nearby(text, first)
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
    found = SPREAD_PART.match(text, position) or PART.match(text, position)
    if found is None or _PART_NO.match(text, found.end()):
        return None
    if not lenient and not _PART_CUE.search(text[max(0, position - 15) : position]):
        return None
    end = found.groupdict().get("end")
    key = part_key(f"{end} {found['part']}" if end else found["part"])
    hours = part_hours(key)
    last = _TO.match(text, found.end())
    other = PART.match(text, last.end()) if last else None
    if other is not None:
        return _Read((hours[0], part_hours(part_key(other["part"]))[1]), position, other.end(), "day_part", 0.7)
    return _Read(hours, position, found.end(), "day_part", 0.7)


def _arrival(text: str, position: int, said: Finding) -> _Read | None:
    """ "He rang about 4 in the afternoon and turned up at 5": an hour that follows a time said just before."""
    time = time_at(text, position)
    if said.rule == "day_part" or time is None or position - said.end > _NEXT or not arrival(text, time):
        return None
    hours = min(time.readings(), key=lambda hour: (hour - said.value[1]) % 24)
    return _Read((_round(hours), _round(hours)), position, time.end, "clock_time", 0.7)


def _stands_alone(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] not in _IN_A_WORD and text[end : end + 1] not in _IN_A_WORD


def scan(words: str, lenient: bool = False) -> list[Finding]:
    """Clock findings in `words`, in order; `lenient` for a field that holds times and little else, where figures
    such as "9.30" or "2130" need no "at", "pm" or "hrs"."""
    text = plain(words)
    found: list[Finding] = []
    done = 0
    for word, position, _ in runs(text, _ANCHORS):
        if position < done:
            continue
        if word[0] <= "9":
            read = _time(text, position, lenient) if len(word) in (1, 2, 3, 4) else None
        elif word not in _ANCHORS or not _stands_alone(text, position, position + len(word)):
            continue
        else:
            read = _time(text, position, lenient) or _part(text, position, lenient)
        if read is None and found and not lenient:
            read = _arrival(text, position, found[-1])
        if read is None:
            continue
        start = max(read.start, done)
        rule, confidence = read.rule, read.confidence
        if not lenient and of_the_report(text, done, start, read.end):
            rule, confidence = "clock_of_report", 0.3
        elif not lenient and rule != "day_part" and of_the_contact(text, done, start):
            rule, confidence = "clock_of_contact", min(confidence, 0.6)
        found.append(Finding("clock", read.hours, start, read.end, rule, confidence))
        done = read.end
    return found


def find(text: str) -> list[Finding]:
    """Times and parts of the day in a free text, field "clock", value (hour_min, hour_max), in order.

    Rule "clock_of_report" (confidence .3 [G]) marks the time at which somebody reported, "clock_of_contact" (.6 [G])
    that at which the reported person rang or wrote.
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
