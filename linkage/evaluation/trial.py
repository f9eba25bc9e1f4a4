"""A trial: ways of linking judged on reports of people that none of them learned from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb, isqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.evaluation.calibration import Bin, predictive_values, reliability
from linkage.evaluation.curves import CurvePoint, curve
from linkage.evaluation.engine import Engine, unlabelled
from linkage.evaluation.groups import group_table, groupings_of
from linkage.evaluation.intervals import Figure, figures
from linkage.evaluation.ranking import FAR_KM
from linkage.evaluation.scorer import Scorer, Scores
from linkage.evaluation.splits import Split
from linkage.evaluation.truth import EvaluatedPairs, Truth, evaluated_pairs
from linkage.report import Report

MOST_PAIRS = 12_000_000
"""Pairs judged in one trial: at some 120 bytes a pair, sorting and 200 bootstrap draws stay under 2 GB [R]."""

MOST_TO_LEARN = 5_000
"""Reports learned from at most [G]: 12.5 million pairs, beyond which the pair-based baselines outgrow memory."""

MOST_IN_GROUPS = 6_000
"""Reports judged by group [G]: their ranks are taken from a full matrix of scores, 288 MB at this size."""

FEW_SERIES = 30
"""Series below which a reader is warned [G]."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Counts:
    """What is judged: reports, incidents, people, series (people with two incidents or more), pairs and links."""

    reports: int
    incidents: int
    people: int
    series: int
    pairs: int
    links: int
    far_links: int

    @property
    def base_rate(self) -> float:
        """Share of the pairs that are links: the precision of pure chance."""
        return self.links / self.pairs if self.pairs else float("nan")

    @classmethod
    def of(cls, pairs: EvaluatedPairs) -> Counts:
        """Counts of judged pairs; `far_links` are those over FAR_KM, by the places as reported."""
        incident = np.arange(len(pairs.reports)) if pairs.incident is None else pairs.incident
        told = np.unique(np.stack([pairs.person, incident]), axis=1)
        return cls(
            reports=len(pairs.reports),
            incidents=len(np.unique(incident)),
            people=len(np.unique(pairs.person)),
            series=int((np.unique(told[0], return_counts=True)[1] > 1).sum()),
            pairs=len(pairs),
            links=int(pairs.linked.sum()),
            far_links=int((pairs.linked & (pairs.km > FAR_KM)).sum()),
        )

    @classmethod
    def of_file(cls, reports: Sequence[Report], truth: Truth) -> Counts:
        """Counts of all known reports taken as one set, without laying out every pair."""
        people: dict[str, list[Report]] = {}
        incidents: Counter[str] = Counter()
        for report in reports:
            if (person := truth.person.get(report.report_id)) is not None:
                people.setdefault(person, []).append(report)
                incidents[truth.incident.get(report.report_id, report.report_id)] += 1
        own = [cls.of(evaluated_pairs(group, truth)) for group in people.values() if len(group) > 1]
        known = sum(incidents.values())
        return cls(
            reports=known,
            incidents=len(incidents),
            people=len(people),
            series=sum(one.series for one in own),
            pairs=comb(known, 2) - sum(comb(size, 2) for size in incidents.values()),
            links=sum(one.links for one in own),
            far_links=sum(one.far_links for one in own),
        )


@dataclass(frozen=True)
class Way:
    """One way of linking in one trial: its figures, what its probabilities were worth, and its ranked list."""

    name: str
    note: str
    learns: bool
    figures: dict[str, Figure]
    reliability: list[Bin]
    predictive_values: list[Bin]
    curve: list[CurvePoint]


@dataclass(frozen=True)
class Trial:
    """Every way of linking on the same pairs. `how` says how they were chosen, `notes` what a reader must know;
    `groups` is the table of `groups.group_table` for the engine."""

    name: str
    how: str
    counts: Counts
    ways: list[Way]
    notes: list[str]
    groups: pd.DataFrame


@dataclass(frozen=True)
class Bench:
    """Splits made ready: the pairs of each one's judged reports, and all of them as one set of pairs."""

    splits: list[Split]
    pairs: list[EvaluatedPairs]
    pooled: EvaluatedPairs
    notes: list[str]

    def first(self, most: int) -> Bench:
        """The first splits that have at most `most` judged reports together; at least one."""
        sizes = np.cumsum([len(pairs.reports) for pairs in self.pairs])
        kept = max(1, int(np.searchsorted(sizes, most, side="right")))
        return Bench(self.splits[:kept], self.pairs[:kept], pooled(self.pairs[:kept]), self.notes)

    def scores(self, scorer: Scorer, truth: Truth, done: Callable[[], None] = lambda: None) -> Scores:
        """Fit and score each split; one list of scores over `pooled`. The scorer never sees a judged label."""
        found = []
        for split, pairs in zip(self.splits, self.pairs, strict=True):
            hidden = replace(pairs, reports=unlabelled(pairs.reports))
            if scorer.learns:
                scorer.fit(split.train, truth.of(report.report_id for report in split.train))
            found.append(scorer.score(hidden))
            done()
        return _joined(found)


def bench(splits: Sequence[Split], truth: Truth, seed: int) -> Bench:
    """Judged pairs of the splits, no more than memory holds; what was left out is said in `notes`."""
    notes: list[str] = []
    kept: list[Split] = []
    pairs: list[EvaluatedPairs] = []
    room = MOST_PAIRS
    for split in splits:
        test = split.test
        if kept and len(test) * (len(test) - 1) // 2 > room:
            notes.append(
                f"The file is large: {len(kept)} of {len(splits)} folds are judged, each learning from the others."
            )
            break
        most = (1 + isqrt(1 + 8 * MOST_PAIRS)) // 2
        if len(test) > most:
            test = some_people(test, truth, most, seed)
            notes.append(
                f"The file is large: {len(test):,} of {len(split.test):,} reports are judged, whole people drawn by "
                "seed. Among fewer reports links are a larger share, so figures are better than on all of them."
            )
        train = some_people(split.train, truth, MOST_TO_LEARN, seed)
        if len(train) < len(split.train) and not kept:
            notes.append(
                f"Every way that learns was given {len(train):,} of {len(split.train):,} reports, whole people drawn "
                "by seed."
            )
        kept.append(replace(split, train=train, test=test))
        pairs.append(evaluated_pairs(test, truth))
        room -= len(pairs[-1])
    return Bench(kept, pairs, pooled(pairs), notes)


def some_people(reports: Sequence[Report], truth: Truth, most: int, seed: int) -> list[Report]:
    """At most `most` reports, of whole people, drawn by seed; all of them when they are few enough."""
    if len(reports) <= most:
        return list(reports)
    people: dict[str, list[Report]] = {}
    for report in reports:
        people.setdefault(truth.person[report.report_id], []).append(report)
    names = sorted(people)
    kept: list[Report] = []
    for index in np.random.default_rng(seed).permutation(len(names)):
        if len(kept) + len(people[names[index]]) <= most:
            kept += people[names[index]]
    return sorted(kept, key=lambda report: report.report_id)


def pooled(pairs: Sequence[EvaluatedPairs]) -> EvaluatedPairs:
    """Several sets of judged pairs, no report in two of them, as one: the pairs within each, none between them.

    The reports of one set stand together, so they are sorted within a set only.
    """
    if len(pairs) == 1:
        return pairs[0]
    rows = np.cumsum([0, *(len(one.reports) for one in pairs)])
    people = np.cumsum([0, *(int(one.person.max(initial=-1)) + 1 for one in pairs)])
    incidents = [np.arange(len(one.reports)) if one.incident is None else one.incident for one in pairs]
    before = np.cumsum([0, *(int(one.max(initial=-1)) + 1 for one in incidents)])
    return EvaluatedPairs(
        reports=[report for one in pairs for report in one.reports],
        left=np.concatenate([one.left + np.int32(row) for one, row in zip(pairs, rows, strict=False)]),
        right=np.concatenate([one.right + np.int32(row) for one, row in zip(pairs, rows, strict=False)]),
        linked=np.concatenate([one.linked for one in pairs]),
        person=np.concatenate([one.person + start for one, start in zip(pairs, people, strict=False)]),
        km=np.concatenate([one.km for one in pairs]),
        incident=np.concatenate([one + start for one, start in zip(incidents, before, strict=False)]),
    )


def _joined(scores: Sequence[Scores]) -> Scores:
    said: list[NDArray[np.float64]] = [one.probability for one in scores if one.probability is not None]
    series = [one.series for one in scores if one.series is not None]
    return Scores(
        value=np.concatenate([one.value for one in scores]),
        probability=np.concatenate(said) if len(said) == len(scores) else None,
        series=[members for one in series for members in one] if len(series) == len(scores) else None,
    )


def evaluated(scorer: Scorer, pairs: EvaluatedPairs, scores: Scores, seed: int, replicates: int) -> Way:
    """Figures, tables and curve of one way of linking."""
    said = scores.probability
    return Way(
        name=scorer.name,
        note=scorer.note,
        learns=scorer.learns,
        figures=figures(pairs, scores, seed, replicates),
        reliability=[] if said is None else reliability(pairs.linked, said),
        predictive_values=[] if said is None else predictive_values(pairs.linked, said),
        curve=curve(pairs, scores),
    )


def trial(
    name: str,
    how: str,
    laid: Bench,
    truth: Truth,
    scorers: Sequence[Scorer],
    seed: int,
    replicates: int,
    progress: Progress | None = None,
    sectors: Mapping[str, str] | None = None,
) -> Trial:
    """Judge every scorer on the bench. A baseline that fails is told in `notes`, and the others go on."""
    ways: list[Way] = []
    own: dict[str, Scores] = {}
    notes = list(laid.notes)
    counts = Counts.of(laid.pooled)
    if counts.series < FEW_SERIES:
        notes.append(f"Only {counts.series} series are judged: the intervals are wide, and rightly so.")
    steps, total = [0], len(scorers) * len(laid.pairs)

    def done() -> None:
        """Tell that one more split has been scored by one scorer."""
        steps[0] += 1
        if progress:
            progress(name, steps[0], total)

    for number, scorer in enumerate(scorers):
        try:
            scores = laid.scores(scorer, truth, done)
            ways.append(evaluated(scorer, laid.pooled, scores, seed, replicates))
            if isinstance(scorer, Engine):
                own[scorer.name] = scores
        except Exception as error:
            if isinstance(scorer, Engine):
                raise
            # a baseline runs other people's code too: its failure is a finding, and no reason to lose the rest
            notes.append(f"{scorer.name} could not be run: {' '.join(str(error).split()) or type(error).__name__}")
            steps[0] = (number + 1) * len(laid.pairs)
    return Trial(name, how, counts, ways, notes, _groups(laid, own, seed, replicates, sectors))


def _groups(
    laid: Bench, scored: Mapping[str, Scores], seed: int, replicates: int, sectors: Mapping[str, str] | None
) -> pd.DataFrame:
    """Groups of reports under each engine; empty without one. Large files are judged on their first folds."""
    if not scored:
        return pd.DataFrame()
    pairs = laid.first(MOST_IN_GROUPS).pooled
    kept = {
        name: Scores(
            scores.value[: len(pairs)], None if scores.probability is None else scores.probability[: len(pairs)]
        )
        for name, scores in scored.items()
    }
    return group_table(pairs, kept, groupings_of(pairs.reports, sectors), seed, replicates)
