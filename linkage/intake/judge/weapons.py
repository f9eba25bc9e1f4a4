"""Whether a thing that a text names is a reported person's weapon: what is true of its words, for what was learned.

A bottle is a weapon where it is swung and a drink where it is poured; a cosh is one wherever it is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from linkage.intake.document.words import Words
from linkage.intake.judge.linear import learned
from linkage.intake.phrases.lookup import Assertion
from linkage.intake.phrases.phrase_finder import Occurrence
from linkage.vocabulary import load
from linkage.vocabulary.english import stem, words

_LEAST = 0.5
"""Chance from which a thing is a weapon of a reported person."""
AROUND = 8
"""Words on either side in which a word of use or threat counts [G]."""
_NEAR = 3
"""Words on either side that count with their place [G]."""
_CUES = ("use", "threat", "clear_threat", "claim")
_HERS = frozenset(("her", "my", "me"))
_HELD_TO = ("to", "at", "against")
"""Before her, behind a thing that is held to her body: "a screwdriver to her thigh"."""


def is_weapon(occurrence: Occurrence, how: Assertion, text_words: Words) -> bool:
    """Whether a reported person had it as a weapon, or is said not to have had it."""
    return learned("weapon").chance(features_of_weapon(occurrence, how, text_words)) >= _LEAST


def features_of_weapon(occurrence: Occurrence, how: Assertion, text_words: Words) -> set[str]:
    """What is true of a thing that may be a weapon and of the words of its sentence."""
    first, last, stems = occurrence.first, occurrence.last, text_words.stems
    entry, surface = load("weapons").entries[occurrence.phrase.key], occurrence.phrase.surface
    opens, closes = text_words.sentence(first)
    before, after = stems[max(opens, first - AROUND) : first], stems[last + 1 : min(closes, last + 1 + AROUND)]
    plain = surface in entry.synonyms and surface not in entry.data.get("patterns", ())
    everyday = "worn" if entry.data.get("worn") else "everyday" if entry.data.get("context") else "weapon"
    sort = f"{everyday} {'word' if plain else 'phrase'}"
    found = {sort, f"key {entry.key}", f"as {surface}", f"{sort} {len(before)} before", f"{sort} {len(after)} after"}
    for name in (*_of_cues(before, after), *_of_owner(occurrence, how, before, text_words)):
        found |= {name, f"{sort} {name}", f"key {entry.key} {name}"}
    for side, near in (("before", before[::-1]), ("after", after)):
        found.update(f"{side} {one}" for one in near)
        found.update(f"{sort} {side} {one}" for one in near)
        found.update(f"{side} {away} {one}" for away, one in enumerate(near[:_NEAR]))
        found.update(f"as {surface} {side} {one}" for one in near[:_NEAR])
    return found


def _of_cues(before: list[str], after: list[str]) -> Iterator[str]:
    for cue in _CUES:
        said = words("weapon", cue)
        if not said.isdisjoint(before):
            yield f"{cue} before"
        if not said.isdisjoint(after):
            yield f"{cue} after"


def _of_owner(occurrence: Occurrence, how: Assertion, before: list[str], text_words: Words) -> Iterator[str]:
    """Who acts, and whether the person harmed may have it: her own, or what she hit him with."""
    first, last, forms = occurrence.first, occurrence.last, text_words.forms
    yield f"actor {how.actor}"
    yield f"reality {how.reality}"
    if how.denied:
        yield "denied"
    if first and forms[first - 1] in ("my", "her"):
        yield "hers"
    if (
        forms[last + 1 : last + 2]
        and forms[last + 1] in _HELD_TO
        and not _HERS.isdisjoint(forms[last + 2 : last + 3])
    ):
        yield "held to her"
    if not _HERS.isdisjoint(forms[first + 1 : last + 1]):
        yield "done to her"
    using = words("weapon", "use") | words("sets", "hit")
    if any(then == "him" and one in using for one, then in pairwise(before)):
        yield "used on him"
    if stem("have") in before and not words("weapon", "use").isdisjoint(text_words.stems[last + 1 : last + 3]):
        yield "undergone"
    if first == last and forms[first].endswith(("ed", "ing")):
        yield "a deed"
