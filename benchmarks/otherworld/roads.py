"""Towns of the gazetteer joined by roads: each to its nearest ones, and all of them to each other somehow."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree
from scipy.spatial import cKDTree

import linkage.vocabulary
from benchmarks.otherworld.constants import between, constants, stream
from linkage.geography import distance_km

PLACES = Path(linkage.vocabulary.__file__).parent / "data" / "places"
KM_PER_DEGREE = 111.2

Point = tuple[float, float]
"""WGS84 degrees, latitude first."""


@dataclass(frozen=True)
class Town:
    """A town or a part of a large one, by a name that only it has."""

    name: str
    lat: float
    lon: float
    population: int


@cache
def towns() -> tuple[Town, ...]:
    """Towns that roads join. Of two with one name the larger, since that is the one a name alone stands for."""
    how, found = constants("roads"), {}
    with (PLACES / "towns.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    wholes = {row["within"] for row in rows if int(row["population"] or 0) >= how["least_population"]}
    for row in sorted(rows, key=lambda row: -int(row["population"] or 0)):
        large = int(row["population"] or 0) >= how["least_population"]
        name = row["name"]
        clear = name not in found and name not in wholes and name not in how["unclear_names"]
        if large and clear and row["nation"] in how["nations"]:
            found[name] = Town(name, float(row["lat"]), float(row["lon"]), int(row["population"]))
    return tuple(found.values())


@cache
def roads() -> csr_matrix:
    """Kilometres by road between towns that a road joins (towns, towns), the same both ways."""
    how = constants("roads")
    lat, lon = (np.array([getattr(town, name) for town in towns()]) for name in ("lat", "lon"))
    straight = distance_km(lat[:, None], lon[:, None], lat, lon)
    joined = minimum_spanning_tree(straight).toarray() > 0
    nearest = np.argsort(straight, axis=1)[:, 1 : how["neighbours"] + 1]
    np.put_along_axis(joined, nearest, True, axis=1)
    return csr_matrix(np.where(joined | joined.T, straight * how["detour"], 0.0))


@cache
def from_town(town: int) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Kilometres by road to each town, and the town before it on the way there."""
    km, before = dijkstra(roads(), True, np.array(town), True)
    return km, before


def along(start: int, end: int) -> list[int]:
    """Towns on the shortest way, both ends among them."""
    way, before = [end], from_town(start)[1]
    while way[-1] != start:
        way.append(int(before[way[-1]]))
    return way[::-1]


def within(town: int, least: float, most: float) -> list[int]:
    """Towns whose road from this one is so long."""
    km = from_town(town)[0]
    return [int(row) for row in np.flatnonzero((km >= least) & (km <= most))]


def scattered(rng: Random, point: Point, ends: list[float]) -> Point:
    """A point so many kilometres off, in any direction."""
    km, angle = between(rng, ends), rng.uniform(0, 2 * math.pi)
    lat = point[0] + km * math.cos(angle) / KM_PER_DEGREE
    return lat, point[1] + km * math.sin(angle) / (KM_PER_DEGREE * math.cos(math.radians(point[0])))


@dataclass(frozen=True)
class Ground:
    """Where the trade of one world is: the weight of each town, and spots in it that everybody goes to."""

    seed: int
    weights: list[float]
    _spots: dict[tuple[int, str], list[Point]] = field(default_factory=dict)

    @classmethod
    def of(cls, seed: int) -> Ground:
        """A few towns see most of the trade; size says little beyond a ceiling."""
        how, rng = constants("roads"), stream(seed, "ground")
        size = [min(town.population, how["population_ceiling"]) / how["population_ceiling"] for town in towns()]
        trade = set(rng.choices(range(len(size)), size, k=how["trade_towns"]))
        return cls(seed, [part * (how["trade_weight"] if row in trade else 1.0) for row, part in enumerate(size)])

    def town(self, rng: Random, among: list[int] | None = None, home: int | None = None) -> int:
        """A town by its trade, of these or of all; one's own counts for more."""
        rows = list(range(len(self.weights))) if among is None else among
        extra = constants("movers")["home_weight"]
        return rng.choices(rows, [self.weights[row] * (extra if row == home else 1.0) for row in rows])[0]

    def spots(self, town: int, kind: str) -> list[Point]:
        """Streets of the trade (kerb), or its houses (indoor), the best known one first."""
        if (town, kind) not in self._spots:
            how, rng, place = constants("roads"), stream(self.seed, "spots", town, kind), towns()[town]
            number = how["spots_at_least"] + place.population // how["population_per_spot"]
            radius = how["town_radius_km"] * math.sqrt(place.population)
            self._spots[town, kind] = [
                scattered(rng, (place.lat, place.lon), [0.0, radius])
                for _ in range(min(number, how["spots_at_most"]))
            ]
        return self._spots[town, kind]


@cache
def _sectors() -> tuple[cKDTree, list[str]]:
    with (PLACES / "postcodes.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if " " in row["code"]]
    points = [(float(row["lat"]), float(row["lon"]) * math.cos(math.radians(float(row["lat"])))) for row in rows]
    return cKDTree(points), [row["code"] for row in rows]


def sector(point: Point) -> str:
    """The postcode sector whose middle is nearest."""
    tree, codes = _sectors()
    return codes[int(tree.query((point[0], point[1] * math.cos(math.radians(point[0]))))[1])]
