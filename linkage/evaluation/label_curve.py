"""What labels are worth: the engine judged on one world after learning from more and more links of another.

Labels that are not given are taken off whole series; the reports stay in the file, as where most was not looked into.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from linkage.evaluation.baselines.simple import DistanceAndDays
from linkage.evaluation.conditions import Labelled
from linkage.evaluation.engine import Engine
from linkage.evaluation.intervals import Drawn, drawn
from linkage.evaluation.paired import Difference, draws_for
from linkage.evaluation.resampling import Draws
from linkage.evaluation.scorer import Scorer
from linkage.evaluation.truth import JudgedPairs, judged_pairs

LINKS = (0, 20, 200, 2000)
"""Labelled links that are learned from [R: the numbers that the learning is held to]."""

SHOWN = ("auprc", "recall_at_10", "expected_links_all")
"""Keys of `intervals.LABELS` that are shown."""


@dataclass(frozen=True)
class Point:
    """One way of linking after learning from `links` labelled links (None: it learns nothing).

    `figures` are those of `SHOWN`, each with its difference from the engine without labels, over the same draws of
    people. `likely` pairs are said over .5, against `true` links among all judged pairs.
    """

    name: str
    links: int | None
    figures: dict[str, Difference]
    likely: int | None
    true: int


def with_links(world: Labelled, links: int, seed: int = 0) -> tuple[Labelled, int]:
    """The world with only so many links known, at most, those of whole series drawn by `seed`; and how many it has.

    A series of k incidents has k (k - 1) / 2 links; one that has too many is passed over.
    """
    incidents: dict[str, set[str]] = {}
    for report in world.reports:
        incidents.setdefault(world.truth.person[report.report_id], set()).add(world.truth.incident[report.report_id])
    people = sorted(person for person, own in incidents.items() if len(own) > 1)
    kept: set[str] = set()
    known = 0
    for person in np.random.default_rng(seed).permutation(people):
        own = len(incidents[person]) * (len(incidents[person]) - 1) // 2
        if known + own <= links:
            kept.add(str(person))
            known += own
    told = [name for name, person in world.truth.person.items() if person in kept]
    return Labelled(world.reports, world.truth.of(told)), known


def label_curve(
    learned: Labelled, judged: Labelled, links: Sequence[int] = LINKS, seed: int = 0, replicates: int = 200
) -> Iterator[Point]:
    """Distance and days untrained, then the engine after each number of links."""
    pairs = judged_pairs(judged.reports, judged.truth)
    draws = draws_for(pairs, seed, replicates)
    true = int(pairs.linked.sum())
    bare, said = _judged(Engine(labels=False), pairs, draws)
    yield Point(DistanceAndDays.name, None, _beside(bare, _judged(DistanceAndDays(), pairs, draws)[0]), None, true)
    for wanted in links:
        known, number = with_links(learned, wanted, seed)
        figures, likely = bare, said
        if number:
            figures, likely = _judged(Engine(labels=True).fit(known.reports, known.truth), pairs, draws)
        yield Point("engine", number, _beside(bare, figures), likely, true)


def _judged(scorer: Scorer, pairs: JudgedPairs, draws: Draws) -> tuple[Drawn, int | None]:
    """Figures in every draw, and how many pairs are said over .5."""
    scores = scorer.score(pairs)
    likely = None if scores.probability is None else int((scores.probability > 0.5).sum())
    return drawn(pairs, replace(scores, series=None), draws), likely


def _beside(base: Drawn, other: Drawn) -> dict[str, Difference]:
    return {key: Difference.between(base[key], other[key]) for key in SHOWN if key in other}
