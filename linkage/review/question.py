"""The question that would settle a pair, and what the pair would be without each group of evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from linkage.features.explanation import Explanation
from linkage.features.levels import Level
from linkage.review.strength import LEAST_SHOWN, signed

LEAST_REACH = 0.3
"""Reach (log10) of a question that is worth asking [G]: a factor of two between its best and worst answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask of a report, `reports`, in which it is not known or not mentioned.

    The strength would be between `worst` and `best` (log10 odds). `settles` says that an answer could turn the pair:
    one makes it likelier than not and another does not.
    """

    name: str
    label: str
    reports: tuple[str, ...]
    low: float
    high: float
    worst: float
    best: float
    settles: bool

    @property
    def words(self) -> str:
        """What to ask, of which report, and how far it could move the pair."""
        return (
            f"{self.label} ({' and '.join(self.reports)}): could move {signed(self.low, 1)} to {signed(self.high, 1)}"
        )


@dataclass(frozen=True, slots=True)
class Without:
    """A group of comparisons: its `labels`, its `weight`, and the strength (log10 odds) that is left without it."""

    group: str
    labels: tuple[str, ...]
    weight: float
    strength: float


def questions(explanation: Explanation, levels: Sequence[Level], most: int = 6) -> list[Question]:
    """Questions worth asking on a pair: those that could turn it first, then by how far they reach.

    `levels` are those of the two reports in the order of the explanation (see Linker.levels).
    """
    found, names = [], (explanation.report_a, explanation.report_b)
    for level in levels:
        if level.reach < LEAST_REACH:
            continue
        worst, best = explanation.strength + level.low, explanation.strength + level.high
        reports = tuple(names[side] for side in level.missing)
        turns = worst < 0 <= best
        found.append(Question(level.name, level.label, reports, level.low, level.high, worst, best, turns))
    return sorted(found, key=lambda one: (not one.settles, one.low - one.high, one.label))[:most]


def untold(report: str, beside: Sequence[tuple[Explanation, Sequence[Level]]]) -> list[tuple[str, str]]:
    """What a report does not tell and others do, name and label: first what could move it furthest over all of them.

    Each explanation is of the report and another, with the levels of the two in its order.
    """
    reach: dict[tuple[str, str], float] = defaultdict(float)
    for explanation, levels in beside:
        own = (explanation.report_a, explanation.report_b).index(report)
        for level in levels:
            if level.missing == (own,) and level.reach >= LEAST_REACH:
                reach[level.name, level.label] += level.reach
    return sorted(reach, key=lambda one: (-reach[one], one[1]))


def without_groups(explanation: Explanation) -> list[Without]:
    """What the pair would be without each group of comparisons that weighs something, the heaviest first."""
    groups: dict[str, list[tuple[str, float]]] = {}
    for part in explanation.parts:
        if part.weight:
            groups.setdefault(part.group, []).append((part.label, part.weight))
    found = []
    for group, parts in groups.items():
        weight = sum(one for _, one in parts)
        if any(abs(one) >= LEAST_SHOWN for _, one in parts):
            labels = tuple(label for label, one in sorted(parts, key=lambda one: -abs(one[1])))
            found.append(Without(group, labels, weight, explanation.strength - weight))
    return sorted(found, key=lambda one: (-abs(one.weight), one.group))
