"""Which reports are on one incident: as `follows` says, and as their content proposes.

Reports that `follows` ties together are merged into one profile before anything is scored. A *proposed* duplicate is
never merged: its reports keep their own profiles, `incidents.csv` shows it with the basis `proposed`, and only the
pair itself is left out of the suggested links, because two reports of one incident would look like a perfect link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from linkage.intake.same_incident import LONGEST, Rarity, contradict, one_incident
from linkage.report import Report

PREFIX = "I-"
"""Stands before the smallest report_id of an incident to make its incident_id."""

CELL = 0.5
"""Degrees of the cells in which reports of one day are compared [G]: 55 km by about 33 km in England."""

REACH = 0.1
"""Degrees around a place whose cells it also stands in [G]: about 11 km, more than the radius of most towns."""

CROWD = 600
"""Reports of one day and cell above which only shared plates, identifiers and speech propose pairs [G]."""


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A row of `incidents.csv`: `basis` is "follows" for a report that `follows` ties in, else "proposed"."""

    incident_id: str
    report_id: str
    basis: str


def incidents(reports: Iterable[Report]) -> list[IncidentRow]:
    """Incidents of more than one report, sorted by incident and report; the same in whatever order reports come.

    Chains and circles of `follows` are one incident, and so are reports that follow the same report which is not at
    hand. A proposal never joins two groups that `follows` made, nor reports of which any two contradict each other.
    """
    by_id = {report.report_id: report for report in sorted(reports, key=lambda one: one.report_id)}
    groups = _Groups(by_id)
    for report in by_id.values():
        if report.follows is not None:
            groups.join(report.report_id, report.follows)
    followed = {name for members in groups.members() if len(members) > 1 for name in members}
    _propose(by_id, groups, followed)
    rows: list[IncidentRow] = []
    for members in groups.members():
        if len(members) > 1:
            name = PREFIX + min(members)
            rows += [IncidentRow(name, one, "follows" if one in followed else "proposed") for one in members]
    return sorted(rows, key=lambda row: (row.incident_id, row.report_id))


def incident_of(reports: Iterable[Report]) -> dict[str, str]:
    """report_id -> incident_id for every report; one that stands alone is its own incident."""
    listed = list(reports)
    alone = {report.report_id: PREFIX + report.report_id for report in listed}
    return alone | {row.report_id: row.incident_id for row in incidents(listed)}


class _Groups:
    """Union-find over report ids; names that are only followed, and not at hand, tie others but are not members."""

    def __init__(self, by_id: dict[str, Report]) -> None:
        self.parent: dict[str, str] = {name: name for name in by_id}
        self.inside: dict[str, list[str]] = {name: [name] for name in by_id}

    def root(self, name: str) -> str:
        """The name that stands for the group of `name`."""
        self.parent.setdefault(name, name)
        while self.parent[name] != name:
            self.parent[name] = self.parent[self.parent[name]]
            name = self.parent[name]
        return name

    def join(self, one: str, other: str) -> None:
        """Make two groups one."""
        a, b = sorted((self.root(one), self.root(other)))
        if a != b:
            self.parent[b] = a
            self.inside[a] = [*self.inside.get(a, []), *self.inside.pop(b, [])]

    def members(self) -> list[list[str]]:
        """Groups as sorted lists of the reports at hand."""
        return [sorted(names) for names in self.inside.values() if names]


def _propose(by_id: dict[str, Report], groups: _Groups, followed: set[str]) -> None:
    """Join what is proposed, surest first, so that the outcome does not depend on the order of the reports."""
    rarity = Rarity.of(by_id.values())
    proposed: list[tuple[float, str, str]] = []
    for one, other in _candidates(list(by_id.values())):
        strength = one_incident(by_id[one], by_id[other], rarity)
        if strength is not None:
            proposed.append((-strength, one, other))
    for _, one, other in sorted(proposed):
        a, b = groups.root(one), groups.root(other)
        if a == b or (one in followed and other in followed):
            continue
        left, right = groups.inside[a], groups.inside[b]
        both_followed = not followed.isdisjoint(left) and not followed.isdisjoint(right)
        if both_followed or any(contradict(by_id[x], by_id[y]) for x in left for y in right):
            continue
        groups.join(a, b)


def _candidates(reports: Sequence[Report]) -> Iterator[tuple[str, str]]:
    """Pairs worth comparing, each once: of one day and one neighbourhood, or of one day with something rare
    shared."""
    near, rare = _blocks(reports)
    seen: set[tuple[str, str]] = set()
    blocks = [names for names in near.values() if len(names) <= CROWD] + list(rare.values())
    for names in blocks:
        for at, one in enumerate(names):
            for other in names[at + 1 :]:
                pair = (one, other) if one < other else (other, one)
                if one != other and pair not in seen:
                    seen.add(pair)
                    yield pair


Blocks = tuple[dict[tuple[int, int, int], list[str]], dict[tuple[int, str], list[str]]]


def _blocks(reports: Iterable[Report]) -> Blocks:
    """Reports by day and neighbourhood, and by day and something rare."""
    near: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    rare: dict[tuple[int, str], list[str]] = defaultdict(list)
    for report in reports:
        days = report.occurred.days
        if days is None or days[1] - days[0] > LONGEST:
            continue
        for day in range(days[0], days[1] + 1):
            for cell in _cells(report):
                near[(day, *cell)].append(report.report_id)
            for token in _tokens(report):
                rare[(day, token)].append(report.report_id)
    return near, rare


class IncidentIndex:
    """Reports laid out once, to find those that one more may be on one incident with."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._by_id = {report.report_id: report for report in reports}
        self._rarity = Rarity.of(self._by_id.values())
        self._near, self._rare = _blocks(self._by_id.values())

    def proposed(self, report: Report) -> list[str]:
        """Ids of reports that may be on the incident of this one, surest first."""
        near, rare = _blocks([report])
        blocks = [block for key in near if len(block := self._near.get(key, [])) < CROWD]
        blocks += [self._rare.get(key, []) for key in rare]
        others = sorted({name for names in blocks for name in names} - {report.report_id})
        found = [(name, one_incident(report, self._by_id[name], self._rarity)) for name in others]
        return [name for _, name in sorted((-strength, name) for name, strength in found if strength is not None)]


def _cells(report: Report) -> set[tuple[int, int]]:
    lat, lon = report.place.lat, report.place.lon
    if lat is None or lon is None:
        return set()
    return {
        (int((lat + up) // CELL), int((lon + right) // CELL))
        for up in (-REACH, 0.0, REACH)
        for right in (-REACH, 0.0, REACH)
    }


def _tokens(report: Report) -> set[str]:
    plates = {f"plate {v.registration}" for v in report.vehicles if v.registration}
    numbers = {f"{i.kind} {i.value}" for i in report.identifiers}
    said = {f"said {' '.join(words.lower().split())}" for words in report.speech if len(words) > 11}
    opening = " ".join((report.narrative or "").lower().split())[:60]
    return plates | numbers | said | ({f"text {opening}"} if len(opening) > 40 else set())
