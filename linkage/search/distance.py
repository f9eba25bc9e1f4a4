"""How near a question wants a place: "within 5 km of Manchester", "no more than two miles from LS9"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from linkage.intake.values import place
from linkage.search.query import Circle

LONGEST_PLACE = 4
"""Words of a place after a distance."""

KM_OF_MILE, KM_OF_METRE = 1.609344, 0.001

_NUMBERS = {
    **{"half a": 0.5, "a quarter of a": 0.25, "a": 1, "an": 1, "one": 1, "a couple of": 2, "two": 2, "three": 3},
    **{"four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20},
    **{"thirty": 30, "forty": 40, "fifty": 50, "a hundred": 100},
}
_SAID = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_LENGTH = (
    rf"(?P<number>\d+(?:\.\d+)?|{_SAID})[\s-]*(?:(?P<km>kms?|kilomet(?:re|er)s?|k)|(?P<mile>miles?|mi)|"
    r"(?P<metre>met(?:re|er)s?|m))\b(?:[\s-]+radius)?"
)
_DISTANCE = re.compile(
    r"\b(?:(?:within|inside|(?:no|not) (?:more|further|farther) than|less than|under|up to|in|at most)"
    rf"\s+(?:a\s+)?(?:radius of\s+)?){_LENGTH}\s+(?:away\s+)?(?:of|from|around|round|about)\b"
    rf"|(?:^|(?<=[,;.(])\s*)(?:a\s+)?{_LENGTH.replace('(?P<', '(?P<_')}\s+(?:of|around|round)\b",
    re.IGNORECASE,
)


class Distance(NamedTuple):
    """Within how many km of the place that `words` begin with."""

    km: float
    words: str


def without_distance(words: str) -> tuple[str, Distance | None]:
    """The words with "near" for the first distance in them, and that distance; None where none is named."""
    found = _DISTANCE.search(words)
    if found is None:
        return words, None
    said = {name.lstrip("_"): text for name, text in found.groupdict().items() if text}
    number = said["number"].lower()
    km = float(_NUMBERS.get(number) or number)
    km *= KM_OF_MILE if "mile" in said else KM_OF_METRE if "metre" in said else 1.0
    if km <= 0:
        return words, None
    after = words[found.end() :].lstrip()
    return f"{words[: found.start()]} near {after}", Distance(round(km, 2), after)


def within_distance(distance: Distance, mentioned: list[Circle]) -> list[Circle]:
    """The circle about the place that stands after a distance, of the most words that name one; about all of the
    alternatives (`mentioned`) where it is one of them."""
    words = re.split(r"[,;.!]", distance.words)[0].split()[:LONGEST_PLACE]
    found: Circle | None = None
    for size in range(1, len(words) + 1):
        where = place.normalise({"text": " ".join(words[:size])})[0]
        if where.lat is None or where.lon is None or (found and (where.lat, where.lon) == (found.lat, found.lon)):
            continue
        found = Circle(where.text or words[0], where.lat, where.lon, distance.km, strict=True)
    if len(mentioned) > 1 and found and any((one.lat, one.lon) == (found.lat, found.lon) for one in mentioned):
        return [replace(one, km=distance.km, strict=True) for one in mentioned]
    return [found] if found else mentioned
