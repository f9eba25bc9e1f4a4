"""Clock times of an incident in decimal hours, 0 to 24; the last hour is below the first across midnight.

Widths put around vague words are guesses [G]: "about 3am" half an hour either side, "after 10pm" the two hours
that follow, "before midnight" the two before, "just after" half an hour, "gone midnight" an hour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from linkage.intake.facts.clock_cues import admissible, cue_before, glued, half_nearby
from linkage.intake.facts.clock_grammar import Time, past_the_hour, time_at
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.reporting import of_the_report
from linkage.intake.facts.time_words import PARTS, Line, kinds, line_of, rule

Hours = tuple[float, float]

_ABOUT, _OPEN, _JUST, _GONE = 0.5, 2.0, 0.5, 1.0  # [G] hours, see above
_WIDTHS = {
    "about": (_ABOUT, _ABOUT),
    "justafter": (0.0, _JUST),
    "justbefore": (_JUST, 0.0),
    "gone": (0.0, _GONE),
    "after": (0.0, _OPEN),
    "before": (_OPEN, 0.0),
}
_FIRST = rule("any_fig|number|minutes|half|spot|dark|stretch")
_TO = rule("[.]? (-+|/|to|till|and|or) ((roughly|at) )*")
_DAY_BETWEEN = rule(" [,]? (on)? (the)? ((wd|fig( th)?|of|month|may|yyyy)[,]* ){1,5}(and|to|till) (roughly )?")
_PART = rule("<end=stretch> (on|in)? (wd|relday|that|this|last|nearby|the) <part=part>|<part2=dark>")
_PART_CUE = rule(
    "(^|in|that|this|at|on|roughly|justafter|justbefore|after|before|till|since|from|last|the|relday|nearby|of|unit|"
    "wd|fixed|any_fig( th)?|ampm|hrs|[,.;:(\\n]) ?$"
)
_BARE_COUNT = rule("(number|d1) (last dark|tonight)")
"""How many, not when, unless a word such as "at" stands before: "had one last night"."""
_ROUGHLY_BEHIND = rule(" [(]?(-?ish|approx)[)]?")
_RANK = {"clock_time": 0, "clock_range": 0, "clock_about": 1, "clock_open": 2, "day_part": 3}
EXACT = frozenset({"clock_time", "clock_range"})
"""Rules whose hours are as said, without a width put around them."""
_WORDS_OF_COUNT, _PARTS_OF_DAY = kinds("number minutes half"), kinds("dark stretch")


@dataclass(frozen=True, slots=True)
class _Read:
    """Hours read at line.kinds[first:last]."""

    hours: Hours
    first: int
    last: int
    rule: str
    confidence: float


def _round(hours: float) -> float:
    return round(hours, 4)


def _around(low: float, high: float, before: float, after: float) -> Hours:
    first, last = low - before, high + after
    return _round(first % 24), _round(last if last <= 24 else last - 24)


def _range(first: Time, last: Time) -> Hours:
    """The reading of both ends with the shortest way forward from one to the other; of equals, the literal one."""
    ends = [24.0] if last.midnight else last.readings()
    pairs = [(start, end) for start in first.readings() for end in ends]
    start, end = min(pairs, key=lambda pair: ((pair[1] - pair[0]) % 24 or 24, pair))
    return _round(start), _round(end)


def _second(line: Line, first: Time) -> Time | None:
    """The other end of a range that `first` opens."""
    join = _TO.match(line.kinds, first.last)
    if join is None:
        join = _DAY_BETWEEN.match(line.kinds, first.last) if first.strong else None
        last = time_at(line, join.end()) if join else None
        return last if last is not None and last.strong else None
    last = time_at(line, join.end())
    if last is None and (past := past_the_hour(line, join.end())):
        last = replace(first, first=join.end(), last=past[1], minute=past[0], plainly=True)
    return None if last is None or (last.four and not first.plainly and not first.four) else last


def _time(line: Line, place: int, lenient: bool) -> _Read | None:
    first = time_at(line, place)
    if first is None or glued(line, place):
        return None
    cue, start = cue_before(line, place)
    last = _second(line, first)
    if last is not None and _is_range(line, first, last, lenient):
        return _read_range(line, first, last, cue, lenient)
    if not admissible(line, first, cue, lenient) or (
        cue is None and first.hour == 1 and _BARE_COUNT.match(line.kinds, place)
    ):
        return None
    known = first.half is not None
    if first.half is None:
        half = half_nearby(line, first)
        if half is None and line.kinds[place] in _WORDS_OF_COUNT:
            return None
        first, known = replace(first, half=half or "24"), half is not None
    return _widened(line, first, cue, place if cue == "cue" else start, 0.9 if known else 0.6)


def _is_range(line: Line, first: Time, last: Time, lenient: bool) -> bool:
    if first.four and ":" in line.kinds[last.first : last.last]:
        return False  # "8 Feb 2018 - 20:15" is a year and a time
    if first.strong or last.strong:
        return True
    if first.four and last.four and last.first - first.last <= len(" to ") and _of_the_clock(first, last):
        return True
    if first.timed and last.timed and (lenient or not first.four):
        return True
    return lenient and admissible(line, first, None, lenient)


def _of_the_clock(first: Time, last: Time) -> bool:
    """Whether two times of four figures cannot be years: one of them starts with 0 or is past 2100."""
    return min(first.hour, last.hour) < 19 or max(first.hour, last.hour) > 20


def _widened(line: Line, time: Time, cue: str | None, start: int, confidence: float) -> _Read:
    hours, last = time.readings()[0], time.last
    behind = _ROUGHLY_BEHIND.match(line.kinds, last)
    if behind or time.rough:
        cue, last = "about", behind.end() if behind else last
    if cue not in _WIDTHS:
        return _Read((_round(hours), _round(hours)), time.first, last, "clock_time", confidence)
    kind = "clock_open" if cue in ("after", "before") else "clock_about"
    late = 24.0 if cue == "before" and hours == 0 else hours
    return _Read(_around(late, late, *_WIDTHS[cue]), start, last, kind, 0.85 * confidence)


def _read_range(line: Line, first: Time, last: Time, cue: str | None, lenient: bool) -> _Read | None:
    known = first.half is not None or last.half is not None
    if not known:
        half = half_nearby(line, last) or half_nearby(line, first)
        if half is not None:
            last, known = replace(last, half=half), True
        elif lenient or (first.plainly and last.plainly and line.kinds[first.first] not in _WORDS_OF_COUNT):
            first, last = replace(first, half="24"), replace(last, half="24")
        else:
            return None
    hours = _range(first, last)
    if cue == "about":
        return _Read(_around(*hours, _ABOUT, _ABOUT), first.first, last.last, "clock_about", 0.85)
    return _Read(hours, first.first, last.last, "clock_range", 0.95 if known else 0.6)


def part_hours(line: Line, place: int) -> tuple[Hours, int] | None:
    """First and last hour of the part of the day said at a place of the line, from `day_parts.toml`, and its end."""
    found = _PART.match(line.kinds, place)
    if found is None:
        return None
    part = str(line.value(found, "part") or line.value(found, "part2"))
    if found["end"]:
        part = f"{line.value(found, 'end')}_{part}"
    low, high = PARTS.entries[part if part in PARTS.entries else "night"].data["hours"]
    return (float(low), float(high)), found.end()


def _part(line: Line, place: int, lenient: bool) -> _Read | None:
    said = part_hours(line, place)
    if said is None:
        return None
    if not lenient and not _PART_CUE.search(line.kinds, max(0, place - 4), place):
        return None
    (low, high), end = said
    join = _TO.match(line.kinds, end)
    other = part_hours(line, join.end()) if join else None
    return _Read((low, other[0][1]) if other else (low, high), place, other[1] if other else end, "day_part", 0.7)


def find(words: str, lenient: bool = False) -> list[Finding]:
    """Times and parts of the day in `words`, field "clock", value (hour_min, hour_max), in order.

    `lenient` for a field that holds times and little else, where figures such as "9.30" or "2130" need no "at", "pm"
    or "hrs". Rule "clock_of_report" (confidence .3 [G]) marks the time at which somebody reported.
    """
    line = line_of(words)
    found: list[Finding] = []
    done = at = 0
    while anchor := _FIRST.search(line.kinds, at):
        place, at = anchor.start(), anchor.end()
        read = (_part if anchor[0] in _PARTS_OF_DAY else _time)(line, place, lenient)
        if read is None:
            continue
        start, end = line.span(read.first, read.last)
        start, at = max(start, done), read.last
        kind, confidence = read.rule, read.confidence
        if not lenient and of_the_report(line.text, done, start, end):
            kind, confidence = "clock_of_report", 0.3
        found.append(Finding("clock", read.hours, start, end, kind, confidence))
        done = end
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
