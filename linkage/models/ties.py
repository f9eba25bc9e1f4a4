"""Units that are tied: proposed to tell of one incident, or linked by one analyst. A tie moves odds and forces
nothing.

Where both ends of a tie are in one series, the series has a factor of its own:

- a *first link* (one analyst, not checked yet) multiplies its odds by `soft_link` of the parameters;
- two accounts that are *proposed* as one incident count as one incident in the prior, the evidence between them is
  taken out of the series' evidence, for it tells how two accounts of one evening agree, and what is said of the pair
  alone takes its place: chance of one incident plus chance of two incidents of one person.

All factors are sums over pairs (`score` in tests/models/exact.py is the definition), so the sampler adds them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from linkage.models.lengths import SeriesPrior
from linkage.models.prior import bounded_odds, probability_of

LN10 = float(np.log(10.0))

SAME_INCIDENT, FIRST_LINK = "same_incident", "first_link"
"""Names of the parts of a strength that ties are."""


@dataclass(frozen=True)
class Ties:
    """Ties of units `left` and `right` (ties,): `weight` (natural log) of both being in one series; `once` where both
    then count as one incident, and their `evidence` (natural log, tempered, not scaled) is taken out."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    weight: NDArray[np.float64]
    once: NDArray[np.bool_]
    evidence: NDArray[np.float64]

    @classmethod
    def of(cls, ties: Sequence[tuple[int, int, float, bool]]) -> Ties:
        """Ties as (left, right, weight, once), their evidence not known yet."""
        left, right = (np.array([tie[end] for tie in ties], dtype=np.int64) for end in (0, 1))
        weight, once = np.array([tie[2] for tie in ties], dtype=float), np.array([tie[3] for tie in ties], dtype=bool)
        return cls(left, right, weight, once, np.zeros(len(ties)))

    def __len__(self) -> int:
        return len(self.left)

    def with_evidence(self, evidence: NDArray[np.float64]) -> Ties:
        """The same ties with the evidence between their ends."""
        return replace(self, evidence=np.where(self.once, evidence, 0.0))

    def incidents(self, units: int) -> NDArray[np.float64]:
        """For each unit, one over the number of units that are proposed to tell of its incident (units,)."""
        group = _groups(units, zip(self.left[self.once].tolist(), self.right[self.once].tolist(), strict=True))
        share: NDArray[np.float64] = 1.0 / np.bincount(group, minlength=units)[group]
        return share


def tied_pair_odds(one_incident: NDArray[np.float64], strength: NDArray[np.float64]) -> NDArray[np.float64]:
    """log10 odds that two reports belong together: of one incident, or of another of one person with the `strength`
    (log10 odds) of their pair."""
    apart = (1.0 - one_incident) * (1.0 - probability_of(strength))
    return bounded_odds(1.0 - apart)


def ties_of(
    first_links: Iterable[tuple[int, int]],
    proposed: Iterable[tuple[int, int, float]],
    apart: set[tuple[int, int]],
    amount: float,
    prior: SeriesPrior,
) -> Ties:
    """Ties between units. `proposed` have the log10 odds of being together by themselves, `amount` is the log10
    odds of a first link; pairs that are one unit, or must be `apart`, are no ties, and no unit is proposed in a
    circle."""
    found: list[tuple[int, int, float, bool]] = []
    alone = float(prior.log_series[1]) + prior.log_people
    joined: dict[int, int] = {}

    def root(unit: int) -> int:
        """The unit that stands for all that were proposed to be one incident with this one."""
        while joined.get(unit, unit) != unit:
            unit = joined[unit]
        return unit

    for a, b, odds in sorted(proposed, key=lambda tie: (-tie[2], tie[0], tie[1])):
        if a != b and (a, b) not in apart and (b, a) not in apart and root(a) != root(b):
            joined[root(b)] = root(a)
            found.append((min(a, b), max(a, b), odds * LN10 + alone, True))
    links = {(min(pair), max(pair)) for pair in first_links}
    found += [(a, b, amount * LN10, False) for a, b in sorted(links) if a != b and (a, b) not in apart]
    return Ties.of(sorted(found))


def _groups(units: int, pairs: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    """A number for each unit, the same for units that pairs tie."""
    group = np.arange(units, dtype=np.int64)
    for a, b in pairs:
        group[group == group[b]] = group[a]
    return group
