"""Series from the probabilities of pairs: connected components above a threshold chosen on training reports.

The plainest way to gather series, and Splink's. Reports of one incident, as far as `follows` says so, stay together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from linkage.evaluation.truth import EvaluatedPairs

THRESHOLDS = 40
"""Thresholds tried [G]."""

FEWEST, MOST = 0.05, 3.0
"""Joined pairs at the strictest and the loosest threshold, as shares of the true links [G]."""


def chosen_threshold(pairs: EvaluatedPairs, probability: NDArray[np.float64]) -> float:
    """The threshold whose components have the best pairwise F1 on these pairs; the stricter one of two equals.

    Pairwise F1 is the harmonic mean of precision and recall of the judged pairs that share a component. Looks at
    `pairs.linked`: for training reports only.
    """
    links = int(pairs.linked.sum())
    ranks = np.geomspace(max(1.0, FEWEST * links), max(1.0, MOST * links), THRESHOLDS)
    ordered = np.sort(probability)[::-1]
    tried = np.unique(ordered[np.minimum(ranks.astype(int), len(ordered)) - 1])[::-1]
    scores = []
    for threshold in tried:
        component = _components(pairs, probability, float(threshold))
        joined = component[pairs.left] == component[pairs.right]
        scores.append(2 * int((joined & pairs.linked).sum()) / max(1, int(joined.sum()) + links))
    return float(tried[int(np.argmax(scores))])


def series_at(pairs: EvaluatedPairs, probability: NDArray[np.float64], threshold: float) -> list[set[str]]:
    """Components of at least two incidents, joined by pairs whose probability is `threshold` or more."""
    component = _components(pairs, probability, threshold)
    incident = _components(pairs, probability, np.inf)
    members: dict[int, list[int]] = {}
    for row, number in enumerate(component.tolist()):
        members.setdefault(number, []).append(row)
    return [
        {pairs.reports[row].report_id for row in rows}
        for rows in members.values()
        if len(set(incident[rows].tolist())) > 1
    ]


def _components(pairs: EvaluatedPairs, probability: NDArray[np.float64], threshold: float) -> NDArray[np.int32]:
    """Number of the component of each report."""
    strong = probability >= threshold
    told = [
        (row, pairs.row_of[report.follows])
        for row, report in enumerate(pairs.reports)
        if report.follows in pairs.row_of
    ]
    follows = np.array(told, dtype=np.int32).reshape(-1, 2)
    one = np.concatenate([pairs.left[strong], follows[:, 0]])
    other = np.concatenate([pairs.right[strong], follows[:, 1]])
    n = len(pairs.reports)
    edges = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(n, n))
    _, component = connected_components(edges, directed=False)
    return np.asarray(component, dtype=np.int32)
