"""Series from pair strengths: sparse average linkage under must-link and cannot-link.

Two groups join while the mean strength (log10 odds, prior included) over all pairs between them stays above the
stop. A pair that is not listed counts with the floor, the strength below which pairs are not listed, so that no
chain of single strong pairs makes a series.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Pair = tuple[str, str]

FLOOR = -3.0
"""Strength (log10 odds) with which a pair counts that is weaker or not listed [G]: one in a thousand."""


@dataclass(frozen=True)
class Membership:
    """One report in one series. `fit` is its mean strength with the other members."""

    series_id: str
    report_id: str
    role: str
    fit: float


@dataclass(frozen=True)
class Overlap:
    """A member that would fit a second series nearly as well, or better than even odds."""

    report_id: str
    series_id: str
    other_series_id: str
    fit: float
    other_fit: float


@dataclass(frozen=True)
class Conflict:
    """A cannot-link that decided must-links or one incident contradict; it could not be honoured.

    `because` are the must-links that tie the two reports, in order; none when one incident does.
    """

    report_a: str
    report_b: str
    because: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class SeriesResult:
    """Memberships sorted by series and report, overlaps, and constraints that contradict each other."""

    members: list[Membership]
    overlaps: list[Overlap]
    conflicts: list[Conflict]


@dataclass
class _Groups:
    """Groups of reports, the summed strength and number of listed pairs between neighbours, and who must not join."""

    floor: float
    members: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, dict[str, tuple[float, int]]] = field(default_factory=dict)
    apart: dict[str, set[str]] = field(default_factory=dict)

    def mean(self, one: str, other: str) -> float:
        """Average strength between two groups; a pair that is not listed counts as `floor`."""
        total, listed = self.links[one].get(other, (0.0, 0))
        size = len(self.members[one]) * len(self.members[other])
        return (total + (size - listed) * self.floor) / size

    def join(self, one: str, other: str) -> None:
        """`other` joins `one`; ids are the smallest member's, so `one` < `other`."""
        self.members[one] += self.members.pop(other)
        self.links[one].pop(other, None)
        for neighbour, (total, listed) in self.links.pop(other).items():
            if neighbour == one:
                continue
            mine, count = self.links[one].get(neighbour, (0.0, 0))
            self.links[one][neighbour] = self.links[neighbour][one] = (mine + total, count + listed)
            del self.links[neighbour][other]
        for enemy in self.apart.pop(other, set()):
            self.apart[enemy].discard(other)
            self.apart[enemy].add(one)
            self.apart.setdefault(one, set()).add(enemy)


def find_series(
    strengths: Mapping[Pair, float],
    incident_of: Mapping[str, str],
    must_link: Iterable[Pair] = (),
    cannot_link: Iterable[Pair] = (),
    stop: float = 0.0,
    floor: float = FLOOR,
    core: float = 0.0,
    second: float = 0.0,
    whole: Iterable[Sequence[str]] = (),
) -> SeriesResult:
    """Gather reports into series; those in `whole` are series already, and nothing joins them.

    A member is core from a mean strength of `core` with the others on, and may belong to another series from
    `second` on, or where it would fit that one better.
    `strengths` maps pairs of report ids (smaller first) to log10 odds; pairs below `floor` may be left out.
    `incident_of` maps each report of a multi-report incident to its incident: they stay together, and a series has
    at least two incidents. Nothing depends on the order of the arguments.
    """
    settled = [list(members) for members in whole]
    of_whole = {report: number for number, members in enumerate(settled) for report in members}
    glued = _glued(incident_of, [*must_link, *((members[0], one) for members in settled for one in members[1:])])
    cannot = sorted({(min(pair), max(pair)) for pair in cannot_link})
    open_ones = {pair: value for pair, value in strengths.items() if not (pair[0] in of_whole or pair[1] in of_whole)}
    groups, conflicts = _start(open_ones, glued, cannot, floor)
    _agglomerate(groups, stop)
    series = {
        f"S-{key}": sorted(members)
        for key, members in sorted(groups.members.items())
        if len({incident_of.get(report, report) for report in members}) > 1
    }
    return _described(series, strengths, incident_of, (floor, core, second), conflicts, cannot)


def gathered(
    units: int,
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    strength: NDArray[np.float64],
    apart: Iterable[tuple[int, int]],
    stop: float,
    floor: float = FLOOR,
) -> NDArray[np.int64]:
    """A partition of units by average linkage of their pairs `one`, `other`, as a number for each (units,)."""

    def name(number: int) -> str:
        """A unit's number as text that sorts as the numbers do."""
        return f"{number:09d}"

    strongest: dict[Pair, float] = {}
    for a, b, value in zip(np.minimum(one, other), np.maximum(one, other), strength, strict=True):
        key = (name(a), name(b))
        strongest[key] = max(strongest.get(key, -np.inf), float(value))
    cannot = [(name(a), name(b)) for a, b in apart]
    found = find_series(strongest, {}, cannot_link=cannot, stop=stop, floor=floor)
    start = np.arange(units, dtype=np.int64)
    for member in found.members:
        start[int(member.report_id)] = int(member.series_id.removeprefix("S-"))
    return start


def _glued(incident_of: Mapping[str, str], must_link: Iterable[Pair]) -> dict[str, str]:
    """Each constrained report -> the smallest report it must stay with (union-find)."""
    parent: dict[str, str] = {}

    def root(report: str) -> str:
        """The report that stands for all that were joined with this one."""
        parent.setdefault(report, report)
        while parent[report] != report:
            parent[report] = parent[parent[report]]
            report = parent[report]
        return report

    first: dict[str, str] = {}
    together = [*must_link, *((first.setdefault(i, r), r) for r, i in sorted(incident_of.items()))]
    for a, b in together:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return {report: root(report) for report in sorted(parent)}


def _start(
    strengths: Mapping[Pair, float], glued: Mapping[str, str], cannot_link: Sequence[Pair], floor: float
) -> tuple[_Groups, list[Conflict]]:
    groups = _Groups(floor)
    reports = {report for pair in strengths for report in pair} | set(glued) | {r for p in cannot_link for r in p}
    for report in sorted(reports):
        key = glued.get(report, report)
        groups.members.setdefault(key, []).append(report)
        groups.links.setdefault(key, {})
    for (a, b), strength in sorted(strengths.items()):
        one, other = glued.get(a, a), glued.get(b, b)
        if one != other:
            total, listed = groups.links[one].get(other, (0.0, 0))
            groups.links[one][other] = groups.links[other][one] = (total + max(strength, floor), listed + 1)
    conflicts = []
    for a, b in cannot_link:
        one, other = glued.get(a, a), glued.get(b, b)
        if one == other:
            conflicts.append(Conflict(a, b))
        else:
            groups.apart.setdefault(one, set()).add(other)
            groups.apart.setdefault(other, set()).add(one)
    return groups, conflicts


def _agglomerate(groups: _Groups, stop: float) -> None:
    """Join the two nearest groups until the nearest mean is at the stop. Ties go to the smaller ids."""
    heap = [
        (-mean, one, other)
        for one, neighbours in groups.links.items()
        for other in neighbours
        if one < other and (mean := groups.mean(one, other)) > stop
    ]
    heapq.heapify(heap)
    while heap:
        negative, one, other = heapq.heappop(heap)
        current = one in groups.members and other in groups.members and other in groups.links[one]
        if not current or groups.mean(one, other) != -negative or other in groups.apart.get(one, ()):
            continue
        groups.join(one, other)
        for neighbour in groups.links[one]:
            low, high = sorted((one, neighbour))
            if (mean := groups.mean(low, high)) > stop:
                heapq.heappush(heap, (-mean, low, high))


def mean_strength(
    report: str,
    members: Sequence[str],
    strengths: Mapping[Pair, float],
    incident_of: Mapping[str, str],
    floor: float,
) -> float:
    """Mean strength of a report with the members of other incidents; pairs not listed count with the floor."""
    incident = incident_of.get(report, report)
    others = [member for member in members if incident_of.get(member, member) != incident]
    found = [max(floor, strengths.get((min(report, o), max(report, o)), floor)) for o in others]
    return sum(found) / len(found)


def _described(
    series: Mapping[str, list[str]],
    strengths: Mapping[Pair, float],
    incident_of: Mapping[str, str],
    levels: tuple[float, float, float],
    conflicts: list[Conflict],
    cannot: Sequence[Pair],
) -> SeriesResult:
    floor, core, second = levels
    apart = {pair for a, b in cannot for pair in ((a, b), (b, a))}
    of = {report: name for name, members in series.items() for report in members}
    near: dict[str, set[str]] = {}
    for (a, b), strength in strengths.items():
        if strength > floor:
            for one, other in ((a, b), (b, a)):
                if one in of and other in of and of[one] != of[other]:
                    near.setdefault(one, set()).add(of[other])
    members, overlaps = [], []
    for name, reports in series.items():
        for report in reports:
            fit = mean_strength(report, reports, strengths, incident_of, floor)
            members.append(Membership(name, report, "core" if fit >= core else "edge", fit))
            for other in sorted(near.get(report, ())):
                if any((report, member) in apart for member in series[other]):
                    continue
                other_fit = mean_strength(report, series[other], strengths, incident_of, floor)
                if other_fit >= min(second, fit):
                    overlaps.append(Overlap(report, name, other, fit, other_fit))
    return SeriesResult(members, overlaps, conflicts)
