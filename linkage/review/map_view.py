"""What a map needs, computed offline: the outline, a window around the stops, discs of uncertainty, town names.

Everything is laid out in kilometres on a plane that touches the ground at the window's centre (equirectangular):
distances on it are right within 1 % over Great Britain's width at the scale of a series' map.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from linkage.intake.gazetteer.tables import rows
from linkage.travel import Stop

Point = tuple[float, float]
KM_PER_DEGREE = 111.195
"""Kilometres in a degree of latitude on a sphere of 6,371 km [D]."""
LEAST_HALF_KM = 12.0
"""Half the width of the closest window [G]: enough for neighbouring towns to show."""
BRITISH_ISLES = (54.6, -3.6, 620.0)
"""Centre (degrees) and half height (km) of a window on the United Kingdom [G]."""
_CORNERS = 48


@dataclass(frozen=True, slots=True)
class Window:
    """A square part of the ground: centre in WGS84 degrees, half its side in kilometres."""

    lat: float
    lon: float
    half_km: float

    def plane(self, lat: float, lon: float) -> Point:
        """Kilometres east and north of the centre."""
        east = (lon - self.lon) * KM_PER_DEGREE * math.cos(math.radians(self.lat))
        return east, (lat - self.lat) * KM_PER_DEGREE

    def holds(self, point: Point, aspect: float = 1.0) -> bool:
        """Does a point of the plane lie inside a map `aspect` times as wide as high, off its edges?"""
        return max(abs(point[0]) / aspect, abs(point[1])) <= 0.9 * self.half_km


WHOLE = Window(*BRITISH_ISLES)
"""The window on the whole country."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town to find one's way by."""

    name: str
    at: Point


def window_around(stops: Sequence[Stop]) -> Window:
    """The square that holds all located stops with their discs and a margin; without any, the whole country."""
    known = [(stop.lat, stop.lon, stop.radius_km) for stop in stops if stop.lat is not None and stop.lon is not None]
    if not known:
        return WHOLE
    lats, lons = [lat for lat, _, _ in known], [lon for _, lon, _ in known]
    middle = Window((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2, 1.0)
    reach = max(max(map(abs, middle.plane(lat, lon))) + radius for lat, lon, radius in known)
    return Window(middle.lat, middle.lon, max(LEAST_HALF_KM, 1.15 * reach))


def outline(window: Window) -> list[list[Point]]:
    """Coastlines and land borders as closed rings on the window's plane."""
    return [[window.plane(lat, lon) for lon, lat in ring] for ring in _rings()]


def disc(window: Window, stop: Stop) -> list[Point]:
    """The disc that holds about 90 % of where an incident may have been, as a ring; empty without coordinates."""
    if stop.lat is None or stop.lon is None:
        return []
    east, north = window.plane(stop.lat, stop.lon)
    turns = [2 * math.pi * i / _CORNERS for i in range(_CORNERS + 1)]
    return [(east + stop.radius_km * math.cos(a), north + stop.radius_km * math.sin(a)) for a in turns]


def towns(window: Window, aspect: float = 1.0, most: int = 9) -> list[Town]:
    """The largest towns on a map `aspect` times as wide as high, so far apart that their names do not touch."""
    found: list[Town] = []
    for name, lat, lon, _ in _towns():
        at = window.plane(lat, lon)
        clear = all(
            abs(at[0] - other.at[0]) > window.half_km / 2 or abs(at[1] - other.at[1]) > window.half_km / 7
            for other in found
        )
        if clear and window.holds(at, aspect):
            found.append(Town(name, at))
            if len(found) == most:
                break
    return found


def numbers_words(numbers: Sequence[int]) -> str:
    """Numbers of incidents at one spot, in order; those that follow each other as a run: "1-5, 8"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = ([f"{run[0]}-{run[-1]}"] if len(run) > 2 else map(str, run) for run in runs)
    return ", ".join(word for run in words for word in run)


def scale_km(window: Window) -> float:
    """A round length in km for a scale bar: about a quarter of the window's width."""
    wanted = window.half_km / 2
    power = 10.0 ** math.floor(math.log10(wanted))
    return float(max(step * power for step in (1, 2, 5) if step * power <= wanted))


@cache
def _rings() -> list[list[Point]]:
    text = files("linkage.vocabulary").joinpath("data/places/uk_outline.json").read_text(encoding="utf-8")
    rings: list[list[Point]] = []
    for feature in json.loads(text)["features"]:
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        rings += [[(x, y) for x, y in ring] for polygon in polygons for ring in polygon]
    return rings


@cache
def _towns() -> list[tuple[str, float, float, int]]:
    """Name, latitude, longitude and people of the gazetteer's towns, largest first; parts of towns left out."""
    found = [
        (row["name"], float(row["lat"]), float(row["lon"]), int(row["population"]))
        for row in rows("towns.csv")
        if not row["within"]
    ]
    return sorted(found, key=lambda town: -town[3])
