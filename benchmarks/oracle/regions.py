"""Where a told place may be: the point itself, or all places that the generator gives the same name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from linkage.synthetic.geography import Geography
from linkage.synthetic.places import areas, districts

from .observed import Account

Array = NDArray[np.float64]
KM = 111.195
NARROW = float(np.cos(np.radians(53.0)))
"""The plane of `geography._flat`, true at 53 degrees north."""

NODES = 24
"""Points laid into each postcode district."""

TRIED = 200
"""Points laid round each district's centre, of which those in its cell count."""

REACH_KM = 12.0
"""How far from its centre a district is taken to reach at most; beyond lies sea or moor."""


def flat(points: Array) -> Array:
    """Latitude and longitude (n, 2) as kilometres on a plane (n, 2)."""
    return np.column_stack([points[:, 0] * KM, points[:, 1] * KM * NARROW])


def round_earth(points: Array) -> Array:
    """The reverse of `flat`."""
    return np.column_stack([points[:, 0] / KM, points[:, 1] / KM / NARROW])


@dataclass(frozen=True)
class Place:
    """A place as told: `exact` (km north, km east), or a name in `precision` "town" or finer, perhaps with the
    postcode district."""

    exact: tuple[float, float] | None
    name: tuple[str, ...]
    postcode: str

    @classmethod
    def of(cls, account: Account) -> Place | None:
        """The place that a report tells, None where it tells none."""
        row = account.row
        if not row["in_place"]:
            return None
        if row["precision"] == "exact":
            north, east = flat(np.array([[row["told_lat"], row["told_lon"]]], dtype=float))[0]
            return cls((float(north), float(east)), (), "")
        parts = row["told_place"].split(", ")
        local = parts[1:] if row["precision"] == "street" else parts
        name = (local[0],) if row["precision"] == "town" else (local[0] if len(local) > 1 else "", local[-1])
        return cls(None, name, account.written.get("place", {}).get("postcode", ""))


class Names:
    """Which names the generator may give a point, and points for every name."""

    def __init__(self, geography: Geography, seed: int) -> None:
        self.geography = geography
        self.rng = np.random.default_rng(seed)
        self.codes = [district.code for district in districts()]
        self.known = [areas().get(code, ()) for code in self.codes]
        self.where: dict[tuple[str, ...], list[int]] = {}
        for code, known in enumerate(self.known):
            for name in known:
                self.where.setdefault(name, []).append(code)
        self.towns = [town.name for town in geography.towns]
        self._lay()

    def at(self, points: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """District and town (n,) of points (n, 2), degrees."""
        return self.geography.nearest_district(points)[1], self.geography.nearest_town(points)[1]

    def chance(self, district: NDArray[np.int64], town: NDArray[np.int64], place: Place) -> Array:
        """Chance that points in a district, nearest to a town, are told by this name (n,)."""
        by_district = np.zeros(len(self.codes))
        for name, codes in self.where.items():
            if (name[1:] if len(place.name) == 1 else name) == place.name:
                for code in codes:
                    by_district[code] += 1 / len(self.known[code])
        fits = np.zeros(len(self.codes), dtype=np.bool_)
        fits[:] = not place.postcode
        if place.postcode:
            fits[self.codes.index(place.postcode)] = True
        found: Array = (by_district * fits)[district]
        if place.name[0] in ("", place.name[-1]) and place.name[-1] in self.towns:
            unnamed = fits & np.array([not known for known in self.known])
            called = np.array([name == place.name[-1] for name in self.towns])
            found += unnamed[district] & called[town]
        return found

    def points(self, place: Place) -> tuple[Array, Array]:
        """Points (n, 2), km, where a told place may be, and the weight of each (n,): square kilometres times the
        chance of the name."""
        weight = self.area * self.chance(self.district, self.town, place)
        kept = weight > 0
        return self.laid[kept], weight[kept]

    def _lay(self) -> None:
        """Points evenly in the cell of each postcode district, and the square kilometres that each stands for."""
        centres = flat(np.array([(district.lat, district.lon) for district in districts()]))
        tree = cKDTree(centres)
        around = np.asarray(tree.query(centres, k=7)[0])
        near = np.clip(2.0 * around[:, -1], 1.0, REACH_KM)
        laid, area, cell = [], [], []
        for index, (centre, reach) in enumerate(zip(centres, near, strict=True)):
            tried = centre + reach * np.sqrt(self.rng.random((TRIED, 1))) * _direction(self.rng, TRIED)
            inside = tried[tree.query(tried)[1] == index]
            size = np.pi * reach**2 * len(inside) / TRIED
            chosen = inside[:NODES] if len(inside) else centre[None, :]
            laid.append(chosen)
            area.append(np.full(len(chosen), max(size, 1e-3) / len(chosen)))
            cell.append(np.full(len(chosen), index))
        self.laid, self.area = np.concatenate(laid), np.concatenate(area)
        self.district = np.concatenate(cell)
        self.town = self.geography.nearest_town(round_earth(self.laid))[1]


def _direction(rng: np.random.Generator, count: int) -> Array:
    angle = rng.random(count) * 2 * np.pi
    return np.column_stack([np.cos(angle), np.sin(angle)])
