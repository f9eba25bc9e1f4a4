"""How well gathered series rebuild the true ones: B-cubed, pairwise, and whole, in part or not at all.

The unit is the incident: reports of one incident count as one, so that a much-reported incident is neither a success
nor worth more. An incident stands in the series that holds most of its reports (of equals, the one with the smallest
report id); one that no series holds is a series of its own, as every report outside the truth is nobody's and left
out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.truth import Truth


@dataclass(frozen=True)
class Gathering:
    """Incidents with the person behind them and the series they were gathered in.

    `person` (incidents,) and `series` (incidents,) are numbers; a single has a series of its own. The pair
    (`cell_person`, `cell_series`) with `cell_size` incidents is each combination that occurs. `names` are the persons
    by number.
    """

    person: NDArray[np.int64]
    series: NDArray[np.int64]
    cell_person: NDArray[np.int64]
    cell_series: NDArray[np.int64]
    cell_size: NDArray[np.int64]
    names: list[str]

    @classmethod
    def of(cls, truth: Truth, series: Sequence[AbstractSet[str]]) -> Gathering:
        """The incidents of `truth` in the gathered `series` (sets of report ids, singles left out).

        ValueError when a report stands in two series.
        """
        holder = _holders(series)
        members: dict[tuple[str, str], list[str]] = {}
        for report in sorted(truth.person):
            # two persons behind one incident are two units: neither takes the other's series
            members.setdefault((truth.person[report], truth.incident.get(report, report)), []).append(report)
        names = sorted({person for person, _ in members})
        number = {name: index for index, name in enumerate(names)}
        person = np.array([number[name] for name, _ in members], dtype=np.int64)
        alone = range(len(series), len(series) + len(members))
        gathered = np.array(
            [_series_of(reports, holder, own) for own, reports in zip(alone, members.values(), strict=True)],
            dtype=np.int64,
        )
        cells, size = np.unique(np.stack([person, gathered], axis=1).reshape(-1, 2), axis=0, return_counts=True)
        return cls(person, gathered, cells[:, 0], cells[:, 1], size.astype(np.int64), names)

    def _counted(self, of: NDArray[np.int64], by: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(of, weights=by).astype(np.int64)

    def b_cubed(self, times: NDArray[np.int64] | None = None) -> tuple[float, float, float]:
        """B-cubed precision, recall and F1 (Bagga & Baldwin 1998 [M]), singles included; each incident counts alike.

        Precision of an incident is the share of its series that is its person's, recall the share of its person's
        incidents that are in its series. `times` (persons,) counts a person's incidents so often, for intervals.
        """
        weight = self.cell_size * (1 if times is None else times[self.cell_person])
        total = weight.sum()
        if not total:
            return float("nan"), float("nan"), float("nan")
        in_series = self._counted(self.cell_series, self.cell_size)[self.cell_series]
        of_person = self._counted(self.cell_person, self.cell_size)[self.cell_person]
        precision = float((weight * self.cell_size / in_series).sum() / total)
        recall = float((weight * self.cell_size / of_person).sum() / total)
        return precision, recall, 2 * precision * recall / (precision + recall)

    def pairwise(self, times: NDArray[np.int64] | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1 over pairs of incidents: gathered together against one person behind both.

        Precision is nan when nothing was gathered, recall when no person has two incidents. With `times` (persons,)
        a linked pair counts as often as its person, another as often as the product of its two persons.
        """
        counted = np.ones(len(self.names), dtype=np.int64) if times is None else times
        own = counted[self.cell_person] * self.cell_size
        together = own @ (self.cell_size - 1) / 2
        # pairs across persons: half of the square of a series' weight, less each person's square
        whole = self._counted(self.cell_series, own)
        across = (float(whole @ whole) - float(own @ own)) / 2
        size = self._counted(self.cell_person, self.cell_size)
        linked = counted @ (size * (size - 1)) / 2
        gathered = together + across
        return (
            _ratio(float(together), float(gathered)),
            _ratio(float(together), float(linked)),
            _ratio(2 * float(together), float(gathered + linked)),
        )

    def rebuilt(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Persons of true series (two incidents or more), and how each series was rebuilt: 2 whole, 1 in part, 0 not.

        Whole: one gathered series holds exactly its incidents. In part: not whole, and at least two of its incidents
        are together in one gathered series, whatever else is. After the pattern tests of Chohlas-Wood & Levine
        (2019), who report a third rebuilt perfectly and some four fifths at least in part [V].
        """
        in_series = self._counted(self.cell_series, self.cell_size)[self.cell_series]
        size = self._counted(self.cell_person, self.cell_size)
        exact = (self.cell_size == in_series) & (self.cell_size == size[self.cell_person])
        state = np.zeros(len(size), dtype=np.int64)
        np.maximum.at(state, self.cell_person, np.where(exact, 2, np.where(self.cell_size > 1, 1, 0)))
        serial = np.flatnonzero(size > 1)
        return serial, state[serial]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _holders(series: Sequence[AbstractSet[str]]) -> dict[str, int]:
    holder: dict[str, int] = {}
    for number, reports in enumerate(series):
        for report in reports:
            if report in holder:
                raise ValueError(f"report {report} stands in two series; name it in one of them")
            holder[report] = number
    return holder


def _series_of(reports: list[str], holder: dict[str, int], alone: int) -> int:
    """The series that holds most of an incident's `reports`, which are sorted; `alone` when none does."""
    held = Counter(holder[report] for report in reports if report in holder)
    return held.most_common(1)[0][0] if held else alone
