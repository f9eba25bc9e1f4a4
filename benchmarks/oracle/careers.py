"""What lasts from one incident to another: careers drawn by the generator's own functions, from another seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from linkage.synthetic.geography import Geography
from linkage.synthetic.offenders import Casting, Incident
from linkage.synthetic.parameters import Parameters

from .observed import Seen

Array = NDArray[np.float64]

PEOPLE = 5000
"""People drawn; a quarter of them return."""

GAPS = np.array([0, 2, 5, 10, 20, 40, 80, 150, 300, 600, 1200, 2400, 5000])
"""Edges of the classes of days between two incidents."""


@dataclass(frozen=True, eq=False)
class Careers:
    """Series of incidents as the generator draws them."""

    series: list[list[Incident]]

    @classmethod
    @lru_cache(maxsize=1)
    def of(cls, seen: Seen) -> Careers:
        """Careers in a world like the judged one: as long, on the same map, of other people."""
        params: Parameters = seen.made.params
        settings = params["world"]
        years = min(
            max(len(seen.made.reports) / settings["reports_per_year"], settings["years_min"]), settings["years_max"]
        )
        casting = Casting(params, seen.made.seed + 7919, Geography(params, seen.made.seed), years)
        return cls([casting.offender(index) for index in range(PEOPLE)])

    @cached_property
    def days(self) -> list[NDArray[np.int64]]:
        """Days of the incidents of each person."""
        return [np.array([one.when.toordinal() for one in series]) for series in self.series]

    def lasting(self, thing: Callable[[Incident], str | None], days: NDArray[np.int64]) -> Array:
        """Chance that two incidents of one person so many days apart have the same thing, where both have one."""
        same, both = np.zeros(len(GAPS) - 1), np.zeros(len(GAPS) - 1)
        for series in self.series:
            for one, other in combinations(series, 2):
                if (a := thing(one)) is not None and (b := thing(other)) is not None:
                    at = _gap(np.array(abs((one.when.date() - other.when.date()).days)))
                    both[at] += 1
                    same[at] += a == b
        smooth: Array = (same + 0.5) / (both + 1)
        return smooth[_gap(days)]

    def gap_ratio(self, days: NDArray[np.int64]) -> Array:
        """How much likelier so many days are between two incidents of one person than of two."""
        own = np.concatenate([np.abs(np.subtract.outer(d, d))[np.triu_indices(len(d), 1)] for d in self.days])
        first, second = np.random.default_rng(0).permutation(np.concatenate(self.days)), np.concatenate(self.days)
        shares = [np.bincount(_gap(gaps), minlength=len(GAPS) - 1) + 0.5 for gaps in (own, np.abs(first - second))]
        ratio: Array = (shares[0] / shares[0].sum()) / (shares[1] / shares[1].sum())
        return ratio[_gap(days)]


def _gap(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Class of days."""
    return np.clip(np.searchsorted(GAPS, days, side="right") - 1, 0, len(GAPS) - 2)
