"""Clock times of an incident in decimal hours, 0 to 24; the last hour is below the first across midnight.

Widths put around vague words are guesses [G]: "about 3am" half an hour either side, "after 10pm" the two hours
that follow, "before midnight" the two before, "just after" half an hour, "gone midnight" an hour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from linkage.intake.finding import Finding
from linkage.intake.values.times.clock_grammar import Time, half_of, past_the_hour, time_at
from linkage.intake.values.times.time_words import PARTS, Line, around, kinds, line_of, of_the_report, rule

Hours = tuple[float, float]

_WIDTHS = {
    "about": (0.5, 0.5),
    "justafter": (0.0, 0.5),
    "justbefore": (0.5, 0.0),
    "gone": (0.0, 1.0),
    "after": (0.0, 2.0),
    "before": (2.0, 0.0),
}
"""Hours before and after a time that a word before it gives [G], see above."""
_RANK = {"clock_time": 0, "clock_range": 0, "clock_about": 1, "clock_open": 2, "day_part": 3}
EXACT = frozenset({"clock_time", "clock_range"})
"""Rules whose hours are as said, without a width put around them."""
_CONTEXT = 90
"""Characters in which "evening" or "night" tells the half of the day of a bare "9.30" [G]."""
_YEARS = (19, 20)
"""The first two of four figures that are more likely a year."""
_FIRST = rule("any_fig|number|minutes|half|spot|dark|stretch")
_WORDS_OF_COUNT, _PARTS_OF_DAY = kinds("number minutes half"), kinds("dark stretch")
_FIGURES, _DARK, _LIGHT = kinds("any_fig"), kinds("dark"), kinds("daylight")
_STOPS = frozenset("!?;\n")


@dataclass(frozen=True, slots=True)
class _Read:
    """Hours read at line.kinds[first:last]."""

    hours: Hours
    first: int
    last: int
    rule: str
    confidence: float


def _around(low: float, high: float, cue: str | None = None) -> Hours:
    """Hours from `low` to `high` with the width that a word gives."""
    before, after = _WIDTHS.get(cue or "", (0.0, 0.0))
    last = high + after
    return round((low - before) % 24, 4), round(last if last <= 24 else last - 24, 4)


def _before(line: Line, name: str, place: int, most: int) -> bool:
    """Whether words of `time_rules.toml` stand right before a place of the line."""
    return around(name).search(line.kinds, max(0, place - most), place) is not None


def _range(first: Time, last: Time) -> Hours:
    """The reading of both ends with the shortest way forward from one to the other; of equals, the literal one."""
    ends = [24.0] if last.midnight else last.readings()
    pairs = [(start, end) for start in first.readings() for end in ends]
    return min(pairs, key=lambda pair: ((pair[1] - pair[0]) % 24 or 24, pair))


def _second(line: Line, first: Time) -> Time | None:
    """The other end of a range that `first` opens."""
    join = around("other_end").match(line.kinds, first.last)
    if join is None:
        join = around("other_end_on_a_day").match(line.kinds, first.last) if first.strong else None
        last = time_at(line, join.end()) if join else None
        return last if last is not None and last.strong else None
    last = time_at(line, join.end())
    if last is None and (past := past_the_hour(line, join.end())):
        last = replace(first, first=join.end(), last=past[1], minute=past[0], plainly=True)
    return None if last is None or (last.four and not first.plainly and not first.four) else last


def _time(line: Line, place: int, lenient: bool) -> _Read | None:
    first = time_at(line, place)
    before = line.kinds[max(0, place - 2) : place]
    behind_figures = len(before) == 2 and before[1] in "./:-'" and before[0] in _FIGURES  # "30.9", "2009-09"
    if first is None or (line.kinds[place] in _FIGURES and behind_figures):
        return None
    found = around("cue_before").search(line.kinds, max(0, place - 6), place)
    cue, start = (found.lastgroup, found.start()) if found else (None, place)
    last = _second(line, first)
    if last is not None and _is_range(line, first, last, lenient):
        return _read_range(line, first, last, cue, lenient)
    one_of_many = cue is None and first.hour == 1 and around("count_of_one").match(line.kinds, place)
    if one_of_many or not _admissible(line, first, cue, lenient):
        return None
    half = first.half or _half_nearby(line, first)
    if half is None and line.kinds[place] in _WORDS_OF_COUNT:
        return None
    first = replace(first, half=half or "24")
    return _widened(line, first, cue, place if cue == "cue" else start, 0.9 if half else 0.6)


def _is_range(line: Line, first: Time, last: Time, lenient: bool) -> bool:
    if first.four and ":" in line.kinds[last.first : last.last]:
        return False  # "8 Feb 2018 - 20:15" is a year and a time
    hours = (first.hour, last.hour)
    no_years = first.four and last.four and (min(hours) < 19 or max(hours) > 20)
    return (
        first.strong
        or last.strong
        or (no_years and last.first - first.last <= len(" to "))
        or (first.timed and last.timed and (lenient or not first.four))
        or (lenient and _admissible(line, first, None, lenient))
    )


def _widened(line: Line, time: Time, cue: str | None, start: int, confidence: float) -> _Read:
    hours, last = time.readings()[0], time.last
    behind = around("roughly_behind").match(line.kinds, last)
    if behind or time.rough:
        cue, last = "about", behind.end() if behind else last
    if cue not in _WIDTHS:
        return _Read(_around(hours, hours), time.first, last, "clock_time", confidence)
    kind = "clock_open" if cue in ("after", "before") else "clock_about"
    late = 24.0 if cue == "before" and hours == 0 else hours
    return _Read(_around(late, late, cue), start, last, kind, 0.85 * confidence)


def _read_range(line: Line, first: Time, last: Time, cue: str | None, lenient: bool) -> _Read | None:
    known = first.half is not None or last.half is not None
    if not known:
        half = _half_nearby(line, last) or _half_nearby(line, first)
        plainly = first.plainly and last.plainly and line.kinds[first.first] not in _WORDS_OF_COUNT
        if half is not None:
            last, known = replace(last, half=half), True
        elif lenient or plainly:
            first, last = replace(first, half="24"), replace(last, half="24")
        else:
            return None
    low, high = _range(first, last)
    if cue == "about":
        return _Read(_around(low, high, cue), first.first, last.last, "clock_about", 0.85)
    return _Read((round(low, 4), round(high, 4)), first.first, last.last, "clock_range", 0.95 if known else 0.6)


def _half_nearby(line: Line, time: Time) -> str | None:
    """The half of the day that "evening", "night" ... in the same sentence gives to a bare time."""
    start, end = line.span(time.first, time.last)
    before, behind = line.places[time.first] - 1, line.places[time.last - 1] + 1
    for places in (range(before, -1, -1), range(behind, len(line.words))):
        for at in places:
            word = line.words[at]
            if start - word.start > _CONTEXT or word.end - end > _CONTEXT or _ends_sentence(line, at):
                break
            nights = word.value == "night" and at != behind  # "two nights" is a count
            if word.kind in _LIGHT or word.kind in _DARK or nights:
                return "day" if word.kind in _LIGHT else half_of(str(word.value))
    return None


def _ends_sentence(line: Line, at: int) -> bool:
    """Whether a word ends a sentence; a point before figures may be one within a time."""
    if line.words[at].kind != ".":
        return line.words[at].kind in _STOPS
    return at + 1 >= len(line.words) or line.words[at + 1].kind not in _FIGURES


def _admissible(line: Line, time: Time, cue: str | None, lenient: bool) -> bool:
    """Whether figures or words that may be a time are one here; in free text they need a cue, "pm", ":" or "hrs"."""
    if time.strong:
        return True
    if lenient:
        alone = around("hours_alone").match(line.kinds) is not None
        return time.timed or alone or _half_nearby(line, time) is not None
    if time.four:
        return _four_figures(line, time, cue)
    cued = cue in ("cue", "about")
    beside_part = 1 <= time.hour <= 12 and _before(line, "part_of_day_before", time.first, 24)
    if beside_part and (cued or time.minute > 0 or time.rough):
        return True  # "last night at 11", "Friday night, 9ish"
    if cued and time.minute == 30 and line.kinds[time.first] not in _FIGURES:
        return _half_nearby(line, time) is not None  # "at half eleven on the night of ..."
    opens, closes = _before(line, "sentence_before", time.first, 2), around("sentence_behind")
    sentence = opens and closes.match(line.kinds, time.last)
    timed = time.timed and (cued or bool(sentence or around("day_behind").match(line.kinds, time.last)))
    feet = time.hour in (4, 5, 6) and time.minute < 12 and not _begins_with_zero(line, time)
    return timed and not (feet and _half_nearby(line, time) is None)  # "about 5.10, slim"


def _four_figures(line: Line, time: Time, cue: str | None) -> bool:
    """Whether four figures without "hrs" are a time: "at 2130", "approx. 1800", or "0345" between two stops."""
    if cue == "cue":
        return line.words[line.places[time.first] - 1].value != "between"
    zero, year = _begins_with_zero(line, time), time.hour in _YEARS
    if time.rough or (cue == "about" and (zero or not year)):
        return True
    day = around("day_behind").match(line.kinds, time.last) or _before(line, "day_right_before", time.first, 4)
    between_signs = _before(line, "sign_before", time.first, 2) and around("sign_behind").match(line.kinds, time.last)
    return not year and bool(day or (zero and between_signs))


def _begins_with_zero(line: Line, time: Time) -> bool:
    return line.text[line.span(time.first, time.last)[0]] == "0"


def part_hours(line: Line, place: int) -> tuple[Hours, int] | None:
    """First and last hour of the part of the day said at a place of the line, from `day_parts.toml`, and its end."""
    found = around("part_of_day").match(line.kinds, place)
    if found is None:
        return None
    part = str(line.value(found, "part") or line.value(found, "part2"))
    if found["end"]:
        part = f"{line.value(found, 'end')}_{part}"
    low, high = PARTS.entries[part if part in PARTS.entries else "night"].data["hours"]
    return (float(low), float(high)), found.end()


def _part(line: Line, place: int, lenient: bool) -> _Read | None:
    said = part_hours(line, place)
    if said is None or not (lenient or _before(line, "cue_of_part", place, 4)):
        return None
    (low, high), end = said
    join = around("other_end").match(line.kinds, end)
    if join and (other := part_hours(line, join.end())):
        (_, high), end = other
    return _Read((low, high), place, end, "day_part", 0.7)


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
