"""How far the words around a fact speak for it: a logistic regression over them, learned beforehand.

Its log odds are one feature of the trees. A word has a weight only where several authors wrote it. Names are all one
word, and so are figures: nobody is judged by what he is called or where he lives.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from math import fsum
from pathlib import Path
from typing import NamedTuple

from linkage.intake.patterns import compiled

Said = dict[str, str]
"""Words around a fact by where they stand, in lower case with single spaces between: "before" and "after" it in its
sentence, "in" it, and names of people's places ("last", "subject", ...) with the words that name them."""

_TOKEN = compiled(r"([A-Za-z']+|[0-9]+|[.,;:!?\"“”‘’])")
_OPENS = '"“”‘’:.!?'
"""Behind these a capital letter tells of no name."""
_IS_NAME, _NUMBER = "Name", "0"
_BEFORE, _AFTER, _WITHIN = 12, 8, 12
"""Words taken into account before, after and in a fact [G]."""
_NEAR = 3
"""Of these, the words whose distance counts too [G]."""
_DISTANCES = tuple(map(str, range(_NEAR)))
_SIDES = ("before", "after")
_PLACES = ("before", "in", "after")


class _Sentence(NamedTuple):
    """The words of a sentence as they stand and as they are told, and where each begins and ends."""

    words: list[str]
    told: list[str]
    starts: list[int]
    ends: list[int]


class Around(NamedTuple):
    """The words around a fact in its sentence, as they are told: those nearest by before it, in it, and after it."""

    before: list[str]
    within: list[str]
    after: list[str]

    def said(self) -> Said:
        """The same as `of_fact` takes it."""
        return {"before": " ".join(self.before), "in": " ".join(self.within), "after": " ".join(self.after)}


def around(text: str, opens: int, start: int, end: int, closes: int) -> Around:
    """The words around [start, end) of a text, within the sentence [opens, closes)."""
    words, told, starts, ends = _sentence(text, opens, closes)
    first, behind = bisect_left(starts, start), bisect_left(starts, end)
    if end > closes or (first and ends[first - 1] > start) or (behind and ends[behind - 1] > end):
        return _cut(text, opens, start, end, closes)
    within = told[first : min(behind, first + _WITHIN)]
    if within:
        within[0] = _told(words[first], "a" if first or text[opens:start].strip() else "")
    after = told[behind : behind + _AFTER]
    if after:
        after[0] = _told(words[behind], "a")
    return Around(told[max(0, first - _BEFORE) : first], within, after)


def _cut(text: str, opens: int, start: int, end: int, closes: int) -> Around:
    """As `around`, where a fact begins or ends within a word or goes on in the next sentence."""
    last = "a" if text[opens:start].strip() else ""
    return Around(
        _words(text[opens:start], "")[-_BEFORE:],
        _words(text[start:end], last)[:_WITHIN],
        _words(text[end:closes], "a")[:_AFTER],
    )


@lru_cache(maxsize=64)
def _sentence(text: str, opens: int, closes: int) -> _Sentence:
    # each fact of a sentence asks for it again, and each sentence of a text for the words of the text
    words, told, starts, ends = _whole(text)
    first, behind = bisect_left(starts, opens), bisect_left(starts, closes)
    if (first and ends[first - 1] > opens) or (behind and ends[behind - 1] > closes):
        return _read(text[opens:closes], opens)
    here = words[first:behind]
    return _Sentence(
        here, [*map(_told, here[:1], ("",)), *told[first + 1 : behind]], starts[first:behind], ends[first:behind]
    )


@lru_cache(maxsize=8)
def _whole(text: str) -> _Sentence:
    return _read(text, 0)


def _read(text: str, opens: int) -> _Sentence:
    """The words of a text that begins at `opens` of another."""
    pieces = _TOKEN.split(text)
    bounds = list(accumulate(map(len, pieces), initial=opens))
    words = pieces[1::2]
    return _Sentence(words, _all_told(words, ""), bounds[1:-1:2], bounds[2::2])


@lru_cache(maxsize=1024)
def plainly(text: str, start: int, end: int) -> str:
    """The words at [start, end) of a text, single spaces between."""
    return " ".join(_words(text[start:end], text[max(0, start - 2) : start].rstrip()[-1:]))


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """(word, start, end) of each word and mark of `text`: in lower case, a name and a figure as one word each."""
    found = _whole(text)
    return zip(found.told, found.starts, found.ends, strict=True)


def _words(text: str, last: str) -> list[str]:
    """The words of a stretch that follows the word or mark `last`, "" at the head of a sentence."""
    return _all_told(_TOKEN.findall(text), last)


def _all_told(words: list[str], last: str) -> list[str]:
    """Words as they are told, the first behind `last`."""
    # nearly all are in lower case, and told as they stand
    return [word if word.islower() else _told(word, before) for before, word in pairwise((last, *words))]


def _told(word: str, last: str) -> str:
    """A word as it is told, behind the word or mark `last`."""
    if word[0].isdigit():
        return _NUMBER
    capital = word[0].isupper() and word[1:2].islower()
    return _IS_NAME if capital and last and last not in _OPENS else word.lower()


def of_fact(name: str, said: Said) -> list[str]:
    """Names of the features of a fact of the field `name`, each true; what the fact itself says is none of them."""
    before = said["before"].split()
    names = [f"field {name}", *_sides(said), *(f"before {first} {second}" for first, second in pairwise(before))]
    for place, words in said.items():
        if place not in _PLACES:
            names += _of_place(place, words)
    return names


def _of_place(place: str, words: str) -> tuple[str, ...]:
    return f"{place} = {words}", *(f"{place} {word}" for word in words.split())


def _sides(said: Said) -> list[str]:
    names: list[str] = []
    for place, words in (("before", said["before"].split()[::-1]), ("after", said["after"].split())):
        names += [f"{place} {word}" for word in words]
        names += [f"{place} {away} {word}" for away, word in enumerate(words[:_NEAR])]
    return names


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A weight for each feature that counts; the others count nothing.

    What `of_fact` names is asked for here without making the names: of the words on either side of a
    fact, one or two at a time, `_beside` and `_pairs` hold the weights by place.
    """

    weights: Mapping[str, float]
    base: float
    _beside: dict[str, dict[str, float]] = field(init=False, repr=False)
    _pairs: dict[str, dict[tuple[str, str], float]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        beside: dict[str, dict[str, float]] = {place: {} for place in _SIDES}
        pairs: dict[str, dict[tuple[str, str], float]] = {place: {} for place in _SIDES}
        for name, weight in self.weights.items():
            place, *words = name.split(" ")
            if place in _SIDES and len(words) == 1:
                beside[place][words[0]] = weight
            elif place in _SIDES and len(words) == 2:
                pairs[place][words[0], words[1]] = weight
        object.__setattr__(self, "_beside", beside)
        object.__setattr__(self, "_pairs", pairs)

    @classmethod
    def load(cls, path: Path) -> Wording:
        """From the JSON that benchmarks/learn_reading.py writes."""
        kept = json.loads(path.read_text(encoding="utf-8"))["wording"]
        return cls(kept["weights"], kept["base"])

    def odds(self, told: Iterable[str]) -> float:
        """Log odds that the fact is right, by the distinct features told."""
        return self.base + fsum(self.known(set(told)))

    def odds_of_fact(self, name: str, said: Around, people: Mapping[str, str]) -> float:
        """`odds` of what `of_fact` names, for a fact of the field `name`; `people` holds the words of each place."""
        found = self.known((f"field {name}",))
        found += self._side("before", said.before, said.before[: -_NEAR - 1 : -1], pairwise(said.before))
        found += self._side("after", said.after, said.after[:_NEAR])
        for place, words in people.items():
            found += _known_of_place(self, place, words)
        return self.base + fsum(found)

    def known(self, distinct: Iterable[str]) -> list[float]:
        """The weights of the features that have one."""
        weights = self.weights
        return [weights[name] for name in distinct if name in weights]

    def _side(
        self, place: str, words: Iterable[str], near: Iterable[str], pairs: Iterable[tuple[str, str]] = ()
    ) -> list[float]:
        """The weights of the words on one side of a fact, of those `near` with their distance, and of `pairs`."""
        beside, both = self._beside[place], self._pairs[place]
        found = {word: beside[word] for word in words if word in beside}
        of_two = {two: both[two] for two in (*pairs, *zip(_DISTANCES, near, strict=False)) if two in both}
        return [*found.values(), *of_two.values()]


@lru_cache(maxsize=8192)
def _known_of_place(learned: Wording, place: str, words: str) -> list[float]:
    # the same few people stand around all facts of a text, and "he" and "the man" around those of all texts
    return learned.known(set(_of_place(place, words)))
