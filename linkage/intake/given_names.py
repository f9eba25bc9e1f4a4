"""First names that show a person by themselves: "Kelly, 27"."""

from __future__ import annotations

from functools import cache

from linkage.vocabulary.tables import table


@cache
def _names() -> frozenset[str]:
    listed = table("given_names")
    return frozenset(name for kind in ("either", "male", "female") for name in listed[kind])


def is_given_name(word: str) -> bool:
    """Whether a word, in any case, is a first name of the list."""
    return word.lower() in _names()
