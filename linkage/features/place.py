"""Where: distance between incidents, with both uncertainty radii and the density of reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import MILLIBAN, Detail, Encode, Evidence, Fitted, Newcomer, count_words
from linkage.features.measures import near_one, near_pairs, unit_km
from linkage.features.packing import NearPiece
from linkage.features.parameters import Parameters
from linkage.features.tree import TreeColumn
from linkage.geography import ellipsoid_km, geodesic_km
from linkage.report import Report

RADIUS_90 = 2.146
"""Radius that holds 90 % of a circular normal, in standard deviations: sqrt(-2 ln 0.1) [D]."""

REFERENCE = 2000
"""Most reports used to estimate the density of reports [G]: the standard error of a share is then about 1 %."""

UNITED_KINGDOM_KM2 = 242_495.0
"""Area of the United Kingdom, km^2 (Office for National Statistics) [V]."""

EVEN = 1.0 / UNITED_KINGDOM_KM2
"""Density of a report that may be anywhere in the country, per km^2."""


@dataclass
class PlaceColumn(TreeColumn):
    """Points in km (n, 3) and in WGS84 degrees (n,), added kernel variance by uncertainty (n,) and log report density
    (n,)."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    xyz: NDArray[np.float32]
    variance: NDArray[np.float32]
    log_density: NDArray[np.float32]
    located: NDArray[np.bool_]
    words: list[str]
    radius_km: NDArray[np.float64]
    kernel_variance: float
    elsewhere: float

    def __post_init__(self) -> None:
        self.n = len(self.located)

    def known(self) -> NDArray[np.bool_]:
        """Per row: does the report have coordinates?"""
        return self.located

    def piece(self, temper: float) -> NearPiece:
        """Points and the kernel's settings."""
        columns = (self.xyz, self.variance[:, None], self.log_density[:, None], self.located[:, None])
        return NearPiece(np.hstack(columns).astype(np.float32), self.kernel_variance, self.elsewhere, temper)

    def millibans(self, left: NDArray[np.intp], right: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """Tempered place weights of listed pairs."""
        settings = (self.kernel_variance, self.elsewhere)
        found = near_pairs(self.xyz, self.variance, self.log_density, settings, left, right)
        known = self.located[left] & self.located[right]
        return np.where(known, np.rint(temper * found).astype(np.int64), 0)

    def known_pair_weights(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Pair weights of located rows."""
        settings = (self.kernel_variance, self.elsewhere)
        found: NDArray[np.float64] = (
            near_pairs(self.xyz, self.variance, self.log_density, settings, left, right) / MILLIBAN
        )
        return found

    def distance_km(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Distance in km on the ellipsoid, shape (len(left),); nan where a side has no coordinates."""
        apart = ellipsoid_km(self.lat[left], self.lon[left], self.lat[right], self.lon[right])
        return np.where(self.located[left] & self.located[right], apart, np.nan)

    def shown_km(self, a: int, b: int) -> float | None:
        """Distance in km of rows a and b as it is shown; None where a side has no coordinates."""
        if not (self.located[a] and self.located[b]):
            return None
        return geodesic_km(float(self.lat[a]), float(self.lon[a]), float(self.lat[b]), float(self.lon[b]))

    def describe(self, a: int, b: int) -> Detail:
        """The two places, their distance and how many reports lie as near.

        Up to 2 km, or within the doubt, they agree; up to 25 km beyond it they are close [G].
        """
        words = (self.words[a], self.words[b])
        if not (self.located[a] and self.located[b]):
            return Detail(*words, "not known", "")
        every = np.flatnonzero(self.located)
        away = self.shown_km(a, b) or 0.0
        doubt = float(self.radius_km[a] + self.radius_km[b])
        others = every[every != a]
        nearer = int((self.distance_km(np.full(len(others), a), others) <= max(away, 0.1)).sum())
        says = "agrees" if away <= max(2.0, doubt) else "close" if away <= 25.0 + doubt else "differs"
        return Detail(*words, says, f"{away:.0f} km apart; {count_words(nearer, len(every))} this near")


@dataclass(frozen=True)
class PlaceEvidence(Evidence):
    """Distance between incidents. Parameters: scale (km) of the local kernel, elsewhere (chance of independence)."""

    learnable: ClassVar[tuple[str, ...]] = ("scale", "elsewhere")
    near_in_series: ClassVar[bool] = True

    def fit(
        self, reports: Sequence[Report], parameters: Parameters, base: Sequence[Report] | None = None
    ) -> PlaceColumn:
        """Encode coordinates and estimate how densely reports lie around each."""
        points = points_of(reports)
        counted = points if base is None else points_of(base)
        scale = parameters.get(self.name, "scale")
        density = report_density(points, counted, scale)
        return PlaceColumn(
            lat=points.lat,
            lon=points.lon,
            xyz=points.xyz,
            variance=points.variance,
            log_density=np.log(density).astype(np.float32),
            located=points.located,
            words=[place_words(report) for report in reports],
            radius_km=points.radius_km,
            kernel_variance=scale**2,
            elsewhere=parameters.get(self.name, "elsewhere"),
        )

    def newcomers(self, fitted: Fitted) -> Encode:
        """Lay its place beside every other; the density of reports around it is found as for the others."""
        column, parameters = fitted.column, fitted.parameters
        assert isinstance(column, PlaceColumn)
        scale, settings = parameters.get(self.name, "scale"), (column.kernel_variance, column.elsewhere)
        rows = np.flatnonzero(column.located)
        sample = rows[np.unique(np.linspace(0, len(rows) - 1, REFERENCE).astype(int))] if len(rows) else rows
        points, widths = column.xyz[sample].astype(float), column.variance[sample].astype(float)

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report; None where its place has no coordinates."""
            place = report.place
            if place.lat is None or place.lon is None:
                return None
            point = unit_km(np.array([place.lat]), np.array([place.lon]))[0]
            variance = np.float32(((place.radius_m or 0.0) / 1000.0 / RADIUS_90) ** 2)
            density = density_around(point, variance, points, widths, scale) if len(rows) else EVEN
            found = near_one(
                (point, variance, np.float32(np.log(density))),
                column.xyz,
                column.variance,
                column.log_density,
                column.located,
                settings,
            )
            return Newcomer(found / MILLIBAN, place_words(report))

        return encode


def density_around(
    point: NDArray[np.float32],
    variance: np.float32,
    points: NDArray[np.float64],
    widths: NDArray[np.float64],
    scale: float,
) -> float:
    """Density of reports per km^2 around a point, from other reports' `points` and variances `widths`."""
    squared = ((points - point) ** 2).sum(axis=1)
    spread = scale**2 + variance + widths
    mass = (1.0 + squared / spread) ** -1.5 / (2 * np.pi * spread)
    return float(0.95 * mass.mean() + 0.05 * EVEN)


class Points(NamedTuple):
    """Places of reports: `xyz` (n, 3) in km, added `variance` (n,) by uncertainty, whether `located` (n,),
    `radius_km` (n,), degrees `lat` and `lon` (n,), and the `names` of the reports."""

    xyz: NDArray[np.float32]
    variance: NDArray[np.float32]
    located: NDArray[np.bool_]
    radius_km: NDArray[np.float64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    names: list[str]


def points_of(reports: Sequence[Report]) -> Points:
    """Where reports lie."""
    located = np.array([r.place.lat is not None and r.place.lon is not None for r in reports], dtype=bool)
    lat = np.array([r.place.lat or 0.0 for r in reports], dtype=float)
    lon = np.array([r.place.lon or 0.0 for r in reports], dtype=float)
    radius = np.array([(r.place.radius_m or 0.0) / 1000.0 for r in reports], dtype=float)
    variance = ((radius / RADIUS_90) ** 2).astype(np.float32)
    return Points(
        unit_km(lat, lon).reshape(-1, 3), variance, located, radius, lat, lon, [r.report_id for r in reports]
    )


def report_density(rows: Points, counted: Points, scale: float) -> NDArray[np.float64]:
    """Density of the `counted` reports per km^2 around each row, by the same kernel as the evidence, shape (n,).

    A twentieth of the mass is spread evenly over the country [G], so that a lonely place is rare and not
    impossible. Reports are thinned evenly to `REFERENCE` when there are more; a report never counts itself.
    """
    density = np.full(len(rows.names), EVEN)
    every = np.flatnonzero(counted.located)
    sample = every[np.unique(np.linspace(0, len(every) - 1, REFERENCE).astype(int))] if len(every) else every
    points, widths = counted.xyz[sample].astype(float), counted.variance[sample].astype(float)
    place = {counted.names[at]: number for number, at in enumerate(sample.tolist())}
    for row in np.flatnonzero(rows.located).tolist():
        others = np.arange(len(sample)) != place.get(rows.names[row], -1)
        if others.any():
            density[row] = density_around(rows.xyz[row], rows.variance[row], points[others], widths[others], scale)
    return density


def place_words(report: Report) -> str:
    """The place as an analyst reads it, with its uncertainty."""
    place = report.place
    name = place.text or place.postcode or place.town
    if name is None and place.lat is None:
        return "not known"
    doubt = f" (±{place.radius_m / 1000:.1f} km)" if place.radius_m else ""
    return f"{name or f'{place.lat:.3f}, {place.lon:.3f}'}{doubt}"
