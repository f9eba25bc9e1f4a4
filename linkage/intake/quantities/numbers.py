"""Numbers written as words, one .. ninety-nine."""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.document.tokens import Token

_UNITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_TEENS = {"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16}
_TEENS |= {"seventeen": 17, "eighteen": 18, "nineteen": 19}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
_TENS |= {"eighty": 80, "ninety": 90}

NUMBER_WORDS = (*_UNITS, *_TEENS, *_TENS)
UNIT_WORD = rf"(?:{'|'.join(_UNITS)})"
"""Regex for one .. nine."""
SMALL_WORD = rf"(?:{'|'.join(_UNITS)}|ten|eleven)"
"""Regex for one .. eleven: inches."""
TWO_DIGIT_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]?{UNIT_WORD}\b)?|(?:{'|'.join(reversed(_TEENS))}))"
"""Regex for ten .. ninety-nine."""


@lru_cache(maxsize=1024)
def number(words: str) -> int:
    """Value of digits or of words one .. ninety-nine; 0 when it is neither."""
    if re.fullmatch(r"\d+", words):
        return int(words)
    parts = re.findall(r"[a-z]+?(?=ty)ty|[a-z]+", words)
    known = _UNITS | _TEENS | _TENS
    return sum(known.get(part, 0) for part in parts)


def number_at(words: tuple[Token, ...], at: int) -> tuple[int, int] | None:
    """The whole number that figures or words give from the token `at` on, and the index behind it."""
    if at >= len(words):
        return None
    said = words[at].low
    if said.isdecimal() and said.isascii():
        return int(said), at + 1
    value = (_UNITS | _TEENS | _TENS).get(said)
    if value is None:
        return None
    unit = at + 1 + (at + 1 < len(words) and words[at + 1].low == "-")
    if said in _TENS and unit < len(words) and words[unit].low in _UNITS:
        return value + _UNITS[words[unit].low], unit + 1
    return value, at + 1
