"""Maps of the whole country: journeys that cross it, and where new reports come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from dashboard.parts.map_labels import Frame, box_of, clear_ones
from dashboard.parts.map_layers import land, layered, words_on
from dashboard.parts.style import AGAINST, FOR, LINE, QUIET, SEA
from linkage.review.map_view import WHOLE
from linkage.review.travelling import Crossing
from linkage.sharing.suppression import Count

WIDE, HIGH = 290, 455
"""Pixels of the map."""
SIZE = 12
"""Pixels of the type."""


def journeys_map(shown: Sequence[Crossing], chosen: Crossing | None) -> Any:
    """The legs of each, numbered as given at the end that lies furthest from the first stop; the chosen one thick. A
    number that would lie on another is left out, the chosen one's never: the table beside the map says them all."""
    others = [(number, one) for number, one in enumerate(shown, start=1) if one is not chosen]
    mine = [(number, one) for number, one in enumerate(shown, start=1) if one is chosen]
    layers = [land(WHOLE), *_journeys(others, QUIET, 1.2), *_journeys(mine, AGAINST, 3.0)]
    numbers = pd.DataFrame([_number(*one) for one in [*mine, *others]], columns=["x", "y", "words"]).dropna()
    named = numbers.loc[_apart(numbers)]
    return layered(WHOLE, WIDE, HIGH, [*layers, *words_on(named, "words", size=SIZE, dy=-8)]).configure_view(
        stroke=LINE, fill=SEA
    )


def _journeys(shown: Sequence[tuple[int, Crossing]], colour: str, width: float) -> list[Any]:
    rows = [
        (*WHOLE.plane(stop.lat, stop.lon), number, at)
        for number, one in shown
        for at, stop in enumerate(one.stops)
        if stop.lat is not None and stop.lon is not None
    ]
    if not rows:
        return []
    frame = pd.DataFrame(rows, columns=["x", "y", "journey", "at"])
    line = alt.Chart(frame).mark_line(color=colour, strokeWidth=width, aria=False)
    points = alt.Chart(frame).mark_circle(color=colour, size=26 + 12 * width, opacity=1, aria=False)
    return [line.encode(detail=alt.Detail("journey:N"), order=alt.Order("at:Q")), points]


def _number(number: int, one: Crossing) -> tuple[float | None, float | None, str]:
    """Where the number of a journey is written: at the stop that lies furthest from the first."""
    places = [WHOLE.plane(stop.lat, stop.lon) for stop in one.stops if stop.lat is not None and stop.lon is not None]
    if not places:
        return None, None, str(number)
    x, y = max(places, key=lambda at: (at[0] - places[0][0]) ** 2 + (at[1] - places[0][1]) ** 2)
    return x, y, str(number)


def counts_map(counts: Mapping[str, Count], centres: Mapping[str, tuple[float, float]]) -> Any:
    """A circle for each area, as large as its count, at the middle of where its reports lie; a suppressed count has a
    small open circle and no number."""
    rows = [(*WHOLE.plane(*centres[area]), area, count) for area, count in counts.items() if area in centres]
    frame = pd.DataFrame(rows, columns=["x", "y", "area", "count"])
    known = frame[frame["count"].notna()].assign(words=lambda f: f["count"].map("{:,.0f}".format))
    few = frame[frame["count"].isna()]
    layers: list[Any] = [land(WHOLE)]
    if not known.empty:
        size = alt.Size("count:Q", scale=alt.Scale(range=[120, 1100], domainMin=0), legend=None)
        circles = alt.Chart(known).mark_circle(color=FOR, opacity=0.75, aria=False)
        layers.append(circles.encode(size=size, tooltip=["area", "count"]))
    if not few.empty:
        open_ = alt.Chart(few).mark_point(shape="circle", size=70, color=FOR, filled=False, aria=False)
        layers.append(open_.encode(tooltip=["area"]))
    named = known.loc[_apart(known.sort_values("count", ascending=False, kind="stable"))]
    return layered(WHOLE, WIDE, HIGH, [*layers, *words_on(named, "words", size=SIZE)]).configure_view(
        stroke=LINE, fill=SEA
    )


def _apart(ordered: pd.DataFrame) -> list[int]:
    """The rows whose words are written: each that overlaps none before it. The marks of the others are drawn, and the
    table beside the map says them all."""
    frame = Frame(WHOLE, WIDE, HIGH)
    columns = (ordered[name].tolist() for name in ("x", "y", "words"))
    boxes = [box_of(frame.pixel((x, y)), words, SIZE) for x, y, words in zip(*columns, strict=True)]
    return [ordered.index.tolist()[at] for at in clear_ones(boxes)]
