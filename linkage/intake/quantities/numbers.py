"""Numbers written as words, one .. ninety-nine, and the words round a number that make it vague or open: "about",
"or so", "at least", "not much over"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from linkage.intake.document.context_phrases import phrases_of
from linkage.vocabulary import load

_UNITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_TEENS = {"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16}
_TEENS |= {"seventeen": 17, "eighteen": 18, "nineteen": 19}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
TENS |= {"eighty": 80, "ninety": 90}

NUMBER_WORDS = (*_UNITS, *_TEENS, *TENS)
UNIT_WORD = rf"(?:{'|'.join(_UNITS)})"
"""Regex for one .. nine."""
SMALL_WORD = rf"(?:{'|'.join(_UNITS)}|ten|eleven)"
"""Regex for one .. eleven: inches."""
TWO_DIGIT_WORD = rf"(?:(?:{'|'.join(TENS)})(?:[\s-]?{UNIT_WORD}\b)?|(?:{'|'.join(reversed(_TEENS))}))"
"""Regex for ten .. ninety-nine."""


@lru_cache(maxsize=1024)
def number(words: str) -> int:
    """Value of digits or of words one .. ninety-nine; 0 when it is neither."""
    if re.fullmatch(r"\d+", words):
        return int(words)
    parts = re.findall(r"[a-z]+?(?=ty)ty|[a-z]+", words)
    known = _UNITS | _TEENS | TENS
    return sum(known.get(part, 0) for part in parts)


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
