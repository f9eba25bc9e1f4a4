"""How far a share of a sample may lie from that of all: Wilson's interval."""

from __future__ import annotations


def wilson(count: int, n: int) -> tuple[float, float]:
    """Both ends of the 95 % interval of a share, `count` of `n` independent draws (Wilson 1927 [M]).

    ValueError for a count that is no part of n, or without a draw.
    """
    from scipy.stats import binomtest  # takes half a second to load, and most pages ask for no interval

    if not 0 <= count <= n or n == 0:
        raise ValueError(f"{count} is no part of {n}")
    ends = binomtest(count, n).proportion_ci(confidence_level=0.95, method="wilson")
    return float(ends.low), float(ends.high)
