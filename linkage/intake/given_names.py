"""First names that show a person by themselves: "Kelly, 27", "Lisa agreed to go with him"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from linkage.intake.mention import FEMALE, MALE
from linkage.vocabulary.tables import table


@cache
def _table() -> dict[str, Any]:
    return table("given_names")


@cache
def _sexes() -> dict[str, str | None]:
    told: dict[str, str | None] = dict.fromkeys(_table()["either"])
    return told | dict.fromkeys(_table()["male"], MALE) | dict.fromkeys(_table()["female"], FEMALE)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_table()['not_before'])})\s$", re.IGNORECASE)


@cache
def _place_behind() -> re.Pattern[str]:
    """A word that ends a place's name; or any further name, where the words before are those of a place."""
    ends = "|".join(_table()["place_ends"])
    labels = "|".join(_table()["labels"])
    return re.compile(rf"(?:'s|s')?(?:\s+[A-Z][a-z]+)?\s+(?:(?i:{ends}))\b|\s+(?i:{labels})\b")


def is_given_name(word: str) -> bool:
    """Whether a word, in any case, is a first name of the list."""
    return word.lower() in _sexes()


def sex_of_name(word: str) -> str | None:
    """The sex that a first name tells; None for "Alex" and for names that the list does not hold."""
    return _sexes().get(word.lower())


def stands_for_person(text: str, start: int, end: int) -> bool:
    """Whether the first name at [start, end) is no part of a street's, a saint's or a hospital's name."""
    return _before().search(text, max(0, start - 12), start) is None and _place_behind().match(text, end) is None
