"""The map of a series: offline outline, discs of uncertainty, incidents numbered in time order, legs between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from dashboard.parts.map_layers import land, layered, polygons, shape, words_on
from dashboard.parts.style import FOR, INK, LINE, QUIET, SEA
from linkage.review.map_view import WHOLE, Window, disc, scale_km, towns, window_around
from linkage.travel import Leg, Stop

SIDE, OVERVIEW, WIDE = 260, 145, 490
"""Pixels: height of both maps, width of the overview and of the close map."""
COAST = "The coast is drawn roughly: a town by the sea may stand outside it."
"""Beside maps: the outline is 1:50m, which is off by some kilometres on a close map."""


def series_map(stops: Sequence[Stop], legs: Sequence[Leg], size: tuple[int, int] = (WIDE, SIDE)) -> Any:
    """The whole country beside the part where the incidents were, that part in `size`, pixels wide and high. `stops`
    are numbered 1, 2, ... as given."""
    close = window_around(stops)
    chart = alt.hconcat(_country(close, stops, size[1]), _near(close, stops, legs, size), spacing=12)
    return chart.configure_view(stroke=LINE, fill=SEA).configure_concat(spacing=12)


def close_map(stops: Sequence[Stop], legs: Sequence[Leg], size: tuple[int, int] = (WIDE, SIDE)) -> Any:
    """Only the part where the incidents were, in `size`, pixels wide and high."""
    return _near(window_around(stops), stops, legs, size).configure_view(stroke=LINE, fill=SEA)


def overview_map(stops: Sequence[Stop], high: int) -> Any:
    """The whole country with where the close map lies, so many pixels high: by itself, so that on a narrow screen the
    two stand below each other."""
    return _country(window_around(stops), stops, high).configure_view(stroke=LINE, fill=SEA)


def _country(close: Window, stops: Sequence[Stop], high: int) -> Any:
    whole = [land(WHOLE), *_frame(close), *_discs(WHOLE, stops), *_points(WHOLE, stops, numbers=False)]
    return layered(WHOLE, OVERVIEW * high // SIDE, high, whole)


def _near(close: Window, stops: Sequence[Stop], legs: Sequence[Leg], size: tuple[int, int] = (WIDE, SIDE)) -> Any:
    dots, names = _towns(close)
    below = [land(close), *dots, *_discs(close, stops), *_legs(close, legs), *_scale(close)]
    return layered(close, *size, [*below, *names, *_points(close, stops, numbers=True)])


def _discs(window: Window, stops: Sequence[Stop]) -> list[Any]:
    rings = list({tuple(ring): ring for stop in stops if (ring := disc(window, stop))}.values())
    if not rings:
        return []
    return [shape(polygons(rings), fill=FOR, fillOpacity=0.09, stroke=FOR, strokeWidth=1, strokeDash=[4, 3])]


def _points(window: Window, stops: Sequence[Stop], numbers: bool) -> list[Any]:
    """Numbered points; incidents at one spot share a point and list their numbers."""
    at: dict[tuple[float, float], list[str]] = {}
    for number, stop in enumerate(stops, start=1):
        if stop.lat is not None and stop.lon is not None:
            at.setdefault(window.plane(round(stop.lat, 3), round(stop.lon, 3)), []).append(str(number))
    frame = pd.DataFrame([(x, y, ", ".join(n)) for (x, y), n in at.items()], columns=["x", "y", "numbers"])
    points = alt.Chart(frame).mark_circle(size=300 if numbers else 45, color=FOR, opacity=1, aria=False)
    if not numbers:
        return [points]
    alone = frame[~frame["numbers"].str.contains(",")]
    inside = alt.Chart(alone).mark_text(color="white", fontWeight="bold", fontSize=12, aria=False)
    several = frame[frame["numbers"].str.contains(",")]
    several = several.sort_values("y")  # by turns below and above, so that near neighbours stay apart
    below, above = several.iloc[0::2], several.iloc[1::2]
    words = [*words_on(below, "numbers", dy=20, size=13), *words_on(above, "numbers", dy=-20, size=13)]
    return [points, inside.encode(text=alt.Text("numbers:N")), *words]


def _legs(window: Window, legs: Sequence[Leg]) -> list[Any]:
    lines: list[tuple[float, float, int]] = []
    for number, leg in enumerate(legs):
        ends = [(stop.lat, stop.lon) for stop in (leg.start, leg.end)]
        points = [window.plane(lat, lon) for lat, lon in ends if lat is not None and lon is not None]
        if len(points) == 2:
            lines += [(x, y, number) for x, y in points]
    if not lines:
        return []
    frame = pd.DataFrame(lines, columns=["x", "y", "leg"])
    line = alt.Chart(frame).mark_line(color=QUIET, strokeWidth=1.6, clip=True, aria=False)
    return [line.encode(detail=alt.Detail("leg:N"))]


def _towns(window: Window) -> tuple[list[Any], list[Any]]:
    """Marks of the towns, which lie under everything, and their names, which lie above."""
    frame = pd.DataFrame(
        [(town.at[0], town.at[1], town.name) for town in towns(window, WIDE / SIDE)], columns=["x", "y", "name"]
    )
    if frame.empty:
        return [], []
    dots = alt.Chart(frame).mark_square(size=14, color=QUIET, opacity=1, clip=True, aria=False)
    return [dots], words_on(frame, "name", size=11, colour=QUIET, dy=-14)


def _frame(window: Window) -> list[Any]:
    """Where on the overview the close map lies; nothing when it shows the whole country."""
    if window is WHOLE:
        return []
    x, y = WHOLE.plane(window.lat, window.lon)
    up = max(window.half_km, 18.0)
    out = up * WIDE / SIDE
    corners = [(x - out, y - up), (x + out, y - up), (x + out, y + up), (x - out, y + up)]
    return [shape(polygons([corners]), fill="white", fillOpacity=0, stroke=INK, strokeWidth=1.4)]


def _scale(window: Window) -> list[Any]:
    length, left, bottom = scale_km(window), -0.94 * window.half_km * WIDE / SIDE, -0.93 * window.half_km
    bar = pd.DataFrame({"x": [left, left + length], "y": [bottom, bottom]})
    label = pd.DataFrame({"x": [left + length / 2], "y": [bottom], "words": [f"{length:g} km"]})
    words = alt.Chart(label).mark_text(dy=-9, color=INK, fontSize=11, aria=False).encode(text=alt.Text("words:N"))
    return [alt.Chart(bar).mark_line(color=INK, strokeWidth=3, aria=False), words]
