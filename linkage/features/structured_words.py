"""Words that other comparisons read: a word speaks once (docs/decisions/0027-a-sum-that-ends-at-the-headline.md).

A plate is compared as a plate. Were its pieces compared again among the rare words of two narratives, one coincidence
would count twice. The narrative is therefore blind, report by report, to every word that a value of the report was
read from or consists of. Behaviours, offences, weapons and kinds of place are read by their meaning from whole
sentences, so their words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.features.tokens import stemmed, tokens
from linkage.report import Identifier, Occurred, Part, Person, Place, Report, Vehicle

FIELDS: dict[type[Part], tuple[str, ...]] = {
    Person: tuple(name for name in Person.model_fields if name not in ("raw", "spans", "other")),
    Vehicle: tuple(name for name in Vehicle.model_fields if name not in ("raw", "spans")),
    Identifier: ("value",),
    Place: ("text", "postcode", "town"),
    Occurred: ("from", "from_", "to", "weekday", "hour_min", "hour_max"),
    Report: ("speech",),
}
"""Fields of each part that a comparison of its own reads word by word."""

LEAST_PIECE = 3
"""Characters from which a known piece of a plate or identifier is looked for inside a longer word [G]."""


def structured_words(report: Report) -> frozenset[str]:
    """Stems of the narrative's words that other comparisons of the report read."""
    text = report.narrative or ""
    found = {stem for phrase in _phrases(report, text) for stem in tokens(phrase)}
    codes = {piece for value in _codes(report) for piece in re.split(r"[?*]+", value) if piece}
    for stem, word in stemmed(text) if codes else ():
        if any(word in code or (len(code) >= LEAST_PIECE and code in word) for code in codes):
            found.add(stem)
    return frozenset(found)


def _phrases(report: Report, text: str) -> Iterator[str]:
    """Values, the words they were read from, and where these stand in the narrative."""
    parts: list[Part] = [
        report,
        *report.suspects,
        *report.vehicles,
        *report.identifiers,
        report.place,
        report.occurred,
    ]
    for part in parts:
        fields = FIELDS[type(part)]
        for name in fields:
            yield from _strings(getattr(part, name, None))
        for name, words in part.raw.items():
            if name.partition(".")[0] in fields:
                yield words
        for name, spans in part.spans.items():
            if name.partition(".")[0] in fields:
                yield from (text[start:end] for start, end in spans)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


def _codes(report: Report) -> Iterator[str]:
    """Plates and identifiers as one lower-case run of letters, digits and marks for what is not known."""
    values = [vehicle.registration for vehicle in report.vehicles if vehicle.registration]
    values += [item.value for item in report.identifiers]
    return (re.sub(r"[^a-z0-9?*]", "", value.lower()) for value in values)
