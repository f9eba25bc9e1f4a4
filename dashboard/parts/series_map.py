"""The map of a series: offline outline, discs of uncertainty, incidents numbered in time order, legs between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from dashboard.parts.map_labels import LETTER, Box, Frame, around, box_of, first_clear
from dashboard.parts.map_layers import land, layered, polygons, shape, words_on
from dashboard.parts.style import FOR, INK, LINE, QUIET, SEA
from linkage.review.map_view import WHOLE, Point, Window, disc, numbers_words, scale_km, towns, window_around
from linkage.travel import Leg, Stop

SIDE, OVERVIEW, WIDE = 260, 145, 490
"""Pixels: height of both maps, width of the overview and of the close map."""
DOT, TYPE, NAME, NAME_UP = 10, 13, 11, 14
"""Pixels: half an incident's point, the type of numbers beside points and of towns, how far a town's is up."""
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
    whole = [land(WHOLE), *_frame(close), *_discs(WHOLE, stops), *_points(WHOLE, stops, 45)]
    return layered(WHOLE, OVERVIEW * high // SIDE, high, whole)


def _near(close: Window, stops: Sequence[Stop], legs: Sequence[Leg], size: tuple[int, int] = (WIDE, SIDE)) -> Any:
    frame = Frame(close, *size)
    numbers, taken = _numbers(frame, stops)
    dots, names = _towns(frame, taken)
    below = [land(close), *dots, *_discs(close, stops), *_legs(close, legs), *_scale(frame)]
    return layered(close, *size, [*below, *names, *_points(close, stops, 300), *numbers])


def _discs(window: Window, stops: Sequence[Stop]) -> list[Any]:
    rings = list({tuple(ring): ring for stop in stops if (ring := disc(window, stop))}.values())
    if not rings:
        return []
    return [shape(polygons(rings), fill=FOR, fillOpacity=0.09, stroke=FOR, strokeWidth=1, strokeDash=[4, 3])]


def _points(window: Window, stops: Sequence[Stop], size: float) -> list[Any]:
    """The spots where incidents were."""
    frame = pd.DataFrame(list(_spots(window, stops)), columns=["x", "y"])
    return [alt.Chart(frame).mark_circle(size=size, color=FOR, opacity=1, aria=False)]


def _spots(window: Window, stops: Sequence[Stop]) -> dict[Point, list[int]]:
    """Each spot on the plane -> the numbers of the incidents there."""
    spots: dict[Point, list[int]] = {}
    for number, stop in enumerate(stops, start=1):
        if stop.lat is not None and stop.lon is not None:
            spots.setdefault(window.plane(round(stop.lat, 3), round(stop.lon, 3)), []).append(number)
    return spots


def _groups(frame: Frame, stops: Sequence[Stop]) -> list[dict[Point, list[int]]]:
    """The spots, those together whose points would lie over each other."""
    groups: list[dict[Point, list[int]]] = []
    for spot, numbers in _spots(frame.window, stops).items():
        here = around(frame.pixel(spot), DOT)
        near = [group for group in groups if here.touches(around(frame.pixel(one), DOT) for one in group)]
        joined = {one: there for group in near for one, there in group.items()} | {spot: numbers}
        groups = [*(group for group in groups if group not in near), joined]
    return groups


def _numbers(frame: Frame, stops: Sequence[Stop]) -> tuple[list[Any], list[Box]]:
    """The number of an incident in its point, those of several together beside theirs; and what all of it covers."""
    groups = _groups(frame, stops)
    taken = [around(frame.pixel(spot), DOT) for group in groups for spot in group]
    rows: list[tuple[float, float, str]] = []
    alone: list[tuple[float, float, str]] = []
    for group in groups:
        numbers = sorted(number for there in group.values() for number in there)
        if len(numbers) == 1:
            alone += [(*spot, str(numbers[0])) for spot in group]
            continue
        words = numbers_words(numbers)
        places = _beside([frame.pixel(spot) for spot in group], words)
        boxes = [box_of(place, words, TYPE) for place in places]
        at = first_clear(boxes, frame, taken)
        rows.append((*frame.point(places[at]), words))
        taken.append(boxes[at])
    inside = alt.Chart(_rows(alone)).mark_text(color="white", fontWeight="bold", fontSize=12, aria=False)
    return [inside.encode(text=alt.Text("words:N")), *words_on(_rows(rows), "words", size=TYPE)], taken


def _beside(spots: Sequence[Point], words: str) -> list[Point]:
    """Where the words of some points may stand, in pixels: above them, below, to the right, to the left."""
    across, down = [x for x, _ in spots], [y for _, y in spots]
    middle, half = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    up, out = DOT + TYPE, DOT + LETTER * TYPE * len(words) / 2
    return [
        (middle, min(down) - up),
        (middle, max(down) + up),
        (max(across) + out, half),
        (min(across) - out, half),
    ]


def _rows(found: list[tuple[float, float, str]]) -> pd.DataFrame:
    return pd.DataFrame(found, columns=["x", "y", "words"])


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


def _towns(frame: Frame, taken: Sequence[Box]) -> tuple[list[Any], list[Any]]:
    """Marks of the towns, which lie under everything, and their names, which lie above; none under a number."""
    known = [(town, frame.pixel(town.at)) for town in towns(frame.window, frame.width / frame.height)]
    boxes = [(town, box_of((x, y - NAME_UP), town.name, NAME)) for town, (x, y) in known]
    shown = [(*town.at, town.name) for town, box in boxes if frame.holds(box) and not box.touches(taken)]
    if not shown:
        return [], []
    named = _rows(shown)
    dots = alt.Chart(named).mark_square(size=14, color=QUIET, opacity=1, clip=True, aria=False)
    return [dots], words_on(named, "words", size=NAME, colour=QUIET, dy=-NAME_UP)


def _frame(window: Window) -> list[Any]:
    """Where on the overview the close map lies; nothing when it shows the whole country."""
    if window is WHOLE:
        return []
    x, y = WHOLE.plane(window.lat, window.lon)
    up = max(window.half_km, 18.0)
    out = up * WIDE / SIDE
    corners = [(x - out, y - up), (x + out, y - up), (x + out, y + up), (x - out, y + up)]
    return [shape(polygons([corners]), fill="white", fillOpacity=0, stroke=INK, strokeWidth=1.4)]


def _scale(frame: Frame) -> list[Any]:
    half = frame.window.half_km
    length, left, bottom = scale_km(frame.window), -0.94 * half * frame.width / frame.height, -0.93 * half
    bar = pd.DataFrame({"x": [left, left + length], "y": [bottom, bottom]})
    label = pd.DataFrame({"x": [left + length / 2], "y": [bottom], "words": [f"{length:g} km"]})
    words = alt.Chart(label).mark_text(dy=-9, color=INK, fontSize=11, aria=False).encode(text=alt.Text("words:N"))
    return [alt.Chart(bar).mark_line(color=INK, strokeWidth=3, aria=False), words]
