"""Pure pair measures on numbers, used by the columns and the pair kernel alike: both give the same millibans."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from linkage.geography import EARTH_RADIUS_KM

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
def near_millibans(squared: float, variance: float, log_density: float, elsewhere: float) -> int:
    """Weight of two places `squared` km^2 apart, in millibans.

    `variance` (km^2) is the squared scale of the local kernel widened by both uncertainties; `log_density` the sum
    of both places' natural log densities of reports (per km^2); `elsewhere` the chance that the second incident of
    one person is placed independently of the first. The kernel is a two-dimensional Cauchy (Student t with one
    degree of freedom): density 1/(2 pi v) (1 + d^2/v)^(-3/2), median distance sqrt(3 v).
    """
    kernel = (1.0 + squared / variance) ** -1.5 / (6.283185307179586 * variance)
    ratio = elsewhere + (1.0 - elsewhere) * kernel * np.exp(-0.5 * log_density)
    return int(np.rint(1000.0 * min(max(np.log10(ratio), -30.0), 30.0)))


@njit(cache=True, inline="always")
def gap_level(gap: float) -> int:
    """Level of a gap in days on the logarithmic scale."""
    return min(GAP_LEVELS - 1, int(GAP_STEPS * np.log2(1.0 + gap)))


@njit(cache=True, inline="always")
def spread_level(spread: float) -> int:
    """Level of the summed half-widths, in days, of two date ranges."""
    for level in range(len(SPREAD_LIMITS)):
        if spread <= SPREAD_LIMITS[level]:
            return level
    return len(SPREAD_LIMITS)


@njit(cache=True)
def near_pairs(
    xyz: NDArray[np.float32],
    variance: NDArray[np.float32],
    log_density: NDArray[np.float32],
    settings: tuple[float, float],
    left: NDArray[np.intp],
    right: NDArray[np.intp],
) -> NDArray[np.int32]:
    """`near_millibans` for listed pairs; `settings` = (kernel variance km^2, chance of elsewhere)."""
    out = np.empty(len(left), dtype=np.int32)
    for k in range(len(left)):
        i, j = left[k], right[k]
        squared = squared_km(xyz[i, 0], xyz[i, 1], xyz[i, 2], xyz[j, 0], xyz[j, 1], xyz[j, 2])
        out[k] = near_millibans(
            squared, settings[0] + (variance[i] + variance[j]), log_density[i] + log_density[j], settings[1]
        )
    return out


@njit(cache=True)
def near_one(  # type: ignore[no-untyped-def]
    one, xyz, variance, log_density, located, settings
) -> NDArray[np.int32]:
    """`near_millibans` of one place = (point, variance, log density) with every row, 0 where it is not located."""
    point, own_variance, own_density = one
    out = np.zeros(len(located), dtype=np.int32)
    for j in range(len(located)):
        if located[j]:
            squared = squared_km(point[0], point[1], point[2], xyz[j, 0], xyz[j, 1], xyz[j, 2])
            out[j] = near_millibans(
                squared, settings[0] + (own_variance + variance[j]), own_density + log_density[j], settings[1]
            )
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
