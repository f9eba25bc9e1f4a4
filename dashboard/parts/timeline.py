"""The timeline of a series: one line an incident, as long as its date is uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from dashboard.parts.style import FOR, INK, LINE, QUIET
from dashboard.parts.tables import Link
from linkage.travel import Stop

ROW = 28
"""Pixels of each line: enough for every label to be drawn."""
AXIS = 30
"""Pixels that the axis takes below the lines."""
LEAST_ROW = 13
"""Pixels below which labels would run into each other."""
DAILY, MONTHLY = 14, 300
"""Days up to which the axis has a tick a day, and from which its ticks are whole months [G]."""


def timeline(stops: Sequence[Stop], high: int = 0) -> Any | None:
    """The chart, or None when no incident has a date. `stops` are numbered 1, 2, ... as given. With
    `high` lines stand as close as that many pixels ask for, but no closer than `LEAST_ROW`."""
    rows = [
        {
            "incident": f"{number}  {stop.report_id}",
            "page": report_page(stop.report_id),
            "from": stop.earliest,
            "to": stop.latest,
            "middle": stop.middle,
        }
        for number, stop in enumerate(stops, start=1)
        if stop.middle is not None
    ]
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    order = list(frame["incident"])
    row = max(LEAST_ROW, min(ROW, (high - AXIS) // len(rows))) if high else ROW
    font = min(12, row - 3)
    labels = alt.Axis(title=None, labelOverlap=False, labelLimit=220, labelColor=INK, labelFontSize=font, ticks=False)
    y = alt.Y("incident:N", sort=order, axis=labels)
    look: dict[str, Any] = {
        "labelColor": INK,
        "grid": True,
        "gridColor": LINE,
        "labelFontSize": 12,
        "labelOverlap": "greedy",
    }
    dates = alt.Axis(title=None, **look, **ticks((max(frame["to"]) - min(frame["from"])).days))
    x = alt.X("from:T", axis=dates, scale=alt.Scale(nice=True, padding=12))
    bars = (
        alt.Chart(frame)
        .mark_bar(height=min(9, row - 4), color="#9dbfdd", stroke=FOR, aria=False)
        .encode(x=x, x2="to:T", y=y, href="page:N")
    )
    points = alt.Chart(frame).mark_point(filled=True, size=70, color=FOR, opacity=1, aria=False)
    line = (
        alt.Chart(frame).mark_line(color=QUIET, strokeWidth=1, aria=False).encode(x="middle:T", y=y, order="middle:T")
    )
    chart = alt.layer(line, bars, points.encode(x="middle:T", y=y, href="page:N")).properties(height=row * len(rows))
    return chart.configure_view(stroke=LINE)


def report_page(report_id: str) -> str:
    """Where a bar or a point leads."""
    return Link("", "report", (("id", report_id),)).address


def ticks(days: int) -> dict[str, Any]:
    """Where the axis of so many days has its ticks and how they are named: each with its year, since an overlap may
    hide any of the others."""
    if days <= DAILY:
        return {"format": "%-d %b %Y", "tickCount": {"interval": "day", "step": 1}}
    return {"format": "%-d %b %Y" if days <= MONTHLY else "%b %Y"}
