"""The charts of an evaluation. Each takes the ways of linking of one split, as the results document holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from linkage.evaluation.html.drawing import COLOURS, INK, QUIET, axis, signs

Way = Mapping[str, Any]
"""A way of linking in the results document."""

DARK, MIDDLE, LIGHT = "#0b3c5d", "#7fa6c4", "#e3e9ee"
"""Three steps of lightness, told apart in print without colour."""

RECALL = {"all links": "recall_at_10", "links over 50 km": "recall_at_10_far"}
"""Words over a panel -> key of the figure in it."""

REBUILT = {"whole": "series_whole", "in part": "series_in_part", "not at all": "series_none"}
"""Words of the bars -> key of the figure."""

_LEGEND = alt.Legend(title="way of linking", orient="right")


def precision_recall(ways: Sequence[Way]) -> Any:
    """Precision against the share of links found, one line a way of linking."""
    y = alt.Y("precision:Q", scale=alt.Scale(domain=[0, 1]), axis=axis("share of the pairs read that are links"))
    x = alt.X("found:Q", scale=alt.Scale(domain=[0, 1]), axis=axis("share of all links found (recall)"))
    return _lines(ways, x, y)


def work(ways: Sequence[Way]) -> Any:
    """Share of links found against pairs read from the top of the ranked list, one line a way of linking."""
    scale = alt.Scale(type="log", nice=False)
    title = "pairs read, best first (each step to the right is ten times more)"
    powers = [10**power for power in range(10)]
    x = alt.X("read:Q", scale=scale, axis=axis(title, format="~s", values=powers))
    y = alt.Y("found:Q", scale=alt.Scale(domain=[0, 1]), axis=axis("share of all links found"))
    return _lines(ways, x, y)


def _lines(ways: Sequence[Way], x: alt.X, y: alt.Y) -> Any:
    frame = pd.DataFrame([{"way": way["name"], **point} for way in ways for point in way["curve"]])
    marked = frame[frame.groupby("way").cumcount() % 12 == 6]
    colours, shapes, dashes = signs([way["name"] for way in ways])
    colour = alt.Color("way:N", scale=colours, legend=_LEGEND)
    dash = alt.StrokeDash("way:N", scale=dashes, legend=None)
    lines = alt.Chart(frame).mark_line(strokeWidth=1.8, interpolate="linear")
    lines = lines.encode(x=x, y=y, color=colour, strokeDash=dash, order="read:Q")
    points = alt.Chart(marked).mark_point(size=60, filled=True, opacity=1)
    points = points.encode(x=x, y=y, color=colour, shape=alt.Shape("way:N", scale=shapes, legend=_LEGEND))
    return alt.layer(lines, points).properties(width=560, height=360)


def reliability(ways: Sequence[Way]) -> Any:
    """What was said beside what was true in each bin, one panel a way of linking that states probabilities."""
    return alt.concat(*(_said_and_true(way) for way in ways), columns=2)


def _said_and_true(way: Way) -> Any:
    frame = pd.DataFrame([{"bin": bin_words(row), "count": f"{row['n']:,}", **row} for row in way["reliability"]])
    x = alt.X("bin:O", sort=list(frame["bin"]), axis=axis("probability that was said", labelAngle=-60))
    ticks = axis("share that are links", values=[0, 0.2, 0.4, 0.6, 0.8, 1])
    y = alt.Y("share:Q", scale=alt.Scale(domain=[0, 1.2]), axis=ticks)
    base = alt.Chart(frame)
    spread = base.mark_rule(color=QUIET, strokeWidth=2).encode(x=x, y=alt.Y("low:Q", title=""), y2="high:Q")
    true = base.mark_point(filled=True, shape="circle", size=70, color=COLOURS[0], opacity=1).encode(x=x, y=y)
    said = base.mark_point(filled=False, shape="diamond", size=130, color=COLOURS[2], strokeWidth=2, opacity=1)
    said = said.encode(x=x, y=alt.Y("said:Q", title=""))
    counts = base.mark_text(fontSize=9, color=INK).encode(x=x, y=alt.datum(1.12), text="count:N")
    return alt.layer(spread, said, true, counts).properties(title=way["name"], width=alt.Step(40), height=220)


def bin_words(row: Mapping[str, Any]) -> str:
    """A bin of the reliability table as it is written under the chart and in the tables."""
    return f"{row['from']:g}-{row['to']:g}".replace("0.", ".")


def recall(ways: Sequence[Way]) -> Any:
    """Recall at ten with its interval, all links and far links side by side."""
    frame = pd.DataFrame(
        [
            {"way": way["name"], "links": words, **way["figures"][name]}
            for way in ways
            for words, name in RECALL.items()
            if way["figures"][name]["value"] is not None
        ]
    )
    frame[["low", "high"]] = frame[["low", "high"]].apply(lambda ends: ends.fillna(frame["value"]))
    frame["words"] = [f"{value:.2f}" for value in frame["value"]]
    y = alt.Y("way:N", sort=[way["name"] for way in ways], axis=axis(None, ticks=False))
    x = alt.X("value:Q", scale=alt.Scale(domain=[0, 1]), axis=axis("share of links in the first ten"))
    base = alt.Chart(frame)
    bars = base.mark_bar(height=14, color=MIDDLE, stroke=DARK).encode(y=y, x=x)
    spread = base.mark_rule(color=INK, strokeWidth=2).encode(y=y, x=alt.X("low:Q", title=""), x2="high:Q")
    ends = alt.Chart(frame).mark_text(align="left", dx=5, fontSize=11, color=INK)
    ends = ends.encode(y=y, x=alt.X("high:Q", title=""), text="words:N")
    layers = alt.layer(bars, spread, ends).properties(width=260, height=alt.Step(24))
    return layers.facet(column=alt.Column("links:N", title=None, sort=list(RECALL)))


def rebuilt(ways: Sequence[Way]) -> Any:
    """Series found whole, in part or not at all, as one bar of three shares."""
    frame = pd.DataFrame(
        [
            {"way": way["name"], "series": words, "place": place, "share": way["figures"][name]["value"]}
            for way in ways
            for place, (words, name) in enumerate(REBUILT.items())
        ]
    )
    frame["words"] = [f"{share:.2f}" if share >= 0.06 else "" for share in frame["share"]]
    order = list(REBUILT)
    y = alt.Y("way:N", sort=[way["name"] for way in ways], axis=axis(None, ticks=False))
    x = alt.X("share:Q", stack="zero", scale=alt.Scale(domain=[0, 1]), axis=axis("share of the true series"))
    scale = alt.Scale(domain=order, range=[DARK, MIDDLE, LIGHT])
    legend = alt.Legend(title=None, orient="top", symbolType="square", symbolStrokeColor=INK, symbolStrokeWidth=1)
    base = alt.Chart(frame).encode(y=y, order=alt.Order("place:Q"))
    bars = base.mark_bar(height=18, stroke=INK, strokeWidth=0.6)
    bars = bars.encode(x=x, color=alt.Color("series:N", scale=scale, legend=legend))
    ink = alt.condition(alt.datum.place == 0, alt.value("white"), alt.value(INK))
    words = base.mark_text(fontSize=11).encode(
        x=alt.X("share:Q", stack="zero", bandPosition=0.5), text="words:N", color=ink
    )
    return alt.layer(bars, words).properties(width=520, height=alt.Step(26))
