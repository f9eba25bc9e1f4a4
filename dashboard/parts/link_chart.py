"""The link chart: who links to whom in a series and around it, drawn and as a table, and what it hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import dist
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.parts.blind_pairs import blind_pairs, seen_pairs
from dashboard.parts.chrome import as_written, where_and_when
from dashboard.parts.map_layers import words_on
from dashboard.parts.style import AGAINST, FOR, INK, LINE, QUIET
from dashboard.parts.tables import Cell, Lines, Link, Noted, Quiet, table
from dashboard.parts.timeline import report_page
from dashboard.parts.typed import remembered
from dashboard.store_snapshot import StoreSnapshot, opened, url
from linkage.review.binding import binding
from linkage.review.link_graph import Edge, LinkGraph, State, hanging_words, link_graph, positions
from linkage.review.strength import chance_words, counted, sides, signed

WIDE, HIGH = 860, 470
"""Pixels of the drawing."""
DRAWN = 40
"""Reports that are drawn at most [G]: more cannot be told apart. All of them stand in the table."""
NEAR = 5
"""Neighbours of a report that are added where they are asked for [G]."""
CROWDED = 8
"""Reports above which names and words would lie on each other [G]: then less is written."""
SHORT_LINE = 0.45
"""Of a drawing that reaches from -1 to 1: below it a line has no room for words in a crowded one [G]."""
MIDDLE = 0.35
"""So near the middle a name stands above or below its circle [G]."""
TELLING = 4
"""Characters at the end of a report's number that are always written."""
SIDES: Mapping[str, dict[str, Any]] = {
    "below": {"dy": 20},
    "above": {"dy": -20},
    "right": {"align": "left", "dx": 13, "dy": 0, "baseline": "middle"},
    "left": {"align": "right", "dx": -13, "dy": 0, "baseline": "middle"},
}
"""Where a name stands beside its circle, in pixels."""
REASONS = 2
"""Comparisons that the table names for each link."""
OPEN = "chart_open"

_LOOK: dict[State, dict[str, Any]] = {
    State.INCIDENT: {"color": INK, "strokeWidth": 6, "opacity": 0.55},
    State.CONFIRMED: {"color": INK, "strokeWidth": 4.5},
    State.ONE_ANALYST: {"color": INK, "strokeWidth": 3, "strokeDash": [12, 4]},
    State.SUGGESTED: {"color": FOR, "strokeWidth": 1.6},
    State.APART: {"color": AGAINST, "strokeWidth": 2.2, "strokeDash": [2, 4]},
}
_LINES = {
    State.INCIDENT: "broad grey: one incident",
    State.CONFIRMED: "thick: confirmed",
    State.ONE_ANALYST: "long dashes: linked by one analyst",
    State.SUGGESTED: "thin: suggested",
    State.APART: "dots with a cross: not linked",
}


def link_chart(members: Sequence[str], outside: Sequence[str], now: StoreSnapshot) -> None:
    """Draw the chart of a series or a report: `members` first, `outside` the reports around, and what is opened."""
    shown = list(members)[:DRAWN]
    around = _opened(shown, [one for one in outside if one not in shown], now)[: DRAWN - len(shown)]
    graph = _linked_only(graph_of(shown, around, now))
    for words in hanging_words(graph):
        st.write(as_written(f"{words}."))
    used = [state for state in State if any(edge.state == state for edge in graph.edges)]
    more, here = len(members) - len(shown), {*shown, *around}
    apart = sum(here.issuperset(pair) for pair in blind_pairs(now))
    st.caption(
        f"Each circle is a report; filled ones are members, open ones stand outside. Lines: "
        f"{'; '.join(_LINES[state] for state in used) or 'none'}. The words on a line are its heaviest comparison. "
        f"{_short_names(graph)}A line is drawn where two reports alone make one person at least ten times likelier."
        + (f" {counted(more, 'member')} more in the table of members." if more > 0 else "")
        + (f" Without {counted(apart, 'pair')} to be decided with all scores hidden." if apart else "")
    )
    with st.container(key="link_chart"):
        st.altair_chart(drawing(graph, now), width="content", theme=None, alt=_alt(graph))
    with st.expander(f"The same as a table: {counted(len(graph.edges), 'link')}"):
        _table(graph, now)


def _short_names(graph: LinkGraph) -> str:
    front = common_front([*graph.members, *graph.outside]) if _crowded(graph) else ""
    return f"Numbers without {as_written(front)}. " if front else ""


def graph_of(members: Sequence[str], outside: Sequence[str], now: StoreSnapshot) -> LinkGraph:
    """The graph of these reports as the latest run and the decisions made so far have it, without the pairs that are
    decided blind."""
    listed = now.run.pairs_among([*members, *outside]) if now.run else []
    weights = {(pair.report_a, pair.report_b): (pair.weight, pair.probability) for pair in listed}
    bound = binding(opened(url()).decisions(), now.reports)
    return link_graph(members, outside, weights, bound, now.incident_of, blind_pairs(now))


def _linked_only(graph: LinkGraph) -> LinkGraph:
    """Without the reports around that nothing drawn leads to."""
    tied = {end for edge in graph.edges for end in (edge.a, edge.b)}
    return replace(graph, outside=tuple(name for name in graph.outside if name in tied))


def _opened(members: Sequence[str], outside: Sequence[str], now: StoreSnapshot) -> list[str]:
    """The reports around, and the neighbours of those that the person at the screen opens."""
    names = [*members, *outside]
    chosen = st.multiselect(
        "Show also who links to", names, key=remembered(OPEN), bind="query-params", placeholder="Choose reports"
    )
    found = dict.fromkeys(outside)
    for name in chosen:
        links = seen_pairs(now, name, top=NEAR + len(names))
        found |= dict.fromkeys([one for pair in links if (one := pair.other(name)) not in names][:NEAR])
    return [one for one in found if one in now.reports]


def drawing(graph: LinkGraph, now: StoreSnapshot) -> Any:
    """The chart: lines, the words on the strongest of them, circles that lead to their reports, and their names."""
    at = positions(graph)
    lines = [layer for state in State for layer in _lines(state, graph, at)]
    nodes = _nodes(graph, at, now)
    layers = [*lines, *_words_on_lines(graph, at, now), *_circles(nodes), *_names(graph, nodes)]
    axes: dict[str, Any] = {
        "x": alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1.28, 1.28], nice=False, zero=False)),
        "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.2, 1.2], nice=False, zero=False)),
    }
    chart = alt.layer(*layers).encode(**axes).properties(width=WIDE, height=HIGH)
    return chart.configure_view(stroke=LINE)


def _lines(state: State, graph: LinkGraph, at: dict[str, tuple[float, float]]) -> list[Any]:
    """The lines of one state; suggested ones that are not among the strongest are faint, or nothing could be seen."""
    drawn = [edge for edge in graph.edges if edge.state == state]
    if not drawn:
        return []
    faint = [state == State.SUGGESTED and (edge.a, edge.b) not in graph.strongest for edge in drawn]
    rows = [(*at[end], number, pale) for number, (edge, pale) in enumerate(zip(drawn, faint, strict=True))
            for end in (edge.a, edge.b)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["x", "y", "edge", "faint"])
    marks = [
        alt.Chart(part).mark_line(aria=False, **{**_LOOK[state], **more}).encode(detail=alt.Detail("edge:N"))
        for part, more in ((frame[frame["faint"]], {"opacity": 0.3}), (frame[~frame["faint"]], {}))
        if not part.empty
    ]
    if state == State.APART:
        middle = pd.DataFrame([_middle(edge, at) for edge in drawn], columns=["x", "y"])
        marks.append(
            alt.Chart(middle).mark_point(shape="cross", angle=45, size=130, color=AGAINST, filled=True, aria=False)
        )
    return marks


def _words_on_lines(graph: LinkGraph, at: dict[str, tuple[float, float]], now: StoreSnapshot) -> list[Any]:
    """On the strongest lines only, and of many reports on those that are long enough: else nothing could be read."""
    rows = []
    least = SHORT_LINE if _crowded(graph) else 0.0
    for edge in graph.edges:
        said = (edge.a, edge.b) in graph.strongest or edge.state == State.APART
        if said and dist(at[edge.a], at[edge.b]) >= least:
            rows.append((*_middle(edge, at), _on_line(edge, now)))
    return words_on(pd.DataFrame(rows, columns=["x", "y", "words"]), "words", size=11, dy=-7, fontWeight="normal")


def _on_line(edge: Edge, now: StoreSnapshot) -> str:
    if edge.state != State.SUGGESTED:
        return str(edge.state)
    heaviest = sides(now.explain_alone(edge.a, edge.b)).supports[:1]
    return heaviest[0].label.lower() if heaviest else ""


def _middle(edge: Edge, at: dict[str, tuple[float, float]]) -> tuple[float, float]:
    return (at[edge.a][0] + at[edge.b][0]) / 2, (at[edge.a][1] + at[edge.b][1]) / 2


def _nodes(graph: LinkGraph, at: dict[str, tuple[float, float]], now: StoreSnapshot) -> pd.DataFrame:
    hinges = {hinge.report for hinge in graph.hinges}
    rows = [
        {
            "x": at[name][0],
            "y": at[name][1],
            "name": name,
            "where": where_and_when(now, name),
            "page": report_page(name),
            "inside": name in graph.members,
            "hinge": name in hinges,
        }
        for name in (*graph.members, *graph.outside)
    ]
    return pd.DataFrame(rows)


def _circles(nodes: pd.DataFrame) -> list[Any]:
    """Filled for members, open for others; a report that holds groups together has a ring around it."""
    kinds: list[tuple[Any, dict[str, Any]]] = [
        (nodes[nodes["hinge"]], {"size": 620, "filled": False, "stroke": INK, "strokeWidth": 2}),
        (nodes[nodes["inside"]], {"size": 300, "filled": True, "color": FOR, "opacity": 1}),
        (nodes[~nodes["inside"]], {"size": 260, "filled": True, "fill": "white", "stroke": FOR, "strokeWidth": 2,
                                   "opacity": 1}),
    ]  # fmt: skip
    return [
        alt.Chart(frame)
        .mark_point(shape="circle", aria=False, **look)
        .encode(href=alt.Href("page:N"), tooltip=["name", "where"])
        for frame, look in kinds
        if not frame.empty
    ]


def _names(graph: LinkGraph, nodes: pd.DataFrame) -> list[Any]:
    """Names outside the drawing's middle, where no lines run; of many reports the end of the number alone, and where
    and when only of those that hold groups together."""
    crowded, front = _crowded(graph), common_front(list(nodes["name"].astype(str)))
    cut = front if crowded else ""
    held = list(zip(nodes["name"].astype(str), nodes["hinge"].astype(bool), nodes["where"].astype(str), strict=True))
    told = nodes.assign(
        words=[name.removeprefix(cut) + (" (holds groups together)" if hinge else "") for name, hinge, _ in held],
        small=[_short(where) if hinge or not crowded else "" for _, hinge, where in held],
        side=[_side(x, y, crowded) for x, y in zip(nodes["x"].astype(float), nodes["y"].astype(float), strict=True)],
    )
    found: list[Any] = []
    for side, part in told.groupby("side"):
        place = SIDES[str(side)]
        below = {**place, "dy": place["dy"] + 14}
        found += words_on(part, "words", size=12, **place)
        found += words_on(part[part["small"] != ""], "small", size=10, colour=QUIET, fontWeight="normal", **below)
    return found


def _crowded(graph: LinkGraph) -> bool:
    return len(graph.members) + len(graph.outside) > CROWDED


def _side(x: float, y: float, crowded: bool) -> str:
    """On which side of its circle a name stands: below, or in a crowded drawing away from the middle."""
    if not crowded or (abs(x) < MIDDLE and y <= 0):
        return "below"
    if abs(x) < MIDDLE:
        return "above"
    return "right" if x > 0 else "left"


def common_front(names: Sequence[str]) -> str:
    """What all names begin with and what can be left out, so that at least `TELLING` characters of each stay."""
    shortest = min(map(len, names), default=0)
    places = range(max(0, shortest - TELLING) if len(names) > 1 else 0)
    alike = next((at for at in places if len({name[at] for name in names}) > 1), len(places))
    return names[0][:alike] if names else ""


def _short(words: str) -> str:
    """Place and date without the part of the day."""
    return ", ".join(words.split(", ")[:2])[:42]


def _alt(graph: LinkGraph) -> str:
    counts = f"{counted(len(graph.members), 'report')} and {counted(len(graph.outside), 'report')} around"
    return f"Link chart of {counts}, {counted(len(graph.edges), 'link')}; the table below says the same"


def _table(graph: LinkGraph, now: StoreSnapshot) -> None:
    """The table twin of the chart, the surest and heaviest links first."""
    order = list(State)
    edges = sorted(graph.edges, key=lambda edge: (order.index(edge.state), -(edge.weight or 0.0), edge.a, edge.b))
    bridges = set(graph.bridges)
    note = (
        "Weight of the two alone (log10); the chance counts what all other reports say as well. "
        "“Only link” marks what alone joins two sides."
    )
    heads = ["Reports", "What it is", "For", "Against", "Possible same person"]
    table("Links between these reports", heads, [_row(edge, edge in bridges, now) for edge in edges], small=note)


def _row(edge: Edge, alone: bool, now: StoreSnapshot) -> list[Cell]:
    found = sides(now.explain_alone(edge.a, edge.b)) if edge.state != State.INCIDENT else None
    link = Link(f"{edge.a} and {edge.b}", "pair", (("a", edge.a), ("b", edge.b)))
    chance = "not in the list" if edge.probability is None else chance_words(edge.probability)
    weight = "" if edge.weight is None else f"weight of the pair alone {signed(edge.weight, 1)}"
    return [
        Noted(link, "only link between two sides") if alone else link,
        str(edge.state),
        Lines(_labels(found.supports if found else ())),
        Lines(_labels(found.against if found else ())),
        Quiet(chance, weight),
    ]


def _labels(parts: Iterable[Any]) -> tuple[str, ...]:
    return tuple(f"{part.label} {signed(part.weight, 1)}" for part in list(parts)[:REASONS]) or ("nothing",)
