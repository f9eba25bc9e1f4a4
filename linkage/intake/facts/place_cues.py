"""Words around the name of a place that say whether something happened there, from the gazetteer's word lists."""

from __future__ import annotations

import re
from functools import cache

from linkage.intake.gazetteer_tables import words
from linkage.intake.patterns import compiled


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list of the gazetteer."""
    return frozenset(words()[name].split())


@cache
def joiners() -> frozenset[str]:
    """What may stand between the parts of one address."""
    return frozenset(words()["joiners"].replace("\n", "").split("|"))


@cache
def after() -> re.Pattern[str]:
    """What stands behind a town that is no place of an incident: "Leeds accent", "Hull/York man"."""
    other = r"(?:\s*(?:/|\bor\b|\band\b)\s*(?-i:[A-Z])[\w-]+)?"
    kinds = r"(?:(?:city|town|county|football|rugby|type|style|sounding|(?-i:[A-Z])\w+)\s+)?"
    return compiled(rf"{other}[\s-]+{kinds}(?:{'|'.join(words()['after'].split())})(?!\w)", re.IGNORECASE)


@cache
def investigators() -> re.Pattern[str]:
    """Those who investigate somewhere, before the name of their town."""
    return compiled(rf"\b(?:{words()['investigators']})\s+(?:in|from|at)\s+(?:the\s+)?$", re.IGNORECASE)


@cache
def venue_after() -> re.Pattern[str]:
    """A kind of place behind the name of a town: "a Leeds hotel"."""
    nouns = "|".join(filter(None, words()["venue_nouns"].replace("\n", "").split("|")))
    return compiled(rf"\s+(?:city\s+cent(?:re|er)\s+|town\s+cent(?:re|er)\s+)?(?:{nouns})\b", re.IGNORECASE)


@cache
def people() -> re.Pattern[str]:
    """People behind the name of a town: "a Leeds man"."""
    return compiled(rf"\s+(?:{'|'.join(words()['after_people'].split())})\b", re.IGNORECASE)


@cache
def before() -> re.Pattern[str]:
    """What stands before a name that is no place of an incident."""
    phrases = "|".join(filter(None, words()["before"].replace("\n", "").split("|")))
    return compiled(rf"\b(?:{phrases})\s?[.:-]?\s+(?:the\s+)?$", re.IGNORECASE)


@cache
def roles() -> re.Pattern[str]:
    """Roles before a name that is a surname."""
    nouns = "|".join(filter(None, words()["roles"].replace("\n", "").split("|")))
    return compiled(rf"\b(?:{nouns})\s+$", re.IGNORECASE)
