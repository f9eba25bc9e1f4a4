"""How near a question wants a place: "within 5 km of Manchester", "no more than two miles from LS9"."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import NamedTuple

from linkage.geography import distance_km
from linkage.intake.values import place
from linkage.report import Place
from linkage.search.query import MENTIONED_KM, Circle

LONGEST_PLACE = 4
"""Words of a place after a distance."""

KM_OF_MILE, KM_OF_METRE = 1.609344, 0.001

_NUMBERS = {
    **{"half a": 0.5, "a quarter of a": 0.25, "a": 1, "an": 1, "one": 1, "a couple of": 2, "two": 2, "three": 3},
    **{"four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20},
    **{"thirty": 30, "forty": 40, "fifty": 50, "a hundred": 100},
}
_SAID = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
LENGTH = (
    rf"(?P<number>\d+(?:\.\d+)?|{_SAID})[\s-]*(?:(?P<km>kms?|kilomet(?:re|er)s?|k)|(?P<mile>miles?|mi)|"
    r"(?P<metre>met(?:re|er)s?|m))\b(?:[\s-]+radius)?"
)
"""A distance in words."""
_DISTANCE = re.compile(
    r"\b(?:(?:within|inside|(?:no|not) (?:more|further|farther) than|less than|under|up to|in|at most)"
    rf"\s+(?:a\s+)?(?:radius of\s+)?){LENGTH}\s+(?:away\s+)?(?:of|from|around|round|about)\b"
    rf"|(?:^|(?<=[,;.(])\s*)(?:a\s+)?{LENGTH.replace('(?P<', '(?P<_')}\s+(?:of|around|round)\b",
    re.IGNORECASE,
)
_BETWEEN, _AND = (re.compile(said, re.IGNORECASE) for said in (r"\b(?:in )?between\s+(?=\w)", r"\s*(?:and|&)\s+"))
_WORD, _STOP = re.compile(r"\S+"), re.compile(r"[,;.!&]")


class Distance(NamedTuple):
    """Within how many km of the place that `words` begin with."""

    km: float
    words: str


def without_distance(words: str) -> tuple[str, Distance | None]:
    """The words with "near" for the first distance in them, and that distance; None where none is named."""
    found = _DISTANCE.search(words)
    if found is None:
        return words, None
    if (km := km_of(found)) <= 0:
        return words, None
    after = words[found.end() :].lstrip()
    return f"{words[: found.start()]} near {after}", Distance(km, after)


def without_between(words: str) -> tuple[str, list[Circle]]:
    """The words without "between Leeds and Bradford", and circles about both that meet half way."""
    for cue in _BETWEEN.finditer(words):
        first = place_at_start(words[cue.end() :])
        joined = _AND.match(words, cue.end() + first[1]) if first else None
        second = place_at_start(words[joined.end() :]) if joined else None
        if first and joined and second:
            ends = [circle_of(where, MENTIONED_KM) for where in (first[0], second[0])]
            half = float(distance_km(ends[0].lat, ends[0].lon, ends[1].lat, ends[1].lon)) / 2
            end = joined.end() + second[1]
            blank = " " * (end - cue.start())
            far = max(MENTIONED_KM, math.ceil(half))
            return words[: cue.start()] + blank + words[end:], [replace(one, km=far, strict=False) for one in ends]
    return words, []


def km_of(found: re.Match[str]) -> float:
    """The distance that LENGTH found, in km."""
    said = {name.lstrip("_"): text for name, text in found.groupdict().items() if text}
    number = said["number"].lower()
    unit = KM_OF_MILE if "mile" in said else KM_OF_METRE if "metre" in said else 1.0
    return round(float(_NUMBERS.get(number) or number) * unit, 2)


def place_at_start(words: str) -> tuple[Place, int] | None:
    """The place that words begin with, of the most words that name one, and where they end; none in the name of a
    street of which no town is told ("York Road")."""
    found: tuple[Place, int] | None = None
    for said in [*_WORD.finditer(_STOP.split(words)[0])][:LONGEST_PLACE]:
        where = place.normalise({"text": words[: said.end()].strip()})[0]
        if where.precision == "street" and where.lat is None:
            found = None
        if where.lat is not None and where.lon is not None and (found is None or not _same(where, found[0])):
            found = where, said.end()
    return found


def _same(one: Place | Circle, other: Place | Circle) -> bool:
    return (one.lat, one.lon) == (other.lat, other.lon)


def within_distance(distance: Distance, mentioned: list[Circle]) -> list[Circle]:
    """The circle about the place that stands after a distance, of the most words that name one; about all of the
    alternatives (`mentioned`) where it is one of them."""
    found = place_at_start(distance.words)
    if found is None:
        return mentioned
    if len(mentioned) > 1 and any(_same(one, found[0]) for one in mentioned):
        return [replace(one, km=distance.km, strict=True) for one in mentioned]
    return [circle_of(found[0], distance.km)]


def circle_of(where: Place, km: float) -> Circle:
    """The circle about a place that is asked for as such. ValueError for a place that is not known."""
    if where.lat is None or where.lon is None:
        raise ValueError(where.text)
    return Circle(where.text or "the place", where.lat, where.lon, km, strict=True)
