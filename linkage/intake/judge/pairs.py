"""Two candidates in one document: the features by which it is judged whether they describe the same person."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations
from typing import Any

from linkage.intake.budget import check
from linkage.intake.judge.surroundings import Surroundings, distance, named
from linkage.intake.mentions.people import Mention

_BETWEEN = 25
"""Words between two candidates of one sentence that count [G]."""
_OPENING = 6
"""Words that open the later one's sentence that count [G]."""
_MENTIONS = 12
"""People mentioned between two candidates that count [G]."""
_SEVERAL = (
    "both", "two", "three", "four", "second", "other", "another", "pair", "couple", "men", "males", "lads", "youths",
    "offenders", "suspects", "they", "them", "one", "first",
)  # fmt: skip
"""Words that tell whether a text is about several people [G]."""
_ORDER = frozenset(("first", "second", "third", "fourth", "other", "another", "latter", "former", "one", "both"))
_FEW = ("age", "height_cm", "build", "ethnicity", "facial_hair")
"""Fields of which a person has one: so many people does a text describe at most, one may think."""
_NEAR = 3.0
"""Years or centimetres between two ranges that may still be one person's [G]."""

Value = Any
"""A key, or the two ends of a range."""


class Pairs:
    """The candidates of one document two by two; `of` gives the features of a pair, the earlier first."""

    def __init__(self, around: Surroundings, values: Sequence[Value]) -> None:
        """`values` are those of the candidates of `around`."""
        self._around = around
        self._values = values
        self._starts = [one.start for one in around.mentions]
        self._passed = [
            (f"passed {m.kind},{m.article}", f"passed ={named(m)}", f"passed {m.ordinal} {m.label}")
            for m in around.mentions
        ]
        self._new = [*accumulate((m.article == "new" for m in around.mentions), initial=0)]
        self._sections = [around.document.section_at(one.start) for one in around.candidates]
        self._anchors = [around.anchor(at) for at in range(len(around.candidates))]
        self._fields = Counter(one.field for one in around.candidates)
        words = {*around.document.words}
        several = sum(one.plural and one.kind != "they" for one in around.mentions)
        most = max((self._fields[name] for name in _FEW), default=0)
        self._whole = [f"text {word}" for word in _SEVERAL if word in words]
        self._whole += [f"several {min(several, 4)}", f"most {min(most, 4)}"]
        self._most = min(most, 4)

    def all(self) -> list[tuple[int, int]]:
        """The pairs, the earlier candidate first."""
        return list(combinations(range(len(self._values)), 2))

    def features(self) -> Iterator[set[str]]:
        """The features of every pair, in the order of `all`. Raises OutOfTimeError within a budget."""
        for first, second in self.all():
            if second == first + 1:
                check()
            yield self.of(first, second)

    def of(self, first: int, second: int) -> set[str]:
        """The features of a pair."""
        apart = self._around.sentences[second] - self._around.sentences[first]
        found = {f"apart {min(apart, 5)}", f"most {self._most} apart {min(apart, 3)}", *self._whole}
        found.update(self._of_values(first, second, apart))
        found.update(self._of_words(first, second, apart))
        found.update(self._of_people(first, second, apart))
        return found

    def _of_values(self, first: int, second: int, apart: int) -> Iterator[str]:
        one, other = (self._around.candidates[at].field for at in (first, second))
        yield f"fields {one} {other}"
        yield f"told {min(self._fields[one], 4)} {min(self._fields[other], 4)}"
        if one == other:
            agree = compare(self._values[first], self._values[second])
            yield from (f"value {agree}", f"value {one} {agree}", f"value {agree} apart {min(apart, 2)}")

    def _of_words(self, first: int, second: int, apart: int) -> Iterator[str]:
        document = self._around.document
        one, other = (self._around.candidates[at] for at in (first, second))
        ends, starts = document.token_at(one.end), document.token_at(other.start)
        yield f"gap {distance(max(0, starts - ends))}"
        new_line = "\n" in document.text[one.end : other.start]
        yield f"line {new_line} apart {min(apart, 2)}"
        if apart == 0:
            between = document.words[ends:starts]
            yield from [f"between {word}" for word in between[:_BETWEEN]]
            yield "marks " + "".join(word for word in between if word in ",;:()")[:6]
        else:
            opens = document.bounds(self._around.sentences[second])[0]
            opening = document.words[opens : opens + _OPENING]
            yield from [f"opening {word}" for word in opening]
            yield from [f"opens {word} apart {min(apart, 2)}" for word in opening[:1]]
            yield from [f"order {word}" for word in document.words[ends:starts] if word in _ORDER]
        sections = self._sections[first], self._sections[second]
        if any(sections):
            yield f"section {sections[0] is sections[1]} apart {min(apart, 2)}"

    def _of_people(self, first: int, second: int, apart: int) -> Iterator[str]:
        one, other = self._anchors[first], self._anchors[second]
        candidates = self._around.candidates
        stretch = candidates[first].end, candidates[second].start
        low, high = bisect_left(self._starts, stretch[0]), bisect_right(self._starts, stretch[1])
        for passed in self._passed[low : min(high, low + _MENTIONS)]:
            yield from passed
        yield f"passed {min(max(high - low, 0), 6)}"
        yield f"brought in {min(max(self._new[high] - self._new[low], 0), 4)} apart {min(apart, 2)}"
        yield f"anchored {one is not None} {other is not None} apart {min(apart, 3)}"
        yield f"one anchor {one is not None and one is other} apart {min(apart, 2)}"
        for name, anchor in (("first", one), ("second", other)):
            if anchor is not None:
                yield from (f"{name} {anchor.kind},{anchor.article},{anchor.plural}", f"{name} ={named(anchor)}")
                yield f"{name} {anchor.ordinal} {bool(anchor.label)}"
        if one is not None and other is not None and one is not other:
            yield from _of_anchors(one, other, apart)


def _of_anchors(one: Mention, other: Mention, apart: int) -> Iterator[str]:
    yield f"kinds {one.kind},{one.article} {other.kind},{other.article}"
    yield f"words {named(one)} {named(other)}"
    yield f"order {one.ordinal} {other.ordinal}"
    yield f"same word {one.word == other.word} {one.kind == other.kind} apart {min(apart, 2)}"
    if one.sex and other.sex:
        yield f"sex {one.sex == other.sex}"
    if one.label or other.label:
        yield f"label {one.label == other.label} {bool(one.label)} {bool(other.label)}"


def compare(one: Value, other: Value) -> str:
    """How two values of one field agree: equal, other, and for ranges overlapping, near or far."""
    if one == other:
        return "equal"
    if not isinstance(one, list) or not isinstance(other, list):
        return "other"
    lows = [-1e9 if ends[0] is None else ends[0] for ends in (one, other)]
    highs = [1e9 if ends[1] is None else ends[1] for ends in (one, other)]
    gap = max(lows) - min(highs)
    return "overlapping" if gap <= 0 else "near" if gap <= _NEAR else "far"
