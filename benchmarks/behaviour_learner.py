"""Learns the clause weights of the judge of behaviours: of words and of what they mean, several times and averaged.

The weights of a sub-item, of its item and of its domain add up and are learned together by Adam (Kingma and Ba 2015)
with decay (Loshchilov and Hutter 2019) and features left out at random (Wager, Wang and Liang 2013). Each learning
leaves out some texts; the weights of all are averaged (bagging: Breiman 1996), so that a few texts more or less move
little.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from behaviour_texts import EncodedLeftOut, Ints, Table
from numba import njit
from numpy.typing import NDArray

from linkage.intake.behaviours.classifier import Unasserted, says_how, says_how_phrase
from linkage.vocabulary import load

Floats = NDArray[np.float32]

SEED, BAGS, LEAVES = 1, 3, 0.1
"""Seed; learnings; share of texts that each leaves out [G]."""
EPOCHS, BATCH, RATE, LEFT_OUT = 4, 400, 0.02, 0.4
"""Passes; texts of a step; step size; share of features left out [R]."""
DECAY, OF_MEANING = 0.4, 0.2
"""Decay of the weights of words, and of the components of what they mean [R]."""
WEIGHT = {"texts": 1.0, "sentences": 1.0, "units": 0.5, "examples": 1.0, "denials": 4.0}
"""Weight of a text by source; chosen by leaving authors out [R]."""
BASE, PHRASE = -6.0, 3.0
"""Log odds of a clause before anything is learned, and of a phrase in it [G]."""


@dataclass(slots=True)
class Weights:
    """`words` (features, sub-items), `base` (sub-items,), `own` (shared features,), `meaning` (components,
    sub-items)."""

    words: Floats
    base: Floats
    own: Floats
    meaning: Floats

    def arrays(self) -> tuple[Floats, Floats, Floats, Floats]:
        """All of them, in order."""
        return self.words, self.base, self.own, self.meaning


class Learner:
    """Learns the clause weights from some texts of a table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        entries = [load("behaviours").entries[key] for key in table.keys]
        self.item = _numbered([f"{e.data['domain']} {e.data['item']}" for e in entries])
        self.domain = _numbered([e.data["domain"] for e in entries])
        self._how = np.flatnonzero([says_how(name) for name in table.names])
        self._how_of_phrase = np.array([says_how_phrase(name) for name in table.own], np.float32)
        self.weight = np.array([WEIGHT[source] for source in table.source], np.float32)

    def chances(self, at: Weights, texts: Ints) -> Floats:
        """Noisy-or of the clauses of each text, shape (texts, sub-items)."""
        return told_by(self.clause_odds(at, texts), self.table.clauses_of(texts)[1])

    def clause_odds(self, at: Weights, texts: Ints) -> Floats:
        """Log odds of each sub-item in each clause of the given texts, shape (clauses, sub-items)."""
        rows = (self.table.clauses_of(some)[0] for some in np.array_split(texts, len(texts) // 800 + 1))
        return np.concatenate([self._odds(at, some, self.table.clauses[some]) for some in rows])

    def unasserted(self, at: Weights, text: int, odds: Floats, left_out: EncodedLeftOut) -> Unasserted:
        """Where a text, of whose clauses `odds` are told, speaks of each sub-item without asserting it."""
        rows, _, _ = self.table.clauses_of(np.array([text]))
        clauses, named = self.table.clauses[rows], self.table.read[text][0]
        manner: Floats = clauses[:, self._how] @ at.words[self._how]
        row, key, name = self.table.own_of(rows)
        np.add.at(manner, (row, key), at.own[name] * self._how_of_phrase[name])
        encoded = partial(left_out.odds, left_out.DENIED, self.table, np.array([text]))
        return Unasserted.of(odds, self._odds(at, rows, clauses) - manner, named, encoded)

    def fit(self, texts: Ints, seed: int = SEED, bags: int = BAGS) -> Weights:
        """The weights learned from the given texts."""
        learned = []
        for number in range(bags):
            random = np.random.default_rng([seed, number])
            some = texts[random.random(len(texts)) >= LEAVES] if bags > 1 else texts
            learned.append(self._once(some, random).arrays())
        return Weights(*(sum(of[1:], start=of[0]) / np.float32(bags) for of in zip(*learned, strict=True)))

    def _once(self, texts: Ints, random: np.random.Generator) -> Weights:
        table = self.table
        features, keys = len(table.names), len(table.keys)
        own = np.zeros(len(table.own), np.float32)
        own[table.own["phrase"]] = PHRASE
        at = Weights(
            np.zeros((features, keys), np.float32), np.full(keys, BASE, np.float32), own,
            np.zeros((table.meant.shape[1], keys), np.float32),
        )  # fmt: skip
        widths = keys, 1 + max(self.item), 1 + max(self.domain)
        parts = [np.zeros((3, features, width), np.float32) for width in widths]
        small = [np.zeros((2, *one.shape), np.float32) for one in at.arrays()[1:]]
        steps = EPOCHS * (-(-len(texts) // BATCH))
        batches = (
            np.sort(order[begin : begin + BATCH])
            for order in (random.permutation(texts) for _ in range(EPOCHS))
            for begin in range(0, len(order), BATCH)
        )
        for step, some in enumerate(batches, start=1):
            gradient = self._gradient(at, some, random)
            rate = RATE * min(1.0, step / 20) * (1 - step / (steps + 1))
            first, second = 1 - 0.9**step, 1 - 0.99**step
            _step_of_words(
                *parts, gradient.words, self.item, self.domain, at.words, rate / first, 1 - rate * DECAY, second
            )
            at.meaning *= 1 - rate * OF_MEANING
            for weights, slope, moments in zip(at.arrays()[1:], gradient.arrays()[1:], small, strict=True):
                _step_of_few(weights, slope, moments, rate / first, second)
        return at

    def _odds(self, at: Weights, rows: Ints, clauses: Any) -> Floats:
        """Log odds of each sub-item in the given clauses, of which `clauses` holds the features."""
        odds: Floats = clauses @ at.words + at.base + self.table.meant[rows] @ at.meaning
        row, key, name = self.table.own_of(rows)
        np.add.at(odds, (row, key), at.own[name])
        return odds

    def _gradient(self, at: Weights, texts: Ints, random: np.random.Generator) -> Weights:
        """Of the mean log loss of some texts, where a share of all features is left out."""
        rows, begin, counts = self.table.clauses_of(texts)
        clauses, (row, key, name) = self.table.clauses[rows], self.table.own_of(rows)
        kept = random.random(len(clauses.data), dtype=np.float32) >= LEFT_OUT
        clauses.data *= kept.astype(np.float32) / np.float32(1 - LEFT_OUT)
        silent = np.logaddexp(0, self._odds(at, rows, clauses))
        chance = np.clip(1 - np.exp(-np.add.reduceat(silent, begin, axis=0)), 1e-6, 1 - 1e-7)
        weight = self.table.known[texts] * self.weight[texts][:, None] / len(texts)
        slope = weight * np.where(self.table.label[texts] > 0, -(1 - chance) / chance, 1.0)
        of_odds = (np.repeat(slope, counts, axis=0) * (1 - np.exp(-silent))).astype(np.float32)
        shared = np.bincount(name, of_odds[row, key], minlength=len(at.own)).astype(np.float32)
        words = np.ascontiguousarray(clauses.T @ of_odds)
        return Weights(words, of_odds.sum(axis=0), shared, self.table.meant[rows].T @ of_odds)


def told_by(odds: Floats, begin: Ints) -> Floats:
    """Noisy-or of clauses, shape (texts, sub-items), from their log odds and where those of each text begin."""
    chances: Floats = (1 - np.exp(-np.add.reduceat(np.logaddexp(0, odds), begin, axis=0))).astype(np.float32)
    return chances


def _step_of_few(weights: Floats, slope: Floats, moments: Floats, rate: float, second: float) -> None:
    """One step of Adam in place; `moments` holds the mean and the mean square of all slopes."""
    mean, square = moments
    mean += 0.1 * (slope - mean)
    square += 0.01 * (slope * slope - square)
    weights -= rate * mean / (np.sqrt(square / second) + 1e-6)


@njit(fastmath=True)  # type: ignore[untyped-decorator]
def _step_of_words(
    each: Floats, items: Floats, domains: Floats, gradient: Floats, item: Ints, domain: Ints, words: Floats,
    rate: float, shrink: float, second: float,
) -> None:  # fmt: skip
    """One step of Adam with decay for the weights of a feature for a sub-item, its item and its domain, each an array
    (weight, mean, square; features, number of them); `words` becomes their sum."""
    of_item, of_domain = np.zeros(items.shape[2], np.float32), np.zeros(domains.shape[2], np.float32)
    for row in range(words.shape[0]):
        of_item[:] = 0
        of_domain[:] = 0
        for at in range(words.shape[1]):
            of_item[item[at]] += gradient[row, at]
            of_domain[domain[at]] += gradient[row, at]
        _step(each, row, gradient[row], rate, shrink, second)
        _step(items, row, of_item, rate, shrink, second)
        _step(domains, row, of_domain, rate, shrink, second)
        for at in range(words.shape[1]):
            words[row, at] = each[0, row, at] + items[0, row, item[at]] + domains[0, row, domain[at]]


@njit(fastmath=True)  # type: ignore[untyped-decorator]
def _step(of: Floats, row: int, slope: Floats, rate: float, shrink: float, second: float) -> None:
    for at in range(slope.shape[0]):
        mean = of[1, row, at] + np.float32(0.1) * (slope[at] - of[1, row, at])
        square = of[2, row, at] + np.float32(0.01) * (slope[at] * slope[at] - of[2, row, at])
        spread = np.sqrt(square / np.float32(second)) + np.float32(1e-6)
        of[0, row, at] = of[0, row, at] * np.float32(shrink) - np.float32(rate) * mean / spread
        of[1, row, at] = mean
        of[2, row, at] = square


def _numbered(names: list[str]) -> Ints:
    known = sorted(set(names))
    return np.array([known.index(name) for name in names])
