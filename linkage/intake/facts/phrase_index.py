"""All phrases of a vocabulary as they are laid out to be found: their places numbered, the rarest chosen, an index by
word. Laying out takes a hundred times as long as reading a text, so that it is kept from one process to the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from linkage.disk_cache import cached, name_of
from linkage.intake.document.words import CODE, skipped
from linkage.intake.facts.notation import FAR_GAP, GAP, OBJECT_GAP, Phrase, compile_phrase, passive_of, spelled_out
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
_Way = tuple[Phrase, int, list[tuple[int, _Place]]]
"""A phrase, which of its places is the rarest, and where the others must be filled, the rarest of them first."""

BEFORE, AFTER, SENTENCE, TEXT = range(4)
"""Where a word must stand if a phrase is there: before its rarest word in the sentence, behind it, in the same
sentence, or in the text."""

Asked = tuple[int, int]
"""Where in the text a place must be filled, and its number."""

Trial = tuple[int, tuple[Asked, ...]]
"""A phrase by number, and what must be filled if it is there."""

Row = tuple[tuple[Any, ...], tuple[int, ...], int]
"""A phrase as it is kept: its parts, its places by number, and which of them is the rarest."""


@dataclass(slots=True)
class Ready:
    """A phrase with its places by number, and which of them is the rarest."""

    phrase: Phrase
    places: tuple[int, ...]
    anchor: int


class Arranged(NamedTuple):
    """All phrases, in the order in which they are tried; for each number of a place those of which it is the rarest,
    with the next rarest; for each stem and each exact form the numbers of the places that it fills; and how many of
    the places, the first ones, are asked for."""

    rows: list[Row]
    at_anchor: dict[int, list[tuple[Asked, Trial]]]
    by_stem: dict[str, frozenset[int]]
    by_form: dict[str, frozenset[int]]
    shown: int


def arranged(written: Iterable[Written]) -> Arranged:
    """The phrases, laid out; those of a surface that holds no counting word are left out."""
    all_written = tuple(written)
    name = name_of("phrases", CODE, repr(all_written))
    return Arranged(*cached(name, lambda: _arrange(all_written)))


def ready(row: Row) -> Ready:
    """A phrase made ready, which most phrases never need to be."""
    phrase, places, anchor = row
    return Ready(Phrase._make(phrase), places, anchor)


def _arrange(written: Sequence[Written]) -> tuple[Any, ...]:
    phrases = _phrases(written)
    numbers: dict[_Place, int] = {}
    used = Counter(s for phrase in phrases for place in phrase.places for s in place)
    used.update(dict.fromkeys(words("words", "frequent"), _FREQUENT))
    used.update(dict.fromkeys(skipped() | words("words", "pause"), _COMMON))
    rarity = {place: sum(used[s] for s in place) for place in {p for one in phrases for p in one.places}}
    by_anchor: dict[_Place, list[_Way]] = defaultdict(list)
    for phrase in phrases:
        places = _places(phrase)
        for place in places:
            numbers.setdefault(place, len(numbers))
        order = sorted(range(len(places)), key=[rarity[place] for place in phrase.places].__getitem__)
        asked = [(where, places[at]) for at in order[1:] for where in _where(at, order[0], phrase)]
        anchor = places[order[0]]
        by_anchor[anchor].append((phrase, order[0], asked or [(SENTENCE, anchor)]))
    in_order = sorted(by_anchor, key=lambda one: (one[1] is not None, numbers[one]))
    return _numbered({place: by_anchor[place] for place in in_order}, list(numbers))


def _numbered(by_anchor: dict[_Place, list[_Way]], places: list[_Place]) -> tuple[Any, ...]:
    """The phrases with numbers for their places: first those that are the next rarest of some phrase, the most used
    before the others, so that the bits of a sentence take little room. The others are not asked for."""
    every = [asked for ways in by_anchor.values() for _, _, asked in ways]
    told = Counter(place for asked in every for _, place in asked)
    shown = {asked[0][1] for asked in every}
    shown.update(place for asked in every for where, place in asked if where == SENTENCE)
    ordered = sorted(places, key=lambda one: (one not in shown, -told[one]))
    numbers = {place: number for number, place in enumerate(ordered)}
    rows: list[Row] = []
    at_anchor: dict[int, list[tuple[Asked, Trial]]] = defaultdict(list)
    for anchor, ways in by_anchor.items():
        for phrase, at, asked in ways:
            first, *rest = [(where, numbers[place]) for where, place in asked if place in shown]
            at_anchor[numbers[anchor]].append((first, (len(rows), tuple(rest))))
            rows.append((tuple(phrase), tuple(numbers[place] for place in _places(phrase)), at))
    return rows, dict(at_anchor), *_filling(numbers), len(shown)


def _places(phrase: Phrase) -> tuple[_Place, ...]:
    return tuple(zip(phrase.places, phrase.exact, strict=True))


def _where(at: int, anchor: int, phrase: Phrase) -> tuple[int, ...]:
    """Where the place `at` of a phrase must be filled; nowhere, if need be, for the "was" that a note leaves out.

    What lies before such a "was" may stand anywhere, for that may be far back.
    """
    between = phrase.gaps[anchor + 1 : at + 1] if at > anchor else phrase.gaps[at + 1 : anchor + 1]
    if at > anchor:
        return (TEXT if FAR_GAP in between else AFTER,)
    if at > phrase.auxiliary or anchor <= phrase.auxiliary:
        return (TEXT if FAR_GAP in between else BEFORE,)
    if FAR_GAP not in phrase.gaps:
        return (SENTENCE,)
    return () if at == phrase.auxiliary else (TEXT,)


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
