"""All phrases of a vocabulary as they are laid out to be found: their places numbered, the rarest chosen, an index by
word. Laying out takes a hundred times as long as reading a text, so that it is kept from one process to the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from linkage.intake.facts.notation import FAR_GAP, GAP, OBJECT_GAP, Phrase, compile_phrase, passive_of, spelled_out
from linkage.intake.facts.phrases import CODE, skipped
from linkage.kept import kept, name_of
from linkage.vocabulary.english import words

_COMMON, _FREQUENT = 10_000, 400
"""For how many phrases a word that stands in every sentence, or in most texts, counts when the rarest place of a
phrase is chosen [G]."""
FIGURES = "#"
"""Stands in a set of words for every number in figures that no phrase names itself."""

Written = tuple[str, str, bool]
"""Key of the vocabulary, surface, and whether the words stand close together."""

_Place = tuple[frozenset[str], frozenset[str] | None]
"""Stems, or exact forms, that may stand at a place."""


@dataclass(slots=True)
class Ready:
    """A phrase with its places by number, which of them is the rarest, and what must be filled in the sentence too
    (nothing more where the phrase may span two): the next rarest, as a bit of a byte, and the rest, as bits."""

    phrase: Phrase
    places: tuple[int, ...]
    anchor: int
    byte: int
    bit: int
    rest: int


Row = tuple[tuple[Any, ...], tuple[int, ...], int, int, tuple[int, ...]]
"""A phrase as it is kept: its parts, its places, and which of them are the rarest, the next rarest and the rest."""


class Arranged(NamedTuple):
    """For each number of a place the phrases of which it is the rarest, in order; for each stem and each exact form
    the numbers of the places that it fills; and how many places there are."""

    at_anchor: dict[int, list[Row]]
    by_stem: dict[str, frozenset[int]]
    by_form: dict[str, frozenset[int]]
    places: int


def arranged(written: Iterable[Written]) -> Arranged:
    """The phrases, laid out; those of a surface that holds no counting word are left out."""
    all_written = tuple(written)
    name = name_of("phrases", CODE, repr(all_written))
    return Arranged(*kept(name, lambda: _arrange(all_written)))


def bits_of(places: Iterable[int]) -> int:
    """Places by number as the bits of one number: whether all of some stand in a sentence is then one operation."""
    return either(1 << place for place in places)


def either(several: Iterable[int]) -> int:
    """The bits that are set in any of several numbers."""
    return reduce(or_, several, 0)


def ready(row: Row) -> Ready:
    """A phrase made ready, which most phrases never need to be."""
    phrase, places, anchor, second, rest = row
    byte, bit = divmod(second, 8)
    return Ready(Phrase._make(phrase), places, anchor, byte, 1 << bit, bits_of(rest))


def _arrange(
    written: Sequence[Written],
) -> tuple[dict[int, list[Row]], dict[str, frozenset[int]], dict[str, frozenset[int]], int]:
    phrases = _phrases(written)
    numbers: dict[_Place, int] = {}
    used = Counter(s for phrase in phrases for place in phrase.places for s in place)
    used.update(dict.fromkeys(words("words", "frequent"), _FREQUENT))
    used.update(dict.fromkeys(skipped() | words("words", "pause"), _COMMON))
    rarity = {place: sum(used[s] for s in place) for place in {p for one in phrases for p in one.places}}
    at_anchor: dict[int, list[Row]] = defaultdict(list)
    for phrase in phrases:
        each = zip(phrase.places, phrase.exact, strict=True)
        places = tuple(numbers.setdefault(place, len(numbers)) for place in each)
        order = sorted(range(len(places)), key=[rarity[place] for place in phrase.places].__getitem__)
        far = FAR_GAP in phrase.gaps
        anchor, second = order[0], order[0 if far else min(1, len(order) - 1)]
        rest = () if far else tuple(places[at] for at in order[2:])
        at_anchor[places[anchor]].append((tuple(phrase), places, anchor, places[second], rest))
    return dict(at_anchor), *_filling(numbers), len(numbers)


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


def _filling(numbers: dict[_Place, int]) -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
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
