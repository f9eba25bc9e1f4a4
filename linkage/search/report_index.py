"""Everything of reports that a question is compared with, as arrays that stand without the reports."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.disk_cache import uncollected
from linkage.features.catalogue import CATALOGUE
from linkage.features.latent import LatentEvidence
from linkage.features.telling import kind_of
from linkage.features.values import trimmed
from linkage.report import Report
from linkage.search.facets import FACETS
from linkage.search.index import stems_of_pieces
from linkage.search.latent import DERIVED
from linkage.search.postings import Postings

Place = NDArray[np.int32]
"""The new row of each report of an index, -1 for one that is left out."""

FACET, EVIDENCE = "facet ", "evidence "
"""Beginnings of the names of values that a list is narrowed by, and of those that evidence compares."""

KIND_END = "\t"
"""Between the kind of an identifier and its value."""

PIECES = "pieces"
"""How many pieces of words a report has, and one more, so that one without words keeps a place."""


def plates_of(report: Report) -> Iterator[str]:
    """Registrations of a report."""
    return (one.registration for one in report.vehicles if one.registration)


def identifiers_of(report: Report, kind: str) -> Iterator[str]:
    """Identifiers of one kind."""
    return (one.value for one in report.identifiers if one.kind == kind)


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _received(report: Report) -> int:
    try:
        return date.fromisoformat(report.received[:10]).toordinal() if report.received else 0
    except ValueError:
        return 0


_NUMBERS: dict[str, tuple[type, Callable[[Report], Any]]] = {
    "lat": (np.float64, lambda report: _number(report.place.lat)),
    "lon": (np.float64, lambda report: _number(report.place.lon)),
    "doubt_km": (np.float64, lambda report: (report.place.radius_m or 0.0) / 1000),
    "vague": (np.bool_, lambda report: report.place.precision == "region"),
    "first": (np.int64, lambda report: (report.occurred.days or (0, 0))[0]),
    "last": (np.int64, lambda report: (report.occurred.days or (0, 0))[1]),
    "received": (np.int64, _received),
    "hour_min": (np.float64, lambda report: _number(report.occurred.hour_min)),
    "hour_max": (np.float64, lambda report: _number(report.occurred.hour_max)),
    "people": (np.int64, lambda report: len(report.suspects)),
    "male": (np.int64, lambda report: [person.sex for person in report.suspects].count("male")),
    "female": (np.int64, lambda report: [person.sex for person in report.suspects].count("female")),
    "behaviours": (np.int64, lambda report: len(report.behaviours.present) + len(report.behaviours.withheld)),
}
"""Numbers of a report; those of words are `PIECES`."""

_VALUES: dict[str, Callable[[Report], Iterator[str] | Sequence[str]]] = {
    "registration": plates_of,
    "identifier": lambda report: [f"{one.kind}{KIND_END}{one.value}" for one in report.identifiers],
    "weapon": lambda report: report.weapons,
    "present": lambda report: report.behaviours.present,
    "absent": lambda report: report.behaviours.absent,
    "withheld": lambda report: sorted(report.behaviours.withheld),
    "kind": lambda report: [kind_of(report)],
}
"""Values of a report, beside those of facets and of evidence with a hidden true value."""


@dataclass(frozen=True)
class ReportIndex:
    """`ids` of the reports, row by row; `numbers` (n,) and `values` over them by name; `words` are stems over pieces,
    numbered report by report."""

    ids: list[str]
    numbers: dict[str, NDArray[Any]]
    values: dict[str, Postings]
    words: Postings

    @classmethod
    def of(cls, reports: Sequence[Report]) -> ReportIndex:
        """Read reports; row i is reports[i]."""
        with uncollected():
            stems, pieces = stems_of_pieces(reports)
            numbers: dict[str, NDArray[Any]] = {
                name: np.array([read(report) for report in reports], dtype=kind)
                for name, (kind, read) in _NUMBERS.items()
            }
            values = {name: Postings.of(map(read, reports)) for name, read in _readers().items()}
            return cls([one.report_id for one in reports], numbers | {PIECES: pieces}, values, stems)

    @classmethod
    def joined(cls, parts: Sequence[tuple[ReportIndex, Place]], ids: list[str]) -> ReportIndex:
        """Several together, each with the place of its rows among `ids`."""
        numbers = {
            name: _placed([(one.numbers[name], place) for one, place in parts]) for name in parts[0][0].numbers
        }
        values = {
            name: Postings.joined([(one.values[name], place) for one, place in parts], len(ids))
            for name in parts[0][0].values
        }
        starts = starts_of(numbers[PIECES])
        words = Postings.joined(
            [(one.words, _places_of_pieces(one, place, starts)) for one, place in parts], int(numbers[PIECES].sum())
        )
        return cls(ids, numbers, values, words)


def starts_of(pieces: NDArray[np.int32]) -> NDArray[np.int64]:
    """The first piece of each report (n,)."""
    return (np.cumsum(pieces, dtype=np.int64) - pieces).astype(np.int64)


def _places_of_pieces(index: ReportIndex, place: Place, starts: NDArray[np.int64]) -> Place:
    """The new number of each piece of an index whose reports go to `place`, -1 where they are left out."""
    pieces = index.numbers[PIECES]
    moved_by = np.where(place >= 0, starts[np.maximum(place, 0)] - starts_of(pieces), 0)
    number = np.arange(int(pieces.sum())) + np.repeat(moved_by, pieces)
    return np.where(np.repeat(place, pieces) >= 0, number, -1).astype(np.int32)


def _placed(parts: Sequence[tuple[NDArray[Any], Place]]) -> NDArray[Any]:
    numbers = np.concatenate([of_one[place >= 0] for of_one, place in parts])
    found = np.empty_like(numbers)
    found[np.concatenate([place[place >= 0] for _, place in parts])] = numbers
    return found


@cache
def _readers() -> dict[str, Callable[[Report], Iterator[str] | Sequence[str]]]:
    found = dict(_VALUES)
    for name, read in FACETS.items():
        found[f"{FACET}{name}"] = _told(read)
    for evidence in CATALOGUE:
        if isinstance(evidence, LatentEvidence) and evidence.name not in DERIVED:
            found[f"{EVIDENCE}{evidence.name}"] = _of_evidence(evidence)
    return found


def _told(read: Callable[[Report], Sequence[str | None]]) -> Callable[[Report], list[str]]:
    return lambda report: [one for one in read(report) if one]


def _of_evidence(evidence: LatentEvidence) -> Callable[[Report], list[str]]:
    def read(report: Report) -> list[str]:
        """What evidence compares of a report, as JSON; nothing where it is not known."""
        value = trimmed(evidence.read(report))
        return [json.dumps(value)] if value else []

    return read
