"""Vectors of stems: words that are used alike lie near each other, and what is learned of one counts for its like.

`stem_vectors.npz` is made by `benchmarks/stem_vectors.py`: principal components of the vectors of single words by the
multilingual universal sentence encoder (Yang et al. 2020; Apache-2.0). Nothing but this table is asked at reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linkage.intake.document.words import Clause, Words, dropped

VECTORS = Path(__file__).with_name("stem_vectors.npz")
NEARBY = 0.5
"""How much a word elsewhere in the sentence counts beside one of the clause [G]."""

Floats = NDArray[np.float32]

_AT_ONCE = 2**18
"""Multiplications above which OpenBLAS shares a product out among threads, which wait for each other at work."""


def product(left: Floats, right: Floats) -> Floats:
    """`left @ right`, a few rows at a time: products of a text are so small that threads cost ten times what they
    save (10.1 ms a text against 0.8, of two threads)."""
    rows = max(1, _AT_ONCE // max(1, right.size))
    return np.concatenate([left[at : at + rows] @ right for at in range(0, max(1, len(left)), rows)])


@dataclass(frozen=True, slots=True)
class StemVectors:
    """`vectors` (stems, components) are whole numbers of `scale`; `rows` says which stem has which."""

    rows: dict[str, int]
    vectors: NDArray[np.int8]
    scale: float

    @classmethod
    def load(cls, path: Path) -> StemVectors:
        """From the arrays in a file. Raises OSError for no file, ValueError for one of pickles."""
        with np.load(path, allow_pickle=False) as arrays:
            rows = {stem: row for row, stem in enumerate(str(arrays["stems"]).split("\n"))}
            return cls(rows, arrays["vectors"], float(arrays["scale"]))

    def of_clauses(self, words: Words, parts: Sequence[Clause]) -> Floats:
        """For each clause the sum over its own weighty stems, and over those of the rest of its sentence, each
        stem once, shape (clauses, 2 * components)."""
        light, columns, places = dropped(), dict[int, int](), list[tuple[int, int]]()
        for number, part in enumerate(parts):
            for stem in words.stems[part.first : part.end]:
                if stem not in light and (row := self.rows.get(stem)) is not None:
                    places.append((number, columns.setdefault(row, len(columns))))
        if not places:
            return np.zeros((len(parts), 2 * self.vectors.shape[1]), np.float32)
        present = np.zeros((len(parts), len(columns)), np.float32)
        present[tuple(np.array(places).T)] = self.scale
        sentence = np.array([part.sentence for part in parts])
        around = product((sentence[:, None] == sentence).astype(np.float32), present) - present > self.scale / 2
        vectors = self.vectors[list(columns)].astype(np.float32)
        return np.hstack([product(present, vectors), product(around * np.float32(NEARBY * self.scale), vectors)])


@cache
def stem_vectors() -> StemVectors:
    """The vectors in use."""
    return StemVectors.load(VECTORS)
