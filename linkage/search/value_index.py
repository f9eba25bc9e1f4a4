"""What reports hold of plates, identifiers and weapons, gathered once so that a question need not walk them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.report import Report


class Values(NamedTuple):
    """Distinct values in `known`, and which reports hold which: `value[i]` stands in report `row[i]`."""

    known: list[str]
    value: NDArray[np.int32]
    row: NDArray[np.int32]

    @classmethod
    def of(cls, reports: Sequence[Report], read: Callable[[Report], Iterator[str]]) -> Values:
        """Gather what `read` gives of each report."""
        at: dict[str, int] = {}
        pairs = [(at.setdefault(one, len(at)), row) for row, report in enumerate(reports) for one in read(report)]
        value, row = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
        return cls(list(at), value, row)

    def best(self, judged: NDArray[np.float64], n: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """The largest of what the values of each report are judged, shape (n,), and which reports hold any."""
        held = np.zeros(n, dtype=bool)
        held[self.row] = True
        found = np.full(n, -np.inf)
        np.maximum.at(found, self.row, judged[self.value])
        return np.where(held, found, 0.0), held


class ValueIndex:
    """Plates, identifiers by kind, and weapons of a list of reports."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        self._identifiers: dict[str, Values] = {}
        self.plates = Values.of(reports, plates_of)
        self.weapons = Values.of(reports, lambda report: iter(report.weapons))

    def identifiers(self, kind: str) -> Values:
        """Identifiers of one kind."""
        if kind not in self._identifiers:
            self._identifiers[kind] = Values.of(self.reports, lambda report: identifiers_of(report, kind))
        return self._identifiers[kind]


def plates_of(report: Report) -> Iterator[str]:
    """Registrations of a report."""
    return (one.registration for one in report.vehicles if one.registration)


def identifiers_of(report: Report, kind: str) -> Iterator[str]:
    """Identifiers of one kind."""
    return (one.value for one in report.identifiers if one.kind == kind)
