"""Where things happen: towns by population, shared hot areas, homes, hunting grounds and corridors."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from linkage.synthetic.parameters import Parameters, Wheel, pick, stream
from linkage.synthetic.places import Town, areas, districts, towns

Point = tuple[float, float]
_KM = 111.195  # kilometres in a degree of a great circle, sphere of radius 6371.009 km


def moved(rng: random.Random, point: Point, sd_km: float) -> Point:
    """`point` (lat, lon) shifted by a normal of `sd_km` in each direction."""
    return shifted(point, rng.gauss(0, sd_km), rng.gauss(0, sd_km))


def shifted(point: Point, north_km: float, east_km: float) -> Point:
    """`point` moved by kilometres; good enough for tens of kilometres."""
    lat = point[0] + north_km / _KM
    return lat, point[1] + east_km / (_KM * math.cos(math.radians(point[0])))


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance (haversine)."""
    lat1, lat2 = math.radians(a[0]), math.radians(b[0])
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * 6371.009 * math.asin(math.sqrt(half))


class _Nearest:
    """Nearest of a list of points."""

    def __init__(self, points: list[Point]) -> None:
        self.points = np.array(points)
        self.tree = cKDTree(_flat(self.points))

    def __call__(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Distances in km and places in the list, for points x (lat, lon)."""
        distance, index = self.tree.query(_flat(points))
        return np.asarray(distance, dtype=np.float64), np.asarray(index, dtype=np.int64)


@dataclass(slots=True)
class Spot:
    """Names round a place, for telling it, and where those names lie (lat, lon)."""

    town: str
    area: str | None
    postcode: str
    town_point: Point
    area_point: Point


class Geography:
    """The map of one world. Its hot areas come from the seed and are shared by everybody."""

    def __init__(self, params: Parameters, seed: int) -> None:
        self.params = params
        self.towns: tuple[Town, ...] = towns(params["world"]["home_town_people"])
        self.by_name = {town.name: index for index, town in reversed(list(enumerate(self.towns)))}
        self.nearest_town = _Nearest([town.point for town in self.towns])
        self.nearest_district = _Nearest([(district.lat, district.lon) for district in districts()])
        self.wheel = Wheel(list(enumerate(self._weights())))
        self.seed = seed
        self.hot: dict[tuple[int, str], list[Point]] = {}
        self.near: dict[int, list[tuple[float, int]]] = {}

    def draw_town(self, rng: random.Random) -> int:
        """A town: regions by their share of reports, towns within a region by population."""
        return self.wheel.draw(rng)

    def spread_km(self, town: int) -> float:
        """SD of where people of this town live, round its centre."""
        settings = self.params["mobility"]
        low, high = settings["anchor_scale"]
        scale = math.sqrt(self.towns[town].population / settings["anchor_town"])
        return float(settings["anchor_sd_km"] * min(max(scale, low), high))

    def hot_areas(self, town: int, sector: str) -> list[Point]:
        """The shared hot areas of a town for one sector, drawn when first asked for."""
        if (town, sector) not in self.hot:
            rng = stream(self.seed, "hot", self.towns[town].name, sector)
            settings = self.params["mobility"]
            count = max(1, round(self.towns[town].population / 1e6 * settings["hot_per_million"]))
            spread = self.spread_km(town) * settings["hot_spread"]
            self.hot[town, sector] = [moved(rng, self.towns[town].point, spread) for _ in range(count)]
        return self.hot[town, sector]

    def ranging(self, rng: random.Random, mode: str, home: int) -> Ranging:
        """How one offender moves about."""
        anchor = moved(rng, self.towns[home].point, self.spread_km(home))
        if mode == "commuter":
            home = self._commute(rng, home)
            anchor = moved(rng, self.towns[home].point, self.spread_km(home) / 2)
        away = self._away(rng, home) if mode == "traveller" else []
        return Ranging(self, home, anchor, away)

    def neighbours(self, town: int) -> list[tuple[float, int]]:
        """Other towns by distance in km."""
        if town not in self.near:
            here = self.towns[town].point
            ranked = [
                (distance_km(here, other.point), index) for index, other in enumerate(self.towns) if index != town
            ]
            self.near[town] = sorted(ranked)
        return self.near[town]

    def on_land(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points in the sea or on a moor, `land_km` or more from any postcode, brought to within half of that."""
        reach: float = self.params["mobility"]["land_km"]
        distance, index = self.nearest_district(points)
        targets = self.nearest_district.points[index]
        pull = np.where(distance > reach, 1 - reach / 2 / np.maximum(distance, reach), 0.0)[:, None]
        landed: NDArray[np.float64] = points + (targets - points) * pull
        return landed

    def spots(self, points: NDArray[np.float64]) -> list[Spot]:
        """Names round each point: postcode district, a well-known area in it where there is one, and the town."""
        _, district = self.nearest_district(points)
        _, town = self.nearest_town(points)
        rng = stream(self.seed, "spots")
        found = []
        for row in range(len(points)):
            at = districts()[district[row]]
            near = self.towns[town[row]]
            known = areas().get(at.code)
            area, name = pick(rng, list(known)) if known else (None, near.name)
            centre = self.towns[self.by_name[name]].point if name in self.by_name else near.point
            found.append(Spot(name, area, at.code, centre, (at.lat, at.lon) if area else centre))
        return found

    def _weights(self) -> list[float]:
        """A share of the reports for each town."""
        shares: dict[str, float] = self.params["region_share"]
        rest = max(0.0, 1 - sum(shares.values()))
        pull = [town.population ** self.params["mobility"]["town_power"] for town in self.towns]
        regions = [town.region if town.region in shares else "" for town in self.towns]
        whole = {region: sum(p for p, r in zip(pull, regions, strict=True) if r == region) for region in set(regions)}
        return [shares.get(r, rest) * p / whole[r] for p, r in zip(pull, regions, strict=True)]

    def _commute(self, rng: random.Random, home: int) -> int:
        low, high = self.params["mobility"]["commute_km"]
        within = [index for km, index in self.neighbours(home) if low <= km <= high]
        if not within:
            return self.neighbours(home)[0][1]
        return Wheel([(index, self.towns[index].population) for index in within]).draw(rng)

    def _away(self, rng: random.Random, home: int) -> list[int]:
        """Stops along a corridor through his town, or through the nearest town on one."""
        roads = [[self.by_name[name] for name in road if name in self.by_name] for road in _roads(self.params)]
        on_road = {town for road in roads for town in road}
        start = home if home in on_road else next(i for _, i in self.neighbours(home) if i in on_road)
        road = pick(rng, [road for road in roads if start in road])
        reach = self.params["mobility"]["corridor_reach"]
        at = road.index(start)
        stops = [town for town in road[max(0, at - reach) : at + reach + 1] if town != home]
        while len(stops) > self.params["mobility"]["corridor_stops"]:
            stops.remove(pick(rng, stops))
        return stops


class Ranging:
    """One offender's places: his anchor, his favourite hot areas and, for a traveller, his stops."""

    def __init__(self, geography: Geography, home: int, anchor: Point, away: list[int]) -> None:
        self.geography = geography
        self.home = home
        self.anchors = {home: anchor}
        self.away = away
        self.favourites: dict[tuple[int, str], Point] = {}

    def go(self, rng: random.Random, sector: str, hot: float) -> tuple[int, Point]:
        """Town and place of the next incident; `hot` is the share of incidents in shared hot areas."""
        settings = self.geography.params["mobility"]
        town = pick(rng, self.away) if self.away and rng.random() < settings["away_share"] else self.home
        if rng.random() < hot:
            return town, moved(rng, self._hot(rng, town, sector), settings["hot_scatter_km"])
        if town not in self.anchors:
            self.anchors[town] = moved(rng, self.geography.towns[town].point, self.geography.spread_km(town) / 2)
        far = min(
            settings["offset_median_km"] * rng.lognormvariate(0, settings["offset_sigma"]), settings["offset_max_km"]
        )
        bearing = rng.random() * 2 * math.pi
        return town, shifted(self.anchors[town], far * math.cos(bearing), far * math.sin(bearing))

    def _hot(self, rng: random.Random, town: int, sector: str) -> Point:
        areas = self.geography.hot_areas(town, sector)
        favourite = self.favourites.setdefault((town, sector), pick(rng, areas))
        return favourite if rng.random() < self.geography.params["mobility"]["hot_favourite"] else pick(rng, areas)


def _roads(params: Parameters) -> list[list[str]]:
    roads: list[list[str]] = params["mobility"]["corridors"]
    return roads


def _flat(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Latitude and longitude as kilometres on a plane that is true at 53 degrees north (middle of England)."""
    return np.column_stack([points[:, 0] * _KM, points[:, 1] * _KM * math.cos(math.radians(53.0))])
