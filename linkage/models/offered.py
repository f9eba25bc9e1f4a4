"""The series that a new report may join: those of the rows it resembles, laid out once for each frame of series."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.features.parameters import Parameters
from linkage.models.candidate_graph import MOST_ROWS
from linkage.models.lengths import series_prior
from linkage.models.scored import Scored

LN10 = float(np.log(10.0))


NONE = "none"
"""In place of a series: the report stands alone."""


@dataclass(frozen=True)
class Placed:
    """The places that a new report may take, likeliest first: the `names` of series, of lone reports, and `NONE`.

    `probability` (places,) adds up to 1; `prior` and the `weights` (places, comparisons) add up to `strength`, log10
    odds against standing alone. `same_incident` are the reports there that may be on its incident.
    """

    names: list[str]
    probability: NDArray[np.float64]
    strength: NDArray[np.float64]
    prior: NDArray[np.float64]
    weights: NDArray[np.float64]
    same_incident: list[list[str]]


@dataclass(frozen=True)
class Offers:
    """Series that a newcomer may join: their `names`, the rows of each behind each other from `start`, and the log10
    odds of joining each rather than standing alone before any evidence (`prior`)."""

    names: list[str]
    rows: NDArray[np.int64]
    start: NDArray[np.int64]
    prior: NDArray[np.float64]


@dataclass(frozen=True)
class Gathered:
    """Rows as series have them: `of_row` (n,) is the number of each row's series, those in none numbered behind the
    `names`. Rows `by_series[start[s]:start[s + 1]]` are of series s; `gain` (series,) are the log10 odds of joining
    it rather than standing alone before any evidence."""

    scored: Scored
    names: list[str]
    of_row: NDArray[np.int64]
    by_series: NDArray[np.int64]
    start: NDArray[np.int64]
    gain: NDArray[np.float64]

    @classmethod
    def of(cls, scored: Scored, series: pd.DataFrame, parameters: Parameters) -> Gathered:
        """Lay out a frame as `cluster` gives it; reports in none stand alone, together with what is tied to them."""
        unit, row_of = scored.units(), scored.row_of
        codes, names = pd.factorize(series["series_id"])
        units = int(unit.max(initial=-1)) + 1
        of_unit = len(names) + np.arange(units)
        of_unit[unit[[row_of[name] for name in series["report_id"].tolist()]]] = codes
        of_row = of_unit[unit]
        most, by_series = len(names) + units, np.argsort(of_row, kind="stable")
        ties, prior = scored.layout(parameters).ties, series_prior(units + 1, parameters)
        again = of_unit[ties.left[ties.once & (of_unit[ties.left] == of_unit[ties.right])]]
        size = np.bincount(of_unit, minlength=most) - np.bincount(again, minlength=most)
        fits = np.minimum(size, len(prior.log_series) - 2)
        gain = prior.log_series[fits + 1] - prior.log_series[fits] - prior.log_series[1] - prior.log_people
        start = np.searchsorted(of_row[by_series], np.arange(most + 1))
        return cls(scored, [str(name) for name in names], of_row, by_series, start.astype(np.int64), gain / LN10)

    def offers(self, chosen: NDArray[np.int64]) -> tuple[Offers, NDArray[np.int64]]:
        """The series of the chosen rows that are not too large to be judged, and the number of each."""
        kinds = np.unique(self.of_row[chosen])
        kinds = kinds[self.start[kinds + 1] - self.start[kinds] < MOST_ROWS]
        each = [self.by_series[self.start[kind] : self.start[kind + 1]] for kind in kinds.tolist()]
        start = np.concatenate([[0], np.cumsum([len(rows) for rows in each])]).astype(np.int64)
        rows = np.concatenate([np.zeros(0, np.int64), *each])
        lone = [min(self.scored.rows[row][0] for row in rows[a:b]) for a, b in pairwise(start)]
        named = [self.names[kind] if kind < len(self.names) else lone[at] for at, kind in enumerate(kinds.tolist())]
        return Offers(named, rows, start, self.gain[kinds]), kinds
