"""How densely reports lie around a place, at every reach: what a distance is likely or unlikely against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.features.measures import FIRST_REACH, LOCATED, REACHES, VARIANCE, reach_density, unit_km
from linkage.report import Report

RADIUS_90 = 2.146
"""Radius that holds 90 % of a circular normal, in standard deviations: sqrt(-2 ln 0.1) [D]."""

REFERENCE = 2000
"""Most reports used to estimate the density of reports [G]: the standard error of a share is then about 1 %."""

UNITED_KINGDOM_KM2 = 242_495.0
"""Area of the United Kingdom, km^2 (Office for National Statistics) [V]."""

EVEN = 1.0 / UNITED_KINGDOM_KM2
"""Density of a report that may be anywhere in the country, per km^2."""

EVENLY = 0.05
"""Share of the reports that is spread evenly over the country [G]: a lonely place is rare and not impossible."""


class Places(NamedTuple):
    """Places of reports: `xyz` (n, 3) in km, added `variance` (n,) by uncertainty, whether `located` (n,),
    `radius_km` (n,), degrees `lat` and `lon` (n,), and the `names` of the reports."""

    xyz: NDArray[np.float32]
    variance: NDArray[np.float32]
    located: NDArray[np.bool_]
    radius_km: NDArray[np.float64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    names: list[str]


class Spot(NamedTuple):
    """Where one report says it was, WGS84 degrees and the radius of doubt, and the name of the report."""

    lat: float | None
    lon: float | None
    radius_m: float | None
    name: str


def spot_of(report: Report) -> Spot:
    """Where a report lies."""
    return Spot(report.place.lat, report.place.lon, report.place.radius_m, report.report_id)


def places_of(spots: Sequence[Spot]) -> Places:
    """Spots as arrays."""
    located = np.array([spot.lat is not None and spot.lon is not None for spot in spots], dtype=bool)
    lat = np.array([spot.lat or 0.0 for spot in spots], dtype=float)
    lon = np.array([spot.lon or 0.0 for spot in spots], dtype=float)
    radius = np.array([(spot.radius_m or 0.0) / 1000.0 for spot in spots], dtype=float)
    variance = ((radius / RADIUS_90) ** 2).astype(np.float32)
    names = [spot.name for spot in spots]
    return Places(unit_km(lat, lon).reshape(-1, 3), variance, located, radius, lat, lon, names)


class Surroundings:
    """Reports, thinned evenly to `REFERENCE` where there are more, and how densely they lie around any place."""

    def __init__(self, counted: Places) -> None:
        every = np.flatnonzero(counted.located)
        sample = every[np.unique(np.linspace(0, len(every) - 1, REFERENCE).astype(int))] if len(every) else every
        self.points, self.widths = counted.xyz[sample].astype(float), counted.variance[sample].astype(float)
        self.row = {counted.names[at]: number for number, at in enumerate(sample.tolist())}
        self.thinned = len(sample) < len(every)

    def density(self, point: NDArray[np.float32], variance: np.float32, name: str = "") -> NDArray[np.float64]:
        """Reports per km^2 around a point at every reach, shape (reaches,), by the kernels of the evidence itself.

        The report of that `name` does not count."""
        squared = ((self.points - point) ** 2).sum(axis=1)
        own = self.row.get(name)
        others = len(squared) - (own is not None)
        if not others:
            return np.full(len(REACHES), EVEN)
        spread = np.square(REACHES)[:, None] + variance + self.widths
        mass = reach_density.py_func(spread, squared)
        if own is not None:
            mass[:, own] = 0.0
        around: NDArray[np.float64] = (1.0 - EVENLY) * mass.sum(axis=1) / others + EVENLY * EVEN
        return around

    def with_one_more(
        self, points: NDArray[np.float32], shares: NDArray[np.float64], point: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """The reports' own `points` (n, POINT) with `point` counted among the reports around each.

        `shares` are those of the reaches. Where reports are thinned one more makes no difference."""
        if self.thinned:
            return points
        found, rows = points.copy(), points[:, LOCATED] > 0
        squared = np.square(points[rows, :3].astype(float) - point[:3]).sum(axis=1)[:, None]
        variance = np.square(REACHES) + (points[rows, VARIANCE] + np.float64(point[VARIANCE]))[:, None]
        others, before = len(self.points) - 1, shares / np.square(points[rows, FIRST_REACH:].astype(float))
        added = (1.0 - EVENLY) * reach_density.py_func(variance, squared) + EVENLY * EVEN
        found[rows, FIRST_REACH:] = np.sqrt(shares * (others + 1) / (others * before + added))
        return found
