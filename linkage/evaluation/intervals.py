"""All figures of one way of linking, each with a 95 % interval from a bootstrap over persons.

Pairs are no independent draws: one series of ten gives 45 links at once. So persons are drawn, with replacement, and
every figure is taken anew with each person counted as often as drawn (percentile interval; Efron & Tibshirani 1993
[M]). A linked pair counts as often as its person, an unlinked one as often as the product of its two persons: that is
exact for the pairs of the drawn world, but for those of a person with its own copy: they are neither linked nor
apart, and left out. For ranks and recall in a report's own list, and for B-cubed and series rebuilt, the drawn
persons ask and everybody in the data answers: a report keeps its rank, and counts as often as its person.

The same seed draws the same persons for every way of linking that is given the same pairs. The expected calibration
error is never below zero and grows as bins thin out, so its interval leans upwards and may lie above the value. With
few series an interval is a little too narrow: of 40 worlds of 24 series (seeds 0-39) it held the true AUC in 37, a
bootstrap over pairs in 31 [R: pytest tests/evaluation/test_intervals.py -k would_not].
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.calibration import THRESHOLDS, Calibration, Tally
from linkage.evaluation.ranking import FAR_KM, PRECISION_AT, Curve, Ranking, link_ranks, weighted_median
from linkage.evaluation.resampling import Draws, interval, ratio
from linkage.evaluation.scorer import Scores
from linkage.evaluation.series_figures import Gathering
from linkage.evaluation.truth import EvaluatedPairs, Truth
from linkage.evaluation.weighing import sums_before

REPLICATES = 200
"""Draws of persons: an end of the interval is known to about a twentieth of its width (standard error of the 2.5th
percentile of 200 normal draws, .19 of their spread) [D]."""

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


Floats = NDArray[np.float64]
Times = NDArray[np.int64]
"""How often each person is counted in each draw (persons, draws)."""

Drawn = dict[str, Floats]
"""Key of a figure -> its value in each draw (draws,)."""

Over = dict[str, tuple[int, str]]
"""Key of a figure -> what it is over: number and kind."""


def figures(pairs: EvaluatedPairs, scores: Scores, seed: int = 0, replicates: int = REPLICATES) -> dict[str, Figure]:
    """Every figure of `LABELS` that the scores allow, by key, in that order.

    Calibration where `scores.probability` is given, series where `scores.series` is. ValueError when the scores do
    not fit the pairs, hold nan, or a probability is none.
    """
    found, over = _taken(pairs, scores, Draws.of(_persons(pairs), seed, replicates if _persons(pairs) else 0))
    return {
        key: Figure(float(found[key][0]), *interval(found[key][1:]), *over[key]) for key in LABELS if key in found
    }


def drawn(pairs: EvaluatedPairs, scores: Scores, draws: Draws) -> Drawn:
    """Every figure as judged (first) and in each draw (1 + replicates,), to compare two ways of linking pairwise."""
    return _taken(pairs, scores, draws)[0]


def _persons(pairs: EvaluatedPairs) -> int:
    return int(pairs.person.max(initial=-1)) + 1


def _taken(pairs: EvaluatedPairs, scores: Scores, draws: Draws) -> tuple[Drawn, Over]:
    for name, given in (("values", scores.value), ("probabilities", scores.probability)):
        if given is not None and len(given) != len(pairs):
            raise ValueError(f"{len(given)} {name} for {len(pairs)} judged pairs; give one each, in their order")
    times = np.hstack([np.ones((len(draws.times), 1)), draws.times]).astype(np.int64)
    ranking = Ranking.of(pairs.linked, scores.value)
    parts = [_over_list(pairs, ranking, times), _own_lists(pairs, ranking, times)]
    if scores.probability is not None:
        parts.append(_calibration(pairs, scores.probability, times))
    if scores.series is not None:
        parts.append(_series(pairs, scores.series, times))
    found, over = ({key: value for part in side for key, value in part.items()} for side in zip(*parts, strict=True))
    return found, over


def _columns(taken: list[dict[str, float]]) -> Drawn:
    return {key: np.array([draw[key] for draw in taken]) for key in taken[0]}


def curves(pairs: EvaluatedPairs, ranking: Ranking, times: Times) -> Iterator[Curve]:
    """The curve of each draw."""
    one, other = (pairs.person[side[ranking.order]] for side in (pairs.left, pairs.right))
    places = np.concatenate([ranking.start, ranking.end, [len(one)]])
    read = sums_before(np.ones(len(one)), one, other, places, times).astype(np.int64)
    runs = len(ranking.start)
    linked = times[one[ranking.links]]
    found = np.add.reduceat(linked, ranking.first) if runs else linked
    for draw in range(times.shape[1]):
        yield Curve(read[:runs, draw], read[runs:-1, draw], found[:, draw], int(read[-1, draw]))


def _over_list(pairs: EvaluatedPairs, ranking: Ranking, times: Times) -> tuple[Drawn, Over]:
    found = _columns(
        [
            {
                "auc": curve.auc(),
                "auprc": curve.average_precision(),
                **{f"precision_at_{k}": curve.precision_at(k) for k in PRECISION_AT},
                "work_80": curve.work(),
            }
            for curve in curves(pairs, ranking, times)
        ]
    )
    links = len(ranking.links)
    return found, {
        "auc": (len(pairs), "pairs"),
        "auprc": (links, "links"),
        **{f"precision_at_{k}": (min(k, len(pairs)), "pairs") for k in PRECISION_AT},
        "work_80": (links, "links"),
    }


def _own_lists(pairs: EvaluatedPairs, ranking: Ranking, times: Times) -> tuple[Drawn, Over]:
    ranks = link_ranks(pairs.left, pairs.right, pairs.linked, ranking.level)
    asking, best = ranks.best()
    among, far = ranks.among_first(), pairs.km[ranks.pair] > FAR_KM
    person = pairs.person[ranks.query]
    return {
        "median_first_rank": _medians(best, times[pairs.person[asking]]),
        "median_rank_all": _medians(ranks.rank, times[person]),
        "recall_at_10": _means(among, times[person]),
        "recall_at_10_far": _means(among[far], times[person[far]]),
    }, {
        "median_first_rank": (len(asking), "reports"),
        "median_rank_all": (len(ranking.links), "links"),
        "recall_at_10": (len(ranking.links), "links"),
        "recall_at_10_far": (int(far.sum()) // 2, "links"),
    }


def _calibration(pairs: EvaluatedPairs, probability: Floats, times: Times) -> tuple[Drawn, Over]:
    laid = Calibration.of(pairs.linked, probability)
    one, other = (pairs.person[side[laid.order]] for side in (pairs.left, pairs.right))
    sums = [
        sums_before(values, one, other, laid.places, times)
        for values in (np.ones(len(one)), laid.probability, laid.linked.astype(np.float64))
    ]
    found = _columns(
        [
            {
                "ece": tally.error(),
                "ece_seen": tally.error_seen(),
                "expected_links": tally.expected_links(),
                "expected_links_all": tally.expected_links_all(),
                **{f"ppv_{threshold}": tally.predictive_value(threshold) for threshold in THRESHOLDS},
            }
            for tally in (Tally(*(summed[:, draw] for summed in sums)) for draw in range(times.shape[1]))
        ]
    )
    *said, seen, listed, _ = laid.places.tolist()
    return found, {
        "ece": (len(pairs), "pairs"),
        "ece_seen": (seen, "pairs"),
        "expected_links": (listed, "pairs"),
        "expected_links_all": (int(pairs.linked.sum()), "links"),
        **{f"ppv_{threshold}": (n, "pairs") for threshold, n in zip(reversed(THRESHOLDS), said, strict=True)},
    }


def _series(pairs: EvaluatedPairs, series: list[set[str]], times: Times) -> tuple[Drawn, Over]:
    gathering = Gathering.of(_truth(pairs), series)
    # the gathering numbers persons by name; draws number them as the pairs do
    own = times[np.array([int(name) for name in gathering.names], dtype=np.int64)]
    kinds = ("precision", "recall", "f1")
    found = _columns(
        [
            {f"b_cubed_{kind}": value for kind, value in zip(kinds, gathering.b_cubed(draw), strict=True)}
            | {f"pairwise_{kind}": value for kind, value in zip(kinds, gathering.pairwise(draw), strict=True)}
            for draw in own.T
        ]
    )
    over = dict.fromkeys(found, (len(gathering.person), "incidents"))
    serial, state = gathering.rebuilt()
    for key, kind in (("series_whole", 2), ("series_in_part", 1), ("series_none", 0)):
        found[key] = _means(state == kind, own[serial])
        over[key] = (len(serial), "series")
    return found, over


def _truth(pairs: EvaluatedPairs) -> Truth:
    names = [report.report_id for report in pairs.reports]
    incident = range(len(names)) if pairs.incident is None else pairs.incident.tolist()
    return Truth(
        person=dict(zip(names, map(str, pairs.person.tolist()), strict=True)),
        incident=dict(zip(names, map(str, incident), strict=True)),
    )


def _means(values: Floats | NDArray[np.bool_], weight: Times) -> Floats:
    """Mean of `values` (entries,) in each draw, by `weight` (entries, draws); nan where nothing is counted."""
    return ratio(values.astype(np.float64) @ weight, weight.sum(axis=0))


def _medians(values: Floats, weight: Times) -> Floats:
    order = np.argsort(values, kind="stable")
    ranked, weight = values[order], weight[order]
    return np.array([weighted_median(ranked, draw) for draw in weight.T])
