"""Other stems that an asked word may stand for: the same word misspelt, and words of the same meaning."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from linkage.vocabulary import english, fold, load
from linkage.vocabulary.tables import table

SHORTEST_MISSPELT, LONG = 5, 8
"""Letters a word needs before one slip is believed, and before two are [G]."""

_VOCABULARIES = (
    *("weapons", "venues", "garments", "colours", "hair_colours", "hair_styles", "facial_hair", "bodies", "builds"),
    *("accents", "marks", "makes", "contact_methods"),
)
"""Vocabularies whose single words for one entry mean the same."""


def slips(length: int) -> int:
    """How many letters of a word of this length may be wrong, left out, put in or swapped."""
    return 0 if length < SHORTEST_MISSPELT else 1 if length < LONG else 2


def near_spellings(stem: str, stems: Sequence[str], most: int = 4) -> list[str]:
    """Stems that are this one with a slip or two; they begin with the same letter, or with the first two swapped."""
    allowed = slips(len(stem))
    if not allowed or not stem.isalpha():
        return []
    best = process.extract(stem, stems, scorer=OSA.distance, score_cutoff=allowed, limit=4 * most)
    like = [
        spelt
        for spelt, distance, _ in best
        if spelt != stem and distance <= slips(len(spelt)) and (spelt[0] == stem[0] or spelt[:2] == stem[1::-1])
    ]
    return like[:most]


@cache
def _table() -> dict[str, Any]:
    text = files("linkage.vocabulary").joinpath("data/search.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def accent_regions() -> dict[str, frozenset[str]]:
    """Accent -> those that it holds, and those that hold it."""
    like: dict[str, set[str]] = {}
    for wide, narrow in _table()["accent_regions"].items():
        for one in narrow:
            like.setdefault(wide, set()).add(one)
            like.setdefault(one, set()).add(wide)
    return {accent: frozenset(others) for accent, others in like.items()}


@cache
def given_names() -> frozenset[str]:
    """First names that are seldom anything else."""
    return frozenset(name for names in table("given_names").values() for name in names)


@cache
def asking_words() -> frozenset[str]:
    """The words that a question is wrapped in."""
    return frozenset(_table()["asking"]["words"])


@cache
def asking() -> frozenset[str]:
    """Stems of the words that a question is wrapped in."""
    return frozenset(map(english.stem, asking_words()))


@cache
def _deeds() -> frozenset[str]:
    return frozenset(_table()["deed"]["words"])


def tells_a_deed(words: str) -> bool:
    """Is there a verb, as people tell what somebody did? "Tow bar" tells nothing that was done."""
    told = fold(words).split()
    return any(word in _deeds() or (len(word) > 4 and word.endswith(("ed", "ing"))) for word in told)


@cache
def kin(behaviour: str) -> frozenset[str]:
    """Behaviours that one witness tells as this and another as that."""
    groups = [frozenset(group) for group in _table()["kin"]["groups"] if behaviour in group]
    return frozenset().union(*groups) - {behaviour}


@cache
def below(behaviour: str) -> frozenset[str]:
    """Behaviours that are this one too: a knife shown is a weapon shown."""
    return frozenset(_table()["below"].get(behaviour, ()))


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Stem -> stems of the same meaning."""
    meant: dict[str, set[str]] = {}
    groups = [
        *english.same_words(),
        *(frozenset(map(english.stem, group)) for group in _table()["meaning"]["groups"]),
    ]
    for name in _VOCABULARIES:
        for entry in load(name).entries.values():
            words = {fold(form) for form in (entry.key.replace("_", " "), *entry.synonyms)}
            groups.append(frozenset(english.stem(word) for word in words if " " not in word and len(word) > 2))
    for group in groups:
        for stem in group:
            meant.setdefault(stem, set()).update(group)
    return {stem: frozenset(others - {stem}) for stem, others in meant.items()}


def same_meaning(stem: str) -> frozenset[str]:
    """Stems that mean the same in this field: "cash" and "money", "copper" and "police"."""
    return _groups().get(stem, frozenset())


@cache
def is_ordinary(stem: str) -> bool:
    """Is it a word that people use about what happened? Such a word is no slip of another."""
    return stem in _ordinary()


@cache
def is_everyday(stem: str) -> bool:
    """Is it a word of these questions or of what is told, and so no slip of a name?"""
    return stem in _ordinary() or stem in asking() or stem in _groups()


@cache
def _ordinary() -> frozenset[str]:
    said = (
        phrase
        for entry in load("behaviours").entries.values()
        for phrase in (entry.example, entry.label, *entry.synonyms)
    )
    return frozenset(english.stem(word) for phrase in said for word in fold(phrase).split())
