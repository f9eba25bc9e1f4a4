"""Registrations, or parts of them, that stand among the words of a question with nothing to announce them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from linkage.intake.gazetteer.resolution import gazetteer
from linkage.intake.values.vehicles import registration
from linkage.intake.values.vehicles.registration import format_of
from linkage.search.marks import PLATE, ROAD
from linkage.vocabulary import load
from linkage.vocabulary.tables import table

MOST_PARTS, LEAST_SIGNS = 3, 3
"""Words that one registration may be written in, and signs that a part of one without wildcards needs [G]."""

BEGINS = re.compile(r"[A-Za-z]{2}[0-9]{2}")
"""The first half of a registration of these years."""

_PART = re.compile(r"[A-Z]{1,3}[0-9]{1,4}[A-Z]{0,3}|[0-9]{1,4}[A-Z]{1,3}|[a-z][0-9]{2,3}")
_OF_SEVERAL = re.compile(r"[A-Z0-9?*]{1,7}")
_MEASURE = re.compile(r"[0-9]+([A-Za-z]+)[0-9]*")
_WHOLE = ("current", "prefix", "suffix")


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(table("search")["no_plate"][name])


def plate_at(words: str, free: Sequence[tuple[int, int]], at: int, vehicles: bool) -> tuple[int, str] | None:
    """The registration that begins at a free word: how many words it takes, and its pattern. None for anything else:
    a height, an age, a time, a road, a district, a model behind its make. `vehicles`: is a vehicle asked for?"""
    for size in range(min(MOST_PARTS, len(free) - at), 1, -1):
        spans = free[at : at + size]
        parts = [words[slice(*span)] for span in spans]
        apart = any(words[one[1] : other[0]].strip() for one, other in pairwise(spans))
        if not apart and all(_OF_SEVERAL.fullmatch(part) for part in parts) and _is_whole("".join(parts)):
            return size, "".join(parts)
    said = words[slice(*free[at])].strip(".()")
    begins = BEGINS.fullmatch(said) and (vehicles or gazetteer().resolve(said.upper()) is None)
    if begins or PLATE.fullmatch(said) or (_PART.fullmatch(said) and _is_part(words, free[at], said)):
        plate = registration.normalise(said)
        return (1, plate) if plate else None
    return None


def _is_whole(signs: str) -> bool:
    """May the signs be a whole registration, with wildcards or digits that no word has?"""
    known = sum(one.isalnum() for one in signs)
    telling = any(one in "?*" or one.isdigit() for one in signs)
    return telling and known >= LEAST_SIGNS and len(signs) >= 5 and format_of(signs) in _WHOLE


def _is_part(words: str, span: tuple[int, int], said: str) -> bool:
    before = words[: span[0]].lower().split()[-1:]
    measure = _MEASURE.fullmatch(said)
    behind_make = bool(before) and load("makes").find(before[0]) is not None
    return not (
        len(said) < LEAST_SIGNS
        or (ROAD.fullmatch(said.upper()) and not (behind_make and said[0] in "ABM" and len(said) > LEAST_SIGNS))
        or (measure and measure[1].lower() in _list("units"))
        or said.lower() in _list("words")
        or gazetteer().resolve(said.upper()) is not None
        or (before and before[0] in _list("after"))
        or (behind_make and load("models").find(said))
    )


def no_age(said: str) -> bool:
    """Is it letters and digits in one, as in a plate, a road or a flat, and no number of years ("30s", "25m")?"""
    return re.fullmatch(r"[A-Za-z]+[0-9]+[A-Za-z]*|[0-9]+[A-EG-LN-RT-XZa-eg-ln-rt-xz]", said) is not None
