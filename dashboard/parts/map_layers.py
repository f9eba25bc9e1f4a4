"""Layers that all maps and drawings are made of: the land, shapes on its plane, and words that can be read on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from dashboard.parts.style import INK, LAND
from linkage.review.map_view import Window, outline


def _axes(window: Window, width: int, height: int) -> dict[str, Any]:
    x = alt.Scale(domain=[-window.half_km * width / height, window.half_km * width / height], nice=False, zero=False)
    y = alt.Scale(domain=[-window.half_km, window.half_km], nice=False, zero=False)
    return {"x": alt.X("x:Q", scale=x, axis=None), "y": alt.Y("y:Q", scale=y, axis=None)}


def layered(window: Window, width: int, height: int, marks: list[Any]) -> Any:
    """One map of these layers, so many pixels wide and high."""
    # what all layers share is said once: Altair copies and checks whatever a layer is given
    return alt.layer(*marks).encode(**_axes(window, width, height)).properties(width=width, height=height)


def polygons(rings: Sequence[Sequence[tuple[float, float]]]) -> pd.DataFrame:
    """Rings of points as the rows that `shape` draws."""
    found = [(x, y, ring, at) for ring, points in enumerate(rings) for at, (x, y) in enumerate(points)]
    return pd.DataFrame(found, columns=["x", "y", "ring", "at"])


def shape(frame: pd.DataFrame, **look: Any) -> Any:
    """Closed shapes, one for each ring."""
    mark = alt.Chart(frame).mark_line(interpolate="linear-closed", filled=True, clip=True, aria=False, **look)
    return mark.encode(detail=alt.Detail("ring:N"), order=alt.Order("at:Q"))


def land(window: Window) -> Any:
    """The land."""
    return shape(polygons(outline(window)), fill=LAND, stroke="#8795a3", strokeWidth=1)


def words_on(frame: pd.DataFrame, column: str, *, size: int, colour: str = INK, **place: Any) -> list[Any]:
    """Text with a light edge, so that it can be read on top of anything."""
    if frame.empty:
        return []
    look = {"fontSize": size, "fontWeight": "bold", "clip": True, "aria": False, **place}
    edge = alt.Chart(frame).mark_text(stroke="white", strokeWidth=3.5, strokeJoin="round", **look)
    words = alt.Text(f"{column}:N")
    return [mark.encode(text=words) for mark in (edge, alt.Chart(frame).mark_text(color=colour, **look))]
