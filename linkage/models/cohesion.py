"""What a series hangs on: its evidence in parts, its best split in two, and what it would not survive losing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.models.set_weights import SetPart, SetWeights

ENUMERATED = 10
"""Series of up to so many units are split in every way there is: 511 for ten."""

SEEDS = 60
"""Pairs from which splits of longer series are grown [G]: the least linked ones."""

FEW_SEEDS = 4
"""The same where a member or a group is left out, beside the best split of the whole [G]."""

IMPROVED = 5
"""Grown splits that are improved by single moves [G]."""

LEAST_GROUP = 0.05
"""Groups whose parts all weigh less than this are not tried [G]: the series cannot hang on them."""

Kept = NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True)
class Split:
    """A series kept whole against its best split in two: prior + the parts' weights = strength (log10 odds).

    Above 0 the whole is likelier. `first` is the larger side. `exact` says that every split was tried; else it is the
    best that a search found, and a better one may exist.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    prior: float
    weight: float
    strength: float
    parts: tuple[SetPart, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a series is without a member (`reports` that stay together) or without a `group` of comparisons.

    `carries` (log10 odds) is how strongly the member belongs to the others, or the sum of the group's parts.
    `whole` (log10 odds) is what is left, kept whole against its best split; None where a single report is left.
    """

    reports: tuple[str, ...]
    group: str
    carries: float
    whole: float | None

    @property
    def falls_apart(self) -> bool:
        """What is left is likelier to be two, or nothing."""
        return self.whole is None or self.whole < 0


@dataclass(frozen=True, slots=True)
class SeriesExplanation:
    """What a series hangs on. Prior + the parts' weights = strength: log10 odds of one person against as many people
    as there are incidents.

    `split` is the whole against its best split; `members_left_out` and `groups_left_out` tell what would be left
    without each, the most missed first; `scale` is what the run scaled evidence by.
    """

    reports: tuple[str, ...]
    scale: float
    prior: float
    weight: float
    strength: float
    parts: tuple[SetPart, ...]
    split: Split
    members_left_out: tuple[LeftOut, ...]
    groups_left_out: tuple[LeftOut, ...]

    @property
    def hangs_on(self) -> tuple[LeftOut, ...]:
        """Members and groups without which it would fall apart."""
        return tuple(one for one in (*self.members_left_out, *self.groups_left_out) if one.falls_apart)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        plain = asdict(self)
        for kind in ("members_left_out", "groups_left_out"):
            for row, one in zip(plain[kind], getattr(self, kind), strict=True):
                row["falls_apart"] = one.falls_apart
        return plain


def explain_series(
    sets: SetWeights, scale: float, names: Mapping[int, tuple[str, ...]], units: Sequence[int]
) -> SeriesExplanation:
    """Explain a series of at least two units."""
    whole = sets.gain(units, [[unit] for unit in units])
    best = best_split(sets, units)
    parted = sets.gain(units, best)
    first, second = (tuple(sorted(name for unit in side for name in names[unit])) for side in best)
    members = [_without_member(sets, names, units, unit, best) for unit in units]
    groups = [
        LeftOut((), group, float(whole.parts @ inside), _whole(sets, units, best, ~inside))
        for group, inside in sets.groups()
        if np.abs(whole.parts[inside]).max() >= LEAST_GROUP
    ]
    return SeriesExplanation(
        reports=tuple(sorted(name for unit in units for name in names[unit])),
        scale=scale,
        prior=whole.prior,
        weight=whole.strength - whole.prior,
        strength=whole.strength,
        parts=sets.named_parts(whole.parts),
        split=Split(
            first,
            second,
            parted.prior,
            parted.strength - parted.prior,
            parted.strength,
            sets.named_parts(parted.parts),
            len(units) <= ENUMERATED,
        ),
        members_left_out=tuple(sorted(members, key=_most_missed)),
        groups_left_out=tuple(sorted(groups, key=_most_missed)),
    )


Sides = tuple[tuple[int, ...], tuple[int, ...]]


def best_split(
    sets: SetWeights, units: Sequence[int], kept: Kept = None, near: Sides | None = None, seeds: int = SEEDS
) -> Sides:
    """The two sides of the likeliest split of these units, larger side first.

    Up to ENUMERATED units every split is tried. Longer series are split by taking each unit out, by growing two
    sides from pairs of units, and from `near`, a split of a larger or equal set; the best are improved by single
    moves. `kept` (columns,) are the comparisons that count.
    """
    ordered = sorted(units)
    if len(ordered) <= ENUMERATED:
        tried: Iterable[Sides] = _every_split(ordered)
    else:
        tried = [*_grown(sets, ordered, kept, seeds), *(_sides(ordered, {unit}) for unit in ordered)]
        if near is not None and 0 < len(inside := set(near[1]) & set(ordered)) < len(ordered):
            tried.append(_sides(ordered, inside))
        best = sorted(tried, key=lambda sides: -_parted(sets, sides, kept))[:IMPROVED]
        tried = [_improved(sets, sides, kept) for sides in best]
    first, second = max(tried, key=lambda sides: _parted(sets, sides, kept))
    return (second, first) if len(second) > len(first) else (first, second)


def _without_member(
    sets: SetWeights, names: Mapping[int, tuple[str, ...]], units: Sequence[int], unit: int, best: Sides
) -> LeftOut:
    rest = [other for other in units if other != unit]
    return LeftOut(names[unit], "", sets.joining(unit, rest).strength, _whole(sets, rest, best, None))


def _whole(sets: SetWeights, units: Sequence[int], near: Sides, kept: Kept) -> float | None:
    """These units kept whole against their best split, log10 odds; None for a single one."""
    if len(units) < 2:
        return None
    return sets.score(units, kept) - _parted(sets, best_split(sets, units, kept, near, FEW_SEEDS), kept)


def _most_missed(one: LeftOut) -> tuple[float, float, tuple[str, ...], str]:
    return (-np.inf if one.whole is None else one.whole, -one.carries, one.reports, one.group)


def _parted(sets: SetWeights, sides: Sides, kept: Kept) -> float:
    """Log10 of prior and evidence of both sides being a series each."""
    return sets.score(sides[0], kept) + sets.score(sides[1], kept)


def _sides(ordered: Sequence[int], inside: set[int]) -> Sides:
    return tuple(u for u in ordered if u not in inside), tuple(u for u in ordered if u in inside)


def _every_split(ordered: Sequence[int]) -> Iterable[Sides]:
    for chosen in range(1, 2 ** (len(ordered) - 1)):
        yield _sides(ordered, {unit for bit, unit in enumerate(ordered[1:]) if chosen >> bit & 1})


def _grown(sets: SetWeights, ordered: Sequence[int], kept: Kept, seeds: int) -> list[Sides]:
    """Splits grown from the least linked pairs: all others join the side they strengthen more, the most decided
    first."""
    link = {
        pair: sets.score(pair, kept) - sum(sets.score([one], kept) for one in pair)
        for pair in combinations(ordered, 2)
    }
    return [
        _grow(sets, ordered, kept, pair, link) for pair in sorted(link, key=lambda pair: (link[pair], pair))[:seeds]
    ]


def _grow(
    sets: SetWeights, ordered: Sequence[int], kept: Kept, pair: tuple[int, int], link: Mapping[tuple[int, int], float]
) -> Sides:
    def leaning(unit: int) -> float:
        """Minus how much more a unit is linked to one of the pair than to the other: decided ones come first."""
        one, other = (link[min(unit, end), max(unit, end)] for end in pair)
        return -abs(one - other)

    sides = ([pair[0]], [pair[1]])
    held = [sets.score(side, kept) for side in sides]
    for unit in sorted((unit for unit in ordered if unit not in pair), key=lambda unit: (leaning(unit), unit)):
        joined = [sets.score([*side, unit], kept) for side in sides]
        to = 0 if joined[0] - held[0] >= joined[1] - held[1] else 1
        sides[to].append(unit)
        held[to] = joined[to]
    return tuple(sorted(sides[0])), tuple(sorted(sides[1]))


def _improved(sets: SetWeights, sides: Sides, kept: Kept) -> Sides:
    """The split after single moves, the best one each time, until none makes it likelier."""
    best, worth = sides, _parted(sets, sides, kept)
    while True:
        ordered = sorted([*best[0], *best[1]])
        inside = set(best[1])
        moved = [_sides(ordered, inside ^ {unit}) for unit in ordered]
        moved = [one for one in moved if one[0] and one[1]]
        found = max(moved, key=lambda one: _parted(sets, one, kept))
        if _parted(sets, found, kept) <= worth + 1e-9:
            return best
        best, worth = found, _parted(sets, found, kept)
