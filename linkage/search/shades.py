"""How light a vehicle was, where no colour is named: "dark saloon" asks for any of the dark colours. Which these are
stands in `data/search.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from linkage.report import Vehicle
from linkage.search.query import Claims, Query, facts_at
from linkage.vocabulary import fold, load
from linkage.vocabulary.tables import table

_NEXT = re.compile(r"\s+(?P<word>[A-Za-z'’-]+)")
_LAST = re.compile(r"(?P<word>[A-Za-z'’-]+)[\s,]+\Z")
_OF_VEHICLES = frozenset({"vehicle", "features"})


def shaded_vehicles(asked: Query, words: str, claimed: Claims) -> Iterator[tuple[int, int, str]]:
    """Give the first vehicle without a colour those of a shade right beside a word for it; yields where."""
    for found in _shades().finditer(words):
        if not set(facts_at(found.span(), claimed)) <= _OF_VEHICLES or not _of_vehicle(words, found, claimed):
            continue
        if not asked.report.vehicles:
            asked.report.vehicles.append(Vehicle())
        bare = next((one for one in asked.report.vehicles if not one.colour), None)
        if bare is not None:
            bare.colour = list(table("search")["shades"]["colours"][fold(found["shade"])])
            yield *found.span(), "vehicle"


def _of_vehicle(words: str, shade: re.Match[str], claimed: Claims) -> bool:
    """Does a vehicle stand right behind it, or right before it with nothing behind that it may be of?"""
    behind = _NEXT.match(words, shade.end())
    if behind is not None:
        return fold(behind["word"]) not in load("colours").surfaces and _names_vehicle(behind, claimed)
    before = _LAST.search(words, 0, shade.start())
    return before is not None and _names_vehicle(before, claimed)


def _names_vehicle(found: re.Match[str], claimed: Claims) -> bool:
    read = facts_at(found.span("word"), claimed)
    return "vehicle" in read or (not read and fold(found["word"]) in _vehicles())


@cache
def _vehicles() -> frozenset[str]:
    return frozenset(table("search")["shades"]["vehicles"])


@cache
def _shades() -> re.Pattern[str]:
    said = table("search")["shades"]
    coloured = "|".join(said["coloured"])
    return re.compile(rf"\b(?P<shade>{'|'.join(said['colours'])})(?:[\s-]+(?:{coloured}))?\b", re.IGNORECASE)
