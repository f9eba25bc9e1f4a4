"""What the other reports add to a pair: the second part of its sum, from the strength of the pair alone to the final
log odds.

The reports nearest to the pair are judged together with it exactly: every partition of them is weighed as the
sampler weighs it (prior of the series' lengths times the scaled evidence of each series), by dynamic programming over
subsets. That gives the log odds of the pair being together with any of these reports present and the others absent.
What each report adds is its Shapley value (Shapley 1953): the mean, over all orders in which the reports could come
in, of how much its coming changes these log odds. The values add up to what all of them add, whatever they share.

What is left to the final log odds is named for what it is: the reports beyond the nearest ones, the draws of the
sampler and the calibration.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import factorial

import numpy as np
from numpy.typing import NDArray

from linkage.compiled import njit
from linkage.features.explanation import ContextPart
from linkage.models.set_weights import SetWeights

NEAREST = 8
"""Units judged exactly with a pair [G]: the weights of 1,024 sets, some tenths of a second."""

TRIED = 120
"""Units whose influence on the pair is tried, those tied to it most [G]."""

LEAST = 0.005
"""What adds less to the log odds is not named [G]: it rounds to 0.00."""

CERTAIN = 6.0
"""Log10 odds drawn for what a decision or one incident makes certain: one in a million, as for fits."""

SERIES, REPORT, DECIDED, REST = "series", "report", "decided", "rest"
LABELS = {
    SERIES: "Weighed as series are, with the prior of their lengths",
    REST: "The rest together, and calibration",
}


def log_odds(probability: float) -> float:
    """log10 odds of a final probability; what is certain is CERTAIN."""
    if 0.0 < probability < 1.0:
        return float(np.log10(probability) - np.log10(1.0 - probability))
    return CERTAIN if probability >= 1.0 else -CERTAIN


def decided(strength: float, final: float) -> tuple[ContextPart, ...]:
    """The context of a pair whose reports are held together, or apart: by one incident or by decisions."""
    words = "Held together: one incident, or decided" if final > 0 else "Held apart: decided"
    return (ContextPart(DECIDED, words, (), final - strength),)


def context(
    sets: SetWeights,
    names: Mapping[int, tuple[str, ...]],
    pair: tuple[int, int],
    near: Sequence[int],
    apart: Collection[tuple[int, int]],
    ends: tuple[float, float],
) -> tuple[ContextPart, ...]:
    """What adds up from the strength of a pair of units to its final log10 odds; `ends` are these two.

    `near` are the units tied to either, the likeliest first; `apart` those that decisions keep from each other.
    """
    strength, final = ends
    chosen = _most_telling(sets, pair, near[:TRIED], apart)
    units = [*pair, *chosen]
    odds = co_membership_odds(_set_weights(sets, units, apart), len(units))
    worth = shapley(odds, len(chosen))
    parts = [ContextPart(SERIES, LABELS[SERIES], (), float(odds[0]) - strength)]
    told = [(unit, value) for unit, value in zip(chosen, worth.tolist(), strict=True) if abs(value) >= LEAST]
    for unit, value in sorted(told, key=lambda one: (-abs(one[1]), names[one[0]])):
        ties = (_tie(sets, pair[0], unit), _tie(sets, pair[1], unit))
        parts.append(ContextPart(REPORT, ", ".join(names[unit]), names[unit], value, *ties))
    rest = final - strength - sum(part.weight for part in parts)
    return (*parts, ContextPart(REST, LABELS[REST], (), rest))


def co_membership_odds(weights: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Log10 odds of the first two of `size` units being together, for every subset of the others present.

    `weights` (2^size,) are the log10 weights of each set of units (bit i is unit i) being one series, less those of
    its units alone; minus infinity where it must not be. The result has shape (2^(size - 2),).
    """
    found: NDArray[np.float64] = _pair_odds(np.asarray(weights, dtype=float) * np.log(10.0), size) / np.log(10.0)
    return found


def shapley(value: NDArray[np.float64], players: int) -> NDArray[np.float64]:
    """Shapley values of the players of a game; `value` (2^players,) that of each coalition (bit i: player i)."""
    every = np.arange(len(value))
    size = np.array([int(mask).bit_count() for mask in every])
    share = np.array([factorial(k) * factorial(players - k - 1) / factorial(players) for k in range(players)])
    found = np.zeros(players)
    for player in range(players):
        out = every[(every >> player) & 1 == 0]
        found[player] = float(share[size[out]] @ (value[out | (1 << player)] - value[out]))
    return found


def _most_telling(
    sets: SetWeights, pair: tuple[int, int], near: Sequence[int], apart: Collection[tuple[int, int]]
) -> list[int]:
    """Units that change the pair's log odds most when each comes in alone, at most NEAREST."""
    moved = []
    for unit in near:
        odds = co_membership_odds(_set_weights(sets, [*pair, unit], apart), 3)
        moved.append((-abs(float(odds[1] - odds[0])), unit))
    return [unit for _, unit in sorted(moved)[:NEAREST]]


def _tie(sets: SetWeights, one: int, other: int) -> float:
    """How strongly two units alone speak for one series, log10 odds."""
    return sets.score([one, other]) - sets.score([one]) - sets.score([other])


def _set_weights(sets: SetWeights, units: Sequence[int], apart: Collection[tuple[int, int]]) -> NDArray[np.float64]:
    alone = [sets.score([unit]) for unit in units]
    barred = [(1 << i) | (1 << j) for i in range(len(units)) for j in range(i) if (units[i], units[j]) in apart]
    weights = np.zeros(1 << len(units))
    for mask in range(1, len(weights)):
        inside = [at for at in range(len(units)) if mask >> at & 1]
        if any(mask & pair == pair for pair in barred):
            weights[mask] = -np.inf
        elif len(inside) > 1:
            weights[mask] = sets.score([units[at] for at in inside]) - sum(alone[at] for at in inside)
    return weights


@njit(cache=True)
def _log_sum(one: float, other: float) -> float:
    high, low = max(one, other), min(one, other)
    return high if low == -np.inf else high + np.log1p(np.exp(low - high))


@njit(cache=True)
def _pair_odds(weights, size):  # type: ignore[no-untyped-def]
    """As `together_odds`, in natural logs. `total` is the log of the sum over all partitions of each subset."""
    total = np.full(1 << size, -np.inf)
    total[0] = 0.0
    for mask in range(1, 1 << size):
        low = mask & -mask
        rest = mask ^ low
        part = rest
        while True:  # every set that holds the lowest unit of the mask
            total[mask] = _log_sum(total[mask], weights[part | low] + total[rest ^ part])
            if part == 0:
                break
            part = (part - 1) & rest
    found = np.zeros(1 << (size - 2))
    for others in range(1 << (size - 2)):
        rest = others << 2
        together, parted = -np.inf, -np.inf
        part = rest
        while True:  # every series of the first unit, with the second or without
            together = _log_sum(together, weights[part | 3] + total[rest ^ part])
            parted = _log_sum(parted, weights[part | 1] + total[(rest ^ part) | 2])
            if part == 0:
                break
            part = (part - 1) & rest
        found[others] = together - parted
    return found
