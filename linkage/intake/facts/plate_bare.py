"""Halves of plates that nothing announces, told behind a vehicle or by a "something" for their rest: "drives a white
BMW one series, MA20.", "a gold Honda (YD1 something)", "FN5 something something KLO"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from linkage.intake.facts import plate_run
from linkage.intake.facts.plate_context import OTHER_NUMBER
from linkage.intake.facts.plate_formats import begins_current
from linkage.intake.facts.plate_fragment import of_a_vehicle
from linkage.intake.facts.vehicle_names import compact, readings
from linkage.intake.facts.vehicle_tokens import context_words
from linkage.intake.gazetteer_tables import load_tables
from linkage.intake.patterns import compiled

_BARE = compiled(
    r"(?:(?<=[a-z0-9A-Z],\s)|(?<=[a-z0-9]\s\()|(?<=[a-z0-9]\s-\s)|(?<=[a-z0-9]\s–\s))"
    r"(?P<plate>[A-Z]{2}(?:0[1-9]|[12][0-9]|5[1-9]|6[0-9]|7[0-6]))(?=\s?[.,;)\n]|$|\sand\sthat'?s\b)"
)
"""An area tag and a year of the current format, set off by commas or brackets."""
_SOMETHING = r"(?:s(?:ome?|um+)thin(?:g|['’]|\b)|s[uo]mmat|smth|(?:a\s)?gap)"
_OPEN = compiled(
    rf"(?<![\w?*£$€-])(?P<plate>[A-Z]{{2}}[0-9]{{1,2}}),?\s(?:(?i:and|n|then)\s){{0,2}}(?i:{_SOMETHING})(?![\w'’-])"
    rf"(?P<more>(?:,?\s(?i:{_SOMETHING}))?,?\s(?:(?i:and|then)\s)?['\"“‘]?(?:[A-Z]{{3}}\b(?!\s[A-Z]{{2}})|(?<=then\s)[A-HJ-Z]{{1,2}}(?=[.,;)\n]|$)))?"
)
"""The beginning of a plate, whose rest was not seen, and perhaps its end."""
_TAG = compiled(r"[A-Z][A-Z](?=[0-9])")
"""Stands in both, and in few texts."""
_SHORT = 3  # "YD1": half of an area tag and year
_NAMED = 60  # [G] characters before a bare half plate in which its vehicle is named
_ABOUT = 130  # [G] the same before one that is called open
_STOP = compiled(r"[.!?;]\s|\n\s*\n")
_PLACE_BEFORE = compiled(
    r"\b(?:in|at|near|from|to|of|postcode|road|street|lane|avenue|close|room|flat|unit|bus|route|platform|size|age|aged|"
    r"section|grid|ward|zone|sector|leeds|london),?\s\(?$",
    re.IGNORECASE,
)
_WORDS = compiled(r"[A-Za-z][A-Za-z-]{2,}")
_NO_NAME = 2  # [G] caution from which the name of a make or model is also an everyday word
_BEHIND_WHEELS = compiled(
    r"\b(?:car|van|vehicle|taxi|minicab|lorry|truck|moped|scooter|motorbike|motorcycle|estate|hatchback|saloon|pick-?up|"
    r"4x4|suv|cabriolet|convertible|minibus|people\scarrier)\b",
    re.IGNORECASE,
)


def bare(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, pattern) of each such half of a plate in `text`."""
    if _TAG.search(text) is None:
        return
    for found in _BARE.finditer(text):
        plate = found["plate"]
        if plate[:2] in _areas() or not _tag(plate) or not begins_current(plate):
            continue
        if _behind_vehicle(text, found.start(), _NAMED):
            yield *found.span("plate"), f"{plate}*"
    for found in _OPEN.finditer(text):
        plate, start = found["plate"], found.start("plate")
        sure = len(plate) > _SHORT and plate[:2] not in _areas() and begins_current(plate)
        if not _tag(plate) or _PLACE_BEFORE.search(text, max(0, start - 16), start):
            continue
        if OTHER_NUMBER.search(text[max(0, start - _NAMED) : start]) and not found["more"]:
            continue
        if not (sure or found["more"] or _behind_vehicle(text, start, _ABOUT, across=True)):
            continue
        read = plate_run.read(text, start) if found["more"] else None
        if read is not None and read[1] >= found.end():
            yield start, read[1], read[0]
        else:
            yield start, found.end(), f"{plate}*"


@cache
def _areas() -> frozenset[str]:
    """The two letters with which postcodes begin, where there are two."""
    return frozenset(code[:2] for code in load_tables().postcodes if code[:2].isalpha())


def _tag(plate: str) -> bool:
    return plate[:2].lower() not in context_words("no_tag") and not readings(compact(plate))


def _behind_vehicle(text: str, start: int, reach: int, *, across: bool = False) -> bool:
    """Whether a vehicle is spoken of before `start`, in the same sentence unless `across` several."""
    first = max(0, start - reach)
    if not across:
        first = max((stop.end() for stop in _STOP.finditer(text, first, start)), default=first)
    if _PLACE_BEFORE.search(text, first, start):
        return False
    if _BEHIND_WHEELS.search(text, first, start) or (across and of_a_vehicle(text, first, start)):
        return True
    return any(
        name.caution < _NO_NAME for word in _WORDS.finditer(text, first, start) for name in readings(compact(word[0]))
    )
