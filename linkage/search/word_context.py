"""What stands around a word of a question and makes it no fact of a person: "old volvo", "room 45", "Irish bar"."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Iterator
from functools import cache

from linkage.search.expansion import asking, same_meaning, tells_a_deed
from linkage.search.query import Claims, facts_at
from linkage.vocabulary import fold, load
from linkage.vocabulary.english import forms, stem
from linkage.vocabulary.tables import table

_NEXT = re.compile(r"\s+([\w'’-]+)")

Span = tuple[int, int]


def tells_no_person(words: str, span: Span, claimed: Claims) -> bool:
    """Do the words around one say that it is a number of something, a verb, or how a vehicle or a thing is?"""
    return (
        _counts(words, span)
        or _is_done(words, span)
        or _describes_vehicle(words, span, claimed)
        or _is_whence_a_thing_comes(words, span)
    )


def _counts(words: str, span: Span) -> bool:
    """Is it a number of something ("50 quid", "nov 23", "agreed 40", "room 45"), or a month before one? Then it is no
    age and no height."""
    said, parts = words[slice(*span)].lower().rstrip(".,;"), words[span[1] :].split(maxsplit=1)
    before, behind = words[: span[0]].lower().split()[-1:], parts[0].lower() if parts else ""
    if not said.isdecimal():
        return said in _months() and behind.isdecimal()
    if behind.rstrip(".,;") in _no_age() or (before and before[0] in _months() | _numbered()):
        return True
    return bool(before) and tells_a_deed(before[0]) and before[0] != "aged" and stem(before[0]) not in asking()


def _is_done(words: str, span: Span) -> bool:
    """Is it a verb with what it is done to or whither behind it ("ripped off", "ripped her top")? It is no look."""
    behind = words[span[1] :].split(maxsplit=1)[:1]
    said = words[slice(*span)].lower()
    return bool(behind) and said.endswith("ed") and behind[0].lower().strip(".,;") in forms("search", "behind_a_verb")


def _describes_vehicle(words: str, span: Span, claimed: Claims) -> bool:
    """Is it an age or a size right before a vehicle, with nothing but how it looks between ("big old white van")? Who
    drives it stands behind: "young BMW driver" is a person."""
    if words[slice(*span)].lower() not in _how_vehicles_are():
        return False
    named = False
    for said, where in _following(words, span[1]):
        if said in table("search")["of_vehicles"]["people"]:
            return False  # MAN makes lorries
        vehicle = "vehicle" in facts_at(where, claimed) or any(load(one).find(said) for one in ("makes", "bodies"))
        coloured = said in load("colours").surfaces or said in _how_vehicles_are()
        if not vehicle and not coloured:
            return named
        named = named or (vehicle and not coloured)
    return named


def _is_whence_a_thing_comes(words: str, span: Span) -> bool:
    """Does a nation or a region stand right before a thing ("scottish notes", "Irish bar")? It is nobody's accent."""
    said = words[slice(*span)].lower()
    if load("accents").find(said) is None and load("ethnicities").find(said) is None:
        return False
    behind = next(_following(words, span[1]), None)
    return behind is not None and _is_thing(behind[0])


@cache
def _is_thing(word: str) -> bool:
    money = stem("money")
    return word in table("search")["of_a_nation"]["things"] or stem(word) in same_meaning(money) | {money}


def _following(words: str, start: int) -> Iterator[tuple[str, Span]]:
    """The words behind a place that only spaces part, folded, with where they stand."""
    while found := _NEXT.match(words, start):
        yield fold(found[1]), found.span(1)
        start = found.end()


@cache
def _how_vehicles_are() -> frozenset[str]:
    """Words inside the description of a vehicle that a person may be described by as well."""
    return frozenset(load("vehicle_context").entries["links"].synonyms) | {*table("search")["of_vehicles"]["look"]}


@cache
def _months() -> frozenset[str]:
    return frozenset(one.lower() for one in (*month_name, *month_abbr) if one)


@cache
def _numbered() -> frozenset[str]:
    """What a number behind it is the number of."""
    return frozenset((*table("search")["no_plate"]["after"], *table("search")["numbered"]["nouns"]))


@cache
def _no_age() -> frozenset[str]:
    return frozenset(table("age_context")["no_age"]["behind"])
