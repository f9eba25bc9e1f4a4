"""How charts look, and how one becomes a drawing that stands in the page by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert

INK, QUIET, LINE = "#1d2733", "#4a5766", "#c3ccd6"

COLOURS = ("#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9")
"""Told apart with every kind of colour vision (Okabe and Ito 2008 [V]; their orange and yellow are darkened into one
to stand out on white)."""

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-left", "triangle-right")
"""A sign beside the colour: one more of them than colours, so that the two together do not repeat for 56 lines."""

DASHES = ([1, 0], [7, 3], [2, 3])
"""The second round of colours is dashed, the third dotted."""

FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"

PADDING = {"left": 48, "right": 24, "top": 6, "bottom": 6}
"""Pixels around a chart: the reader's font may be wider than the one that the drawing was measured with."""


def signs(ways: Sequence[str]) -> tuple[alt.Scale, alt.Scale, alt.Scale]:
    """A colour, a shape and a dash for each way of linking, as scales."""
    numbers = range(len(ways))
    colours = [COLOURS[number % len(COLOURS)] for number in numbers]
    shapes = [SHAPES[number % len(SHAPES)] for number in numbers]
    dashes = [DASHES[number // len(COLOURS) % len(DASHES)] for number in numbers]
    colour, shape, dash = (alt.Scale(domain=list(ways), range=found) for found in (colours, shapes, dashes))
    return colour, shape, dash


def axis(title: str | None, **more: Any) -> alt.Axis:
    """An axis in the page's ink."""
    return alt.Axis(title=title, labelColor=INK, titleColor=INK, gridColor="#e4e9ee", labelLimit=260, **more)


def drawn(chart: Any, name: str) -> str:
    """The chart as SVG; `name` keeps its inner ids apart from those of the other drawings on the page."""
    styled = chart.properties(padding=PADDING).configure(font=FONT).configure_view(stroke=LINE)
    styled = styled.configure_axis(labelFontSize=12, titleFontSize=12).configure_title(fontSize=13, color=INK)
    styled = styled.configure_legend(labelFontSize=12, titleFontSize=12, labelLimit=260, symbolSize=90)
    styled = styled.configure_header(labelFontSize=13, labelFontWeight="bold", labelColor=INK, labelLimit=320)
    # checked in the tests: a check takes as long as the drawing
    svg = vl_convert.vegalite_to_svg(styled.to_dict(validate=False))
    return re.sub(r'(\bid="|url\(#|xlink:href="#)', rf"\g<1>{name}-", svg)
