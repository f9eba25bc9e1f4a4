"""The map and the timeline of a pack as SVG: no outside request, readable in print, every sign explained in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from html import escape

from linkage.review.map_view import WHOLE, Point, Window, disc, outline, scale_km, towns, window_around
from linkage.travel import Leg, Stop

LAND, SEA, COAST, INK, QUIET, MARK = "#f4f1ea", "#e3ecf2", "#8795a3", "#1b1b1b", "#57606a", "#1d4f91"
SIDE, OVERVIEW = 420.0, 250.0
"""Width and height of the close map, and width of the overview, in units of the drawing."""
ROW, LEFT, LINE_WIDTH = 26.0, 150.0, 700.0
"""Height of a line of the timeline, room for its labels, and its whole width."""


def map_svg(stops: Sequence[Stop], legs: Sequence[Leg]) -> str:
    """The whole country beside the part where the incidents were; incidents are numbered in the order given."""
    close = window_around(stops)
    whole = _frame(0.0, OVERVIEW, SIDE, WHOLE, [*_overview(stops)])
    near = _frame(OVERVIEW + 12, SIDE, SIDE, close, [*_detail(close, stops, legs)])
    return _svg(OVERVIEW + 12 + SIDE, SIDE, whole + near)


def _svg(width: float, height: float, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" font-family="sans-serif" aria-hidden="true">{inside}</svg>'
    )


def _frame(left: float, width: float, height: float, window: Window, parts: Sequence[str]) -> str:
    """A map at its place on the drawing, cut at its edges; the plane of the window is in kilometres."""
    scale = height / (2 * window.half_km)
    out = width / 2 / scale
    box = f"{-out:.3f} {-window.half_km:.3f} {2 * out:.3f} {2 * window.half_km:.3f}"
    return (
        f'<svg x="{left:g}" y="0" width="{width:g}" height="{height:g}" viewBox="{box}">'
        f'<rect x="{-out:.3f}" y="{-window.half_km:.3f}" width="{2 * out:.3f}" height="{2 * window.half_km:.3f}" '
        f'fill="{SEA}"/>{_land(window, round(out, 3))}{"".join(parts)}</svg>'
    )


@lru_cache(maxsize=8)
def _land(window: Window, out: float) -> str:
    """The rings of the coast that touch the window."""
    reach, drawn = max(out, window.half_km), []
    for ring in outline(window):
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        if max(xs) >= -reach and min(xs) <= reach and max(ys) >= -reach and min(ys) <= reach:
            line = f'stroke="{COAST}" stroke-width="{window.half_km / 400:.4f}"'
            drawn.append(f'<path d="{_path(ring)}" fill="{LAND}" {line}/>')
    return "".join(drawn)


def _path(ring: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.2f} {-y:.2f}" for x, y in ring) + "Z"


def _overview(stops: Sequence[Stop]) -> Iterator[str]:
    for stop in stops:
        if stop.lat is not None and stop.lon is not None:
            x, y = WHOLE.plane(stop.lat, stop.lon)
            yield f'<circle cx="{x:.1f}" cy="{-y:.1f}" r="12" fill="{MARK}"/>'


def _detail(window: Window, stops: Sequence[Stop], legs: Sequence[Leg]) -> Iterator[str]:
    unit = window.half_km / 100
    for town in towns(window):
        x, y = town.at
        yield f'<circle cx="{x:.3f}" cy="{-y:.3f}" r="{unit:.3f}" fill="{QUIET}"/>'
        yield _text(x, -y - 2.5 * unit, 5.5 * unit, town.name, QUIET)
    for stop in stops:
        if ring := disc(window, stop):
            yield (
                f'<path d="{_path(ring)}" fill="{MARK}" fill-opacity="0.10" stroke="{MARK}" '
                f'stroke-width="{unit / 2:.3f}" stroke-dasharray="{2 * unit:.3f} {1.5 * unit:.3f}"/>'
            )
    for leg in legs:
        ends = [(stop.lat, stop.lon) for stop in (leg.start, leg.end)]
        points = [window.plane(lat, lon) for lat, lon in ends if lat is not None and lon is not None]
        if len(points) == 2:
            (x1, y1), (x2, y2) = points
            place = f'x1="{x1:.3f}" y1="{-y1:.3f}" x2="{x2:.3f}" y2="{-y2:.3f}"'
            yield f'<line {place} stroke="{QUIET}" stroke-width="{0.8 * unit:.3f}"/>'
    yield from _points(window, stops, unit)
    yield from _scale(window, unit)


def _points(window: Window, stops: Sequence[Stop], unit: float) -> Iterator[str]:
    """Numbered points; incidents at one spot share a point and list their numbers beside it."""
    at: dict[Point, list[int]] = {}
    for number, stop in enumerate(stops, start=1):
        if stop.lat is not None and stop.lon is not None:
            at.setdefault(window.plane(round(stop.lat, 3), round(stop.lon, 3)), []).append(number)
    for (x, y), numbers in at.items():
        yield f'<circle cx="{x:.3f}" cy="{-y:.3f}" r="{4.5 * unit:.3f}" fill="{MARK}"/>'
        if len(numbers) == 1:
            yield _text(x, -y + 2.2 * unit, 6 * unit, str(numbers[0]), "#ffffff")
        else:
            yield _text(x, -y + 12 * unit, 6.5 * unit, ", ".join(map(str, numbers)), INK)


def _scale(window: Window, unit: float) -> Iterator[str]:
    length, left, low = scale_km(window), -94 * unit, 94 * unit
    place = f'x1="{left:.3f}" y1="{low:.3f}" x2="{left + length:.3f}" y2="{low:.3f}"'
    yield f'<line {place} stroke="{INK}" stroke-width="{unit:.3f}"/>'
    yield _text(left + length / 2, low - 3 * unit, 6 * unit, f"{length:g} km", INK)


def _text(x: float, y: float, size: float, words: str, colour: str) -> str:
    edge = "" if colour == "#ffffff" else f' stroke="#ffffff" stroke-width="{size / 5:.3f}" paint-order="stroke"'
    return (
        f'<text x="{x:.3f}" y="{y:.3f}" font-size="{size:.3f}" text-anchor="middle" font-weight="bold" '
        f'fill="{colour}"{edge}>{escape(words)}</text>'
    )


def timeline_svg(stops: Sequence[Stop]) -> str:
    """One line an incident, as long as its date is uncertain; empty where none has a date."""
    dated = [(n, s, s.earliest, s.latest) for n, s in enumerate(stops, 1) if s.earliest and s.latest]
    if not dated:
        return ""
    first, last = min(one[2] for one in dated), max(one[3] for one in dated)
    margin = max((last - first) / 20, timedelta(days=1))
    first, last = first - margin, last + margin
    height = ROW * (len(dated) + 1)

    def across(moment: datetime) -> float:
        """Where on the line a moment lies."""
        return LEFT + (LINE_WIDTH - LEFT - 10) * ((moment - first) / (last - first))

    parts = [_tick(moment, across(moment), height) for moment in _ticks(first, last)]
    for row, (number, stop, earliest, latest) in enumerate(dated):
        y = ROW * (row + 0.5)
        wide = max(across(latest) - across(earliest), 6.0)
        parts.append(
            f'<text x="0" y="{y + 4:g}" font-size="12" fill="{INK}">{number}: {escape(stop.report_id)}</text>'
        )
        parts.append(f'<rect x="{across(earliest):.1f}" y="{y - 5:g}" width="{wide:.1f}" height="10" fill="{MARK}"/>')
    return _svg(LINE_WIDTH, height, "".join(parts))


def _tick(moment: datetime, x: float, height: float) -> str:
    return (
        f'<line x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{height - 18:g}" stroke="#d0d7de"/>'
        f'<text x="{x:.1f}" y="{height - 4:g}" font-size="11" text-anchor="middle" fill="{INK}">'
        f"{moment:%-d %b %Y}</text>"
    )


def _ticks(first: datetime, last: datetime) -> Iterator[datetime]:
    """Five moments, evenly apart, each the beginning of a day."""
    for step in range(5):
        at = first + (last - first) * (step + 0.5) / 5
        yield at.replace(hour=0, minute=0, second=0, microsecond=0)
