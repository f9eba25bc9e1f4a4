"""Which reports are on one incident: as `follows` and decisions say, and as their content proposes.

Reports that `follows` or a decision ties together are merged into one profile before anything is scored. A *proposed*
duplicate is never merged: its reports keep their own profiles, `incidents.csv` shows it with the basis `proposed` and
its probability, and only the pair itself is left out of the suggested links.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linkage.intake.incidents.candidates import IncidentCandidates, Pair, Rarity, vague
from linkage.intake.incidents.comparison import PROPOSED, SHOWN, IncidentModel, feature_table
from linkage.report import Report

PREFIX = "I-"
"""Stands before the smallest report_id of an incident to make its incident_id."""

REFUSED = 0.05
"""Probability under which two reports are not brought into one proposed incident by a third [G]."""

ENTERED = 0.2
"""Probability from which a report that is being entered is asked about: a question costs less than a link [G]."""


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A row of `incidents.csv`: `basis` is "follows" or "decided" for a report that one of these ties in, else
    "proposed"; `probability` that the report is of the incident, 1 where it is not a proposal."""

    incident_id: str
    report_id: str
    basis: str
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class IncidentPair:
    """Two reports `report_a` < `report_b`: the `probability` that they tell of one incident."""

    report_a: str
    report_b: str
    probability: float


@dataclass(frozen=True)
class Incidents:
    """`merged` are all reports by incident as far as `follows` and decisions say, `rows` those of incidents.csv.

    `pairs` are all pairs that may be of one incident (SHOWN), `proposals` those that hold a proposed incident
    together: one fewer than it has parts, the surest. `conflicts` are pairs that were decided to be of two incidents
    and are tied into one.
    """

    merged: list[list[str]]
    rows: list[IncidentRow]
    pairs: list[IncidentPair]
    proposals: list[IncidentPair]
    conflicts: list[Pair]


def find_incidents(
    reports: Iterable[Report],
    model: IncidentModel | None = None,
    same: Iterable[Pair] = (),
    other: Iterable[Pair] = (),
    rarity: Rarity | None = None,
) -> Incidents:
    """Incidents under a model (the elicited one), and decisions that two reports are of the `same` or of an `other`;
    the same in whatever order the reports come.

    Chains and circles of `follows` are one incident, and so are reports that follow the same report which is not at
    hand. A proposal never joins two groups that `follows` or decisions made, nor reports of which any two can hardly
    be of one incident, nor what was decided to be of another one.
    """
    groups = Groups(reports, same)
    merged, tied = groups.all(), groups.tied()
    refused = {(min(pair), max(pair)) for pair in other}
    conflicts = sorted(
        pair for pair in refused if groups.by_id.keys() >= {*pair} and groups.of(pair[0]) is groups.of(pair[1])
    )
    pairs = _weighed(groups, model or IncidentModel(), rarity or Rarity.of(groups.by_id.values()), refused)
    proposals = _propose(pairs, groups, tied, refused)
    shown = [pair for pair in pairs if pair.probability >= SHOWN]
    return Incidents(merged, _rows(groups, tied, proposals), shown, proposals, conflicts)


def _rows(groups: Groups, tied: set[str], proposals: Sequence[IncidentPair]) -> list[IncidentRow]:
    surest: dict[str, float] = {}
    for pair in proposals:
        for name in (pair.report_a, pair.report_b):
            surest[name] = max(surest.get(name, 0.0), pair.probability)
    rows: list[IncidentRow] = []
    for members in groups.all():
        for one in members if len(members) > 1 else ():
            basis = "follows" if one in groups.followed else "decided" if one in tied else "proposed"
            rows.append(IncidentRow(PREFIX + members[0], one, basis, 1.0 if one in tied else surest[one]))
    return rows


class Groups:
    """Reports by incident as far as `follows` (which ties `followed`) and decisions that two are of the `same` one
    say. Names that are only followed, and not at hand, tie others but are not members."""

    def __init__(self, reports: Iterable[Report], same: Iterable[Pair] = ()) -> None:
        self.by_id = {report.report_id: report for report in sorted(reports, key=lambda one: one.report_id)}
        self._group: dict[str, list[str]] = {name: [name] for name in self.by_id}
        for report in self.by_id.values():
            if report.follows is not None:
                self.join(report.report_id, report.follows)
        self.followed = self.tied()
        for pair in same:
            if self.by_id.keys() >= {*pair}:
                self.join(*pair)

    def of(self, name: str) -> list[str]:
        """All names of the group of one, the same list for each of them."""
        return self._group.setdefault(name, [name])

    def join(self, one: str, other: str) -> None:
        """Make two groups one."""
        less, more = sorted((self.of(one), self.of(other)), key=len)
        if less is not more:
            more += less
            self._group.update(dict.fromkeys(less, more))

    def members(self, name: str) -> list[str]:
        """The reports at hand in the group of one, sorted."""
        return sorted(one for one in self.of(name) if one in self.by_id)

    def all(self) -> list[list[str]]:
        """The reports at hand by group, sorted."""
        return sorted(self.members(group[0]) for group in {id(of): of for of in map(self.of, self.by_id)}.values())

    def tied(self) -> set[str]:
        """The reports at hand that are in a group with another one."""
        return {name for name in self.by_id if len(self.members(name)) > 1}


def _weighed(groups: Groups, model: IncidentModel, rarity: Rarity, refused: set[Pair]) -> list[IncidentPair]:
    """Every pair worth comparing that is not tied already, with its probability."""
    found, features, crowd = compared(groups.by_id.values(), rarity, groups)
    told = zip(found, model.one_incident(features, crowd).tolist(), strict=True)
    return [IncidentPair(*pair, 0.0 if pair in refused else chance) for pair, chance in told]


def compared(
    reports: Collection[Report], rarity: Rarity | None = None, groups: Groups | None = None
) -> tuple[list[Pair], NDArray[np.float64], NDArray[np.float64]]:
    """All pairs worth comparing, their features (pairs, features) and crowd (pairs,), but for those of one of the
    `groups`; without these whatever `follows` says."""
    candidates = IncidentCandidates(reports, rarity or Rarity.of(reports))
    found = [pair for pair in candidates.pairs() if groups is None or groups.of(pair[0]) is not groups.of(pair[1])]
    known = candidates.accounts
    return found, feature_table((known[a], known[b]) for a, b in found), candidates.crowds(found)


def _propose(pairs: Sequence[IncidentPair], groups: Groups, tied: set[str], refused: set[Pair]) -> list[IncidentPair]:
    """Join what is proposed, surest first, so that the outcome does not depend on the order of the reports."""
    chance = {(pair.report_a, pair.report_b): pair.probability for pair in pairs}
    proposals = []
    for pair in sorted(pairs, key=lambda pair: (-pair.probability, pair.report_a, pair.report_b)):
        if pair.probability < PROPOSED:
            break
        left, right = groups.members(pair.report_a), groups.members(pair.report_b)
        if left == right or not (tied.isdisjoint(left) or tied.isdisjoint(right)):
            continue
        across = [(min(x, y), max(x, y)) for x in left for y in right]
        # accounts of one incident that is decided speak together; of others any two must be able to be of one
        decided = not (tied.isdisjoint(left) and tied.isdisjoint(right))
        if refused.isdisjoint(across) and (decided or all(chance.get(x, 0.0) >= REFUSED for x in across)):
            groups.join(pair.report_a, pair.report_b)
            proposals.append(pair)
    return proposals


class IncidentIndex:
    """Reports laid out once, to find those that one more may be on one incident with."""

    def __init__(self, reports: Iterable[Report], model: IncidentModel | None = None) -> None:
        self._model = model or IncidentModel()
        known = {report.report_id: report for report in reports}.values()
        self._rarity = Rarity.of(known)
        self._candidates = IncidentCandidates(known, self._rarity)

    def weighed(self, report: Report) -> list[tuple[str, float]]:
        """Reports that may be of the same day and place as this one, with the chance to be of its incident, surest
        first. Where a side names no day, as many may be of the place and days of those as they say on average."""
        known, mine = self._candidates, self._rarity.account(report)
        of_day, undated = known.of_day(report), set(known.undated(mine))
        others = sorted(of_day | undated)
        pairs = [(mine, known.accounts[name]) for name in others]
        crowd = np.full(len(others), float(len(of_day)))
        for at, (name, pair) in enumerate(zip(others, pairs, strict=True)):
            if name in undated:
                crowd[at] = np.mean([known.crowd(one.report) for one in pair if vague(one.report)])
        chances = self._model.one_incident(feature_table(pairs), crowd).tolist()
        return sorted(zip(others, chances, strict=True), key=lambda found: (-found[1], found[0]))

    def proposed(self, report: Report) -> list[str]:
        """Ids of reports that may be on the incident of this one, surest first."""
        return [name for name, chance in self.weighed(report) if chance >= ENTERED]
