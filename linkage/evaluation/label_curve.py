"""What labels are worth: the engine judged on one world after learning from more and more labels of another.

Labels that are not given are taken off whole series; the reports stay in the file, as where most was not looked into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from linkage.evaluation.baselines.simple import DistanceAndDays
from linkage.evaluation.conditions import Labelled
from linkage.evaluation.engine import Engine, unlabelled
from linkage.evaluation.intervals import Drawn, drawn
from linkage.evaluation.paired import Difference, draws_for
from linkage.evaluation.resampling import Draws
from linkage.evaluation.scorer import Scorer
from linkage.evaluation.truth import EvaluatedPairs, Truth, evaluated_pairs
from linkage.linker import Linker

LINKS = (0, 20, 200, 2000)
"""Labelled links that are learned from [R: the numbers that the learning is held to]."""

SHOWN = ("auprc", "recall_at_10", "recall_at_10_far", "b_cubed_f1", "expected_links_all")
"""Keys of `intervals.LABELS` that are shown."""


@dataclass(frozen=True, eq=False)
class Taught:
    """What is learned from: a world of which only so many `links` are known."""

    name: str
    world: Labelled
    links: int


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


def with_links(world: Labelled, links: int, seed: int = 0) -> Taught:
    """The world with only so many links known, at most, those of whole series drawn by `seed`.

    A series of k incidents has k (k - 1) / 2 links; one that has too many is passed over.
    """
    sizes = _series(world)
    kept: list[str] = []
    known = 0
    for person in _drawn_people(world, seed):
        own = sizes[person] * (sizes[person] - 1) // 2
        if known + own <= links:
            kept.append(person)
            known += own
    return _of_people(f"{known:,} links", world, kept)


def with_series(world: Labelled, series: int, seed: int = 0) -> Taught:
    """The world with only so many whole series known, at most, drawn by `seed`."""
    kept = _drawn_people(world, seed)[:series]
    return _of_people(f"{len(kept):,} series", world, kept)


def suggested(world: Labelled) -> list[tuple[str, str]]:
    """Pairs that a run without labels lists, the likeliest first; two reports of one incident are left out."""
    reports = unlabelled(world.reports)
    listed = Linker().fit(reports).score(reports).sort_values("probability", ascending=False, kind="stable")
    incident = world.truth.incident
    pairs = zip(listed["report_a"], listed["report_b"], strict=True)
    return [(str(a), str(b)) for a, b in pairs if incident.get(a, a) != incident.get(b, b)]


def with_decisions(world: Labelled, pairs: Sequence[tuple[str, str]]) -> Taught:
    """The world with only this known: each of these pairs was judged, rightly, and linked ones make series."""
    person, incident = world.truth.person, world.truth.incident
    linked = [(a, b) for a, b in pairs if person.get(a, a) == person.get(b, b)]
    series = {name: f"decided {min(part)}" for part in nx.connected_components(nx.Graph(linked)) for name in part}
    known = Labelled(world.reports, Truth(series, {name: incident.get(name, name) for name in series}))
    return Taught(f"{len(pairs):,} decisions, {len(linked):,} of them links", known, _links(known))


def label_curve(taught: Iterable[Taught], judged: Labelled, seed: int = 0, replicates: int = 200) -> Iterator[Point]:
    """Distance and days untrained, the engine without labels, then after each thing that it is taught."""
    pairs = evaluated_pairs(judged.reports, judged.truth)
    draws = draws_for(pairs, seed, replicates)
    true = int(pairs.linked.sum())
    bare, said = _judged(Engine(labels=False), pairs, draws)
    yield Point(
        DistanceAndDays.name, None, _differences(bare, _judged(DistanceAndDays(), pairs, draws)[0]), None, true
    )
    yield Point("no labels", 0, _differences(bare, bare), said, true)
    for one in taught:
        if one.links:
            engine = Engine(labels=True).fit(one.world.reports, one.world.truth)
            figures, likely = _judged(engine, pairs, draws)
            yield Point(one.name, one.links, _differences(bare, figures), likely, true)


def _series(world: Labelled) -> dict[str, int]:
    """Incidents of each person who has two or more."""
    incidents: dict[str, set[str]] = {}
    for report in world.reports:
        if (person := world.truth.person.get(report.report_id)) is not None:
            own = incidents.setdefault(person, set())
            own.add(world.truth.incident.get(report.report_id, report.report_id))
    return {person: len(incidents[person]) for person in sorted(incidents) if len(incidents[person]) > 1}


def _links(world: Labelled) -> int:
    return sum(size * (size - 1) // 2 for size in _series(world).values())


def _drawn_people(world: Labelled, seed: int) -> list[str]:
    """People with a series, in a drawn order."""
    return [str(person) for person in np.random.default_rng(seed).permutation(list(_series(world)))]


def _of_people(name: str, world: Labelled, people: Iterable[str]) -> Taught:
    chosen = set(people)
    known = Labelled(
        world.reports, world.truth.of(one for one, person in world.truth.person.items() if person in chosen)
    )
    return Taught(name, known, _links(known))


def _judged(scorer: Scorer, pairs: EvaluatedPairs, draws: Draws) -> tuple[Drawn, int | None]:
    """Figures in every draw, and how many pairs are said over .5."""
    scores = scorer.score(pairs)
    likely = None if scores.probability is None else int((scores.probability > 0.5).sum())
    return drawn(pairs, scores, draws), likely


def _differences(base: Drawn, other: Drawn) -> dict[str, Difference]:
    return {key: Difference.between(base[key], other[key]) for key in SHOWN if key in other}
