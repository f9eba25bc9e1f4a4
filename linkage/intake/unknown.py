"""Values that only say that nothing is known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

_NOT_KNOWN = frozenset((
    "", "nan", "none", "null", "nil", "n/a", "na", "n.a.", "n/k", "nk", "unknown", "not known", "unk", "-", "--",
    "---", "–", "—", "?", "??", "???", "not recorded", "not stated", "not given", "not specified",
    "unspecified", ".", "..",
    "not provided", "tbc", "nat", "#n/a", "<na>", "undefined", "don't know", "dont know", "dk", "not applicable",
    "missing",
))  # fmt: skip
_LONG_NOT_KNOWN = tuple(sorted(words for words in _NOT_KNOWN if len(words) > 7))


def is_unknown(value: Any) -> bool:
    """Whether a value only says that nothing is known: None, NaN, blank, "n/a", "not known", an empty list."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    if isinstance(value, str):
        return len(value) < 20 and _says_unknown(value.strip().lower())
    if isinstance(value, list | tuple):
        return all(is_unknown(item) for item in value)
    return isinstance(value, Mapping) and not value


@lru_cache(maxsize=65_536)
def _says_unknown(words: str) -> bool:
    """Whether words are one of those that say that nothing is known, one of the longer ones with slips of the pen."""
    if words in _NOT_KNOWN:
        return True
    slips = 2 if words.startswith("unk") else 1
    return (len(words) > 5 and words[0] in "un" and OSA.distance(words, "unknown", score_cutoff=slips) <= slips) or (
        len(words) > 7 and any(OSA.distance(words, known, score_cutoff=1) <= 1 for known in _LONG_NOT_KNOWN)
    )
