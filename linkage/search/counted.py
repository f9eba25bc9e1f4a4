"""No double counting: facts that were read from the same words of a question speak once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from linkage.search.condition import Condition

OVERLAP = 0.5
"""Share of a fact's words that another was read from as well, from which on both are one [G]."""


TELLING = 0.5
"""Weight from which a fact that some report shows says by itself what is asked [G]: "he" says that it is a man."""


def joined(words_of: Mapping[str, Sequence[str]]) -> list[frozenset[str]]:
    """Facts that share at least half of the words of one of them, taken together; only where there are several."""
    groups: list[tuple[set[str], set[str]]] = []
    for name, words in words_of.items():
        names, said = {name}, set(words)
        apart = []
        for group in groups:
            if len(group[1] & said) < OVERLAP * min(len(group[1]), len(said)):
                apart.append(group)
            else:
                names |= group[0]
                said |= group[1]
        groups = [*apart, (names, said)]
    return [frozenset(names) for names, _ in groups if len(names) > 1]


def no_more_than(conditions: Sequence[Condition], most: NDArray[np.float64] | float) -> None:
    """Scale the weights of each report down where together they are more than `most`, one for all or (n,)."""
    if not conditions:
        return
    together = np.sum([one.weights for one in conditions], axis=0)
    share = np.minimum(1.0, most / np.maximum(together, 1e-9))
    for one in conditions:
        one.weights = share * one.weights


def largest_of(weights: Sequence[NDArray[np.float64]]) -> NDArray[np.int16]:
    """Which of several weights (n,) is the largest of each report, the first of equal ones; shape (n,)."""
    found, most = np.zeros(len(weights[0]), dtype=np.int16), weights[0]
    for at, one in enumerate(weights[1:], start=1):
        found[one > most] = at
        most = np.maximum(most, one)
    return found


def count_once(conditions: Sequence[Condition | None]) -> None:
    """Leave of each report's weights only the one that says most for it, and of the wholes the largest of those that
    some report shows."""
    there = [one for one in conditions if one is not None]
    if len(there) < 2:
        return
    speaks = largest_of([one.weights for one in there])
    shown = [bool(one.most) and float(one.weights.max(initial=0.0)) >= TELLING for one in there]
    largest = max(range(len(there)), key=lambda at: (shown[at], there[at].most or 0.0))
    for at, condition in enumerate(there):
        condition.weights = np.where(speaks == at, condition.weights, 0.0)
        condition.most = condition.most if at == largest else 0.0
