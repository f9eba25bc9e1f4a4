"""Structured fields of a report as the baselines read them: sets of values, and numbers.

Where a report tells of several people or vehicles, a set holds the values of all of them, and a number is that of
the first whose value is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from linkage.report import Range, Report
from linkage.vocabulary import load

Values = frozenset[str]


def _set(values: Iterable[str | None]) -> Values:
    return frozenset(value for value in values if value)


def _accents(report: Report, sensitive: bool) -> Values:
    vocabulary = load("accents")
    found = set()
    for accent in (accent for person in report.suspects for accent in person.accent):
        key = vocabulary.find(accent)
        # an accent that the vocabulary does not place in the British Isles may stand for ethnicity
        stands_for = key is None or bool(vocabulary.entries[key].data.get("sensitive", False))
        if stands_for is sensitive:
            found.add(accent)
    return frozenset(found)


CATEGORIES: dict[str, Callable[[Report], Values]] = {
    "sex": lambda r: _set(p.sex for p in r.suspects),
    "build": lambda r: _set(value for p in r.suspects for value in p.build),
    "hair_colour": lambda r: _set(value for p in r.suspects if p.hair for value in p.hair.colour),
    "hair_style": lambda r: _set(value for p in r.suspects if p.hair for value in p.hair.style),
    "facial_hair": lambda r: _set(value for p in r.suspects for value in p.facial_hair),
    "eyes": lambda r: _set(p.eyes for p in r.suspects),
    "glasses": lambda r: _set(None if p.glasses is None else str(p.glasses) for p in r.suspects),
    "accent": lambda r: _accents(r, False),
    "make": lambda r: _set(v.make for v in r.vehicles),
    "model": lambda r: _set(v.model and f"{v.make} {v.model}" for v in r.vehicles),
    "colour": lambda r: _set(value for v in r.vehicles for value in v.colour),
    "body": lambda r: _set(v.body for v in r.vehicles),
    "identifiers": lambda r: _set(f"{i.kind} {i.value}" for i in r.identifiers),
    "weapons": lambda r: _set(r.weapons),
    "contact": lambda r: _set([r.contact.method]),
    "venue": lambda r: _set([r.place.venue]),
    "offences": lambda r: _set(r.offences),
    "ethnicity": lambda r: _set(value for p in r.suspects for value in p.ethnicity),
    "complexion": lambda r: _set(p.complexion for p in r.suspects),
    "accent_other": lambda r: _accents(r, True),
}
"""Name -> the values a report gives; empty when not known."""

SENSITIVE = frozenset({"ethnicity", "complexion", "accent_other"})
"""Fields that the engine gives no weight unless a setting turns them on."""

NUMBERS: dict[str, Callable[[Report], float]] = {
    "age": lambda r: _middle(p.age for p in r.suspects),
    "height": lambda r: _middle(p.height_cm for p in r.suspects),
}
"""Name -> the middle of the perceived range, years and cm; nan when not known."""


def plates(report: Report) -> Values:
    """Registrations, with wildcards."""
    return _set(vehicle.registration for vehicle in report.vehicles)


def categories(sensitive: bool) -> dict[str, Callable[[Report], Values]]:
    """The categories, with the sensitive ones or without."""
    return {name: read for name, read in CATEGORIES.items() if sensitive or name not in SENSITIVE}


def _middle(ranges: Iterable[Range | None]) -> float:
    for given in ranges:
        ends = [end for end in (given.min, given.max) if end is not None] if given else []
        if ends:
            return sum(ends) / len(ends)
    return float("nan")
