"""Numbers written as words, one .. ninety-nine."""

from __future__ import annotations

import re
from functools import lru_cache

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
