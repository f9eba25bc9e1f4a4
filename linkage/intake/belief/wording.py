"""How far the words around a fact speak for it: a logistic regression over them, learned beforehand.

Its log odds are one feature of the trees. A word has a weight only where several authors wrote it. Names are all one
word, and so are figures: nobody is judged by what he is called or where he lives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

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


def spoken(text: str, opens: int, start: int, end: int, closes: int) -> Said:
    """The words around [start, end) of a text, within the sentence [opens, closes)."""
    return {
        "before": " ".join(_words(text[opens:start], "")[-_BEFORE:]),
        "in": " ".join(_words(text[start:end], "a" if text[opens:start].strip() else "")[:_WITHIN]),
        "after": " ".join(_words(text[end:closes], "a")[:_AFTER]),
    }


def plainly(text: str, start: int, end: int) -> str:
    """The words at [start, end) of a text, single spaces between."""
    return " ".join(_words(text[start:end], text[max(0, start - 2) : start].rstrip()[-1:]))


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """(word, start, end) of each word and mark of `text`: in lower case, a name and a figure as one word each."""
    last = ""
    for found in _TOKEN.finditer(text):
        yield _told(found.group(), last), found.start(), found.end()
        last = found.group()


def _words(text: str, last: str) -> list[str]:
    """The words of a stretch that follows the word or mark `last`, "" at the head of a sentence."""
    words = _TOKEN.findall(text)
    return list(map(_told, words, [last, *words]))


def _told(word: str, last: str) -> str:
    """A word as it is told, behind the word or mark `last`."""
    if word[0].isdigit():
        return _NUMBER
    return _IS_NAME if last and last not in _OPENS and _NAME.match(word) else word.lower()


def of_fact(field: str, said: Said) -> Iterator[str]:
    """Names of the features of a fact of a person, each true; what the fact itself says is none of them."""
    yield f"field {field}"
    before = said["before"].split()
    yield from _sides(said)
    for first, second in pairwise(before):
        yield f"before {first} {second}"
    for place, words in said.items():
        if place not in _PLACES:
            yield f"{place} = {words}"
            yield from (f"{place} {word}" for word in words.split())


def of_deed(key: str, domain: str, phrase: str, said: Said) -> Iterator[str]:
    """Names of the features of a variable told by `phrase`, each true."""
    yield f"key {key}"
    yield f"phrase {key} {phrase}"
    yield from _sides(said)
    for place in ("before", "after"):
        yield from (f"{domain} {place} {word}" for word in said[place].split())
    yield from (f"{key} in {word}" for word in said["in"].split())


def _sides(said: Said) -> Iterator[str]:
    for place, words in (("before", said["before"].split()[::-1]), ("after", said["after"].split())):
        for away, word in enumerate(words):
            yield f"{place} {word}"
            if away < _NEAR:
                yield f"{place} {away} {word}"


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
        return self.base + sum(self.weights.get(name, 0.0) for name in set(told))
