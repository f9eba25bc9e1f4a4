"""Finds phrases in a text: word stems in order with a few words in between, through an index on the rarest stem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from linkage.intake.facts.arranging import FIGURES, Ready, Written, arranged, bits_of, either, ready
from linkage.intake.facts.notation import Phrase
from linkage.intake.facts.passive import auxiliary, undergone
from linkage.intake.facts.phrases import Words, light, skipped
from linkage.intake.facts.seeking import JOINS, Filled, seek

_NOTHING = frozenset[int]()
_KNOWN = 8_192
"""Words of which a finder remembers what they can be, and places of which it keeps the phrases ready [G]."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A phrase in a text: its first and last word (both inclusive)."""

    phrase: Phrase
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Word:
    """What one word can be in a phrase: the places it fills (also as bits), the phrases of which one of these is the
    rarest, the places of which each of these phrases needs one, as bits, and whether it may stand anywhere."""

    filled: frozenset[int]
    bits: int
    anchored: tuple[Ready, ...]
    seconds: int
    free: bool


class Finder:
    """All phrases of a vocabulary, ready to be found in a text.

    Phrases share places; every word of a text is looked up once for the places it fills, and a phrase is tried only
    where all its places are filled somewhere in the sentence (or only its rarest, when it may span two).
    """

    def __init__(self, phrases: Iterable[Written]) -> None:
        """Lay out (key, surface, close) triples; a surface that holds no counting word is left out."""
        self._at_anchor, self._by_stem, self._by_form, places = arranged(phrases)
        self._bytes = places // 8 + 1
        self._anchored = lru_cache(maxsize=_KNOWN)(self._anchored_uncached)
        self._word = lru_cache(maxsize=_KNOWN)(self._word_uncached)

    def find(self, text_words: Words) -> Iterator[Occurrence]:
        """Occurrences in the order of their anchor words; the same phrase may come at several places."""
        known = list(map(self._word, text_words.stems, text_words.forms))
        text = Filled(text_words, [word.filled for word in known], [word.free for word in known])
        ends, present, by_byte = -1, 0, b""
        for at, word in enumerate(known):
            if at > ends:
                ends = _end_of_sentence(at, text_words)
                present = either(one.bits for one in known[at:ends])
                by_byte = present.to_bytes(self._bytes, "little")
            if not word.seconds & present:
                continue
            for one in [r for r in word.anchored if by_byte[r.byte] & r.bit and r.rest & present == r.rest]:
                found = _fit(one, at, text)
                if found is not None and not _barred(found, text_words):
                    yield found

    def _anchored_uncached(self, place: int) -> tuple[Ready, ...]:
        """The phrases of which a place is the rarest."""
        return tuple(map(ready, self._at_anchor.get(place, ())))

    def _word_uncached(self, stemmed: str, form: str) -> _Word:
        """What a word can be, by its stem and by its exact form."""
        figures = self._by_stem.get(FIGURES, _NOTHING)
        filled = self._by_stem.get(stemmed, figures if stemmed.isdigit() else _NOTHING)
        exact = self._by_form.get(form, _NOTHING)
        anchored = tuple(
            one for places in (filled, exact) for place in sorted(places) for one in self._anchored(place)
        )
        both = filled | exact if exact else filled
        free = stemmed in skipped() or form.endswith("ly")
        seconds = either(one.bit << 8 * one.byte for one in anchored)
        return _Word(both, bits_of(both), anchored, seconds, free)


def _end_of_sentence(at: int, text_words: Words) -> int:
    try:
        return text_words.stems.index(".", at)
    except ValueError:
        return len(text_words.stems)


def _barred(found: Occurrence, text_words: Words) -> bool:
    barred, after, runs = found.phrase.barred, found.phrase.barred_next, found.phrase.barred_runs
    if any(_in_row(run, found, text_words.forms) for run in runs):
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
