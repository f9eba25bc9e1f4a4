"""Light English: word stems, and the small word lists that readers of free text share (`data/english.toml`)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from linkage.vocabulary.tables import table

_VOWELS = frozenset("aeiouy")
_LONG_PLURALS = ("sses", "shes", "ches", "xes", "zes")


@cache
def _table() -> dict[str, Any]:
    return table("english")


@cache
def _irregular() -> dict[str, str]:
    return {form: _cut(base) for base, forms in _table()["irregular"].items() for form in (base, *forms)}


@cache
def words(section: str, name: str) -> frozenset[str]:
    """The stems of the word list `name` in a section of the English table.

    Raises KeyError for a list that is not there.
    """
    return frozenset(stem(word) for word in _table()[section][name])


@cache
def forms(section: str, name: str) -> frozenset[str]:
    """The word list `name` in a section of the English table, as it stands there.

    Raises KeyError for a list that is not there.
    """
    return frozenset(_table()[section][name])


@cache
def names(section: str) -> frozenset[str]:
    """The names of the word lists in a section of the English table."""
    return frozenset(_table()[section])


@cache
def same_words() -> tuple[frozenset[str], ...]:
    """Groups of words, as stems, that may stand for each other when a phrase is looked for."""
    return tuple(frozenset(map(stem, group)) for group in _table()["same"]["groups"])


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Stem of a lower-case word, equal for all inflections: "grabs", "grabbed" and "grabbing" give "grab".

    A stem need not be a word ("choke" gives "chok"). Odd forms come from the table; the rest is cut by rule: plural
    and verb endings, then a doubled last consonant and a last e.
    """
    known = _irregular().get(word)
    return known if known is not None else _cut(word)


def _cut(word: str) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    if word[-1] == "d" and word[-2] in "bcfgkmpv":
        word = word[:-1] + "ed"  # "slapd", "grabd": no English word ends so
    if word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    if word.endswith("ing") and not _VOWELS.isdisjoint(word[:-3]) and len(word) > 5:
        word = word[:-3]
    elif (word.endswith("ed") and len(word) > 4 and not _VOWELS.isdisjoint(word[:-2])) or word.endswith(
        _LONG_PLURALS
    ):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in _VOWELS:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word
