"""How far the words around a fact speak for it: a logistic regression over them, learned beforehand.

Its log odds are one feature of the trees. A word has a weight only where several authors wrote it. Names are all one
word, and so are figures: nobody is judged by what he is called or where he lives.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import fsum
from pathlib import Path
from typing import NamedTuple

from linkage.intake.patterns import compiled

Said = dict[str, str]
"""Words around a fact by where they stand, in lower case with single spaces between: "before" and "after" it in its
sentence, "in" it, and names of people's places ("last", "subject", ...) with the words that name them."""

_TOKEN = compiled(r"[A-Za-z']+|[0-9]+|[.,;:!?\"“”‘’]")
_NAME = compiled(r"[A-Z][a-z]")
_OPENS = '"“”‘’:.!?'
"""Behind these a capital letter tells of no name."""
_IS_NAME, _NUMBER = "Name", "0"
_BEFORE, _AFTER, _WITHIN = 12, 8, 12
"""Words taken into account before, after and in a fact [G]."""
_NEAR = 3
"""Of these, the words whose distance counts too [G]."""
_PLACES = ("before", "in", "after")


class _Sentence(NamedTuple):
    """The words of a sentence as they stand and as they are told, and where each begins and ends."""

    words: list[str]
    told: list[str]
    starts: list[int]
    ends: list[int]


def spoken(text: str, opens: int, start: int, end: int, closes: int) -> Said:
    """The words around [start, end) of a text, within the sentence [opens, closes)."""
    words, told, starts, ends = _sentence(text, opens, closes)
    first, behind = bisect_left(starts, start), bisect_left(starts, end)
    if end > closes or any(at and ends[at - 1] > cut for at, cut in ((first, start), (behind, end))):
        return _cut(text, opens, start, end, closes)
    last = "a" if text[opens:start].strip() else ""
    within = [_told(words[first], last), *told[first + 1 : min(behind, first + _WITHIN)]] if first < behind else []
    after = [_told(words[behind], "a"), *told[behind + 1 : behind + _AFTER]] if behind < len(words) else []
    before = told[max(0, first - _BEFORE) : first]
    return {"before": " ".join(before), "in": " ".join(within), "after": " ".join(after)}


def _cut(text: str, opens: int, start: int, end: int, closes: int) -> Said:
    """As `spoken`, where a fact begins or ends within a word or goes on in the next sentence."""
    return {
        "before": " ".join(_words(text[opens:start], "")[-_BEFORE:]),
        "in": " ".join(_words(text[start:end], "a" if text[opens:start].strip() else "")[:_WITHIN]),
        "after": " ".join(_words(text[end:closes], "a")[:_AFTER]),
    }


@lru_cache(maxsize=64)
def _sentence(text: str, opens: int, closes: int) -> _Sentence:
    # each fact of a sentence asks for it again
    found = list(_TOKEN.finditer(text, opens, closes))
    words = [one.group() for one in found]
    told = list(map(_told, words, ["", *words]))
    return _Sentence(words, told, [one.start() for one in found], [one.end() for one in found])


@lru_cache(maxsize=1024)
def plainly(text: str, start: int, end: int) -> str:
    """The words at [start, end) of a text, single spaces between."""
    return " ".join(_words(text[start:end], text[max(0, start - 2) : start].rstrip()[-1:]))


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """(word, start, end) of each word and mark of `text`: in lower case, a name and a figure as one word each."""
    found = _sentence(text, 0, len(text))
    return zip(found.told, found.starts, found.ends, strict=True)


def _words(text: str, last: str) -> list[str]:
    """The words of a stretch that follows the word or mark `last`, "" at the head of a sentence."""
    words = _TOKEN.findall(text)
    return list(map(_told, words, [last, *words]))


def _told(word: str, last: str) -> str:
    """A word as it is told, behind the word or mark `last`."""
    if word[0].isdigit():
        return _NUMBER
    return _IS_NAME if last and last not in _OPENS and _NAME.match(word) else word.lower()


def of_fact(field: str, said: Said) -> list[str]:
    """Names of the features of a fact of a person, each true; what the fact itself says is none of them."""
    before = said["before"].split()
    names = [f"field {field}", *_sides(said), *(f"before {first} {second}" for first, second in pairwise(before))]
    for place, words in said.items():
        if place not in _PLACES:
            names += _of_place(place, words)
    return names


@lru_cache(maxsize=4096)
def _of_place(place: str, words: str) -> tuple[str, ...]:
    # the same few people stand around all facts of a text, and "he" and "the man" around those of all texts
    return f"{place} = {words}", *(f"{place} {word}" for word in words.split())


def of_deed(key: str, domain: str, phrase: str, said: Said) -> list[str]:
    """Names of the features of a variable told by `phrase`, each true."""
    names = [f"key {key}", f"phrase {key} {phrase}", *_sides(said)]
    for place in ("before", "after"):
        names += [f"{domain} {place} {word}" for word in said[place].split()]
    return names + [f"{key} in {word}" for word in said["in"].split()]


def _sides(said: Said) -> list[str]:
    names: list[str] = []
    for place, words in (("before", said["before"].split()[::-1]), ("after", said["after"].split())):
        names += [f"{place} {word}" for word in words]
        names += [f"{place} {away} {word}" for away, word in enumerate(words[:_NEAR])]
    return names


@dataclass(frozen=True, slots=True)
class Wording:
    """A weight for each feature that counts; the others count nothing."""

    weights: Mapping[str, float]
    base: float

    @classmethod
    def load(cls, path: Path) -> Wording:
        """From the JSON that benchmarks/learn_reading.py writes."""
        kept = json.loads(path.read_text(encoding="utf-8"))["wording"]
        return cls(kept["weights"], kept["base"])

    def odds(self, told: Iterable[str]) -> float:
        """Log odds that the fact is right, by the distinct features told."""
        return self.base + fsum(map(self.weights.__getitem__, self.weights.keys() & set(told)))
