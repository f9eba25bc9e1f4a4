"""Facts of words that stand without a sentence around them: "bald stocky northern"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from linkage.intake.facts import age, build, ethnicity, facial_hair, glasses, hair, height, place, registration, sex
from linkage.intake.gazetteer import gazetteer
from linkage.report import Vehicle
from linkage.search.asked import Asked, Claims, fact_at
from linkage.vocabulary import load

MISSPELT = 85.0
"""rapidfuzz ratio at which a word is a misspelt colour [G]."""

PLATE = re.compile(r"(?=.*[?*])(?=(?:.*[A-Za-z0-9]){2})[A-Za-z0-9?*]{3,10}")
"""A registration that its wildcards give away."""

_OF_HAIR = re.compile(r"hair|blond|ginger|brunette|dyed")
_LONGEST = 4  # words of the longest fact that is looked for


def _hair(words: str) -> Any:
    """Hair of words that name it or a style: "grey" alone may be of anything."""
    read = hair.normalise(words)
    return read if read and (read.style or _OF_HAIR.search(words.lower())) else None


_PERSON: tuple[tuple[str, Callable[[str], Any]], ...] = (
    ("age", age.normalise),
    ("height_cm", height.normalise),
    ("facial_hair", facial_hair.normalise),
    ("build", build.normalise),
    ("accent", lambda words: [key] if (key := load("accents").find(words)) else None),
    ("hair", _hair),
    ("glasses", glasses.normalise),
    ("ethnicity", ethnicity.normalise),
    ("sex", sex.normalise),
)
"""Facts of a person that single words may carry, in the order in which they claim them."""


def single_facts(
    asked: Asked,
    words: str,
    free: list[tuple[int, int]],
    claimed: Claims,
) -> Iterator[tuple[int, int, str | None]]:
    """Give `asked` the facts of words that stand free, the longest run first, each word once; yields what was read.

    `free` are the spans of the words that the grammars of free text left, `claimed` the spans of those they read.
    """
    at = 0
    while at < len(free):
        for size in range(min(_LONGEST, len(free) - at), 0, -1):
            start, end = free[at][0], free[at + size - 1][1]
            apart = size > 1 and fact_at((start, end), claimed) is not None
            kind = None if apart or end - start > 40 else _single_fact(asked, words[start:end].strip("."))
            if kind:
                yield start, end, kind
                at += size
                break
        else:
            at += 1


def _single_fact(asked: Asked, words: str) -> str | None:
    if PLATE.fullmatch(words) and (plate := registration.normalise(words)):
        asked.report.vehicles.append(Vehicle(registration=plate))
        return "vehicle"
    if _may_name_a_place(words) and (centre := _centre(words)) and not _shorter(_centre, words, centre):
        asked.mention(place.normalise({"text": words})[0])
        return "place"
    if _colours_vehicle(asked, words):
        return "vehicle"
    for name, normalise in _PERSON:
        value = normalise(words)
        if value in (None, []) or getattr(asked.person, name) not in (None, []) or _shorter(normalise, words, value):
            continue
        setattr(asked.person, name, value)
        return name
    return None


def _centre(words: str) -> tuple[float, float] | None:
    """Latitude and longitude of a town or district."""
    found = gazetteer().resolve(words)
    if found is None or found.lat is None or found.lon is None or found.precision not in ("town", "district"):
        return None
    return found.lat, found.lon


def _colours_vehicle(asked: Asked, words: str) -> bool:
    """Is it the colour, perhaps misspelt, of a vehicle asked for without one? Then the vehicle has it now."""
    bare = [one for one in asked.report.vehicles if not one.colour and (one.make or one.body)]
    colour = load("colours").find(words, MISSPELT) if bare and len(words) > 2 else None
    if colour:
        bare[0].colour.append(colour)
    return colour is not None


def _shorter(normalise: Callable[[str], Any], words: str, value: Any) -> bool:
    """Do fewer of the words say the same? Then the others are something else."""
    parts = words.split()
    return len(parts) > 1 and value in (normalise(" ".join(parts[1:])), normalise(" ".join(parts[:-1])))


def _may_name_a_place(words: str) -> bool:
    """A capital letter, or words that are no fact of a person: "leeds" is a town, "brown" is not."""
    return len(words) > 3 and (
        words[0].isupper() or not any(normalise(words) for name, normalise in _PERSON if name != "accent")
    )
