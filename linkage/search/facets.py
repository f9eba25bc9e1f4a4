"""What the listed reports have in common, counted: kind of vehicle, setting, area, year, consent ..., and how many do
not say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linkage.intake.values.vehicles.vehicle_names import usual_body
from linkage.report import Report
from linkage.search.postings import Postings
from linkage.vocabulary import load

MOST_VALUES = 8
"""Values of a facet that are shown [G]."""


@dataclass(frozen=True, slots=True)
class Facet:
    """`counts` are (value, reports) with the most frequent first, `not_known` the reports that do not say."""

    name: str
    counts: list[tuple[str, int]]
    not_known: int


Narrow = Sequence[tuple[str, str]]
"""Facets and the values to which a list is narrowed: of one facet any will do, of several all have to agree."""


def narrowed(values: Mapping[str, Postings], n: int, narrow: Narrow, but: str = "") -> NDArray[np.bool_]:
    """Which of `n` reports have the values that `narrow` names, shape (n,); the facet `but` is passed over. `values`
    are those of each facet. KeyError for one that is none."""
    wanted: dict[str, set[str]] = {}
    for name, value in narrow:
        if name != but:
            wanted.setdefault(name, set()).add(value)
    found = np.ones(n, dtype=bool)
    for name, any_of in wanted.items():
        found &= values[name].holding(any_of)
    return found


def is_facet(name: str) -> bool:
    """Is there a facet of this name?"""
    return name in FACETS


def facets(values: Mapping[str, Postings], n: int, listed: NDArray[np.intp], narrow: Narrow = ()) -> list[Facet]:
    """Facets of the `listed` of `n` reports, without those that none of them says. A report counts once for each
    value. Each is counted over what the other facets of `narrow` leave, so that one value can be changed for
    another."""
    found = []
    for name in FACETS:
        held = values[name]
        rows = listed[narrowed(values, n, narrow, name)[listed]] if narrow else listed
        counts, silent = held.counted(rows)
        order = sorted(np.flatnonzero(counts).tolist(), key=lambda at: (-counts[at], held.known[at]))
        if order:
            found.append(Facet(name, [(held.known[at], int(counts[at])) for at in order[:MOST_VALUES]], silent))
    return found


def _bodies(report: Report) -> list[str | None]:
    return [
        one.body or (usual_body(one.make, one.model) if one.make and one.model else None) for one in report.vehicles
    ]


def _colours(report: Report) -> list[str | None]:
    return [colour for one in report.vehicles for colour in one.colour]


def _label(vocabulary: str, key: str | None) -> list[str | None]:
    entry = load(vocabulary).entries.get(key) if key else None
    return [entry.label if entry else key]


def _year(report: Report) -> list[str | None]:
    days = (report.occurred.from_, report.occurred.to or report.occurred.from_)
    years = {day[:4] for day in days if day}
    return [years.pop()] if len(years) == 1 else []


def _consent(report: Report) -> list[str | None]:
    given = [words for words, yes in (("police", report.consent.police), ("alert", report.consent.alert)) if yes]
    return [" and ".join(given) or "none"]


FACETS: dict[str, Callable[[Report], Sequence[str | None]]] = {
    "Vehicle": _bodies,
    "Colour of vehicle": _colours,
    "Setting": lambda report: _label("venues", report.place.venue),
    "Contact": lambda report: _label("contact_methods", report.contact.method),
    "Area": lambda report: [report.place.admin.police_force or report.place.admin.region],
    "Year": _year,
    "Consent": _consent,
}
"""What a report says of each facet."""
