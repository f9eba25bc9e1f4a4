"""Stable ids for series: what a run finds is laid over the series there are, and what changed becomes events.

Decided merges and splits come first. The rest is the assignment of found series to known ones that keeps most reports
where they were (Hungarian method); a found series takes a known id only if they share two reports or more. An id
is never used again. A series that a person confirmed or named stays though linking no longer finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from linkage.review.decision import Decision
from linkage.review.series_event import SeriesEvent
from linkage.review.series_history import Registered, SeriesState
from linkage.review.standing import standing

LEAST_SHARED = 2
"""Reports that a found series shares with a known one to be taken for it [G]: one report makes no series."""

Name = Callable[[Sequence[str]], str]


@dataclass(frozen=True)
class Registration:
    """The ids of the found series, in their order, and what happened."""

    ids: list[str]
    events: list[SeriesEvent]


def register(
    found: Sequence[Collection[str]],
    known: Mapping[str, Registered],
    decisions: Iterable[Decision] = (),
    name: Name | None = None,
    run: int | None = None,
) -> Registration:
    """Give found series their ids and tell what happened to each series.

    `known` are all series that ever were (see series_history.registry); `name` makes a working name from members.
    """
    work = _Registrar([set(members) for members in found], known, standing(decisions), run)
    work.lay()
    events = [event for at in range(len(work.sets)) for event in work.events_of(at, name or (lambda _: ""))]
    for series_id in sorted(work.live.keys() - set(work.of.values())):
        events += work.unmatched(work.live[series_id])
    events += work.under_review()
    return Registration(
        [work.ids[at] for at in range(len(found))], sorted(events, key=lambda one: _number(one.series_id))
    )


class _Registrar:
    """Found series laid over known ones.

    `live` are known series that can be found again, `of` the known id of each found series that has one, `absorbed`
    the known series that another took up, with that one and the decision, `ids` the id of each found series, and
    `home` that of each report.
    """

    def __init__(
        self, sets: list[set[str]], known: Mapping[str, Registered], made: list[Decision], run: int | None
    ) -> None:
        self.sets, self.known, self.made, self.run = sets, known, made, run
        self.live = {one.series_id: one for one in known.values() if one.merged_into is None and one.members}
        self.of: dict[int, str] = {}
        self.absorbed: dict[str, tuple[str, int | None]] = {}
        self.ids: dict[int, str] = {}
        self.home: dict[str, str] = {}

    def lay(self) -> None:
        """Find out which found series is which known one, and number the others."""
        stays = {series_id: set(one.members) for series_id, one in self.live.items()}
        for decision in self.made:
            if decision.kind == "split" and decision.judgement == "not_linked" and decision.left in stays:
                stays[decision.left] -= set(decision.side("right"))
        shared = _shared(stays, self.sets)
        self._merge(shared)
        graph = nx.Graph()
        for (series_id, at), count in sorted(shared.items()):
            if count >= LEAST_SHARED and series_id not in self.absorbed:
                alike = count / len(stays[series_id] | self.sets[at])
                graph.add_edge(series_id, at, weight=count + alike / 2)
        for component in nx.connected_components(graph):
            self.of |= _assigned(graph, component)
        last = max(map(_number, self.known), default=0)
        fresh = [at for at in range(len(self.sets)) if at not in self.of]
        fresh.sort(key=lambda at: sorted(self.sets[at]))
        self.ids = self.of | {at: f"S-{last + place:04d}" for place, at in enumerate(fresh, start=1)}
        self.home = {report: self.ids[at] for at, members in enumerate(self.sets) for report in members}

    def _merge(self, shared: Mapping[tuple[str, int], int]) -> None:
        """Note which known series a decided merge lets another take up, where linking found them together."""
        best: dict[str, int] = {}
        for (series_id, at), count in sorted(shared.items()):
            if series_id not in best or count > shared[series_id, best[series_id]]:
                best[series_id] = at
        for decision in self.made:
            if decision.kind != "merge" or decision.judgement != "link":
                continue
            one, other = self._survivor(decision.left), self._survivor(decision.right)
            if one != other and {one, other} <= best.keys() and best[one] == best[other]:
                first, second = sorted((one, other), key=lambda name: (not self.live[name].of_people, _number(name)))
                self.absorbed[second] = first, decision.id

    def _survivor(self, series_id: str) -> str:
        while series_id in self.absorbed:
            series_id = self.absorbed[series_id][0]
        return series_id

    def events_of(self, at: int, name: Name) -> list[SeriesEvent]:
        """What happened to one found series."""
        if at in self.of:
            return self._changed(self.live[self.of[at]], self.sets[at])
        members = sorted(self.sets[at])
        parent = self._parent(members)
        detail = {"joined": members, "name": name(members)}
        if parent is None:
            return [SeriesEvent(self.ids[at], "formed", detail, run=self.run)]
        split = (one for one in self.made if one.kind == "split" and one.left == parent)
        decision = next((one.id for one in split if set(one.side("right")) & set(members)), None)
        return [SeriesEvent(self.ids[at], "split", detail | {"series": parent}, decision, self.run)]

    def _parent(self, members: Sequence[str]) -> str | None:
        """The known series from which most of these reports come, if more than half of them do."""
        counts = {one.series_id: len(set(members) & set(one.members)) for one in self.live.values()}
        best = max(sorted(counts, key=_number), key=counts.__getitem__, default=None)
        return best if best is not None and 2 * counts[best] > len(members) else None

    def _changed(self, one: Registered, members: set[str]) -> list[SeriesEvent]:
        """A series that was found again: merges first, then who came and went, by what decided it."""
        new, gone = members - set(one.members), set(one.members) - members
        events = [] if one.found else [SeriesEvent(one.series_id, "found", {}, run=self.run)]
        if one.state == SeriesState.CLOSED and not one.found:
            events.append(SeriesEvent(one.series_id, "state", {"state": str(SeriesState.PROPOSED)}, run=self.run))
        for other, (into, decision) in sorted(self.absorbed.items()):
            if into == one.series_id:
                came = sorted(new & set(self.live[other].members))
                events.append(SeriesEvent(into, "merged", {"series": other, "joined": came}, decision, self.run))
                new -= set(came)
        for event, reports in (("joined", new), ("left", gone)):
            by: dict[int | None, list[str]] = {}
            for report in sorted(reports):
                by.setdefault(self._reason(report, one.series_id, event), []).append(report)
            for number, some in by.items():
                to = {report: self.home[report] for report in some if event == "left" and report in self.home}
                detail = {event: some} | ({"to": to} if to else {})
                events.append(SeriesEvent(one.series_id, event, detail, number, self.run))
        return events

    def _reason(self, report: str, series_id: str, event: str) -> int | None:
        """The latest decision that put a report into a series or took it out."""
        answer = "link" if event == "joined" else "not_linked"
        for decision in reversed(self.made):
            if decision.judgement != answer:
                continue
            if decision.kind == "report_series" and (decision.left, decision.right) == (report, series_id):
                return decision.id
            if decision.kind == "split" and decision.left == series_id and report in decision.side("right"):
                return decision.id
        return None

    def unmatched(self, one: Registered) -> list[SeriesEvent]:
        """A series that linking did not find: taken up by another, kept because people made it, or fallen apart."""
        if one.series_id in self.absorbed:
            into, decision = self.absorbed[one.series_id]
            return [SeriesEvent(one.series_id, "merged_into", {"series": into}, decision, self.run)]
        if not one.found:
            return []
        to = {report: self.home[report] for report in one.members if report in self.home}
        if one.of_people:
            return [SeriesEvent(one.series_id, "lost", {"to": to} if to else {}, run=self.run)]
        homes = sorted(set(to.values()), key=_number)
        best = max(homes, key=list(to.values()).count, default=None)
        if best is not None and 2 * list(to.values()).count(best) > len(one.members):
            return [SeriesEvent(one.series_id, "merged_into", {"series": best}, run=self.run)]
        return [SeriesEvent(one.series_id, "dissolved", {"to": to} if to else {}, run=self.run)]

    def under_review(self) -> list[SeriesEvent]:
        """Proposed series on which, or on a pair of whose reports, somebody decided."""
        named: dict[str, int | None] = {}
        for decision in self.made:
            if decision.kind in ("pair", "same_incident"):
                sides = {self.home.get(decision.left), self.home.get(decision.right)}
                about = sides if len(sides) == 1 else set()
            else:
                about = {decision.left, decision.right}
            for series_id in about:
                if series_id is not None:
                    named.setdefault(series_id, decision.id)
        here = set(self.ids.values())
        return [
            SeriesEvent(series_id, "state", {"state": str(SeriesState.UNDER_REVIEW)}, number, self.run)
            for series_id, number in sorted(named.items())
            if series_id in here and self._state(series_id) == SeriesState.PROPOSED
        ]

    def _state(self, series_id: str) -> SeriesState:
        one = self.known.get(series_id)
        reborn = one is None or (one.state == SeriesState.CLOSED and not one.found)
        return SeriesState.PROPOSED if one is None or reborn else one.state


def _shared(stays: Mapping[str, set[str]], sets: Sequence[set[str]]) -> dict[tuple[str, int], int]:
    """How many reports known and found series share, where they share any."""
    home: dict[str, list[int]] = {}
    for at, members in enumerate(sets):
        for report in members:
            home.setdefault(report, []).append(at)
    shared: dict[tuple[str, int], int] = {}
    for series_id, reports in stays.items():
        for report in reports:
            for at in home.get(report, ()):
                shared[series_id, at] = shared.get((series_id, at), 0) + 1
    return shared


def _assigned(graph: nx.Graph[Any], component: Iterable[Any]) -> dict[int, str]:
    """Found series given to known ones so that most reports stay where they were; ties go to the older series."""
    ends = list(component)
    known = sorted((one for one in ends if isinstance(one, str)), key=_number)
    found = sorted(one for one in ends if isinstance(one, int))
    weights = np.zeros((len(known), len(found)))
    for row, series_id in enumerate(known):
        for column, at in enumerate(found):
            if graph.has_edge(series_id, at):
                weights[row, column] = graph.edges[series_id, at]["weight"] - row * 1e-6
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return {found[b]: known[a] for a, b in zip(rows.tolist(), columns.tolist(), strict=True) if weights[a, b] > 0}


def _number(series_id: str) -> int:
    digits = series_id.removeprefix("S-")
    return int(digits) if digits.isdecimal() else 0


def register_run(
    series: pd.DataFrame,
    ambiguous: pd.DataFrame,
    known: Mapping[str, Registered],
    decisions: Iterable[Decision] = (),
    name: Name | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame, list[SeriesEvent]]:
    """The series tables of a run (as `Linker` gives them) under stable ids, and the events to keep with it."""
    groups: dict[str, list[str]] = {}
    for own, report in zip(series["series_id"], series["report_id"], strict=True):
        groups.setdefault(str(own), []).append(str(report))
    done = register(list(groups.values()), known, decisions, name)
    ids = dict(zip(groups, done.ids, strict=True))
    other = ambiguous.assign(**{column: ambiguous[column].map(ids) for column in ("series_id", "other_series_id")})
    return series.assign(series_id=series["series_id"].map(ids)), other, done.events
