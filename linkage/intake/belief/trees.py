"""Boosted trees that were learned beforehand, kept as numbers in a JSON file.

No tree is walked. The leaves of all trees are bits of one whole number, a tree's in order from the left; what a
feature's value rules out is one more such number, made beforehand: at each node that it passes on the right, the
leaves on the left. Of what a row leaves standing, the first leaf of each tree is the one that a walk would reach
(Lucchese et al. 2015, "QuickScorer"). A row asks for some thirty features, whatever the number of trees.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from operator import and_
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_LEAVES = 16
"""Leaves that a tree may have: the bits that it takes."""


class _Asked(NamedTuple):
    """The thresholds that nodes hold against one feature, in order, the leaves that stand once so many of them are
    passed, one more than thresholds, and those that stand where the feature is 1, as most are."""

    thresholds: list[float]
    standing: list[int]
    where_true: int


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees over named features. A node's leaf is its own child on both sides.

    `roots` are the trees, the others hold a number for each node; `at` is the place in `names` of the feature that a
    node asks for. A row goes to the right where that is above the threshold.
    """

    names: Sequence[str]
    base: float
    roots: Sequence[int]
    at: Sequence[int]
    threshold: Sequence[float]
    left: Sequence[int]
    right: Sequence[int]
    value: Sequence[float]
    _asked: dict[str, _Asked] = field(init=False, repr=False)
    _lacking: dict[str, int] = field(init=False, repr=False)
    _leaves: NDArray[np.float64] = field(init=False, repr=False)
    _every: int = field(init=False, repr=False)
    _offsets: NDArray[np.int64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ruled_out: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
        leaves = np.zeros((len(self.roots), _LEAVES))
        for tree, root in enumerate(self.roots):
            inside, told = self._tree(root)
            leaves[tree, : len(told)] = told
            for node, left_of_it in inside:
                ruled_out[self.names[self.at[node]]].append((self.threshold[node], left_of_it << (_LEAVES * tree)))
        every = (1 << (_LEAVES * len(self.roots))) - 1
        asked = {name: _asked(passed, every) for name, passed in ruled_out.items()}
        # a feature that is 0 rules something out only where nodes ask for less: those few are asked of each row
        lacking = {name: one.standing[bisect_left(one.thresholds, 0.0)] for name, one in asked.items()}
        object.__setattr__(self, "_asked", asked)
        object.__setattr__(self, "_lacking", {name: rest for name, rest in lacking.items() if rest != every})
        object.__setattr__(self, "_leaves", leaves.ravel())
        object.__setattr__(self, "_every", every)
        object.__setattr__(self, "_offsets", np.arange(len(self.roots)) * _LEAVES)

    @classmethod
    def load(cls, path: Path) -> Trees:
        """From the JSON that benchmarks/learn_reading.py writes. Raises ValueError for trees of too many leaves."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        parts = ("roots", "at", "threshold", "left", "right", "value")
        return cls(kept["features"], kept["base"], *(kept[part] for part in parts))

    def chances(self, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """Probability of each row, shape (rows,). A feature that a row lacks is 0; one that no tree knows is left."""
        width = _LEAVES // 8 * len(self.roots)
        standing = b"".join(self._standing(row).to_bytes(width, "little") for row in rows)
        bits = np.frombuffer(standing, dtype="<u2").reshape(len(rows), len(self.roots))
        told = self._leaves.take(_first_bits().take(bits) + self._offsets)
        odds = self.base + told.sum(axis=1)
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
        return chances

    def _standing(self, row: Mapping[str, float]) -> int:
        """The leaves that no feature of a row rules out."""
        left, asked = self._every, self._asked
        for name, rest in self._lacking.items():
            if name not in row:
                left &= rest
        for name, value in row.items():
            one = asked.get(name)
            if one is not None:
                left &= one[2] if value == 1.0 else one[1][bisect_left(one[0], value)]
        return left

    def _tree(self, root: int) -> tuple[list[tuple[int, int]], list[float]]:
        """The inner nodes of a tree, each with the bits of the leaves on its left, and what its leaves say."""
        inside: list[tuple[int, int]] = []
        told: list[float] = []

        def walk(node: int) -> None:
            """Note what stands below a node, its leaves from left to right."""
            if self.left[node] == node:
                told.append(self.value[node])
                return
            first = len(told)
            walk(self.left[node])
            inside.append((node, (1 << len(told)) - (1 << first)))
            walk(self.right[node])

        walk(root)
        if len(told) > _LEAVES:
            raise ValueError(f"a tree of {len(told)} leaves; {_LEAVES} are the most")
        return inside, told


def _asked(ruled_out: list[tuple[float, int]], every: int) -> _Asked:
    """What one feature is asked for, from each node's threshold and the leaves that passing it rules out."""
    thresholds = sorted({threshold for threshold, _ in ruled_out})
    passed: defaultdict[float, int] = defaultdict(int)
    for threshold, leaves in ruled_out:
        passed[threshold] |= leaves
    standing = list(accumulate((every & ~passed[one] for one in thresholds), and_, initial=every))
    return _Asked(thresholds, standing, standing[bisect_left(thresholds, 1.0)])


@cache
def _first_bits() -> NDArray[np.intp]:
    """The place of the lowest bit of each number that leaves of one tree may be."""
    numbers = np.arange(1 << _LEAVES)
    return np.frexp((numbers & -numbers).astype(np.float64))[1].astype(np.intp) - 1
