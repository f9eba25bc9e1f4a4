"""How well an order of pairs finds the links: over the whole list, at its top, and in each report's own list.

Ties never depend on the order of the pairs. Where a figure counts pairs (precision at k, recall at ten, work to find
links) it is the expectation when tied pairs are laid in random order; where it names a rank, tied pairs share their
average rank; AUC gives a tie one half (Mann & Whitney 1947 [M]) and average precision takes tied pairs in one step,
as scikit-learn's `roc_auc_score` and `average_precision_score` do. The arithmetic is done here and not there because
an interval needs hundreds of weighings of one order, which is sorted once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FAR_KM = 50.0
"""Links over this distance are the travelling persons' [R, SCIENCE 0.3: place blinds the ranker to them]."""

PRECISION_AT = (100, 500)
"""Lengths of the global pair list at which Tonkin et al. (2025) report precision [V; D that it is precision]."""

FIRST = 10
"""Length of the list that an analyst reads for one report [R, SCIENCE 0.3]."""

WORK_SHARE = 0.8
"""Share of links to be found in `Curve.work` [G]."""


@dataclass(frozen=True)
class Curve:
    """One weighing of a ranking: what has been read and found at each run of tied pairs that holds a link.

    `before` and `through` (runs,) are the weight of the pairs above the run and up to its end, `found` (runs,) the
    weight of its links, `total` the weight of all pairs. Without links every figure is nan: unknown, not zero.
    """

    before: NDArray[np.int64]
    through: NDArray[np.int64]
    found: NDArray[np.int64]
    total: int

    @property
    def links(self) -> int:
        """Weight of all links."""
        return int(self.found.sum())

    def auc(self) -> float:
        """Chance that a link stands above an unlinked pair, a tie counting half; nan without either."""
        links, apart = self.links, self.total - self.links
        if not links or not apart:
            return float("nan")
        beside = self.through - self.before - self.found
        above = self.before - (np.cumsum(self.found) - self.found)
        return float((self.found * (apart - above - beside / 2)).sum() / (links * apart))

    def average_precision(self) -> float:
        """Area under precision and recall as a sum of steps: mean over links of the precision where each is found."""
        if not self.links:
            return float("nan")
        kept = self.found > 0
        precision = np.cumsum(self.found)[kept] / self.through[kept]
        return float((self.found[kept] * precision).sum() / self.links)

    def precision_at(self, k: int) -> float:
        """Share of links among the first `k` pairs, or among all when there are fewer."""
        k = min(k, self.total)
        if not k or not self.links:
            return float("nan")
        size = np.maximum(1, self.through - self.before)
        return float((self.found * np.clip((k - self.before) / size, 0.0, 1.0)).sum() / k)

    def work(self, share: float = WORK_SHARE) -> float:
        """Pairs that are read from the top until at least `share` of the links are found.

        The j-th of f links among s tied pairs in random order is expected at place j (s + 1) / (f + 1).
        """
        if not self.links:
            return float("nan")
        reached = np.cumsum(self.found)
        wanted = int(np.ceil(share * self.links - 1e-9))
        run = int(np.searchsorted(reached, wanted))
        still = wanted - (reached[run] - self.found[run])
        size = self.through[run] - self.before[run]
        return float(self.before[run] + still * (size + 1) / (self.found[run] + 1))


@dataclass(frozen=True)
class Ranking:
    """Pairs in order, best first, sorted once.

    `order` (pairs,) are the pairs' indices, best first; `level` (pairs,) numbers the distinct values of each pair
    as given, 0 the highest; `links` (links,) are places of linked pairs in `order`; `first`, `start` and `end`
    (runs,) say for each run of tied pairs with a link: its first link in `links`, its first place, one past its last.
    """

    order: NDArray[np.int64]
    level: NDArray[np.int64]
    links: NDArray[np.int64]
    first: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]

    @classmethod
    def of(cls, linked: NDArray[np.bool_], value: NDArray[np.float64]) -> Ranking:
        """The ranking of pairs by `value`, higher first. ValueError when a value is nan."""
        if np.isnan(value).any():
            raise ValueError(
                f"{int(np.isnan(value).sum())} pairs have no score (nan); give every judged pair a number"
            )
        order = np.argsort(-value, kind="stable")
        ranked = value[order]
        fresh = np.ones(len(order), dtype=np.bool_)
        fresh[1:] = ranked[1:] != ranked[:-1]
        run = np.cumsum(fresh) - 1
        level = np.empty(len(order), dtype=np.int64)
        level[order] = run
        starts = np.append(np.flatnonzero(fresh), len(order))
        links = np.flatnonzero(linked[order])
        runs, first = np.unique(run[links], return_index=True)
        return cls(order, level, links, first, starts[runs], starts[runs + 1])

    def curve(self, weight: NDArray[np.int64] | None = None) -> Curve:
        """What is read and found, each pair of `order` counted `weight` times (once when not given)."""
        if weight is None:
            weight = np.ones(len(self.order), dtype=np.int64)
        read = np.zeros(len(weight) + 1, dtype=np.int64)
        np.cumsum(weight, out=read[1:])
        linked = weight[self.links].astype(np.int64)
        found = np.add.reduceat(linked, self.first) if len(linked) else linked
        return Curve(before=read[self.start], through=read[self.end], found=found, total=int(read[-1]))


@dataclass(frozen=True)
class LinkRanks:
    """Where each link stands in the own list of each of its two reports: two entries a link (entries,).

    `query` is the row of the report whose list it is, `pair` the index of the link, `before` how many of that
    report's pairs stand above it, `tied` how many share its value, the link itself among them.
    """

    query: NDArray[np.int64]
    pair: NDArray[np.int64]
    before: NDArray[np.int64]
    tied: NDArray[np.int64]

    @property
    def rank(self) -> NDArray[np.float64]:
        """Rank in that list from 1, tied pairs sharing their average rank."""
        return self.before + (self.tied + 1) / 2

    def among_first(self, k: int = FIRST) -> NDArray[np.float64]:
        """Chance of standing among the first `k` of that list when tied pairs are laid in random order."""
        return np.clip((k - self.before) / self.tied, 0.0, 1.0)

    def best(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Reports with a link (rows), and the rank of the best-ranked link of each."""
        order = np.lexsort((self.rank, self.query))
        query, first = np.unique(self.query[order], return_index=True)
        return query, self.rank[order][first]


def link_ranks(
    left: NDArray[np.int32], right: NDArray[np.int32], linked: NDArray[np.bool_], level: NDArray[np.int64]
) -> LinkRanks:
    """Ranks of all links among their reports' own pairs; `level` (pairs,) as in `Ranking`, 0 the highest value."""
    pair = np.tile(np.flatnonzero(linked), 2)
    query = np.concatenate([left[linked], right[linked]]).astype(np.int64)
    asks = np.zeros(int(max(left.max(initial=-1), right.max(initial=-1))) + 1, dtype=np.bool_)
    asks[query] = True
    levels = int(level.max(initial=0)) + 1
    # one sorted number for each entry of each list: a place in it is a place in that report's list
    lists = np.sort(
        np.concatenate([side[asks[side]] * np.int64(levels) + level[asks[side]] for side in (left, right)])
    )
    own = query * levels + level[pair]
    low, high = np.searchsorted(lists, own), np.searchsorted(lists, own, side="right")
    return LinkRanks(query, pair, low - np.searchsorted(lists, query * levels), high - low)


def weighted_median(values: NDArray[np.float64], weight: NDArray[np.int64]) -> float:
    """Median of sorted `values`, each counted `weight` times; nan when nothing is counted."""
    reached = np.cumsum(weight, dtype=np.int64)
    if not len(reached) or not reached[-1]:
        return float("nan")
    # the two middle values of an even count are averaged, as numpy's median does
    middle = [np.searchsorted(2 * reached, reached[-1], side=side) for side in ("left", "right")]
    return float((values[middle[0]] + values[middle[1]]) / 2)
