"""Where on the body a mark is: its side and its part of the body, and whether two marks can be one.

Parts and what they lie within come from the vocabulary of body parts. What is not said contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from linkage.features.tokens import tokens
from linkage.vocabulary import load
from linkage.vocabulary.english import stem

SIDES = frozenset({"left", "right"})
SAME, UNSURE, APART = "same", "unsure", "apart"

Phrases = Sequence[str]


@dataclass(frozen=True, slots=True)
class Site:
    """`sides` that are said (both where "both" is), none where not; `parts` of the body that are named."""

    sides: frozenset[str]
    parts: frozenset[str]


@lru_cache(maxsize=65_536)
def site_of(phrase: str) -> Site:
    """Side and parts of the body that a mark's phrase names."""
    words = phrase.lower().replace(",", " ").replace("-", " ").split()
    sides = SIDES if {"both", "each"} & set(words) else SIDES & set(words)
    known = _parts()
    return Site(sides, frozenset(known[found] for word in words if (found := stem(word)) in known))


def relation(one: str, other: str) -> str:
    """Whether two marks may be one: same, unsure where a side or part is said of one alone, or apart."""
    a, b = site_of(one), site_of(other)
    if (a.sides and b.sides and not a.sides & b.sides) or (a.parts and b.parts and not _meet(a.parts, b.parts)):
        return APART
    return SAME if bool(a.sides) == bool(b.sides) and bool(a.parts) == bool(b.parts) else UNSURE


def shared_tokens(ones: Phrases, others: Phrases) -> frozenset[str]:
    """Tokens of marks in both lists that may be one mark."""
    found: set[str] = set()
    for one in ones:
        for other in others:
            if relation(one, other) != APART:
                found |= _tokens(one) & _tokens(other)
    return frozenset(found)


def agreement(ones: Phrases, others: Phrases) -> str:
    """The most that two lists of marks may say, "agrees" or "close": close where a mark is on another side or part in
    the other list and nowhere the same, or where no shared mark has its side and part said alike."""
    pairs = [(one, other, relation(one, other)) for one in ones for other in others if _tokens(one) & _tokens(other)]
    fits = {phrase for one, other, found in pairs if found != APART for phrase in (one, other)}
    if any(found == APART and one not in fits and other not in fits for one, other, found in pairs):
        return "close"
    return "agrees" if any(found == SAME for _, _, found in pairs) or not pairs else "close"


class Marks:
    """The marks of every row, to find the rows whose marks cannot be those of another."""

    def __init__(self, phrases: Iterable[Phrases]) -> None:
        self.of = [tuple(told) for told in phrases]
        self._rows: dict[str, list[int]] = {}
        for row, told in enumerate(self.of):
            for phrase in set(told):
                self._rows.setdefault(phrase, []).append(row)
        self._using: dict[str, set[str]] = {}
        for phrase in self._rows:
            for token in _tokens(phrase):
                self._using.setdefault(token, set()).add(phrase)

    def contradicted(self, told: Phrases) -> list[int]:
        """Rows with a mark that shares a word with one of these and is on another side or part."""
        near = {
            other
            for one in told
            for token in _tokens(one)
            for other in self._using.get(token, ())
            if relation(one, other) == APART
        }
        return sorted({row for phrase in near for row in self._rows[phrase]})


@lru_cache(maxsize=65_536)
def _tokens(phrase: str) -> frozenset[str]:
    return frozenset(tokens(phrase))


@cache
def _parts() -> dict[str, str]:
    """Stem of a word for a part of the body -> the part; "hand" and "hands" are one."""
    found: dict[str, str] = {}
    for entry in load("body_parts").entries.values():
        for word in entry.synonyms:
            if " " not in word:
                found.setdefault(stem(word), stem(entry.label))
    return found


@cache
def _within() -> dict[str, str]:
    return {
        stem(entry.label): stem(entry.data["within"])
        for entry in load("body_parts").entries.values()
        if entry.data.get("within")
    }


def _meet(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Is a part of one list the same as, or within, one of the other?"""
    return any(one in _around(other) or other in _around(one) for one in ones for other in others)


@cache
def _around(part: str) -> frozenset[str]:
    found = {part}
    while (part := _within().get(part, "")) and part not in found:
        found.add(part)
    return frozenset(found)
