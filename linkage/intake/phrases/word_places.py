"""The words of a text and where they stand, read once for all grammars that look for words."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from linkage.intake.patterns import compiled

_GAPS = compiled(r"(\W+)")


@lru_cache(maxsize=64)
def words_at(text: str) -> tuple[list[str], list[int]]:
    """The words of a text with a closing empty one, and where each begins; shared, and not to be changed.

    What can only begin with certain words is looked up here in less time than a pattern takes to walk over the text.
    """
    pieces = _GAPS.split(text)
    ends = list(accumulate(map(len, pieces)))
    return [*pieces[::2], ""], [0, *ends[1::2]]


@lru_cache(maxsize=64)
def places_of(text: str) -> dict[str, list[int]]:
    """Each word of `words_at` with its places among them; shared, and not to be changed.

    Which of the words a vocabulary knows is asked of both sets of words at once.
    """
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words_at(text)[0]):
        places.setdefault(word, []).append(at)
    return places
