"""Numbers as people say them: words for numbers, hedges ("about", "or so"), years of a life, lengths of a body.

Years and lengths are found and read in `plain` text; whether a number is somebody's age or height is not asked here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from linkage.intake.document.tokens import phrases_of
from linkage.intake.patterns import PatternTable
from linkage.vocabulary import load

_SAID = PatternTable("quantities")
_DECADES, _PHASES = _SAID.rows["decades"], _SAID.rows["phases"]
_VALUES: dict[str, int] = _SAID.rows["one_to_nine"] | _SAID.rows["ten_to_nineteen"] | _SAID.rows["tens"]


@lru_cache(maxsize=1024)
def number(words: str) -> int:
    """Value of digits or of words one .. ninety-nine; 0 when it is neither."""
    if re.fullmatch(r"\d+", words):
        return int(words)
    parts = re.findall(r"[a-z]+?(?=ty)ty|[a-z]+", words)
    return sum(_VALUES.get(part, 0) for part in parts)


@cache
def _hedges(context: str) -> dict[str, list[tuple[list[str], str]]]:
    """The hedges of a context and of any number, by their first word."""
    kinds = load("hedges").entries  # other rows of a context tell what stands round a number
    found: dict[str, list[tuple[list[str], str]]] = {}
    for name in (context, "hedges"):
        for side in ("before", "behind"):
            for phrases in phrases_of(name, side).values():
                for phrase, kind in phrases:
                    if kind in kinds:
                        found.setdefault(phrase[0], []).append((phrase, kind))
    return found


def hedge_kinds(words: Sequence[str], context: str = "hedges") -> frozenset[str]:
    """The kinds of hedges anywhere in some words; one within a longer one is none of its own."""
    told: set[str] = set()
    at = 0
    while at < len(words):
        here = (one for one in _hedges(context).get(words[at], ()) if words[at : at + len(one[0])] == one[0])
        phrase, kind = max(here, key=lambda one: len(one[0]), default=([], ""))
        told.add(kind)
        at += max(1, len(phrase))
    return frozenset(told - {""})


Bounds = tuple[float | None, float | None]


def hedged(low: float, high: float, told: frozenset[str], about: float, little: float) -> Bounds:
    """A range opened or widened by the kinds of hedges `told`: by `about` either way, by `little` to one side."""
    if "little_over" in told or {"little", "over"} <= told:
        return low, high + little
    if told & {"little_under", "short_of"} or {"little", "under"} <= told:
        return low - little, high
    if "not_much" in told:
        return low - about, high + about
    if "under" in told:
        return None, high
    if "over" in told:
        return low, None
    return (low - about, high + about) if low == high and "about" in told else (low, high)


_YOUNGEST, _OLDEST = 10, 99
"""[G] Numbers outside are not read as the age of a reported person."""


def age_spans(text: str) -> Iterator[tuple[int, int]]:
    """The characters of numbers, or of two that are the ends of a range, that may be an age."""
    return (found.span() for found in _SAID["age_span"].finditer(text))


def ages(text: str, about: int) -> list[tuple[int, int]]:
    """Lowest and highest years of each age in a text; `about` widens a number that is "ish" or "odd"."""
    return [years for found in _SAID["age"].finditer(text) if (years := _years(found, about))]


def _years(found: re.Match[str], about: int) -> tuple[int, int] | None:
    words = found["n"].removesuffix(".0")
    value = _DECADES.get(words) or number(words)
    vague = found["vague"] is not None and _SAID["decade_of"].search(found["vague"]) is not None
    decade = words in _DECADES or bool(found["s"]) or vague
    phases = [_PHASES[phase.removesuffix("ish").removesuffix("-")] for phase in (found["p1"], found["p2"]) if phase]
    if not _YOUNGEST <= value <= _OLDEST:
        return None
    if value % 10 or not (decade or phases):
        spread = about if found["vague"] else 0
        return value - spread, value + spread
    first, years, whole = (0, "teens_of_phase", (13, 19)) if value == 10 else (value, "years_of_phase", (0, 9))
    inside = [_SAID.rows[years][phase] for phase in phases] or [whole]
    return first + inside[0][0], first + inside[-1][1]


_CM_PER_INCH = 2.54
_LOWEST_CM, _HIGHEST_CM = 120, 229
"""[G] Outside, a number is not the height of a reported person."""


def height_spans(text: str) -> Iterator[tuple[int, int]]:
    """The characters of numbers that are written as heights are, with a unit or without; the two ends of a range
    ("5'6-5'8") as one."""
    spans = sorted(one.span() for name in ("length", "may_be_height") for one in _SAID[name].finditer(text))
    at = 0
    while at < len(spans):
        start, end = spans[at]
        at += 1
        while at < len(spans) and (
            spans[at][0] < end or _SAID["height_to_height"].fullmatch(text, end, spans[at][0])
        ):
            end = max(end, spans[at][1])
            at += 1
        yield start, end


def heights(text: str) -> list[tuple[int, int]]:
    """Lowest and highest cm of each length in a text that somebody may be tall; without a unit where none has one."""
    found = [*_SAID["length"].finditer(text)] or _SAID["without_unit"].finditer(text)
    return [(low, high) for low, high in map(_cm, found) if _LOWEST_CM <= low <= high <= _HIGHEST_CM]


def _feet_cm(feet: float, inches: float = 0.0) -> int:
    return round((feet * 12 + inches) * _CM_PER_INCH)


def _cm(found: re.Match[str]) -> tuple[int, int]:
    part = defaultdict(str, {name: words for name, words in found.groupdict().items() if words})
    if part["m"]:
        low, high = (round(float((part[name] or part["m"]).replace(",", ".")) * 100) for name in ("m", "m2"))
        return low, high
    if part["cm"]:
        return int(part["cm"]), max(int(part["cm"]), number(part["cm2"]))
    if whole := number(part["whole"]) * 100 + number(part["rest"]) or _feet_cm(0, number(part["total"])):
        return whole, whole
    if part["low"]:
        return _feet_cm(int(part["low"])), _feet_cm(int(part["high"]))
    inches = 6.0 if part["half"] or part["halffeet"] else number(part["inch"]) + (0.5 if part["frac"] else 0.0)
    feet, last = number(part["feet"]), number(part["inch2"]) or inches
    return _feet_cm(feet, inches), _feet_cm(feet, max(inches, last))
