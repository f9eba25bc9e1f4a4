"""Small counts are not shown: from few, somebody could be picked out."""

from __future__ import annotations

from collections.abc import Mapping

LEAST = 5
"""[G] Counts from 1 to below this are suppressed; statistical offices use thresholds from 3 to 10."""

Count = int | None
"""A count as it may be shown; None where it is suppressed."""


def suppressed(counts: Mapping[str, int], least: int = LEAST) -> dict[str, Count]:
    """Counts of a table whose total is known, with small ones as None.

    Where one alone is small, the total would tell it: then the next smallest goes too. Nought is shown: it is nobody.
    """
    small = {name for name, count in counts.items() if 0 < count < least}
    if len(small) == 1:
        others = sorted((count, name) for name, count in counts.items() if count and name not in small)
        small |= {name for _, name in others[:1]}
    return {name: None if name in small else count for name, count in counts.items()}


def shown(count: Count) -> str:
    """A count in words; a suppressed one says so."""
    return "suppressed" if count is None else f"{count:,}"
