"""The leading figures in every draw of persons, so that two ways of linking are compared draw by draw.

Two scorers of the same reports rise and fall together with the persons that were drawn; the interval of their
difference is therefore narrower than two intervals laid side by side suggest (paired bootstrap; Efron and Tibshirani
1993 [M]). Values and draws are those of `intervals.figures`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.calibration import Calibration
from linkage.evaluation.ranking import FAR_KM, Ranking, link_ranks
from linkage.evaluation.resampling import Draws, Floats, interval
from linkage.evaluation.scorer import Scores
from linkage.evaluation.series_figures import Gathering
from linkage.evaluation.truth import JudgedPairs, Truth

LEADING = ("auprc", "recall_at_10", "recall_at_10_far", "precision_at_100", "b_cubed_f1", "expected_links")
"""Keys of `intervals.LABELS` that are compared."""

Drawn = dict[str, Floats]
"""Key -> the figure as judged (first) and in each draw, shape (1 + replicates,)."""


@dataclass(frozen=True)
class Difference:
    """A figure (`value`, `low` to `high`) and how far it lies from a base's (`change`, `change_low` to
    `change_high`); intervals are 95 %."""

    value: float
    low: float
    high: float
    change: float
    change_low: float
    change_high: float

    @classmethod
    def between(cls, base: Floats, other: Floats) -> Difference:
        """From the draws of both; draws of one seed over the same persons are paired."""
        apart = other - base
        return cls(float(other[0]), *interval(other[1:]), float(apart[0]), *interval(apart[1:]))

    def to_row(self) -> dict[str, float]:
        """Columns of a table."""
        return dict(vars(self))


def compared(base: Drawn, other: Drawn) -> Mapping[str, Difference]:
    """Every leading figure of `other` that both have, beside the base's."""
    return {key: Difference.between(base[key], other[key]) for key in LEADING if key in base and key in other}


def draws_for(pairs: JudgedPairs, seed: int, replicates: int) -> Draws:
    """Draws of the persons behind these pairs."""
    return Draws.of(int(pairs.person.max(initial=-1)) + 1, seed, replicates)


def drawn_figures(pairs: JudgedPairs, scores: Scores, draws: Draws) -> Drawn:
    """The figures of LEADING that the scores allow, as judged and in each draw."""
    ranking = Ranking.of(pairs.linked, scores.value)
    ranks = link_ranks(pairs.left, pairs.right, pairs.linked, ranking.level)
    found, far = ranks.among_first(), pairs.km[ranks.pair] > FAR_KM
    asking = pairs.person[ranks.query]
    one, other = (pairs.person[side[ranking.order]] for side in (pairs.left, pairs.right))
    stated = None if scores.probability is None else scores.probability[ranking.order]
    calibration = None if stated is None else Calibration.of(pairs.linked[ranking.order], stated)
    series = None if scores.series is None else Gathering.of(_truth(pairs), scores.series)
    # the gathering numbers persons by name; draws number them as the pairs do
    number = None if series is None else np.array([int(name) for name in series.names], dtype=np.int64)
    every = np.hstack([np.ones((len(draws.times), 1)), draws.times]).astype(np.int64)
    rows: list[dict[str, float]] = []
    for times in every.T:
        weight = times[one] * times[other]
        weight[ranking.links] = times[one[ranking.links]]
        curve = ranking.curve(weight)
        row = {"auprc": curve.average_precision(), "precision_at_100": curve.precision_at(100)}
        row |= {"recall_at_10": _mean(found, times[asking])}
        row |= {"recall_at_10_far": _mean(found[far], times[asking[far]])}
        if calibration is not None:
            row["expected_links"] = calibration.expected_links(weight)
        if series is not None:
            row["b_cubed_f1"] = series.b_cubed(times[number])[2]
        rows.append(row)
    return {key: np.array([row[key] for row in rows]) for key in LEADING if key in rows[0]}


def _mean(values: Floats, weight: NDArray[np.int64]) -> float:
    total = int(weight.sum())
    return float(weight @ values / total) if total else float("nan")


def _truth(pairs: JudgedPairs) -> Truth:
    names = [report.report_id for report in pairs.reports]
    incident: Any = range(len(names)) if pairs.incident is None else pairs.incident.tolist()
    return Truth(
        person=dict(zip(names, map(str, pairs.person.tolist()), strict=True)),
        incident=dict(zip(names, map(str, incident), strict=True)),
    )
