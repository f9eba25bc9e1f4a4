"""Finds phrases in a text: word stems in order with a few words in between, through an index on the rarest stem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import accumulate
from operator import or_

from linkage.intake.document.passive import auxiliary, undergone
from linkage.intake.document.words import Words, light, skipped
from linkage.intake.facts.notation import Phrase
from linkage.intake.facts.phrase_gaps import JOINS, Filled, seek
from linkage.intake.facts.phrase_index import FIGURES, Asked, Ready, Trial, Written, arranged, ready

_NOTHING = frozenset[int]()
_NO_WORD = " "
_KNOWN = 8_192
"""Words of which a finder remembers what they can be, and places of which it keeps the phrases ready [G]."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A phrase in a text: its first and last word (both inclusive)."""

    phrase: Phrase
    first: int
    last: int


_Anchored = tuple[tuple[int, int, dict[int, tuple[Trial, ...]]], ...]
"""The phrases of which a word is the rarest, by where their next rarest must be filled: all such places as bits, and
the phrases of each."""


@dataclass(slots=True, eq=False)
class _Word:
    """What one word can be in a phrase: the places it fills (also as bits, those that are asked for), the phrases to
    be tried at it, and whether it may stand anywhere."""

    filled: frozenset[int]
    bits: int
    anchored: _Anchored
    free: bool


class Finder:
    """All phrases of a vocabulary, ready to be found in a text.

    Phrases share places; every word of a text is looked up once for the places it fills, and a phrase is tried only
    where all its places are filled on the right side of its rarest, in the sentence or, beyond a gap that may span
    two, in the text.
    """

    def __init__(self, phrases: Iterable[Written]) -> None:
        """Lay out (key, surface, close) triples; a surface that holds no counting word is left out."""
        self._rows, self._at_anchor, self._by_stem, self._by_form, self._shown = arranged(phrases)
        self._ready = lru_cache(maxsize=_KNOWN)(self._ready_uncached)
        self._filling = lru_cache(maxsize=_KNOWN)(self._filling_uncached)
        self._word = lru_cache(maxsize=_KNOWN)(self._word_uncached)

    def find(self, text_words: Words) -> Iterator[Occurrence]:
        """Occurrences in the order of their anchor words; the same phrase may come at several places."""
        words = list(map(self._word, text_words.stems, text_words.forms))
        anchors = [at for at, word in enumerate(words) if word.anchored]
        if not anchors:
            return
        text = Filled(text_words, [word.filled for word in words], [word.free for word in words])
        anywhere = reduce(or_, [word.bits for word in set(words)])
        start, end = 0, -1
        for at in anchors:
            if at > end:
                start, end = text_words.sentence(at)
                before, after = _running(words, start, end)
            present = before[at - start], after[at - start + 1], after[0], anywhere
            trials = _worth_trying(words[at], present)
            if not trials:
                continue
            for number, asked in sorted(trials):
                if _all_filled(asked, present):
                    found = _fit(self._ready(number), at, text)
                    if found is not None and not _barred(found, text_words):
                        yield found

    def _ready_uncached(self, number: int) -> Ready:
        return ready(self._rows[number])

    def _word_uncached(self, stemmed: str, form: str) -> _Word:
        """What a word can be, by its stem and by its exact form."""
        key = stemmed if stemmed in self._by_stem else FIGURES if stemmed.isdigit() else _NO_WORD
        exact = form if form in self._by_form else _NO_WORD
        return _Word(*self._filling(key, exact), stemmed in skipped() or form.endswith("ly"))

    def _filling_uncached(self, stemmed: str, form: str) -> tuple[frozenset[int], int, _Anchored]:
        filled, exact = self._by_stem.get(stemmed, _NOTHING), self._by_form.get(form, _NOTHING)
        both = filled | exact if exact else filled
        sides = [defaultdict[int, list[Trial]](list) for _ in range(4)]
        for place in both:
            for (side, second), trial in self._at_anchor.get(place, ()):
                sides[side][second].append(trial)
        # tuples, for garbage is never looked for in them, and they stay
        fixed = (
            (side, {second: tuple(found) for second, found in by.items()}) for side, by in enumerate(sides) if by
        )
        anchored = ((side, self._bits(trials), trials) for side, trials in fixed)
        return both, self._bits(place for place in both if place < self._shown), tuple(anchored)

    def _bits(self, places: Iterable[int]) -> int:
        """Places by number as the bits of one number: what of some stands in a sentence is then one operation."""
        room = bytearray(self._shown // 8 + 1)
        for place in places:
            room[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(room, "little")


def _running(words: list[_Word], start: int, end: int) -> tuple[list[int], list[int]]:
    """For each word of a sentence what all those before it fill, and what all from it on do; for the end as well."""
    bits = [word.bits for word in words[start:end]]
    return list(accumulate(bits, or_, initial=0)), list(accumulate(reversed(bits), or_, initial=0))[::-1]


def _worth_trying(word: _Word, present: tuple[int, ...]) -> list[Trial]:
    """The phrases at a word of which the next rarest place is filled where it must be, in any order."""
    trials: list[Trial] = []
    for side, seconds, by_second in word.anchored:
        hit = seconds & present[side]
        while hit:
            second = hit.bit_length() - 1
            trials += by_second[second]
            hit ^= 1 << second
    return trials


def _all_filled(asked: tuple[Asked, ...], present: tuple[int, ...]) -> bool:
    for side, place in asked:  # noqa: SIM110 - half the time of `all` over a generator
        if not present[side] & 1 << place:
            return False
    return True


def _barred(found: Occurrence, text_words: Words) -> bool:
    barred, after, runs = found.phrase.barred, found.phrase.barred_next, found.phrase.barred_runs
    if runs and any(_in_row(run, found, text_words.forms) for run in runs):
        return True
    if not barred:
        return False
    if not barred.isdisjoint(text_words.forms[found.first : found.last + 2]):
        return True
    return bool(after) and not after.isdisjoint(
        text_words.forms[found.last + 1 : _weighty(found.last, text_words) + 1]
    )


def _in_row(run: tuple[str, ...], found: Occurrence, forms: list[str]) -> bool:
    """Whether the words of `run` stand side by side, from within the phrase or right behind it on."""
    return any(tuple(forms[at : at + len(run)]) == run for at in range(found.first, found.last + 2))


def _weighty(last: int, text_words: Words) -> int:
    """Index of the next word of weight behind `last` in its part of the sentence."""
    at = last + 1
    while at < len(text_words.stems) and text_words.stems[at] in light() and text_words.stems[at] != "and":
        at += 1
    return at


def _fit(one: Ready, at: int, text: Filled) -> Occurrence | None:
    first = last = at
    places, gaps = one.places, one.phrase.gaps
    for place in range(one.anchor + 1, len(gaps)):
        last = seek(places[place], places[place - 1], gaps[place], last, 1, text)
        if last < 0:
            return None
    from_here = at
    for place in range(one.anchor - 1, -1, -1):
        if place == one.phrase.auxiliary:
            from_here = auxiliary(first, text.words)
            if one.phrase.undergone and not (from_here >= 0 and undergone(from_here, first, text.words)):
                return None
            first = from_here if _next_to(from_here, first, text.words) else first
        else:
            first = from_here = seek(places[place], places[place + 1], gaps[place + 1], from_here, -1, text)
        if from_here < 0:
            return None
    return Occurrence(one.phrase, first, last)


def _next_to(be: int, done: int, text_words: Words) -> bool:
    """Whether "was" stands before what was done with nothing but light words between: then it is part of the find."""
    return text_words.stems[be] == "be" and JOINS.isdisjoint(text_words.stems[be:done])
