"""Finds phrases in a text: word stems in order with a few words in between, through an index on the rarest stem.

Laying phrases out takes a hundred times as long as reading a text: it is kept from one process to the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Any

from linkage.disk_cache import cached, name_of
from linkage.intake.document.assertion import auxiliary, undergone
from linkage.intake.document.words import CODE, Words, light, skipped
from linkage.intake.phrases.notation import (
    ADJACENT,
    FAR_GAP,
    GAP,
    LIST_GAP,
    OBJECT_GAP,
    OPEN_GAP,
    WIDE_GAP,
    Phrase,
    compile_phrase,
    passive_of,
    spelled_out,
)
from linkage.intake.phrases.surface import Memo
from linkage.vocabulary.english import words

_NOTHING = frozenset[int]()
_KNOWN = 8_192
"""Words of which a finder remembers what they can be, and places of which it keeps the phrases ready [G]."""
_JOINS, _DENIALS = frozenset(("and", ",")), frozenset(("not", "no"))
_COMMON, _FREQUENT = 10_000, 400
"""For how many phrases a word that stands in every sentence, or in most texts, counts when the rarest place of a
phrase is chosen [G]."""
FIGURES = "#"
"""Stands in a set of words for every number in figures that no phrase names itself."""

Written = tuple[str, str, bool]
"""Key of the vocabulary, surface, and whether the words stand close together."""

_Place = tuple[frozenset[str], frozenset[str] | None]
"""Stems, or exact forms, that may stand at a place."""

Row = tuple[tuple[Any, ...], tuple[int, ...], int, int, tuple[int, ...], bool]
"""A phrase as it is kept: its parts, its places by number, which of them is the rarest, the number of the next rarest
(the same where there is none), those of the others that must be filled, whether these may be in another sentence."""

_Filling = dict[str, frozenset[int]]
_Arranged = tuple[list[Row], _Filling, _Filling]
"""Phrases in the order in which they are tried; for each stem and each exact form the places that it fills."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A phrase in a text: its first and last word (both inclusive)."""

    phrase: Phrase
    first: int
    last: int

    def denied_within(self, text_words: Words) -> bool:
        """Whether a word that denies stands in it and is no part of the phrase."""
        return not self.phrase.denies and not _DENIALS.isdisjoint(text_words.stems[self.first : self.last + 1])


_Anchored = tuple[int, dict[int, tuple[int, ...]]]
"""Phrases by number under the next rarest place that they need; and all such places as bits."""


@dataclass(slots=True, eq=False)
class _Word:
    """What one word can be in a phrase: the places it fills (also as bits), the phrases to be tried at it with all
    they need in its sentence, or anywhere in the text, and whether it may stand between any two words."""

    filled: frozenset[int]
    bits: int
    near: _Anchored
    far: _Anchored
    free: bool


@dataclass(frozen=True, slots=True)
class _Filled:
    """A text with the places that each of its words fills, and which words may stand anywhere."""

    words: Words
    filled: list[frozenset[int]]
    free: list[bool]


class Finder:
    """All phrases of a vocabulary, ready to be found in a text.

    Phrases share places; every word of a text is looked up once for the places it fills, and a phrase is tried only
    at a word that fills its rarest, where the sentence (or, for a gap that may span two, the text) fills the others.
    """

    def __init__(self, phrases: Iterable[Written]) -> None:
        """Lay out (key, surface, close) triples; a surface that holds no counting word is left out."""
        self._rows, self._by_stem, self._by_form = arranged(phrases)
        self._at_anchor: dict[int, list[int]] = defaultdict(list)
        for number, (_, places, anchor, *_) in enumerate(self._rows):
            self._at_anchor[places[anchor]].append(number)
        self._word = Memo(self._made_word, _KNOWN)
        self._phrase: Memo[int, Phrase] = Memo(lambda number: Phrase._make(self._rows[number][0]), _KNOWN)

    def find(self, text_words: Words) -> Iterator[Occurrence]:
        """Occurrences in the order of their anchor words; the same phrase may come at several places."""
        known = [*map(self._word.__getitem__, zip(text_words.stems, text_words.forms, strict=True))]
        text = _Filled(text_words, [word.filled for word in known], [word.free for word in known])
        anywhere = reduce(or_, [word.bits for word in {*known}], 0)
        start = 0
        for end in (*text_words.stops, len(known)):
            here = reduce(or_, [word.bits for word in known[start:end]], 0)
            for at in range(start, end):
                for number in sorted(_worth_trying(known[at], here, anywhere)):
                    _, places, anchor, _, others, far = self._rows[number]
                    if _all_there(others, anywhere if far else here):
                        found = _fit(self._phrase[number], places, anchor, at, text)
                        if found is not None and not _barred(found, text_words):
                            yield found
            start = end + 1

    def _made_word(self, word: tuple[str, str]) -> _Word:
        """What a word can be, by its stem and by its exact form."""
        stemmed, form = word
        stem = stemmed if stemmed in self._by_stem else FIGURES if stemmed.isdigit() else ""
        filled = self._by_stem.get(stem, _NOTHING) | self._by_form.get(form, _NOTHING)
        sides: tuple[dict[int, list[int]], ...] = (defaultdict(list), defaultdict(list))
        for place in filled:
            for number in self._at_anchor.get(place, ()):
                *_, second, _, anywhere = self._rows[number]
                sides[anywhere][second].append(number)
        # tuples, for garbage is never looked for in them, and they stay
        near, far = ((_bits(side), {place: tuple(found) for place, found in side.items()}) for side in sides)
        return _Word(filled, _bits(filled), near, far, stemmed in skipped() or form.endswith("ly"))


def _bits(places: Iterable[int]) -> int:
    """Places by number as the bits of one number: what of some stands in a sentence is then one operation."""
    room = bytearray(max(places, default=0) // 8 + 1)
    for place in places:
        room[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(room, "little")


def _worth_trying(word: _Word, here: int, anywhere: int) -> list[int]:
    """The phrases at a word of which the next rarest place is filled too, in any order."""
    numbers: list[int] = []
    for (seconds, by_second), present in ((word.near, here), (word.far, anywhere)):
        hit = seconds & present
        while hit:
            second = hit.bit_length() - 1
            numbers += by_second[second]
            hit ^= 1 << second
    return numbers


def _all_there(places: tuple[int, ...], present: int) -> bool:
    for place in places:  # noqa: SIM110 - half the time of `all` over a generator
        if not present & 1 << place:
            return False
    return True


def _barred(found: Occurrence, text_words: Words) -> bool:
    phrase, forms = found.phrase, text_words.forms
    if any(_in_row(run, found, forms) for run in phrase.barred_runs):
        return True
    if not phrase.barred.isdisjoint(forms[found.first : found.last + 2]):
        return True
    after = phrase.barred_next
    return bool(after) and not after.isdisjoint(forms[found.last + 1 : _weighty(found.last, text_words) + 1])


def _in_row(run: tuple[str, ...], found: Occurrence, forms: list[str]) -> bool:
    """Whether the words of `run` stand side by side, from within the phrase or right behind it on."""
    return any(tuple(forms[at : at + len(run)]) == run for at in range(found.first, found.last + 2))


def _weighty(last: int, text_words: Words) -> int:
    """Index of the next word of weight behind `last` in its part of the sentence."""
    at = last + 1
    while at < len(text_words.stems) and text_words.stems[at] in light() and text_words.stems[at] != "and":
        at += 1
    return at


def _fit(phrase: Phrase, places: tuple[int, ...], anchor: int, at: int, text: _Filled) -> Occurrence | None:
    first = last = at
    gaps = phrase.gaps
    for place in range(anchor + 1, len(gaps)):
        last = _seek(places[place], gaps[place], last, 1, text)
        if last < 0:
            return None
    from_here = at
    for place in range(anchor - 1, -1, -1):
        if place == phrase.auxiliary:
            from_here = auxiliary(first, text.words)
            if phrase.undergone and not (from_here >= 0 and undergone(from_here, first, text.words)):
                return None
            # "was" before what was done, with nothing but light words between, is part of the find
            near = text.words.stems[from_here] == "be" and _JOINS.isdisjoint(text.words.stems[from_here:first])
            first = from_here if near else first
        else:
            first = from_here = _seek(places[place], gaps[place + 1], from_here, -1, text)
        if from_here < 0:
            return None
    return Occurrence(phrase, first, last)


def _seek(place: int, gap: int, at: int, step: int, text: _Filled) -> int:
    """Index of the nearest word that fills `place`, going by `step` from `at`; -1 when the gap is used up first, or
    something stands between that no gap of its kind reaches over."""
    here, left, size, barrier = at + step, max(gap, 0), len(text.filled), _barriers(gap)
    while left >= 0 and 0 <= here < size:
        if place in text.filled[here]:
            return here
        if gap == ADJACENT or text.words.stems[here] in barrier:
            return -1
        left -= not text.free[here]
        here += step
    return -1


@cache
def _barriers(gap: int) -> frozenset[str]:
    stop = frozenset((".",))
    wider = {
        WIDE_GAP: stop | words("words", "turn"),
        OPEN_GAP: stop,
        LIST_GAP: stop | words("words", "ends_list"),
        FAR_GAP: frozenset[str](),
    }
    return wider.get(gap, stop | words("words", "pause"))


def arranged(phrases: Iterable[Written]) -> _Arranged:
    """The phrases, laid out; those of a surface that holds no counting word are left out."""
    written = tuple(phrases)
    made: _Arranged = cached(name_of("phrases", CODE, repr(written)), lambda: _arrange(written))
    return made


def _arrange(written: Sequence[Written]) -> _Arranged:
    phrases = _phrases(written)
    used = Counter(s for phrase in phrases for place in phrase.places for s in place)
    used.update(dict.fromkeys(words("words", "frequent"), _FREQUENT))
    used.update(dict.fromkeys(skipped() | words("words", "pause"), _COMMON))
    told = Counter(place for phrase in phrases for place in _places(phrase))
    # the places that most phrases have come first: the bits of a sentence then take little room
    numbers = {place: number for number, (place, _) in enumerate(told.most_common())}
    rarity = {number: sum(used[s] for s in place[0]) for place, number in numbers.items()}
    rows = [_row(phrase, [numbers[place] for place in _places(phrase)], rarity) for phrase in phrases]
    return rows, *_filling(numbers)


def _row(phrase: Phrase, places: list[int], rarity: dict[int, int]) -> Row:
    order = sorted(range(len(places)), key=lambda at: rarity[places[at]])
    # a note leaves "was" out, and what hangs on a "was" may stand far behind it
    second, *others = [places[at] for at in order[1:] if at != phrase.auxiliary] or [places[order[0]]]
    return tuple(phrase), tuple(places), order[0], second, tuple(others), FAR_GAP in phrase.gaps


def _places(phrase: Phrase) -> tuple[_Place, ...]:
    return tuple(zip(phrase.places, phrase.exact, strict=True))


def _phrases(written: Sequence[Written]) -> list[Phrase]:
    """The phrases that are written and their passives, each once."""
    made = (compile_phrase(key, full, close) for key, surface, close in written for full in spelled_out(surface))
    known = {_identity(p): p for p in made if p is not None}
    for passive in [p for p in map(passive_of, known.values()) if p is not None]:
        known.setdefault(_identity(passive), passive)
    return list(known.values())


def _identity(p: Phrase) -> tuple[object, ...]:
    """What makes two phrases the same, so that a pattern's bars hold for the synonym of the same words."""
    gaps = tuple(GAP if gap == OBJECT_GAP else gap for gap in p.gaps)
    return p.key, p.places, gaps, p.exact, p.actor


def _filling(numbers: dict[_Place, int]) -> tuple[_Filling, _Filling]:
    """For each stem, and for each exact form, the numbers of the places that it fills."""
    stems: dict[str, set[int]] = defaultdict(set)
    forms: dict[str, set[int]] = defaultdict(set)
    for (place, exact), number in numbers.items():
        for word in place if exact is None else exact:
            (stems if exact is None else forms)[word].add(number)
    for word in stems:
        if word.isdigit():
            stems[word] |= stems.get(FIGURES, set())
    return {w: frozenset(found) for w, found in stems.items()}, {w: frozenset(found) for w, found in forms.items()}
