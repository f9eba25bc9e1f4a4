"""How precision and work go with the links found, from the first pair of a ranked list to the last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs

EVEN_POINTS = 80
"""Points spread evenly over the links; enough for a line without corners."""

EARLY_POINTS = 30
"""Points spread by ratio, so that the head of the list, which people read, is drawn in full."""


@dataclass(frozen=True)
class CurvePoint:
    """After `read` pairs of the ranked list `found` (share of all links) are found, and `precision` of those read
    are links."""

    read: int
    found: float
    precision: float


def curve(pairs: EvaluatedPairs, scores: Scores) -> list[CurvePoint]:
    """The ranked list from its first link to its last, thinned to about a hundred points.

    Pairs with equal scores are read together, so that no way of linking gains by the order among its ties.
    """
    places = ranks_of_links(pairs, scores)
    links = len(places)
    if not links:
        return []
    found = np.searchsorted(places, places, side="right")  # a tie of several links is found at once
    even = np.linspace(1, links, min(links, EVEN_POINTS))
    early = np.geomspace(1, links, min(links, EARLY_POINTS))
    kept = np.unique(np.concatenate([even, early]).round().astype(np.int64)) - 1
    points = {int(places[at]): int(found[at]) for at in kept}
    return [CurvePoint(read, count / links, count / read) for read, count in sorted(points.items())]


def ranks_of_links(pairs: EvaluatedPairs, scores: Scores) -> NDArray[np.int64]:
    """For each link, how many pairs score at least as high, ascending (links,)."""
    ordered = np.sort(scores.value)
    below = np.searchsorted(ordered, scores.value[pairs.linked], side="left")
    return np.sort(len(ordered) - below).astype(np.int64)
