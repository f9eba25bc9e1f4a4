"""Pure pair measures on numbers, used by the columns and the pair kernel alike: both give the same millibans."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.compiled import njit
from linkage.geography import EARTH_RADIUS_KM

REACHES = (1.0, 4.0, 16.0, 64.0)
"""How far from each other two incidents of one person may lie: scales in km from a street to a region [G], each four
times the one before, so that a mixture of them follows any smooth curve of distances."""

POINT = 5 + len(REACHES)
"""Columns of a place: position (3), variance by uncertainty, whether located, and one for each reach."""

VARIANCE, LOCATED, FIRST_REACH = 3, 4, 5
"""Where in a place the variance stands, whether there is one, and where its reaches begin."""

TWO_PI = 6.283185307179586

GAP_STEPS = 6
"""Levels of gap for each doubling of days."""

GAP_LEVELS = 84
"""Gap levels: up to 2^14 days at six a doubling."""

SPREAD_LIMITS = (0.5, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 190.0)
"""Upper ends, in days, of the levels of date uncertainty (summed half-widths of two date ranges)."""


@njit(cache=True, inline="always")
def squared_km(ax: float, ay: float, az: float, bx: float, by: float, bz: float) -> float:
    """Squared chord in km^2 between two points given in km from the Earth's centre."""
    return (ax - bx) * (ax - bx) + (ay - by) * (ay - by) + (az - bz) * (az - bz)


@njit(cache=True, inline="always")
def reach_density(variance: Any, squared: Any) -> Any:
    """Density per km^2 of a two-dimensional Cauchy (Student t with one degree of freedom) of `variance` km^2 at the
    `squared` distance: 1/(2 pi v) (1 + d^2/v)^(-3/2), median distance sqrt(3 v)."""
    away = variance + squared
    return np.sqrt(variance) / (TWO_PI * away * np.sqrt(away))


@njit(cache=True, inline="always")
def near_ratio(point, points, j, elsewhere):  # type: ignore[no-untyped-def]
    """Likelihood ratio of two places and their squared distance in km^2, the second row `j` of `points`.

    Both are rows of `POINT` columns: position in km, variance by uncertainty in km^2, whether located, and for each
    reach the root of its share over the density of reports there (per km^2). A person's next incident is placed
    independently of this one with chance `elsewhere`, or around it at one of `REACHES` km, widened by both
    uncertainties.
    """
    squared = squared_km(point[0], point[1], point[2], points[j, 0], points[j, 1], points[j, 2])
    doubt = np.float64(point[VARIANCE]) + points[j, VARIANCE]
    ratio = elsewhere
    for k in range(len(REACHES)):
        density = reach_density(REACHES[k] * REACHES[k] + doubt, squared)
        ratio += np.float64(point[FIRST_REACH + k]) * points[j, FIRST_REACH + k] * density
    return ratio, squared


@njit(cache=True, inline="always")
def near_millibans(ratio: float) -> int:
    """Weight of a ratio of `near_ratio` in millibans."""
    return int(np.rint(1000.0 * min(max(np.log10(ratio), -30.0), 30.0)))


@njit(cache=True, inline="always")
def gap_level(gap: float) -> int:
    """Level of a gap in days on the logarithmic scale."""
    return min(GAP_LEVELS - 1, int(GAP_STEPS * np.log2(1.0 + gap)))


def gap_edges() -> NDArray[np.float32]:
    """The smallest gap in days of every level (GAP_LEVELS,), to the last bit."""
    found = np.empty(GAP_LEVELS, dtype=np.float32)
    for level in range(GAP_LEVELS):
        low, high = 0, 0x49800000  # of 0 and 2^20 days: floats from 0 on are in the order of their bits
        while low < high:
            middle = (low + high) // 2
            gap: Any = np.uint32(middle).view(np.float32)  # gaps are of single precision, and so are their levels
            reached = gap_level(gap) >= level
            low, high = (low, middle) if reached else (middle + 1, high)
        found[level] = np.uint32(low).view(np.float32)
    return found


@njit(cache=True, inline="always")
def spread_level(spread: float) -> int:
    """Level of the summed half-widths, in days, of two date ranges."""
    for level in range(len(SPREAD_LIMITS)):
        if spread <= SPREAD_LIMITS[level]:
            return level
    return len(SPREAD_LIMITS)


@njit(cache=True)
def near_pairs(
    points: NDArray[np.float32], elsewhere: float, left: NDArray[np.intp], right: NDArray[np.intp]
) -> NDArray[np.int32]:
    """Weights of listed pairs of places in millibans."""
    out = np.empty(len(left), dtype=np.int32)
    for k in range(len(left)):
        out[k] = near_millibans(near_ratio(points[left[k]], points, right[k], elsewhere)[0])
    return out


@njit(cache=True)
def near_ratios(
    points: NDArray[np.float32], elsewhere: float, left: NDArray[np.intp], right: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Likelihood ratios of listed pairs of places."""
    out = np.empty(len(left))
    for k in range(len(left)):
        out[k] = near_ratio(points[left[k]], points, right[k], elsewhere)[0]
    return out


@njit(cache=True)
def near_one(point: NDArray[np.float32], points: NDArray[np.float32], elsewhere: float) -> NDArray[np.int32]:
    """Weights of one place with every row in millibans, 0 where the row is not located."""
    out = np.zeros(len(points), dtype=np.int32)
    for j in range(len(points)):
        if points[j, LOCATED] > 0:
            out[j] = near_millibans(near_ratio(point, points, j, elsewhere)[0])
    return out


@njit(cache=True)
def gap_one(  # type: ignore[no-untyped-def]
    one, middle, half, dated, table
) -> NDArray[np.int32]:
    """Gap weight in millibans of one date = (middle, half) with every row, 0 where it has none."""
    out = np.zeros(len(dated), dtype=np.int32)
    for j in range(len(dated)):
        if dated[j]:
            out[j] = table[gap_level(abs(one[0] - middle[j])), spread_level(one[1] + half[j])]
    return out


@njit(cache=True)
def gap_pairs(
    middle: NDArray[np.float32],
    half: NDArray[np.float32],
    table: NDArray[np.int16],
    left: NDArray[np.intp],
    right: NDArray[np.intp],
) -> NDArray[np.int32]:
    """Gap weight in millibans for listed pairs; `table` has shape (gap levels, spread levels)."""
    out = np.empty(len(left), dtype=np.int32)
    for k in range(len(left)):
        i, j = left[k], right[k]
        out[k] = table[gap_level(abs(middle[i] - middle[j])), spread_level(half[i] + half[j])]
    return out


def unit_km(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float32]:
    """Points in km from the Earth's centre, shape (n, 3), from WGS84 degrees taken as a sphere."""
    phi, lam = np.radians(lat), np.radians(lon)
    columns = (np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi))
    return (EARTH_RADIUS_KM * np.stack(columns, axis=1)).astype(np.float32)
