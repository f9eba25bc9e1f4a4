"""Where words stand on a map: inside its frame, and none over another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from linkage.review.map_view import Point, Window

LETTER, LINE_HIGH = 2 / 3, 7 / 6
"""What a bold letter and its line take, with their light edge, for each pixel of the size of type [G]."""


class Box(NamedTuple):
    """What words or a point cover: pixels from the middle of the map, to the right and down."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, others: Iterable[Box]) -> bool:
        """Does it lie over any of these?"""
        return any(
            self.left < one.right and one.left < self.right and self.top < one.bottom and one.top < self.bottom
            for one in others
        )


class Frame(NamedTuple):
    """A window on the ground drawn so many pixels wide and high."""

    window: Window
    width: int
    height: int

    def pixel(self, at: Point) -> Point:
        """A point of the window's plane in pixels."""
        scale = self.height / (2 * self.window.half_km)
        return at[0] * scale, -at[1] * scale

    def point(self, pixel: Point) -> Point:
        """A pixel as a point of the window's plane."""
        scale = self.height / (2 * self.window.half_km)
        return pixel[0] / scale, -pixel[1] / scale

    def holds(self, box: Box) -> bool:
        """Is all of it on the map?"""
        wide, high = self.width / 2, self.height / 2
        return box.left >= -wide and box.right <= wide and box.top >= -high and box.bottom <= high


def box_of(at: Point, words: str, size: int) -> Box:
    """What words cover that are set in `size` pixels around a pixel."""
    half, up = LETTER * size * len(words) / 2, LINE_HIGH * size / 2
    return Box(at[0] - half, at[1] - up, at[0] + half, at[1] + up)


def around(at: Point, reach: float) -> Box:
    """What a point covers that reaches so many pixels to each side."""
    return Box(at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach)


def first_clear(choices: Sequence[Box], frame: Frame, taken: Sequence[Box]) -> int:
    """Which of some places for the same words is the first on the map and over nothing; the first where none is."""
    clear = (at for at, box in enumerate(choices) if frame.holds(box) and not box.touches(taken))
    return next(clear, 0)


def clear_ones(boxes: Sequence[Box]) -> list[int]:
    """Which are written, in order: each that touches none before it."""
    written: list[int] = []
    for at, box in enumerate(boxes):
        if not box.touches(boxes[one] for one in written):
            written.append(at)
    return written
