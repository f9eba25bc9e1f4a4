"""What was learned of one family of facts: trees over what stands around a fact, one feature of them the wording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linkage.intake.belief.trees import Trees
from linkage.intake.belief.wording import Wording

WORDING = "wording"
"""The feature of the trees that holds the log odds of the wording."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Trees and the weights of words that they ask, from one file."""

    trees: Trees
    wording: Wording

    @classmethod
    def load(cls, family: str) -> Learned:
        """`family` is "person" or "vehicles"."""
        path = Path(__file__).with_name(f"{family}.json")
        return cls(Trees.load(path), Wording.load(path))

    def chances(self, rows: Sequence[dict[str, float]], odds: Iterable[float]) -> NDArray[np.float64]:
        """Probability of each fact, shape (facts,), by its features and the log odds of its wording, which the rows
        are given as one more feature."""
        for row, one in zip(rows, odds, strict=True):
            row[WORDING] = one
        return self.trees.chances(rows)
