"""How far a share of a sample may lie from that of all: Wilson's interval."""

from __future__ import annotations

from math import sqrt

from scipy.special import ndtri

Z = float(ndtri(0.975))
"""Normal deviate of a 95 % interval."""


def wilson(count: int, n: int) -> tuple[float, float]:
    """Both ends of the 95 % interval of a share, `count` of `n` independent draws (Wilson 1927 [M]).

    ValueError for a count that is no part of n, or without a draw.
    """
    if not 0 <= count <= n or n == 0:
        raise ValueError(f"{count} is no part of {n}")
    count, n = int(count), int(n)  # numbers of numpy overflow
    share, square = count / n, Z**2
    width = 2 * (n + square)
    middle, half = (2 * n * share + square) / width, Z / width * sqrt(4 * n * share * (1 - share) + square)
    return (0.0 if count == 0 else middle - half, 1.0 if count == n else middle + half)
