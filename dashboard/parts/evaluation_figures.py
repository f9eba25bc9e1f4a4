"""The figures of an evaluation behind one step: charts with a table each, and counts by distance and group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.parts.style import LINE
from dashboard.parts.tables import Cell, Number, table
from linkage.evaluation.document import number
from linkage.evaluation.html import charts
from linkage.evaluation.intervals import LABELS
from linkage.evaluation.reading import TABLES, TableOf, in_words
from linkage.evaluation.run_evaluation import FEWEST_LINKS, EvaluatedRun, Share, precision_and_recall

Way = Mapping[str, Any]
NARROW = 12
"""Rows of the thinned ranked list that the table beside the chart shows."""


def rebuilt_chart(judged: EvaluatedRun) -> None:
    """How known series were put together again, as a bar and as a table."""
    ways = [way for way in judged.ways if "series_whole" in way["figures"]]
    _draw(charts.rebuilt(ways), "Bar of the known series put together whole, in part and not at all; a table follows")
    st.caption(
        "How to read it: the whole bar is all known series of two incidents or more. Whole: exactly its incidents "
        "stand together. In part: at least two of them do."
    )
    rows = [
        [way["name"], *(Number(in_words(way["figures"][key])) for key in charts.REBUILT.values())] for way in ways
    ]
    with st.expander("The same as a table"):
        table("Known series put together, share and 95 % interval", ["Way of linking", *charts.REBUILT], rows)


def said_chart(judged: EvaluatedRun) -> None:
    """What was said against what is true."""
    way = judged.ways[0]
    _draw(charts.reliability([way]), "Points: what was said of pairs against how many are links; a table follows")
    st.caption(
        "How to read it: a filled point is how many pairs of its bin are links, its line the 95 % interval, the open "
        "diamond what was said of them. Where the diamond lies above the point, too much was promised."
    )
    rows: list[list[Cell]] = [
        [charts.bin_words(row), *(Number(words) for words in _bin(row))] for row in way["reliability"] if row["n"]
    ]
    with st.expander("The same as a table"):
        table("What was said, and what is true", ["Said", "Mean said", "Are links", "95 % interval", "Pairs"], rows)


def _bin(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    ends = f"{number(row['low'])} to {number(row['high'])}"
    return number(row["said"]), number(row["share"]), ends, f"{row['n']:,}"


def work_chart(judged: EvaluatedRun) -> None:
    """How many pairs are read until the links are found."""
    _draw(charts.work(judged.ways), "Lines of links found against pairs read, best first; a table follows")
    st.caption(
        "How to read it: somebody reads pairs from the top of the list. The steeper the line, the less is read in "
        "vain. Each step to the right is ten times as many pairs."
    )
    rows: list[list[Cell]] = []
    for way in judged.ways:
        points = way["curve"]
        some = points[:: max(1, len(points) // NARROW)]
        rows += [
            [way["name"], Number(f"{one['read']:,}"), Number(number(one["found"])), Number(number(one["precision"]))]
            for one in some
        ]
    with st.expander("The same as a table"):
        table("Links found", ["Way of linking", "Pairs read", "Of all links found", "Of those read right"], rows)


def _draw(chart: Any, alt_text: str) -> None:
    styled = (
        chart.configure_mark(aria=False)
        .configure_view(stroke=LINE)
        .configure_legend(orient="top", title=None, labelLimit=260)
    )
    with st.container(key="wide_chart"):
        st.altair_chart(styled, width="content", theme=None, alt=alt_text)


def all_figures(judged: EvaluatedRun) -> None:
    """Every figure with its interval and what it is over, table by table, beside the plainest way of linking."""
    for one in TABLES:
        ways = [way for way in judged.ways if one.tells(way)]
        _table(one, ways)
    st.caption(
        f"In brackets 95 % of the draws of people (seed {judged.seed}). Taken over {judged.over:,} reports. "
        "A dash: not defined."
    )


def _table(of: TableOf, ways: Sequence[Way]) -> None:
    rows: list[list[Cell]] = []
    for key in of.figures:
        found = [way["figures"].get(key) for way in ways]
        over = next((figure for figure in found if figure), None)
        if over is None:
            continue
        rows.append([LABELS[key], *(Number(in_words(one)) for one in found), Number(f"{over['n']:,} {over['over']}")])
    table(of.title, ["Figure", *(way["name"] for way in ways), "Over"], rows, small=of.how)


def parts_tables(judged: EvaluatedRun) -> None:
    """Precision and recall by distance, by what is told, and by group."""
    for by, rows in judged.parts.groupby("by", sort=False):
        if by == "all":
            continue
        lines = [_part(row) for row in rows.to_dict("records")]
        table(f"By {by}", ["Pairs", "Suggested links that are right", "Links that are suggested"], lines)
    st.caption(
        "A pair counts for a group when one of its reports is of it. In brackets 95 % intervals that take pairs as "
        f"independent: the true ones are wider. Below {FEWEST_LINKS} pairs only counts are shown."
    )


def _part(row: Mapping[Any, Any]) -> list[Cell]:
    right, found = precision_and_recall(row, FEWEST_LINKS)
    return [str(row["group"]), Number(share_words(right)), Number(share_words(found))]


def share_words(share: Share) -> str:
    """A share with its counts and interval: ".90 (.86-.93), 261 of 290"."""
    counts = f"{share.part:,} of {share.whole:,}"
    if share.value is None:
        return counts
    return f"{number(share.value)} ({number(share.low)}-{number(share.high)}), {counts}"
