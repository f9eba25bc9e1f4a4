"""Where a person strikes: kinds of mover on the roads, who go back to places where they were before."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from benchmarks.otherworld.constants import between, constants, pick
from benchmarks.otherworld.roads import Ground, Point, along, scattered, towns, within
from linkage.geography import distance_km


@dataclass(frozen=True)
class Stop:
    """A place of an incident: the town (row of `towns()`), the point, and the kind of spot it is at."""

    town: int
    point: Point
    spot: str


@dataclass
class Mover:
    """One person's way of moving, and where it has led so far. `reach` are the towns that come into question."""

    kind: str
    home: int
    reach: list[int]
    anchor: Point
    now: int
    stops: list[Stop] = field(default_factory=list)

    @classmethod
    def of(cls, rng: Random, ground: Ground, home: int | None = None) -> Mover:
        """A mover of any kind, who lives anywhere or in the town given."""
        kind = pick(rng, constants("movers")["kinds"])
        lives = ground.town(rng) if home is None else home
        place = towns()[lives]
        near = rng.choice(ground.spots(lives, "kerb"))
        anchor = scattered(rng, near, [0.0, constants("movers")["walk_km"] / 2])
        return cls(
            kind, lives, _reach(rng, kind, lives), anchor if kind == "walker" else (place.lat, place.lon), lives
        )

    def next(self, rng: Random, ground: Ground, spot: str) -> Stop:
        """The next place: one of the earlier ones again, or another."""
        how = constants("movers")
        earlier = [stop for stop in self.stops if stop.spot == spot]
        if earlier and rng.random() < how["returning"][self.kind]:
            again = rng.choice(earlier)
            stop = Stop(again.town, scattered(rng, again.point, how["return_scatter_km"]), spot)
        else:
            stop = self._another(rng, ground, spot)
        self.now = stop.town
        self.stops.append(stop)
        return stop

    def _another(self, rng: Random, ground: Ground, spot: str) -> Stop:
        town = self._town(rng, ground)
        spots = ground.spots(town, "indoor" if spot == "flat" else spot)
        if self.kind == "walker":
            walk = constants("movers")["walk_km"]
            reached = [point for point in spots if distance_km(*self.anchor, *point) <= walk]
            point = rng.choice(reached) if reached else scattered(rng, self.anchor, [0.1, walk])
        else:
            point = rng.choices(spots, [1 / (row + 1) for row in range(len(spots))])[0]
        spread = constants("roads")["flat_spread_km"] if spot == "flat" else constants("movers")["return_scatter_km"]
        return Stop(town, scattered(rng, point, spread), spot)

    def _town(self, rng: Random, ground: Ground) -> int:
        how = constants("movers")
        if self.kind == "two_places":
            other = self.reach[1] if self.now == self.reach[0] else self.reach[0]
            return other if rng.random() < how["second_place_switch"] else self.now
        if self.kind == "itinerant":
            ways = within(self.now, *how["hop_km"]) if rng.random() < how["hop"] else []
            return ground.town(rng, ways) if ways else self.now
        return ground.town(rng, self.reach, self.home)


def _reach(rng: Random, kind: str, home: int) -> list[int]:
    how = constants("movers")
    if kind == "roamer":
        return within(home, 0.0, between(rng, how["roam_km"]))
    if kind == "corridor":
        ends = within(home, *how["corridor_km"])
        return along(home, rng.choice(ends)) if ends else [home]
    if kind == "two_places":
        return [home, rng.choice(within(home, *how["second_place_km"]) or [home])]
    return [home]
