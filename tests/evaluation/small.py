"""Judged pairs small enough to check by eye: reports are named by letters, persons by whatever is given."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from linkage.evaluation.truth import EvaluatedPairs, Truth, evaluated_pairs
from linkage.report import Place, Report


def truth_of(persons: Mapping[str, str], incidents: Mapping[str, str] | None = None) -> Truth:
    """Report -> person; each report an incident of its own unless `incidents` (report -> incident) says otherwise."""
    return Truth(person=dict(persons), incident={name: (incidents or {}).get(name, name) for name in persons})


def pairs_of(
    persons: Mapping[str, str],
    incidents: Mapping[str, str] | None = None,
    places: Mapping[str, tuple[float, float]] | None = None,
) -> EvaluatedPairs:
    """All judged pairs of reports that hold nothing but their place, if any."""
    reports = []
    for name in persons:
        lat, lon = (places or {}).get(name, (None, None))
        reports.append(Report(report_id=name, place=Place(lat=lat, lon=lon)))
    return evaluated_pairs(reports, truth_of(persons, incidents))


def random_pairs(seed: int, reports: int, persons: int) -> EvaluatedPairs:
    """`reports` reports, each of a person drawn from `persons`."""
    who = np.random.default_rng(seed).integers(persons, size=reports)
    return pairs_of({f"R{row:04}": f"P{person}" for row, person in enumerate(who)})


def values_of(pairs: EvaluatedPairs, told: Mapping[str, float], rest: float = 0.0) -> np.ndarray:
    """One number a judged pair, named by its two letters ("AB"); `rest` where none is told."""
    names = [report.report_id for report in pairs.reports]
    keys = [names[a] + names[b] for a, b in zip(pairs.left, pairs.right, strict=True)]
    assert set(told) <= set(keys), f"no judged pair {set(told) - set(keys)}"
    return np.array([told.get(key, rest) for key in keys], dtype=float)
