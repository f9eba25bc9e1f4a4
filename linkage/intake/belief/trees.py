"""Boosted trees that were learned beforehand, kept as numbers in a JSON file and walked with numpy."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees over named features. A node's leaf is its own child on both sides.

    `roots` has shape (trees,), the others (nodes,); `at` is the place in `names` of the feature that a node asks for.
    """

    names: dict[str, int]
    base: float
    deepest: int
    roots: NDArray[np.int64]
    at: NDArray[np.int64]
    threshold: NDArray[np.float64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float64]
    _next: NDArray[np.int64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # left and right of each node in turn, so that one look-up takes all rows a level down
        object.__setattr__(self, "_next", np.stack((self.left, self.right), axis=1).ravel())

    @classmethod
    def load(cls, path: Path) -> Trees:
        """From the JSON that benchmarks/learn_reading.py writes."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        names = {name: number for number, name in enumerate(kept["features"])}

        def whole(part: str) -> NDArray[np.int64]:
            return np.array(kept[part], dtype=np.int64)

        def split(part: str) -> NDArray[np.float64]:
            return np.array(kept[part], dtype=np.float64)

        return cls(
            names, kept["base"], kept["deepest"], whole("roots"), whole("at"), split("threshold"), whole("left"),
            whole("right"), split("value"),
        )  # fmt: skip

    def chances(self, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """Probability of each row, shape (rows,). A feature that a row lacks is 0; one that no tree knows is left."""
        asked, first = self._asked(rows), np.arange(len(rows))[:, None] * len(self.names)
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.deepest):
            higher = asked.take(self.at.take(node) + first) > self.threshold.take(node)
            node = self._next.take(2 * node + higher)
        odds = self.base + self.value.take(node).sum(axis=1)
        told: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
        return told

    def _asked(self, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """The features that the trees ask for, row after row."""
        width, place_of = len(self.names), self.names.get
        told = array("d", bytes(8 * width * len(rows)))  # numpy takes it over whole, unlike a list
        for number, row in enumerate(rows):
            first = number * width
            for name, value in row.items():
                if (place := place_of(name)) is not None:
                    told[first + place] = value
        return np.array(told, dtype=np.float64)
