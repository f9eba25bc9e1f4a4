"""What the decisions made so far bind linking to, and where they contradict each other.

A *link* is soft after one analyst and binds after a second, blind check by somebody else that also says link. *Not
linked* keeps apart at once. *Same incident* merges two reports before scoring, "not the same incident" stops a
proposal. A decision on a series binds the reports in its scope, those that an analyst had before them, and none that
joined later: a report that belongs to a series is tied to one of its members, so that no member is tied to another
by it; a merge that two analysts want ties all reports that they saw.

Where a link and a not-linked meet, apart wins, and the conflict is told with the decisions that make it. That holds
along chains too: what ties two reports that must be apart is soft until somebody looks again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

import networkx as nx

from linkage.review.decision import Decision
from linkage.review.standing import checked, standing

Pair = tuple[str, str]
_Claims = dict[Pair, set[int]]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two reports that decisions both tie and keep apart; `about` is person or incident.

    `apart` and `ties` are the numbers of the decisions on either side, `path` the reports along which those tie.
    """

    report_a: str
    report_b: str
    about: str
    apart: tuple[int, ...]
    ties: tuple[int, ...]
    path: tuple[str, ...]

    @property
    def decisions(self) -> tuple[int, ...]:
        """Every decision that makes it."""
        return tuple(sorted({*self.apart, *self.ties}))

    @property
    def words(self) -> str:
        """What contradicts what, and what came of it."""
        what = "told to be two incidents" if self.about == "incident" else "kept apart"
        steps = ", ".join(f"{a} with {b}" for a, b in pairwise(self.path))
        return (
            f"{self.report_a} and {self.report_b} are {what} by {_numbered(self.apart)}, but {_numbered(self.ties)} "
            f"{'tie' if len(self.ties) > 1 else 'ties'} them ({steps}). Apart counts until somebody looks again"
        )


@dataclass(frozen=True, slots=True)
class Binding:
    """Pairs of reports, smaller id first, sorted: what linking must respect. Nothing in it contradicts itself.

    `must_link` are of one person and `cannot_link` are not; `soft_link` one analyst says are; `same_incident` are one
    incident, and `other_incident` are not. `conflicts` are what had to give way.
    """

    must_link: list[Pair] = field(default_factory=list)
    cannot_link: list[Pair] = field(default_factory=list)
    soft_link: list[Pair] = field(default_factory=list)
    same_incident: list[Pair] = field(default_factory=list)
    other_incident: list[Pair] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


@dataclass
class _Gathered:
    """Claims on pairs with the decisions that make them.

    `linked` are the pairs of each decision that links, and `spoken` the pairs kept apart by a decision on that very
    pair; `conflicts` are the decisions that keep apart and that tie, by pair, what it is about, and path.
    """

    must: _Claims = field(default_factory=lambda: defaultdict(set))
    soft: _Claims = field(default_factory=lambda: defaultdict(set))
    apart: _Claims = field(default_factory=lambda: defaultdict(set))
    same: _Claims = field(default_factory=lambda: defaultdict(set))
    other: _Claims = field(default_factory=lambda: defaultdict(set))
    linked: list[tuple[int, list[Pair]]] = field(default_factory=list)
    spoken: set[Pair] = field(default_factory=set)
    conflicts: dict[tuple[Pair, str, tuple[str, ...]], tuple[set[int], set[int]]] = field(default_factory=dict)

    def conflict(self, pair: Pair, about: str, ties: set[int], path: Sequence[str]) -> None:
        """Note that decisions tie two reports which others keep apart."""
        apart, tied = self.conflicts.setdefault((pair, about, tuple(path)), (set(), set()))
        apart |= (self.other if about == "incident" else self.apart)[pair]
        tied |= ties


def binding(decisions: Iterable[Decision], known_reports: Collection[str]) -> Binding:
    """What the decisions amount to among the reports that are known; others (erased, not imported) are passed by."""
    known, made = frozenset(known_reports), list(decisions)
    gathered = _Gathered()
    for decision in standing(made):
        _claim(gathered, decision, known)
    for first, second in checked(made):
        if first.judgement == "link":
            _claim_checked(gathered, first, second, known)
    _find_contradicted(gathered)
    _untie(gathered, gathered.other, [gathered.same], "incident")
    _untie(gathered, gathered.apart, [gathered.must, gathered.same], "person")
    together = {*gathered.must, *gathered.same}
    return Binding(
        must_link=sorted(gathered.must),
        cannot_link=sorted(gathered.apart),
        soft_link=sorted(gathered.soft.keys() - together - gathered.apart.keys()),
        same_incident=sorted(gathered.same),
        other_incident=sorted(gathered.other),
        conflicts=[
            Conflict(*pair, about, tuple(sorted(apart)), tuple(sorted(ties)), path)
            for (pair, about, path), (apart, ties) in sorted(gathered.conflicts.items())
        ],
    )


def _claim(gathered: _Gathered, decision: Decision, known: Collection[str]) -> None:
    """What one analyst's decision says by itself."""
    number = decision.id or 0
    pairs = [
        _ordered(a, b)
        for a, b in product(decision.side("left"), decision.side("right"))
        if a in known and b in known and a != b
    ]
    positive, negative = gathered.soft, gathered.apart
    if decision.kind == "same_incident":
        positive, negative = gathered.same, gathered.other
    if decision.judgement in ("link", "same_incident"):
        for pair in pairs:
            positive[pair].add(number)
        if decision.judgement == "link":
            gathered.linked.append((number, pairs))
    elif decision.judgement == "not_linked":
        for pair in pairs:
            negative[pair].add(number)
        if decision.kind == "pair":
            gathered.spoken.update(pairs)


def _claim_checked(gathered: _Gathered, first: Decision, second: Decision, known: Collection[str]) -> None:
    """What two analysts say: it binds the reports that both had before them."""
    swapped = first.left != second.left
    seen = {"left": second.side("right" if swapped else "left"), "right": second.side("left" if swapped else "right")}
    left, right = ([one for one in first.side(name) if one in known and one in seen[name]] for name in seen)
    if not left or not right:
        return
    if first.kind == "merge":
        group = [*left, *right]
        denied = {one: sum(_ordered(one, other) in gathered.apart for other in group) for one in group}
        middle = min(group, key=denied.__getitem__)  # the first of those that nobody keeps apart from the rest
        pairs = [_ordered(middle, one) for one in group if one != middle]
    else:
        members = [_ordered(left[0], one) for one in right]
        pairs = [next((pair for pair in members if pair not in gathered.apart), members[0])]
    for pair in pairs:
        gathered.must[pair] |= {first.id or 0, second.id or 0}


def _find_contradicted(gathered: _Gathered) -> None:
    """Note links that are denied: on the very pair, or on all pairs that a decision on a series named."""
    for number, pairs in gathered.linked:
        denied = [pair for pair in pairs if pair in gathered.apart]
        if len(denied) < len(pairs):
            denied = [pair for pair in denied if pair in gathered.spoken]
        for pair in denied:
            gathered.conflict(pair, "person", {number}, pair)


def _untie(gathered: _Gathered, apart: _Claims, ties: Sequence[_Claims], about: str) -> None:
    """Make soft whatever ties two reports that are kept apart, and note it: which of the ties is wrong is not known.

    Ties between the two reports themselves go first, so that a chain is not loosened that one of them had made.
    """
    graph = nx.Graph([pair for claims in ties for pair in claims])
    for direct in (True, False):
        for pair in sorted(apart):
            while pair[0] in graph and pair[1] in graph and nx.has_path(graph, *pair):
                path = list(pair) if graph.has_edge(*pair) else nx.shortest_path(graph, *pair)
                if direct and len(path) > 2:
                    break
                edges = [_ordered(a, b) for a, b in pairwise(path)]
                graph.remove_edges_from(edges)
                numbers = set().union(*(claims.pop(edge, set()) for edge in edges for claims in ties))
                for edge in edges:
                    gathered.soft[edge] |= numbers
                gathered.conflict(pair, about, numbers, path)


def _ordered(a: str, b: str) -> Pair:
    return min(a, b), max(a, b)


def _numbered(numbers: Sequence[int]) -> str:
    return f"decision{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
