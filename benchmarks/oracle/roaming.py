"""Where one person's incidents may lie: the towns he is based in, and how likely two of his incidents share one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from linkage.synthetic.geography import Geography, Ranging
from linkage.synthetic.parameters import Parameters, stream

from .regions import flat

Array = NDArray[np.float64]

PEOPLE = 8000
"""People drawn for each way of moving, home towns by their weight, but for each town at least `LEAST`."""

LEAST = 6


@dataclass(frozen=True)
class Bases:
    """Bases are towns, each once as a home (bases 0 to towns - 1) and once as a town hunted in from outside.

    `once` (bases,) is the chance of one incident's base, `twice` (bases, bases) that of two of one person's;
    `centre` (bases, 2) in km and `spread` (bases,) in km are where the anchor lies round the town.
    """

    once: Array
    twice: Array
    centre: Array
    spread: Array


def bases(geography: Geography, params: Parameters, seed: int) -> Bases:
    """From people drawn by the generator's own functions, `PEOPLE` for each way of moving."""
    towns = len(geography.towns)
    steps = np.array(geography.wheel.steps)
    weight = dict(zip(geography.wheel.values, np.diff(steps, prepend=0.0) / steps[-1], strict=True))
    modes: dict[str, float] = params["mobility"]["modes"]
    once, twice = np.zeros(2 * towns), np.zeros((2 * towns, 2 * towns))
    for mode, share in modes.items():
        for home, likely in weight.items():
            rng = stream(seed, "oracle", mode, home)
            people = max(LEAST, round(PEOPLE * likely)) if mode != "marauder" else 1
            part = likely * share / sum(modes.values()) / people
            for _ in range(people):
                places = _person(geography, params, mode, geography.ranging(rng, mode, home))
                at, chance = np.array(list(places)), np.array(list(places.values()))
                once[at] += part * chance
                twice[np.ix_(at, at)] += part * np.outer(chance, chance)
    spread = np.array([geography.spread_km(town) for town in range(towns)])
    centre = flat(np.array([town.point for town in geography.towns]))
    return Bases(once, twice, np.tile(centre, (2, 1)), np.concatenate([spread, spread / 2]))


def _person(geography: Geography, params: Parameters, mode: str, ranging: Ranging) -> dict[int, float]:
    """Chance of each base at one of his incidents."""
    towns = len(geography.towns)
    home, away = ranging.home, ranging.away
    leaves = params["mobility"]["away_share"] if away else 0.0
    found = {home + (towns if mode == "commuter" else 0): 1 - leaves}
    for town in away:
        found[town + towns] = found.get(town + towns, 0.0) + leaves / len(away)
    return found


@njit(cache=True)
def offset_density(squared, median, sigma, most):  # type: ignore[no-untyped-def]
    """Density per square km of an incident at a distance from its anchor; `squared` in km^2.

    Offsets over `most` stand at `most` exactly; here they are spread over the last tenth before it.
    """
    far = np.sqrt(squared)
    if far > most or far < 1e-6:
        return 0.0
    z = np.log(far / median) / sigma
    found = np.exp(-0.5 * z * z) / (far * sigma * np.sqrt(2 * np.pi)) / (2 * np.pi * far)
    if far > 0.9 * most:
        beyond = 0.5 * (1 - _erf(np.log(most / median) / sigma / np.sqrt(2.0)))
        found += beyond / (np.pi * most * most * (1 - 0.81))
    return found


@njit(cache=True)
def _erf(x):  # type: ignore[no-untyped-def]
    """Abramowitz and Stegun 7.1.26 for x >= 0; error under 2e-7."""
    t = 1 / (1 + 0.3275911 * x)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return 1 - poly * np.exp(-x * x)


@njit(cache=True)
def from_anchors(points, weight, edges, anchors, median, sigma, most):  # type: ignore[no-untyped-def]
    """Likelihood of what each row tells of its place by each anchor (rows, anchors), when nothing else draws him.

    Row r may be at `points[edges[r]:edges[r + 1]]` with their `weight`.
    """
    rows = len(edges) - 1
    found = np.zeros((rows, len(anchors)), dtype=np.float32)
    for row in range(rows):
        low, high = edges[row], edges[row + 1]
        if low == high:
            continue
        north, east, reach = 0.0, 0.0, 0.0
        for j in range(low, high):
            north += points[j, 0] / (high - low)
            east += points[j, 1] / (high - low)
        for j in range(low, high):
            reach = max(reach, np.hypot(points[j, 0] - north, points[j, 1] - east))
        for k in range(len(anchors)):
            if (anchors[k, 0] - north) ** 2 + (anchors[k, 1] - east) ** 2 > (most + reach) ** 2:
                continue
            whole = 0.0
            for j in range(low, high):
                squared = (anchors[k, 0] - points[j, 0]) ** 2 + (anchors[k, 1] - points[j, 1]) ** 2
                whole += weight[j] * offset_density(squared, median, sigma, most)
            found[row, k] = whole
    return found
