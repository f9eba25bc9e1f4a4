"""Who links to whom: reports as nodes, links as edges, and where a series hangs by one report or one link.

Edges go by the evidence of two reports alone. With what the other reports say counted, nearly every pair of a series
is likely, and the picture would not say which report holds it together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import networkx as nx

from linkage.review.binding import Binding
from linkage.review.series_words import reports_words
from linkage.review.strength import counted

Pair = tuple[str, str]

LEAST_WEIGHT = 1.0
"""log10: from here on, ten times likelier from one person than from two, a suggested link is an edge [G]."""
CERTAIN = 12.0
"""log10: what a decision or one incident counts in choosing the strongest edges; above any weight of evidence [G]."""
APART_LENGTH = 3.0
"""Steps that are laid between reports that no edges join, where neighbours are one step apart [G]."""


class State(StrEnum):
    """What is known of a link: decided, suggested by evidence alone, or decided against."""

    INCIDENT = "one incident"
    CONFIRMED = "confirmed"
    ONE_ANALYST = "linked by one analyst"
    SUGGESTED = "suggested"
    APART = "not linked"


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two reports, smaller id first. `weight` (log10 likelihood ratio of the two alone) and
    `probability` (with all other reports) are None where the run does not list the pair."""

    a: str
    b: str
    state: State
    weight: float | None = None
    probability: float | None = None

    @property
    def ties(self) -> bool:
        """Does it speak for one person?"""
        return self.state != State.APART


@dataclass(frozen=True, slots=True)
class Hinge:
    """A report without which a group falls into several: those are `parts`, largest first."""

    report: str
    parts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class LinkGraph:
    """The members of a series and reports around it, with the edges between them.

    `groups` are the connected members, largest first, `hinges` their articulation points, `bridges` the edges that
    alone join two sides of a group; all three are of the members only. `strongest` are the edges of a maximum
    spanning forest: one fewer than reports in each connected part.
    """

    members: tuple[str, ...]
    outside: tuple[str, ...]
    edges: tuple[Edge, ...]
    groups: tuple[tuple[str, ...], ...]
    hinges: tuple[Hinge, ...]
    bridges: tuple[Edge, ...]
    strongest: frozenset[Pair]


def link_graph(
    members: Sequence[str],
    outside: Sequence[str],
    listed: Mapping[Pair, tuple[float, float]],
    bound: Binding,
    incident_of: Mapping[str, str],
    hidden: Collection[Pair] = (),
) -> LinkGraph:
    """The graph of these reports. `listed` holds weight and probability of the pairs that a run lists (smaller id
    first), `incident_of` names the incident of reports that are told to share one. Between `hidden` pairs
    nothing is drawn, whatever was decided."""
    edges = [
        edge for edge in _edges([*members, *outside], listed, bound, incident_of) if (edge.a, edge.b) not in hidden
    ]
    whole, inner = _graph([*members, *outside], edges), _graph(members, edges)
    bridges = {_named(a, b) for a, b in nx.bridges(inner)}
    forest = nx.maximum_spanning_edges(whole, weight="weight", data=False)
    return LinkGraph(
        members=tuple(members),
        outside=tuple(outside),
        edges=tuple(edges),
        groups=_parts(inner),
        hinges=tuple(_hinge(inner, one) for one in sorted(nx.articulation_points(inner))),
        bridges=tuple(edge for edge in edges if edge.ties and (edge.a, edge.b) in bridges),
        strongest=frozenset(_named(a, b) for a, b in forest),
    )


def hanging_words(graph: LinkGraph) -> list[str]:
    """What the shape of a series says: its groups, and what it hangs on."""
    if len(graph.members) < 2:
        return []
    told: list[str] = []
    if len(graph.groups) > 1:
        sides = "; ".join(reports_words(group) for group in graph.groups)
        told.append(
            f"By links of their own the members fall into {counted(len(graph.groups), 'group')}: {sides}. What all "
            "of them share together holds these to each other"
        )
    for hinge in graph.hinges:
        sides = "; ".join(reports_words(part) for part in hinge.parts)
        told.append(
            f"Hangs on {hinge.report}: without it, {counted(len(hinge.parts), 'group')} have no link between: {sides}"
        )
    if not graph.hinges and len(graph.groups) == 1 and len(graph.members) > 2:
        told.append("No single report holds it together: without any of them the others are still linked")
    return told


def positions(graph: LinkGraph) -> dict[str, tuple[float, float]]:
    """Where each report stands in a drawing, from -1 to 1: distances follow the steps between reports along the
    strongest edges (Kamada and Kawai 1989). The same graph always gives the same drawing."""
    forest: nx.Graph[str] = nx.Graph()
    forest.add_nodes_from([*graph.members, *graph.outside])
    forest.add_edges_from(sorted(graph.strongest))
    steps = dict(nx.all_pairs_shortest_path_length(forest))
    lengths = {a: {b: float(steps[a].get(b, APART_LENGTH)) for b in forest} for a in forest}
    found = nx.kamada_kawai_layout(forest, dist=lengths)
    return {name: (float(at[0]), float(at[1])) for name, at in found.items()}


def _edges(
    reports: Sequence[str],
    listed: Mapping[Pair, tuple[float, float]],
    bound: Binding,
    incident_of: Mapping[str, str],
) -> list[Edge]:
    """Decided pairs, accounts of one incident, listed pairs whose own evidence is enough; the first that holds."""
    decided = {
        **dict.fromkeys(bound.soft_link, State.ONE_ANALYST),
        **dict.fromkeys(bound.must_link, State.CONFIRMED),
        **dict.fromkeys(bound.same_incident, State.INCIDENT),
        **dict.fromkeys(bound.cannot_link, State.APART),
    }
    edges = []
    for at, one in enumerate(reports):
        for other in reports[at + 1 :]:
            pair = _named(one, other)
            weight, probability = listed.get(pair, (None, None))
            state = decided.get(pair)
            if state is None and incident_of.get(one, one) == incident_of.get(other, other):
                state = State.INCIDENT
            if state is None and weight is not None and weight >= LEAST_WEIGHT:
                state = State.SUGGESTED
            if state is not None:
                edges.append(Edge(*pair, state, weight, probability))
    return edges


def _graph(reports: Collection[str], edges: Sequence[Edge]) -> nx.Graph[str]:
    """These reports and the edges between them that speak for one person."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(reports)
    for edge in edges:
        if edge.ties and edge.a in graph and edge.b in graph:
            sure = edge.state != State.SUGGESTED
            graph.add_edge(edge.a, edge.b, weight=CERTAIN if sure else edge.weight)
    return graph


def _hinge(graph: nx.Graph[str], report: str) -> Hinge:
    """What an articulation point holds together, within its own group."""
    group = nx.node_connected_component(graph, report)
    return Hinge(report, _parts(graph.subgraph(group - {report})))


def _parts(graph: nx.Graph[str]) -> tuple[tuple[str, ...], ...]:
    """The connected parts, largest first."""
    parts = [tuple(sorted(part)) for part in nx.connected_components(graph)]
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def _named(a: str, b: str) -> Pair:
    return min(a, b), max(a, b)
