"""A text in lower case, to look for a word in it at once before a pattern that ignores case is tried."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_OTHER_CASES = frozenset("\u017f\u0131\u0130\u212a")
"""Letters that `re.IGNORECASE` takes for s, i and k although they are not these in lower case."""


@lru_cache(maxsize=32)
def lowered(text: str) -> str | None:
    """`text` in lower case, as long as before: a lower-case pattern finds in it what it would find in `text` ignoring
    case. None where a rare letter keeps that from being so."""
    low = text.lower()
    return low if len(low) == len(text) and _OTHER_CASES.isdisjoint(text) else None


def may_hold(text: str, words: Iterable[str]) -> bool:
    """Whether a pattern that ignores case and needs one of the lower-case `words` may find something in `text`."""
    low = lowered(text)
    return low is None or any(word in low for word in words)
