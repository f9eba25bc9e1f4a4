"""Where: distance between incidents, with both uncertainty radii and the density of reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.features.density import Places, Spot, Surroundings, places_of, spot_of
from linkage.features.evidence import MILLIBAN, Detail, Encode, Evidence, Fitted, count_words
from linkage.features.measures import FIRST_REACH, LOCATED, POINT, REACHES, near_one, near_pairs, near_ratios
from linkage.features.newcomer import ByRow, Newcomer
from linkage.features.newcomer_sums import squared_from
from linkage.features.packing import NearPiece
from linkage.features.parameters import Parameters
from linkage.features.readings import Readings
from linkage.features.tree import TreeColumn
from linkage.geography import ellipsoid_km, geodesic_km
from linkage.report import Report

ELSEWHERE = "elsewhere"
"""The parameter that says how often the next incident of a person is placed independently of the last."""


@dataclass
class PlaceColumn(TreeColumn):
    """Places as `points` (n, POINT), WGS84 degrees (n,), `words` and doubt `radius_km` (n,); `shares` (reaches,) of
    the distances between incidents of one person, and the share `elsewhere`."""

    points: NDArray[np.float32]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    words: list[str]
    radius_km: NDArray[np.float64]
    shares: NDArray[np.float64]
    elsewhere: float

    def __post_init__(self) -> None:
        self.n, self.located = len(self.points), self.points[:, LOCATED] > 0

    def known(self) -> NDArray[np.bool_]:
        """Per row: does the report have coordinates?"""
        return self.located

    def piece(self, temper: float) -> NearPiece:
        """Points and the kernel's settings."""
        return NearPiece(self.points, self.elsewhere, temper)

    def millibans(self, left: NDArray[np.intp], right: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """Tempered place weights of listed pairs."""
        known = self.located[left] & self.located[right]
        found = near_pairs(self.points, self.elsewhere, left, right)
        return np.where(known, np.rint(temper * found).astype(np.int64), 0)

    def known_pair_weights(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Pair weights of located rows."""
        found: NDArray[np.float64] = near_pairs(self.points, self.elsewhere, left, right) / MILLIBAN
        return found

    def reach_ratios(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Likelihood ratio of listed pairs of located rows if all incidents of one person lay at one reach from each
        other, or all elsewhere, shape (len(left), reaches + 1)."""
        ratios = np.ones((len(left), len(REACHES) + 1))
        for k, share in enumerate(self.shares):
            alone = self.points.copy()
            alone[:, FIRST_REACH:] = 0.0
            alone[:, FIRST_REACH + k] = self.points[:, FIRST_REACH + k]
            ratios[:, k] = near_ratios(alone, 0.0, left, right) / share
        return ratios

    def distance_km(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Distance in km on the ellipsoid, shape (len(left),); nan where a side has no coordinates."""
        apart = ellipsoid_km(self.lat[left], self.lon[left], self.lat[right], self.lon[right])
        return np.where(self.located[left] & self.located[right], apart, np.nan)

    def shown_km(self, a: int, b: int) -> float | None:
        """Distance in km of rows a and b as it is shown; None where a side has no coordinates."""
        if not (self.located[a] and self.located[b]):
            return None
        return geodesic_km(float(self.lat[a]), float(self.lon[a]), float(self.lat[b]), float(self.lon[b]))

    def words_at(self, row: int) -> str:
        """The place of one row in words."""
        return self.words[row]

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
        return Detail(*words, _says(away, doubt), f"{away:.0f} km apart; {count_words(nearer, len(every))} this near")


@dataclass(frozen=True, eq=False)
class PlaceReadings(Readings[tuple[Spot, str]]):
    """Where each report lies, and its place in words."""

    @cached_property
    def places(self) -> Places:
        """The places as arrays."""
        return places_of([spot for spot, _ in self.rows])

    @cached_property
    def density(self) -> NDArray[np.float64]:
        """Reports per km^2 around each, among these."""
        return self.density_among(self)

    def density_among(self, counted: PlaceReadings) -> NDArray[np.float64]:
        """Reports of `counted` per km^2 around each row at every reach, shape (n, reaches); 0 where none is known."""
        around, places = Surroundings(counted.places), self.places
        found = np.zeros((len(self), len(REACHES)))
        for row in np.flatnonzero(places.located).tolist():
            found[row] = around.density(places.xyz[row], places.variance[row], places.names[row])
        return found


@dataclass(frozen=True)
class PlaceEvidence(Evidence):
    """Distance between incidents. Parameters: elsewhere (chance of independence) and for each reach how its share
    compares with those of the others."""

    def readings(self, reports: Sequence[Report]) -> PlaceReadings:
        """The place of each report."""
        return PlaceReadings(tuple((spot_of(report), place_words(report)) for report in reports))

    def fit_readings(
        self, read: Readings[Any], parameters: Parameters, base: Readings[Any] | None = None
    ) -> PlaceColumn:
        """Encode coordinates and estimate how densely reports lie around each."""
        assert isinstance(read, PlaceReadings)
        counted = read if base is None else base
        assert isinstance(counted, PlaceReadings)
        places, density = read.places, read.density if counted is read else read.density_among(counted)
        shares, elsewhere = shares_of(parameters, self.name)
        points = np.zeros((len(read), POINT), dtype=np.float32)
        for row in np.flatnonzero(places.located).tolist():
            points[row] = _point(places.xyz[row], places.variance[row], np.sqrt(shares / density[row]))
        words = [words for _, words in read.rows]
        return PlaceColumn(points, places.lat, places.lon, words, places.radius_km, shares, elsewhere)

    def newcomers(self, fitted: Fitted) -> Encode:
        """Lay its place beside every other, and count it among the reports that lie around those."""
        column = fitted.column
        assert isinstance(column, PlaceColumn)
        around = Surroundings(self.readings(fitted.reports).places)

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report; None where its place has no coordinates."""
            places = places_of([spot_of(report)])
            if not places.located[0]:
                return None
            density = around.density(places.xyz[0], places.variance[0])
            point = _point(places.xyz[0], places.variance[0], np.sqrt(column.shares / density))
            rows = around.with_one_more(column.points, column.shares, point)
            found = near_one(point, rows, column.elsewhere)
            apart, radius = squared_from(point, column.points, LOCATED), float(places.radius_km[0])

            def says(row: int) -> str:
                """Whether the place of a row is near."""
                return _says(float(np.sqrt(apart[row])), radius + float(column.radius_km[row]))

            return Newcomer(column.n, ByRow(found), place_words(report), says, apart=apart)

        return encode


def _says(away: float, doubt: float) -> str:
    return "agrees" if away <= max(2.0, doubt) else "close" if away <= 25.0 + doubt else "differs"


def shares_of(parameters: Parameters, name: str = "place") -> tuple[NDArray[np.float64], float]:
    """Shares of the distances at each reach, (reaches,), and elsewhere, of the evidence `name`; they add up to 1."""
    own, elsewhere = parameters.values[name], parameters.get(name, ELSEWHERE)
    found = np.array([own[reach_of(km)].value for km in REACHES])
    return (1.0 - elsewhere) * found / found.sum(), elsewhere


def reach_of(km: float) -> str:
    """The parameter that holds the share of a reach."""
    return f"reach {km:g} km"


def _point(xyz: NDArray[np.float32], variance: np.float32, reach: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.concatenate([xyz, [variance, 1.0], reach]).astype(np.float32)


def place_words(report: Report) -> str:
    """The place as an analyst reads it, with its uncertainty."""
    place = report.place
    name = place.text or place.postcode or place.town
    if name is None and place.lat is None:
        return "not known"
    doubt = f" (±{place.radius_m / 1000:.1f} km)" if place.radius_m else ""
    return f"{name or f'{place.lat:.3f}, {place.lon:.3f}'}{doubt}"
