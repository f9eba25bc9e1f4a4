"""Two candidates in one document: the features by which it is judged whether they describe the same person."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations
from typing import Any

from linkage.intake.document.document import Section
from linkage.intake.judge.linear import Features
from linkage.intake.judge.surroundings import Surroundings, distance, named
from linkage.intake.limits import check
from linkage.intake.mentions import Mention
from linkage.intake.phrases.surface import Memo

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
_MARKS = frozenset(",;:()")
_FEW = ("age", "height_cm", "build", "ethnicity", "facial_hair")
"""Fields of which a person has one: so many people does a text describe at most, one may think."""
_ONE = ("age", "height_cm", "sex")
"""Fields of which two far values are two people's, unless the one takes the other back."""
_NEAR = 3.0
"""Years or centimetres between two ranges that may still be one person's [G]."""

Value = Any
"""A key, or the two ends of a range."""


@dataclass(slots=True, eq=False)
class _Fact:
    """One candidate: its tokens [starts, ends), the lines on which it starts and ends, how many mentions are before
    its end and its start, its section, whom it hangs on, and how many are of its field."""

    field: str
    often: int
    value: Value
    sentence: int
    starts: int
    ends: int
    line: int
    last_line: int
    behind: int
    before: int
    section: Section | None
    anchor: Mention | None


class Pairs:
    """The candidates of one document two by two; `of` gives the features of a pair, the earlier first."""

    def __init__(self, around: Surroundings, values: Sequence[Value]) -> None:
        """`values` are those of the candidates of `around`."""
        self._document, self._mentions = around.document, around.mentions
        self._fields = Counter(one.field for one in around.candidates)
        self._new = [*accumulate((m.article == "new" for m in around.mentions), initial=0)]
        self._order = [at for at, word in enumerate(self._document.words) if word in _ORDER]
        self._groups = Memo(_made)
        self._facts = [self._fact(around, at, value) for at, value in enumerate(values)]

    def _fact(self, around: Surroundings, at: int, value: Value) -> _Fact:
        one, document, starts, hangs_on = around.candidates[at], self._document, around.starts, around.anchor(at)
        return _Fact(
            one.field, min(self._fields[one.field], 4), value, around.sentences[at],
            document.token_at(one.start), document.token_at(one.end),
            document.text.count("\n", 0, one.start), document.text.count("\n", 0, one.end),
            bisect_left(starts, one.end), bisect_right(starts, one.start), document.section_at(one.start),
            hangs_on,
        )  # fmt: skip

    def all(self) -> list[tuple[int, int]]:
        """The pairs, the earlier candidate first."""
        return list(combinations(range(len(self._facts)), 2))

    def features(self) -> Iterator[Features]:
        """The features of every pair, in the order of `all`. Raises OutOfTimeError within a budget."""
        for first, second in self.all():
            if second == first + 1:
                check()
            yield self.of(first, second)

    def excluding(self, first: int, second: int) -> bool:
        """Whether the values are of a field of which a person has one, and lie apart."""
        one, other = self._facts[first], self._facts[second]
        return one.field == other.field and one.field in _ONE and compare(one.value, other.value) in ("far", "other")

    def of(self, first: int, second: int) -> Features:
        """The features of a pair."""
        one, other = self._facts[first], self._facts[second]
        apart = min(other.sentence - one.sentence, 5)
        near, low, high = (apart if apart < 2 else 2), one.behind, other.before
        agree = compare(one.value, other.value) if one.field == other.field else ""
        gap, line = distance(other.starts - one.ends), other.line > one.last_line
        passed, new = (min(high - low, 6), min(self._new[high] - self._new[low], 4)) if high > low else (0, 0)
        groups = [
            self._groups[self._of_text, apart],
            _GROUPS[_of_values, one.field, other.field, one.often, other.often, agree, near],
            _GROUPS[_of_stretch, gap, line, passed, new, near],
            self._groups[_of_anchors, one.anchor, other.anchor, min(apart, 3)],
        ]
        if passed:
            groups.append(self._groups[self._of_passed, low, min(high, low + _MENTIONS)])
        if apart:
            groups.append(self._groups[self._of_opening, other.sentence, near])
        return Features(*self._between(one, other, apart, groups))

    def _between(
        self, one: _Fact, other: _Fact, apart: int, groups: list[frozenset[str]]
    ) -> tuple[set[str], list[frozenset[str]], list[tuple[str, set[str]]]]:
        """The words between the two, as the last of their features."""
        section = one.section or other.section
        names = {f"section {one.section is other.section} apart {min(apart, 2)}"} if section else set[str]()
        words: list[tuple[str, set[str]]] = []
        if apart == 0:
            between = self._document.words[one.ends : other.starts]
            words.append(("between", {*between[:_BETWEEN]}))
            names.add("marks " + "".join(filter(_MARKS.__contains__, between))[:6])
        elif self._order:
            low, high = bisect_left(self._order, one.ends), bisect_left(self._order, other.starts)
            words.append(("order", {self._document.words[at] for at in self._order[low:high]}))
        return names, groups, words

    def _of_text(self, apart: int) -> Iterator[str]:
        """What the whole text says of several people, and how many sentences are between the two."""
        several = sum(one.plural and one.kind != "they" for one in self._mentions)
        most = min(max((self._fields[name] for name in _FEW), default=0), 4)
        yield from (f"text {word}" for word in {*self._document.words}.intersection(_SEVERAL))
        yield from (
            f"several {min(several, 4)}",
            f"most {most}",
            f"apart {apart}",
            f"most {most} apart {min(apart, 3)}",
        )

    def _of_opening(self, sentence: int, near: int) -> Iterator[str]:
        """The words that open the sentence of the later one."""
        opens = self._document.bounds(sentence)[0]
        opening = self._document.words[opens : opens + _OPENING]
        yield from (f"opening {word}" for word in opening)
        yield from (f"opens {word} apart {near}" for word in opening[:1])

    def _of_passed(self, low: int, high: int) -> Iterator[str]:
        """Who is mentioned between the two: the mentions [low, high)."""
        for one in self._mentions[low:high]:
            yield from (f"passed {one.kind},{one.article}", f"passed ={named(one)}")
            yield f"passed {one.ordinal} {one.label}"


def _of_values(one: str, other: str, often: int, others: int, agree: str, near: int) -> Iterator[str]:
    """Two fields, how often each is told, how values of one field agree, and how many sentences are between."""
    yield from (f"fields {one} {other}", f"told {often} {others}")
    if agree:
        yield from (f"value {agree}", f"value {one} {agree}", f"value {agree} apart {near}")


def _of_anchors(one: Mention | None, other: Mention | None, apart: int) -> Iterator[str]:
    """On whom the two hang, whether it is one mention, and how many sentences are between."""
    near = min(apart, 2)
    yield f"anchored {one is not None} {other is not None} apart {apart}"
    yield f"one anchor {one is not None and one is other} apart {near}"
    for name, each in (("first", one), ("second", other)):
        if each is not None:
            yield from (f"{name} {each.kind},{each.article},{each.plural}", f"{name} ={named(each)}")
            yield f"{name} {each.ordinal} {bool(each.label)}"
    if one is not None and other is not None and one is not other:
        yield f"kinds {one.kind},{one.article} {other.kind},{other.article}"
        yield from (f"words {named(one)} {named(other)}", f"order {one.ordinal} {other.ordinal}")
        yield f"same word {one.word == other.word} {one.kind == other.kind} apart {near}"
        if one.sex and other.sex:
            yield f"sex {one.sex == other.sex}"
        if one.label or other.label:
            yield f"label {one.label == other.label} {bool(one.label)} {bool(other.label)}"


def _of_stretch(gap: str, line: bool, passed: int, new: int, near: int) -> Iterator[str]:
    """What lies between the two: words, the end of a line, people, those of them who are new, and sentences."""
    yield from (f"gap {gap}", f"line {line} apart {near}", f"passed {passed}", f"brought in {new} apart {near}")


def _made(key: tuple[Any, ...]) -> frozenset[str]:
    return frozenset(key[0](*key[1:]))


_GROUPS = Memo(_made)
"""Features that pairs of any document have in common, by the function that makes them and what it is given."""


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
