"""How two registration marks, full or partial, agree: their best alignment under wildcards and look-alikes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from linkage.intake.values.vehicles.registration import FIGURE_LETTER, format_of

ALIKE = str.maketrans(FIGURE_LETTER)
_DIGIT_SIZE = 10.0
"""Equally likely figures of a serial number [D]."""
_LETTER_SIZE = 20.0
"""Effective number of letters at a serial position: 23-24 are issued, not quite evenly [G]."""
_TAG_SIZE = 15.0
"""Effective number of letters at a place of the area tag: plates seen in one town come from few areas [G]."""
_AGE_SIZE = 5.2
"""Effective figures at each place of the age identifier. About 27 half-year identifiers make up most of the fleet
(mean age near ten years [M]); the two figures are not independent, so each gets the square root of 27 [D from G]."""
_YEAR_LETTER_SIZE = 12.0
"""Effective year letters of prefix and suffix plates still seen: R to Y outnumber the older ones [G]."""
_CONFUSED_PART = 0.5
"""Part of the information that an agreement through look-alike characters keeps [G]."""
_STEP = 1_000.0  # one differing position outweighs any information a plate can hold


@dataclass(frozen=True, slots=True)
class PlateComparison:
    """Two plates in their best alignment: fewest differing positions, then most information.

    `agreed`: positions where both sides know the character and it is the same; `confused`: the same only if O/0, I/1,
    5/S, 8/B or 2/Z were mistaken for each other; `differing`: known positions that differ, or that the other plate,
    lacking a "*", has no room for; `information`: log10 of how rare the agreed characters are, the sum over the
    agreed positions of log10(effective alphabet size at that position), half of it for a confused one.
    """

    compatible: bool
    agreed: int
    confused: int
    differing: int
    information: float


@lru_cache(maxsize=50_000)
def _sizes(plate: str) -> tuple[float, ...]:
    """log10 of the effective alphabet size at each character of a plate (0 for wildcards)."""
    sizes = [0.0 if char in "?*" else math.log10(_DIGIT_SIZE if char.isdigit() else _LETTER_SIZE) for char in plate]
    kind = format_of(plate)
    anchored = len(plate.split("*", maxsplit=1)[0])
    if kind == "current" and (anchored == 7 or anchored >= 3):
        for at in range(min(4, anchored)):
            if plate[at] != "?":
                sizes[at] = math.log10(_TAG_SIZE if at < 2 else _AGE_SIZE)
    elif kind == "prefix" and anchored and plate[0] not in "?*":
        sizes[0] = math.log10(_YEAR_LETTER_SIZE)
    elif kind == "suffix" and plate[-1] not in "?*":
        sizes[-1] = math.log10(_YEAR_LETTER_SIZE)
    return tuple(sizes)


Cell = tuple[float, int, int, int]
"""(cost, agreed, confused, differing) of a partial alignment; cost = differing * step - information."""


def _pair(char: str, other: str, size: float) -> Cell:
    if "?" in (char, other):
        return (0.0, 0, 0, 0)
    if char == other:
        return (-size, 1, 0, 0)
    if char.translate(ALIKE) == other.translate(ALIKE):
        return (-size * _CONFUSED_PART, 0, 1, 0)
    return (_STEP, 0, 0, 1)


def _plus(cell: Cell, step: Cell) -> Cell:
    return (cell[0] + step[0], cell[1] + step[1], cell[2] + step[2], cell[3] + step[3])


_FREE: Cell = (0.0, 0, 0, 0)
_ODD: Cell = (_STEP, 0, 0, 1)


@lru_cache(maxsize=200_000)
def _align(a: str, b: str) -> PlateComparison:
    size_a, size_b = _sizes(a), _sizes(b)
    row: list[Cell] = [_FREE]
    for char in b:
        row.append(_plus(row[-1], _FREE if char == "*" else _ODD))
    for i, left in enumerate(a):
        below: list[Cell] = [_plus(row[0], _FREE if left == "*" else _ODD)]
        for j, right in enumerate(b):
            # a star takes in nothing, one more character, or the other side's star; others pair up or stand alone
            down = _plus(row[j + 1], _FREE if "*" in (left, right) else _ODD)
            across = _plus(below[j], _FREE if "*" in (left, right) else _ODD)
            if "*" in (left, right):
                below.append(min(down, across, row[j]))
            else:
                below.append(min(down, across, _plus(row[j], _pair(left, right, min(size_a[i], size_b[j])))))
        row = below
    _, agreed, confused, differing = row[-1]
    information = differing * _STEP - row[-1][0]
    return PlateComparison(differing == 0, agreed, confused, differing, max(0.0, round(information, 9)))


def compare(a: str, b: str) -> PlateComparison:
    """Compare two canonical registrations ("?" one unknown character, "*" any number); symmetric and cached."""
    return _align(a, b) if a <= b else _align(b, a)
