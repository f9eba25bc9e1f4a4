"""All figures of one way of linking, each with a 95 % interval from a bootstrap over persons.

Pairs are no independent draws: one series of ten gives 45 links at once. So persons are drawn, with replacement, and
every figure is taken anew with each person counted as often as drawn (percentile interval; Efron & Tibshirani 1993
[M]). A linked pair counts as often as its person, an unlinked one as often as the product of its two persons: that is
exact for the pairs of the drawn world, but for those of a person with its own copy: they are neither linked nor
apart, and left out. For ranks and recall in a report's own list, and for B-cubed and series rebuilt, the drawn
persons ask and everybody in the data answers: a report keeps its rank, and counts as often as its person.

The same seed draws the same persons for every way of linking that is given the same pairs. The expected calibration
error is never below zero and grows as bins thin out, so its interval leans upwards and may lie above the value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.calibration import THRESHOLDS, Calibration
from linkage.evaluation.ranking import FAR_KM, PRECISION_AT, Ranking, link_ranks, weighted_median
from linkage.evaluation.resampling import Draws, interval
from linkage.evaluation.scorer import Scores
from linkage.evaluation.series_figures import Gathering
from linkage.evaluation.truth import JudgedPairs, Truth

REPLICATES = 200
"""Draws of persons: steady to about a tenth of the interval's width at its ends [G]."""

LABELS = {
    "auc": "AUC",
    "auprc": "AUPRC (average precision)",
    **{f"precision_at_{k}": f"precision in the first {k} pairs" for k in PRECISION_AT},
    "median_first_rank": "median first rank",
    "median_rank_all": "median rank of all members",
    "recall_at_10": "recall at 10",
    "recall_at_10_far": f"recall at 10, links over {FAR_KM:g} km",
    "work_80": "pairs to read for 80 % of links",
    "ece": "expected calibration error, all pairs",
    "ece_seen": "expected calibration error, pairs said at least .01",
    "expected_links": "expected / true links among those listed",
    "expected_links_all": "expected / all true links",
    **{f"ppv_{threshold}": f"positive predictive value from {threshold}" for threshold in THRESHOLDS},
    "b_cubed_precision": "B-cubed precision",
    "b_cubed_recall": "B-cubed recall",
    "b_cubed_f1": "B-cubed F1",
    "pairwise_precision": "pairwise precision of series",
    "pairwise_recall": "pairwise recall of series",
    "pairwise_f1": "pairwise F1 of series",
    "series_whole": "series rebuilt whole",
    "series_in_part": "series rebuilt in part",
    "series_none": "series not rebuilt",
}
"""Key of each figure -> what a reader is told."""


@dataclass(frozen=True)
class Figure:
    """A figure with its 95 % interval `low` to `high`, over `n` `over` (pairs, links, reports, incidents, series).

    nan where it is not defined, as a recall without links.
    """

    value: float
    low: float
    high: float
    n: int
    over: str

    def to_json(self) -> dict[str, float | int | str | None]:
        """Plain values; None for nan, which JSON does not know."""
        numbers = {"value": self.value, "low": self.low, "high": self.high}
        return {
            **{name: None if np.isnan(number) else number for name, number in numbers.items()},
            "n": self.n,
            "over": self.over,
        }


Times = NDArray[np.int64]
"""How often each person is counted (persons,)."""

Take = Callable[[Times, NDArray[np.int64]], dict[str, float]]
"""Figures of one draw: from the times of each person and the weight of each pair in order of score (pairs,)."""

Counts = dict[str, tuple[int, str]]
"""Key of a figure -> what it is over: number and kind."""


def figures(pairs: JudgedPairs, scores: Scores, seed: int = 0, replicates: int = REPLICATES) -> dict[str, Figure]:
    """Every figure of `LABELS` that the scores allow, by key, in that order.

    Calibration where `scores.probability` is given, series where `scores.series` is. ValueError when the scores do
    not fit the pairs, hold nan, or a probability is none.
    """
    for name, given in (("values", scores.value), ("probabilities", scores.probability)):
        if given is not None and len(given) != len(pairs):
            raise ValueError(f"{len(given)} {name} for {len(pairs)} judged pairs; give one each, in their order")
    ranking = Ranking.of(pairs.linked, scores.value)
    takes, counts = zip(*_parts(pairs, scores, ranking), strict=True)
    weigh = weigher(pairs, ranking.order)
    persons = int(pairs.person.max(initial=-1)) + 1

    def taken(times: Times) -> dict[str, float]:
        weight = weigh(times)
        return {key: value for take in takes for key, value in take(times, weight).items()}

    once = taken(np.ones(persons, dtype=np.int64))
    draws = Draws.of(persons, seed, replicates if persons else 0).times.T.astype(np.int64)
    drawn = [taken(times) for times in draws]
    over = {key: count for counted in counts for key, count in counted.items()}
    return {
        key: Figure(once[key], *interval(np.array([draw[key] for draw in drawn])), *over[key])
        for key in LABELS
        if key in once
    }


def weigher(pairs: JudgedPairs, order: NDArray[np.int64]) -> Callable[[Times], NDArray[np.int64]]:
    """Gives the weight of each pair, laid in `order` (pairs,), from how often each person is counted."""
    one, other, linked = pairs.person[pairs.left[order]], pairs.person[pairs.right[order]], pairs.linked[order]
    links = np.flatnonzero(linked)
    own = one[links]

    def weigh(times: Times) -> NDArray[np.int64]:
        weight: NDArray[np.int64] = times[one]
        weight *= times[other]
        weight[links] = times[own]
        return weight

    return weigh


def _parts(pairs: JudgedPairs, scores: Scores, ranking: Ranking) -> list[tuple[Take, Counts]]:
    parts = [_over_list(ranking), _own_lists(pairs, ranking)]
    if scores.probability is not None:
        parts.append(_calibration(pairs.linked[ranking.order], scores.probability[ranking.order]))
    if scores.series is not None:
        parts.append(_series(pairs, scores.series))
    return parts


def _over_list(ranking: Ranking) -> tuple[Take, Counts]:
    def take(_: Times, weight: NDArray[np.int64]) -> dict[str, float]:
        curve = ranking.curve(weight)
        return {
            "auc": curve.auc(),
            "auprc": curve.average_precision(),
            **{f"precision_at_{k}": curve.precision_at(k) for k in PRECISION_AT},
            "work_80": curve.work(),
        }

    pairs, links = len(ranking.order), len(ranking.links)
    return take, {
        "auc": (pairs, "pairs"),
        "auprc": (links, "links"),
        **{f"precision_at_{k}": (min(k, pairs), "pairs") for k in PRECISION_AT},
        "work_80": (links, "links"),
    }


def _own_lists(pairs: JudgedPairs, ranking: Ranking) -> tuple[Take, Counts]:
    ranks = link_ranks(pairs.left, pairs.right, pairs.linked, ranking.level)
    order = np.argsort(ranks.rank, kind="stable")
    all_ranks, all_person = ranks.rank[order], pairs.person[ranks.query[order]]
    asking, best = ranks.best()
    first_order = np.argsort(best, kind="stable")
    first, first_person = best[first_order], pairs.person[asking[first_order]]
    found, person = ranks.among_first(), pairs.person[ranks.query]
    far = pairs.km[ranks.pair] > FAR_KM

    def take(times: Times, _: NDArray[np.int64]) -> dict[str, float]:
        return {
            "median_first_rank": weighted_median(first, times[first_person]),
            "median_rank_all": weighted_median(all_ranks, times[all_person]),
            "recall_at_10": _mean(found, times[person]),
            "recall_at_10_far": _mean(found[far], times[person[far]]),
        }

    links = len(ranking.links)
    return take, {
        "median_first_rank": (len(asking), "reports"),
        "median_rank_all": (links, "links"),
        "recall_at_10": (links, "links"),
        "recall_at_10_far": (int(far.sum()) // 2, "links"),
    }


def _calibration(linked: NDArray[np.bool_], probability: NDArray[np.float64]) -> tuple[Take, Counts]:
    laid = Calibration.of(linked, probability)

    def take(_: Times, weight: NDArray[np.int64]) -> dict[str, float]:
        return {
            "ece": laid.error(weight),
            "ece_seen": laid.error_seen(weight),
            "expected_links": laid.expected_links(weight),
            "expected_links_all": laid.expected_links_all(weight),
            **{f"ppv_{threshold}": laid.predictive_value(threshold, weight) for threshold in THRESHOLDS},
        }

    return take, {
        "ece": (len(linked), "pairs"),
        "ece_seen": (len(laid.seen), "pairs"),
        "expected_links": (len(laid.listed), "pairs"),
        "expected_links_all": (int(linked.sum()), "links"),
        **{f"ppv_{threshold}": (int((probability >= threshold).sum()), "pairs") for threshold in THRESHOLDS},
    }


def _series(pairs: JudgedPairs, series: list[set[str]]) -> tuple[Take, Counts]:
    gathering = Gathering.of(_truth(pairs), series)
    # the gathering numbers persons by name; draws number them as the pairs do
    number = np.array([int(name) for name in gathering.names], dtype=np.int64)
    serial, state = gathering.rebuilt()

    def take(times: Times, _: NDArray[np.int64]) -> dict[str, float]:
        own = times[number]
        kinds = ("precision", "recall", "f1")
        return {
            **{f"b_cubed_{kind}": value for kind, value in zip(kinds, gathering.b_cubed(own), strict=True)},
            **{f"pairwise_{kind}": value for kind, value in zip(kinds, gathering.pairwise(own), strict=True)},
            "series_whole": _mean(state == 2, own[serial]),
            "series_in_part": _mean(state == 1, own[serial]),
            "series_none": _mean(state == 0, own[serial]),
        }

    incidents = (len(gathering.person), "incidents")
    return take, {
        key: (len(serial), "series") if key.startswith("series_") else incidents
        for key in LABELS
        if key.startswith(("series_", "b_cubed_", "pairwise_"))
    }


def _truth(pairs: JudgedPairs) -> Truth:
    names = [report.report_id for report in pairs.reports]
    incident = range(len(names)) if pairs.incident is None else pairs.incident.tolist()
    return Truth(
        person=dict(zip(names, map(str, pairs.person.tolist()), strict=True)),
        incident=dict(zip(names, map(str, incident), strict=True)),
    )


def _mean(values: NDArray[np.float64] | NDArray[np.bool_], weight: NDArray[np.int64]) -> float:
    total = int(weight.sum())
    return float(weight @ values / total) if total else float("nan")
