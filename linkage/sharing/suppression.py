"""Small counts are not shown: from few, somebody could be picked out.

A count that is not shown must not follow from those that are: by the total of its table, or where a table of small
areas adds up to one of large areas by the count of the large area (complementary suppression as statistical offices
do it: Cox 1980, Journal of the American Statistical Association 75:377-385; here by the next smallest, which may take
more than needed).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

LEAST = 5
"""[G] Counts from 1 to below this are suppressed; statistical offices use thresholds from 3 to 10."""

Count = int | None
"""A count as it may be shown; None where it is suppressed."""


def suppressed(counts: Mapping[str, int], least: int = LEAST) -> dict[str, Count]:
    """Counts of a table whose total is known, with small ones as None.

    Where the total would tell those that are not shown, the next smallest goes too. Nought is shown: it is nobody.
    """
    hidden = _small(counts, least)
    _cover(counts, hidden, least)
    return _without(counts, hidden)


def suppressed_areas(
    within: Mapping[tuple[str, str], int], least: int = LEAST
) -> tuple[dict[str, Count], dict[str, Count]]:
    """Counts by (large area, small area) as two tables, of large and of small areas, shown side by side.

    What of a large area lies in no known small area is not known to be so: its small areas are taken to add up to it.
    A small area in several large ones counts to that in which it has most. Labels of both that are "not known" may be
    among them; they are areas as others.
    """
    large, small = Counter[str](), Counter[str]()
    for (wide, fine), count in within.items():
        large[wide] += count
        small[fine] += count
    inside: dict[str, dict[str, int]] = defaultdict(dict)
    for fine, count in small.items():
        home = max((wide for wide, name in within if name == fine), key=lambda wide: (within[wide, fine], wide))
        inside[home][fine] = count
    hidden_large, hidden_small = _small(large, least), _small(small, least)
    before = -1
    while before != (before := len(hidden_large) + len(hidden_small)):
        _cover(large, hidden_large, least)
        _cover(small, hidden_small, least)
        for wide, members in inside.items():
            _cover_within(wide, members, hidden_large, hidden_small, least)
    return _without(large, hidden_large), _without(small, hidden_small)


def _cover_within(
    wide: str, members: Mapping[str, int], hidden_large: set[str], hidden_small: set[str], least: int
) -> None:
    """Hide what keeps a large area and its small ones from telling each other."""
    hidden = hidden_small & members.keys()
    if wide in hidden_large:  # its small areas, all shown, would add up to it
        hidden = hidden or set(_by_size(members)[:1])
    elif hidden and not _cover(members, hidden, least):
        hidden_large.add(wide)
    hidden_small |= hidden


def _small(counts: Mapping[str, int], least: int) -> set[str]:
    return {name for name, count in counts.items() if 0 < count < least}


def _cover(counts: Mapping[str, int], hidden: set[str], least: int) -> bool:
    """Hide more of a table until its total tells no count that is hidden: two at least, and together no fewer than
    the least, as two that are 2 together are 1 each. Returns whether there were enough."""
    others = [name for name in _by_size(counts) if name not in hidden]
    while hidden and (len(hidden) < 2 or sum(counts[name] for name in hidden) < least):
        if not others:
            return False
        hidden.add(others.pop(0))
    return True


def _by_size(counts: Mapping[str, int]) -> list[str]:
    """Names of those that count somebody, the smallest first."""
    return sorted((name for name, count in counts.items() if count), key=lambda name: (counts[name], name))


def _without(counts: Mapping[str, int], hidden: set[str]) -> dict[str, Count]:
    return {name: None if name in hidden else count for name, count in counts.items()}


def shown(count: Count) -> str:
    """A count in words; a suppressed one says so."""
    return "suppressed" if count is None else f"{count:,}"
