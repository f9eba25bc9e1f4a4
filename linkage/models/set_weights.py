"""What sets of reports weigh, in the units of an explanation: log10, scaled and tempered as the run weighed them.

The score of a set is the log10 of its prior times its scaled likelihood ratio. Every question about series is then a
difference of scores: joining a series, leaving it, or parting it in two. The weights are those of the set kernel, so
an explanation says what the sampler went by: pair ratios in whole millibans, as everywhere in the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import Evidence
from linkage.features.set_packing import PackedSets
from linkage.models.lengths import SeriesPrior
from linkage.models.set_kernel import LN10, set_parts
from linkage.models.set_memory import Memory, memory
from linkage.models.ties import FIRST_LINK, SAME_INCIDENT, Ties

MOST_REMEMBERED = 50_000
"""Sets whose parts are remembered [G]: some 20 MB."""

Units = tuple[int, ...]


class Kind(NamedTuple):
    """What a part of a strength is called: a comparison, or a tie of units."""

    name: str
    group: str
    label: str
    sensitive: bool


TIES = (
    Kind(SAME_INCIDENT, SAME_INCIDENT, "Proposed as one incident", False),
    Kind(FIRST_LINK, "decisions", "First analyst's link", False),
)
"""Parts beside the comparisons; told where a run has ties."""


@dataclass(frozen=True, slots=True)
class SetPart:
    """One comparison's part of a strength: `weight` in log10 units, tempered and scaled as in the run."""

    name: str
    group: str
    label: str
    weight: float
    sensitive: bool


@dataclass(frozen=True, slots=True)
class GroupLeftOut:
    """A group of comparisons: its `weight`, the sum of its parts, and the `strength` without it (log10 odds)."""

    group: str
    weight: float
    strength: float


@dataclass(frozen=True)
class Gain:
    """A difference of scores: `prior` of the series and `parts` (kinds,) of the evidence, in log10 units."""

    prior: float
    parts: NDArray[np.float64]

    @property
    def strength(self) -> float:
        """Prior and parts together, log10 odds."""
        return self.prior + float(sum(self.parts.tolist()))


class SetWeights:
    """Parts and scores of sets of units: rows that stay together, numbered by `unit` (rows,)."""

    def __init__(
        self,
        packed: PackedSets,
        evidence: Sequence[Evidence],
        factors: NDArray[np.float64],
        prior: SeriesPrior,
        unit: NDArray[np.int64],
        ties: Ties | None = None,
    ) -> None:
        """`factors` (columns,) multiply each column's weight: its temper times the scale of the run."""
        self.unit = unit
        self.kinds = [Kind(one.name, one.group, one.label, one.sensitive) for one in evidence]
        self._columns, self._tied = len(self.kinds), _by_unit(ties)
        self.kinds += TIES if self._tied else ()
        self._packed, self._factors, self._prior = packed, factors, prior
        self._remembered: dict[Units, NDArray[np.float64]] = {}
        self._memory: Memory | None = None
        order = np.argsort(unit, kind="stable")
        starts = np.searchsorted(unit[order], np.arange(int(unit.max(initial=-1)) + 2))
        self._rows = np.split(order, starts[1:-1])

    def rows(self, units: Iterable[int]) -> NDArray[np.int64]:
        """Rows of these units, in order."""
        return np.sort(np.concatenate([np.zeros(0, np.int64), *(self._rows[unit] for unit in units)]))

    def parts(self, units: Iterable[int]) -> NDArray[np.float64]:
        """How strongly these units speak for one person, for every kind, log10, scaled (kinds,).

        Evidence between accounts of one proposed incident is taken out; what their tie weighs is a part of its own.
        """
        key = tuple(sorted(units))
        parts = np.zeros(len(self.kinds))
        parts[: self._columns] = self._of_rows(key)
        for a, b, weight, once in self._inside(key):
            parts[self._columns + (0 if once else 1)] += weight / LN10
            if once:
                parts[: self._columns] -= self._of_rows((a, b)) - self._of_rows((a,)) - self._of_rows((b,))
        return parts

    def _inside(self, units: Units) -> Iterable[tuple[int, int, float, bool]]:
        """Ties with both ends among these units."""
        held = set(units)
        return (tie for unit in units for tie in self._tied.get(unit, ()) if tie[1] in held)

    def _of_rows(self, key: Units) -> NDArray[np.float64]:
        """The comparisons' weights of the rows of these units, log10, scaled (columns,)."""
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            rows = self.rows(key)
            if self._memory is None or len(self._memory.known) < len(rows) + 2:
                self._memory = memory(self._packed, 2 * len(rows), 4 * len(rows) ** 2, 1)
            set_parts(self._packed, self._memory, rows, len(rows))
            found = self._remembered[key] = self._factors * self._memory.parts[: len(self._factors)]
        return found

    def prior(self, units: Sequence[int]) -> float:
        """Prior of a series of these units, log10; only differences count. A proposed incident counts once."""
        if not units:
            return 0.0
        size = len(units) - sum(once for _, _, _, once in self._inside(tuple(sorted(units))))
        return float(self._prior.log_series[size] + self._prior.log_people) / LN10

    def score(self, units: Sequence[int], kept: NDArray[np.bool_] | None = None) -> float:
        """Log10 of prior and evidence of these units being one series; `kept` (kinds,) are those that count."""
        parts = self.parts(units)
        return self.prior(units) + float(parts.sum() if kept is None else parts @ kept)

    def gain(self, whole: Sequence[int], pieces: Sequence[Sequence[int]]) -> Gain:
        """How much stronger the whole is than its pieces."""
        parts = self.parts(whole) - np.sum([self.parts(piece) for piece in pieces], axis=0)
        return Gain(self.prior(whole) - sum(self.prior(piece) for piece in pieces), parts)

    def joining(self, unit: int, members: Sequence[int]) -> Gain:
        """How much stronger a unit with these members is than the members and the unit alone."""
        return self.gain([*members, unit], [members, [unit]])

    def named_parts(self, parts: NDArray[np.float64]) -> tuple[SetPart, ...]:
        """Every comparison's part with its name, in the order of the catalogue, then ties that weigh something."""
        return tuple(
            SetPart(kind.name, kind.group, kind.label, weight, kind.sensitive)
            for kind, weight in zip(self.kinds, parts.tolist(), strict=True)
            if weight or kind not in TIES
        )

    def without_groups(self, gain: Gain) -> tuple[GroupLeftOut, ...]:
        """Each group that weighs something, the heaviest for the link first, with what is left without it."""
        found = [(group, float(gain.parts @ inside)) for group, inside in self.groups() if gain.parts[inside].any()]
        left_out = [GroupLeftOut(group, weight, gain.strength - weight) for group, weight in found]
        return tuple(sorted(left_out, key=lambda one: (-one.weight, one.group)))

    def groups(self) -> list[tuple[str, NDArray[np.bool_]]]:
        """Groups of comparisons, each with its columns."""
        of = np.array([kind.group for kind in self.kinds])
        return [(group, of == group) for group in dict.fromkeys(of.tolist())]


def _by_unit(ties: Ties | None) -> dict[int, list[tuple[int, int, float, bool]]]:
    """Ties by their first end."""
    found: dict[int, list[tuple[int, int, float, bool]]] = {}
    if ties is not None:
        columns = (ties.left.tolist(), ties.right.tolist(), ties.weight.tolist(), ties.once.tolist())
        for tie in zip(*columns, strict=True):
            found.setdefault(tie[0], []).append(tie)
    return found
