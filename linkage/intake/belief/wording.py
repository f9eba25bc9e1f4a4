"""The words of a text as models see them: in lower case, a name and a figure as one word each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from linkage.intake.patterns import compiled

_TOKEN = compiled(r"([A-Za-z']+|[0-9]+|[.,;:!?\"“”‘’])")
_OPENS = '"“”‘’:.!?'
"""Behind these a capital letter tells of no name."""
_IS_NAME, _NUMBER = "Name", "0"


@lru_cache(maxsize=8)
def tokens(text: str) -> tuple[tuple[str, int, int], ...]:
    """(word, start, end) of each word and mark of `text`."""
    pieces = _TOKEN.split(text)
    bounds = list(accumulate(map(len, pieces), initial=0))
    return tuple(zip(_masked(pieces[1::2]), bounds[1:-1:2], bounds[2::2], strict=True))


def _masked(words: list[str]) -> Iterator[str]:
    # nearly all are in lower case, and stay as they stand
    return (word if word.islower() else _mask(word, before) for before, word in pairwise(("", *words)))


def _mask(word: str, before: str) -> str:
    """A word as models see it, behind the word or mark `before`."""
    if word[0].isdigit():
        return _NUMBER
    capital = word[0].isupper() and word[1:2].islower()
    return _IS_NAME if capital and before and before not in _OPENS else word.lower()
