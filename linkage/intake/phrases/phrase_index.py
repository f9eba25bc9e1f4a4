"""All phrases of a vocabulary as they are laid out to be found: their places numbered, the rarest chosen, an index by
word. Laying out takes a hundred times as long as reading a text, so that it is kept from one process to the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from linkage.disk_cache import cached, name_of
from linkage.intake.document.words import CODE, skipped
from linkage.intake.phrases.notation import FAR_GAP, GAP, OBJECT_GAP, Phrase, compile_phrase, passive_of, spelled_out
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


Row = tuple[tuple[Any, ...], tuple[int, ...], int, int, tuple[int, ...], bool]
"""A phrase as it is kept: its parts, its places by number, which of them is the rarest, the number of the next rarest
(the same where there is none), those of the others that must be filled, whether these may be in another sentence."""


class Arranged(NamedTuple):
    """Phrases in the order in which they are tried; for each stem and each exact form the places that it fills."""

    rows: list[Row]
    by_stem: dict[str, frozenset[int]]
    by_form: dict[str, frozenset[int]]


def arranged(written: Iterable[Written]) -> Arranged:
    """The phrases, laid out; those of a surface that holds no counting word are left out."""
    all_written = tuple(written)
    return Arranged(*cached(name_of("phrases", CODE, repr(all_written)), lambda: _arrange(all_written)))


def _arrange(written: Sequence[Written]) -> tuple[Any, ...]:
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
