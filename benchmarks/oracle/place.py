"""Place: the person's towns, his anchor in each, and the shared hot areas and which of them he likes best.

Towns, hot areas and favourites are summed over; anchors are integrated by importance sampling, drawn round what the
rows tell (all draws serve all rows). Left out: that places at sea are moved ashore, but for how hot areas are named;
of several reports on one incident the most exact place counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linkage.synthetic.behaviour import sector_names
from linkage.synthetic.geography import Geography

from .observed import Seen
from .regions import Names, Place, flat, round_earth
from .roaming import Bases, bases, from_anchors

Array = NDArray[np.float64]

ANCHORS = 64
"""Anchors drawn round each row."""

LAID = (48, 16)
"""Points for a named place at most: where the name is right, and where it is a neighbour's."""

SCATTERED = 64
"""Incidents laid round each hot area, to see how they are named."""

AT_ONCE = 4096


@dataclass(frozen=True)
class Laid:
    """Points (n, 2), km, and their weight (n,), cut by row: row r has those from edges[r] to edges[r + 1]."""

    points: Array
    weight: Array
    edges: NDArray[np.int64]


def matrix(seen: Seen, seed: int = 0) -> Array:
    """Likelihood ratio of every two rows, shape (rows, rows), given the sectors of both incidents; 1 where a place
    is not told."""
    return Ground(seen, seed).ratios()


class Ground:
    """Everything about the places of one world that the ratios need."""

    def __init__(self, seen: Seen, seed: int) -> None:
        self.seen, self.params = seen, seen.made.params
        self.rng = np.random.default_rng(seed)
        self.geography = Geography(self.params, seen.made.seed)
        self.names = Names(self.geography, seed)
        self.places = [_most_exact([Place.of(account) for account in row]) for row in seen.rows]
        self.bases = bases(self.geography, self.params, seed)
        sectors = sector_names(self.params)
        self.hot = np.array([self.params["sector"][sectors[one]]["hot"] for one in seen.sector])

    def ratios(self) -> Array:
        """As `matrix`."""
        favourite, by_town, centres = self._hot_areas()
        anchored, together = self._anchored()
        towns = len(self.geography.towns)
        at_hot = favourite @ by_town
        base = self.hot[:, None] * np.tile(at_hot, (1, 2)) + (1 - self.hot[:, None]) * anchored
        both = base @ self.bases.twice @ base.T
        twice = np.diag(self.bases.twice)
        in_town = twice[:towns] + twice[towns:]
        alike = self.seen.sector[:, None] == self.seen.sector[None, :]
        loyal = self.params["mobility"]["hot_favourite"] ** 2
        liked = favourite * (in_town[centres] * by_town[np.arange(len(centres)), centres])
        both += alike * loyal * np.outer(self.hot, self.hot) * (liked @ favourite.T - (at_hot * in_town) @ at_hot.T)
        rest = 1 - self.hot
        both += np.outer(rest, rest) * (together - (anchored * twice) @ anchored.T)
        alone = base @ self.bases.once
        known = np.array([place is not None for place in self.places]) & (alone > 0)
        ratio = np.divide(both, np.outer(alone, alone), out=np.ones_like(both), where=np.outer(known, known))
        return np.maximum(ratio, 1e-6)

    def _hot_areas(self) -> tuple[Array, Array, NDArray[np.int64]]:
        """Likelihood of what each row tells by each hot area (rows, areas), 0 for those of other sectors; the share
        of each area in its town and sector (areas, towns); and its town (areas,)."""
        sectors = sector_names(self.params)
        found: list[Array] = []
        town_of, share = [], []
        for town in range(len(self.geography.towns)):
            for index, sector in enumerate(sectors):
                centres = self.geography.hot_areas(town, sector)
                town_of += [town] * len(centres)
                share += [1 / len(centres)] * len(centres)
                found.append(np.array([(lat, lon, index) for lat, lon in centres]))
        areas = np.concatenate(found)
        by_town = np.zeros((len(areas), len(self.geography.towns)))
        by_town[np.arange(len(areas)), town_of] = share
        likely = self._named(areas) * (areas[None, :, 2] == self.seen.sector[:, None])
        return likely, by_town, np.array(town_of)

    def _named(self, areas: Array) -> Array:
        """Likelihood of what each row tells of an incident round each hot area (rows, areas)."""
        scatter, off = self.params["mobility"]["hot_scatter_km"], self.params["place"]["wrong_km"]
        wrong = self.params["place"]["wrong"]
        centres = flat(areas[:, :2])
        laid = np.repeat(centres, SCATTERED, axis=0)
        laid = laid + self.rng.normal(0, scatter, laid.shape)
        at = self.geography.on_land(round_earth(laid))
        beside = self.geography.on_land(round_earth(flat(at) + self.rng.normal(0, off, laid.shape)))
        told_at = [self.names.at(points) for points in (at, beside)]
        found = np.zeros((len(self.places), len(areas)))
        seen: dict[Place, Array] = {}
        for row, place in enumerate(self.places):
            if place is None:
                continue
            if place.exact is not None:
                squared = ((centres - np.array(place.exact)) ** 2).sum(axis=1)
                found[row] = np.exp(-0.5 * squared / scatter**2) / (2 * np.pi * scatter**2)
                continue
            if place not in seen:
                parts = [self.names.chance(*where, place) for where in told_at]
                told = (1 - wrong) * parts[0] + wrong * parts[1]
                seen[place] = told.reshape(len(areas), SCATTERED).mean(axis=1)
            found[row] = seen[place]
        return found

    def _anchored(self) -> tuple[Array, Array]:
        """Likelihood of each row by a base's anchor (rows, bases), and of every two rows by one and the same anchor
        (rows, rows), weighed by how likely two incidents of one person share it."""
        laid = self._lay()
        anchors = self._draw(laid)
        settings = self.params["mobility"]
        offset = (settings["offset_median_km"], settings["offset_sigma"], settings["offset_max_km"])
        likely = from_anchors(laid.points, laid.weight, laid.edges, anchors, *offset)
        whole = np.add.reduceat(np.append(laid.weight, 0.0), laid.edges[:-1]) * (np.diff(laid.edges) > 0)
        drawn = np.where(whole > 0, 1 / np.maximum(whole, 1e-12), 0.0) @ likely / max(1, (whole > 0).sum())
        one = np.zeros((len(self.places), len(self.bases.once)))
        two = np.zeros((len(self.places), len(self.places)))
        for start in range(0, len(anchors), AT_ONCE):
            at = slice(start, start + AT_ONCE)
            near = _normal(anchors[at], self.bases) / (np.maximum(drawn[at], 1e-30)[:, None] * len(anchors))
            part = likely[:, at].astype(np.float64)
            one += part @ near
            two += (part * (near @ np.diag(self.bases.twice))) @ part.T
        return one, two

    def _lay(self) -> Laid:
        """Points where each row's incident may have been."""
        wrong, off = self.params["place"]["wrong"], self.params["place"]["wrong_km"]
        points, weight, edges = [np.empty((0, 2))], [np.empty(0)], [0]
        for place in self.places:
            if place is not None and place.exact is not None:
                points.append(np.array([place.exact]))
                weight.append(np.ones(1))
            elif place is not None:
                at, of = self.names.points(place)
                for count, share, sd in ((LAID[0], 1 - wrong, 0.0), (LAID[1], wrong, off)):
                    if len(at):
                        chosen = _spread(self.rng, of, count)
                        points.append(at[chosen] + self.rng.normal(0, 1, (count, 2)) * sd)
                        weight.append(np.full(count, share * of.sum() / count))
            edges.append(sum(map(len, weight)))
        return Laid(np.concatenate(points), np.concatenate(weight), np.array(edges, dtype=np.int64))

    def _draw(self, laid: Laid) -> Array:
        """Anchors (n, 2), km, drawn from the mixture of where each row's anchor may be."""
        settings = self.params["mobility"]
        drawn = []
        for low, high in zip(laid.edges[:-1], laid.edges[1:], strict=True):
            if low == high:
                continue
            at = laid.points[low + _spread(self.rng, laid.weight[low:high], ANCHORS)]
            far = settings["offset_median_km"] * self.rng.lognormal(0, settings["offset_sigma"], ANCHORS)
            edge = settings["offset_max_km"] * np.sqrt(0.81 + 0.19 * self.rng.random(ANCHORS))
            far = np.where(far > settings["offset_max_km"], edge, far)
            angle = self.rng.random(ANCHORS) * 2 * np.pi
            drawn.append(at + far[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]))
        return np.concatenate(drawn) if drawn else np.empty((0, 2))


def _most_exact(places: list[Place | None]) -> Place | None:
    known = [place for place in places if place is not None]
    return min(known, key=lambda place: (place.exact is None, -len(place.name), not place.postcode), default=None)


def _spread(rng: np.random.Generator, weight: Array, count: int) -> NDArray[np.int64]:
    """`count` places in proportion to their weight, evenly spread (systematic sampling)."""
    steps = np.cumsum(weight) / weight.sum()
    found: NDArray[np.int64] = np.searchsorted(steps, (np.arange(count) + rng.random()) / count)
    return np.minimum(found, len(weight) - 1)


def _normal(points: Array, to: Bases) -> Array:
    """Density of anchors of each base at points, (points, bases)."""
    squared = (points**2).sum(1)[:, None] + (to.centre**2).sum(1) - 2 * points @ to.centre.T
    found: Array = np.exp(-0.5 * squared / to.spread**2) / (2 * np.pi * to.spread**2)
    return found
