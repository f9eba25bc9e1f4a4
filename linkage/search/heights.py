"""Heights said in a word that may be said of much else: "tall" beside what describes a person, "short" right before
such a word ("short fat bloke")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from linkage.intake.phrases.field_words import VOCABULARIES
from linkage.intake.values.people.measures import height
from linkage.search.query import Claims, Query, facts_at
from linkage.vocabulary import fold, load

OF_NO_ONE = "average"
"""The height that tells nobody from others; its words are of builds as well."""

_WORD = re.compile(r"[A-Za-z'’-]+")
_NEXT = re.compile(r"(?:,?\s+(?:and\s+)?|,)(?P<word>[A-Za-z'’-]+)")
_DEGREE = re.compile(r"[A-Za-z]+\s+\Z")
_BEFORE = ("build", "ethnicity", "sex")
_AROUND = (*_BEFORE, "hair", "facial_hair")

Span = tuple[int, int]


def bare_heights(asked: Query, words: str, claimed: Claims) -> Iterator[tuple[int, int, str]]:
    """Give `asked` the height of a word that no other fact was read from; yields where it stands. The phrase of a
    build, "tall thin", tells a height besides."""
    for found in _WORD.finditer(words):
        if asked.person.height_cm is None and _is_height(words, found.span(), claimed):
            start, end = _with_degree(words, found.span())
            asked.person.height_cm = height.normalise(words[start:end])
            yield start, end, "height_cm"


def apart_from(heights: Claims, claimed: Claims) -> Claims:
    """The `claimed` spans without the words of `heights` at their ends: of a word of two facts the better one alone
    would count, and a height that differs for nothing."""
    found = list(claimed)
    for first, last, _ in heights:
        found = [
            (last if start == first else start, first if end == last else end, kind)
            for start, end, kind in found
            if (start, end) != (first, last)
        ]
    return found


def _is_height(words: str, span: Span, claimed: Claims) -> bool:
    said, read = fold(words[slice(*span)]), facts_at(span, claimed)
    if said not in _heights() or not {*read} <= {"build"}:
        return False
    if _heights()[said] and not read:
        others = (found.span() for found in _WORD.finditer(words) if found.span() != span)
        return any(_describes(words, other, claimed, _AROUND) for other in others)
    behind = _NEXT.match(words, span[1])
    return behind is not None and _describes(words, behind.span("word"), [] if read else claimed, _BEFORE)


def _describes(words: str, span: Span, claimed: Claims, fields: Sequence[str]) -> bool:
    read = facts_at(span, claimed)
    return not {*fields, "age"}.isdisjoint(read) if read else fold(words[slice(*span)]) in _surfaces(fields)


def _with_degree(words: str, span: Span) -> Span:
    """The word with the one before it where both are a height: "very tall"."""
    before = _DEGREE.search(words, 0, span[0])
    both = (before.start(), span[1]) if before else span
    return both if fold(words[slice(*both)]) in load("height_words").surfaces else span


@cache
def _heights() -> dict[str, bool]:
    """Single words for a height and for no build, and whether one is of people where it stands alone."""
    entries = (one for key, one in load("height_words").entries.items() if key != OF_NO_ONE)
    said = {fold(word): word in one.data["alone"] for one in entries for word in (one.label, *one.synonyms)}
    return {word: alone for word, alone in said.items() if " " not in word and word not in _surfaces(("build",))}


@cache
def _surfaces(fields: Sequence[str]) -> frozenset[str]:
    names = (name for field in fields for name in VOCABULARIES.get(field, ()))
    return frozenset(surface for name in names for surface in load(name).surfaces)
