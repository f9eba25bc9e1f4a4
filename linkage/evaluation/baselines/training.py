"""Pairs to learn from: every linked one and a seeded sample of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from linkage.errors import LinkageError
from linkage.evaluation.truth import EvaluatedPairs, Truth, evaluated_pairs
from linkage.report import Report

UNLINKED = 200_000
"""Unlinked pairs learned from at most [G]: a share of one in 1,000 then has a standard error of 7 %."""

PAIRS_AT_ONCE = 250_000
"""Pairs whose features are held at one time: 50 float32 features then take 50 MB."""


class NoLinksError(LinkageError, ValueError):
    """Nothing can be learned: the training reports hold no linked pair, or nothing but linked pairs."""


@dataclass(frozen=True)
class TrainingPairs:
    """Pairs to learn from, in the order of `whole`.

    `weight` (pairs,) is how many pairs each stands for: 1 for a linked one, the inverse of the sampling fraction for
    an unlinked one. `base_rate` is the share of linked pairs among all; `whole` are all judged pairs.
    """

    pairs: EvaluatedPairs
    weight: NDArray[np.float64]
    base_rate: float
    whole: EvaluatedPairs


def training_pairs(reports: Sequence[Report], truth: Truth, seed: int, unlinked: int = UNLINKED) -> TrainingPairs:
    """All linked pairs and at most `unlinked` of the others. NoLinksError when one of the two kinds is missing."""
    whole = evaluated_pairs(reports, truth)
    links, others = np.flatnonzero(whole.linked), np.flatnonzero(~whole.linked)
    if not len(links):
        raise NoLinksError(
            "the training reports hold no link to learn from: give reports in which at least one series has two "
            "incidents (field series, or a truth file)"
        )
    if not len(others):
        raise NoLinksError("the training reports hold one series only: give reports of other series or one-offs too")
    drawn = others
    if len(others) > unlinked:
        drawn = np.random.default_rng(seed).choice(others, unlinked, replace=False)
    kept = np.sort(np.concatenate([links, drawn]))
    linked = whole.linked[kept]
    return TrainingPairs(
        pairs=subset(whole, kept),
        weight=np.where(linked, 1.0, len(others) / len(drawn)),
        base_rate=len(links) / len(whole),
        whole=whole,
    )


def part_of(training: TrainingPairs, kept: NDArray[np.intp]) -> TrainingPairs | None:
    """Some of the pairs (ascending), unlinked ones weighted to the old base rate; None when a kind is missing."""
    linked = training.pairs.linked[kept]
    if linked.all() or not linked.any():
        return None
    odds = training.base_rate / (1 - training.base_rate)
    weight = training.weight[kept]
    weight[~linked] *= linked.sum() / odds / weight[~linked].sum()
    return replace(training, pairs=subset(training.pairs, kept), weight=weight)


def in_blocks(pairs: EvaluatedPairs, size: int = PAIRS_AT_ONCE) -> Iterator[EvaluatedPairs]:
    """The pairs in order, at most `size` at a time."""
    for start in range(0, len(pairs), size):
        yield subset(pairs, slice(start, start + size))


def subset(pairs: EvaluatedPairs, kept: NDArray[np.intp] | slice) -> EvaluatedPairs:
    """Some of the pairs, in ascending order of `kept`; the reports stay."""
    return replace(
        pairs, left=pairs.left[kept], right=pairs.right[kept], linked=pairs.linked[kept], km=pairs.km[kept]
    )
