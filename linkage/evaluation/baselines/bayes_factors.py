"""Bayes factors of discretised evidence, learned from linked and unlinked pairs, in the manner of crimelinkage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.special import logit

from linkage.evaluation.baselines.columns import Columns, Floats, Rows, columns_of, membership, shared
from linkage.evaluation.baselines.fields import NUMBERS, categories, plates
from linkage.evaluation.baselines.learned import Learned
from linkage.evaluation.baselines.training import TrainingPairs
from linkage.evaluation.truth import EvaluatedPairs
from linkage.features.plate_compare import compare
from linkage.features.plate_pairs import compare_all
from linkage.report import Report

PSEUDO_PAIRS = 10.0
"""Linked pairs' worth of the unlinked histogram that is added to the linked one [G]: a level that few linked pairs
show then has a Bayes factor near 1. Porter's naive Bayes shrinks each histogram likewise."""

BINS: dict[str, tuple[float, ...]] = {
    "km": (0.25, 0.5, 1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500),
    "days": (1, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1095, 1825, 3650),
    "hours": (0.5, 1, 2, 3, 4, 6, 8, 10),
    "age": (1, 3, 5, 8, 12, 16, 22),
    "height": (1, 3, 5, 8, 12, 16),
}
"""Bounds between the levels of each number [G]: near even on the scale on which the number is judged."""

CHARACTERS = 3.0
"""log10 rarity of the agreed characters from which two plates that could be one count as the same in full [G]."""

LEVELS = {**{name: len(bounds) + 1 for name, bounds in BINS.items()}, "registration": 3}
"""Levels of each piece of evidence; a category has two, differs and agrees."""

UNKNOWN = -1

Levels = NDArray[np.int8]


class BayesFactors(Learned["_Evidence", "_Given"]):
    """The log odds of a pair are its prior log odds and the log Bayes factor of each piece of evidence.

    A Bayes factor is the share of linked pairs at a level over that of unlinked pairs. A piece of evidence that is
    not known on one side has none. Evidence is taken as independent (naive Bayes).
    """

    name = "Bayes factors"

    def __init__(self, seed: int = 0, sensitive: bool = True) -> None:
        self.seed = seed
        self.sensitive = sensitive
        kept = "perceived ethnicity, complexion and accent included" if sensitive else "without sensitive fields"
        self.note = (
            "Naive Bayes on histograms of linked and unlinked pairs, in the manner of crimelinkage (Porter 2016): "
            f"distance, days, hour, each behaviour, person, vehicle, identifiers; {kept}."
        )

    def _read(self, reports: Sequence[Report]) -> _Evidence:
        return _Evidence(reports, self.sensitive)

    def _given(self, seen: _Evidence, pairs: EvaluatedPairs) -> _Given:
        return seen, pairs, dict(seen.levels(pairs))

    def _learn(self, seen: _Evidence, training: TrainingPairs) -> _Factors:
        return _Factors(seen, training)


class _Factors:
    """ln Bayes factor of every level of every piece of evidence, and the prior ln odds."""

    def __init__(self, seen: _Evidence, training: TrainingPairs) -> None:
        self.prior = float(logit(training.base_rate))
        linked = training.pairs.linked
        self.levels = {
            name: _log_factors(levels, LEVELS.get(name, 2), linked) for name, levels in seen.levels(training.pairs)
        }
        self.items = _item_factors(seen, training)

    def log_odds(self, given: _Given) -> NDArray[np.float64]:
        """ln odds that each pair is linked, shape (pairs,)."""
        seen, pairs, levels = given
        total = self.prior + seen.item_sum(self.items, pairs.left, pairs.right).astype(np.float64)
        for name, level in levels.items():
            total += np.append(self.levels[name], 0.0)[level]  # the last, -1, is not known
        return total


class _Evidence:
    """Levels of every piece of evidence for pairs of these reports."""

    def __init__(self, reports: Sequence[Report], sensitive: bool) -> None:
        self.columns: Columns = columns_of(reports)
        self.behaviours = [frozenset(report.behaviours.present) for report in reports]
        self.sets = {name: _table([read(r) for r in reports]) for name, read in categories(sensitive).items()}
        self.numbers = {name: np.array([read(r) for r in reports]) for name, read in NUMBERS.items()}
        held = [plates(report) for report in reports]
        self.plates = _table(held)
        self.alike_plates = _alike(sorted({plate for row in held for plate in row}))

    def levels(self, pairs: EvaluatedPairs) -> Iterator[tuple[str, Levels]]:
        """Name and level (pairs,) of each piece of evidence but behaviours; -1 where it is not known."""
        left, right = pairs.left, pairs.right
        yield "km", _binned(np.exp(self.columns.log_km(pairs.km, left, right)), "km")
        yield "days", _binned(self.columns.days(left, right), "days")
        yield "hours", _binned(self.columns.hours(left, right), "hours")
        for name, values in self.numbers.items():
            yield name, _binned(np.abs(values[left] - values[right]).astype(np.float32), name)
        for name, table in self.sets.items():
            yield name, _known(table, (shared(table, table, left, right) > 0).astype(np.int8), left, right)
        in_part, in_full = (shared(self.plates @ alike, self.plates, left, right) > 0 for alike in self.alike_plates)
        yield "registration", _known(self.plates, in_part.astype(np.int8) + in_full.astype(np.int8), left, right)

    def item_sum(self, factors: dict[str, tuple[float, float, float]], left: Rows, right: Rows) -> Floats:
        """Sum over behaviours of the log Bayes factor of neither, one or both reports telling of it.

        With x and y 0 or 1 it is n + (o - n)(x + y) + (b - 2o + n)xy for each item, so one product does for all.
        """
        items = sorted(factors)
        neither, one, both = np.array([factors[item] for item in items], dtype=np.float32).reshape(-1, 3).T
        shown = membership(self.behaviours, items)
        alone = shown @ (one - neither)
        total = shared(shown * (both - 2 * one + neither), shown, left, right) + alone[left] + alone[right]
        known = self.columns.recorded
        return np.where(known[left] & known[right], total + neither.sum(), np.float32(0.0))


_Given = tuple[_Evidence, EvaluatedPairs, dict[str, Levels]]


def _table(held: Sequence[frozenset[str]]) -> Floats:
    return membership(held, sorted({value for row in held for value in row}))


def _known(table: Floats, levels: Levels, left: Rows, right: Rows) -> Levels:
    known = table.sum(axis=1) > 0
    return np.where(known[left] & known[right], levels, UNKNOWN).astype(np.int8)


def _binned(values: Floats, name: str) -> Levels:
    return np.where(np.isnan(values), UNKNOWN, np.searchsorted(BINS[name], values)).astype(np.int8)


def _alike(distinct: Sequence[str]) -> tuple[Floats, Floats]:
    """Which plates could be one, shape (plates, plates), and which of them share characters that are rare enough."""
    in_part, in_full = np.zeros((2, len(distinct), len(distinct)), dtype=np.float32)
    itself = [(i, i, compare(plate, plate)) for i, plate in enumerate(distinct)]
    for i, j, found in [*itself, *compare_all(list(distinct))]:
        if found.compatible:
            in_part[i, j] = in_part[j, i] = 1
            in_full[i, j] = in_full[j, i] = found.information >= CHARACTERS
    return in_part, in_full


def _log_factors(levels: Levels, count: int, linked: NDArray[np.bool_]) -> NDArray[np.float64]:
    """ln Bayes factor of each of `count` levels, shape (levels,)."""
    seen = [np.bincount(levels[kind & (levels >= 0)], minlength=count) for kind in (linked, ~linked)]
    return _smoothed(seen[0], seen[1])


def _smoothed(linked: NDArray[np.int_], unlinked: NDArray[np.int_]) -> NDArray[np.float64]:
    base = (unlinked + 0.5) / (unlinked + 0.5).sum()  # half a pair each (Jeffreys' prior) keeps shares off 0
    more = (linked / base + PSEUDO_PAIRS) / (linked.sum() + PSEUDO_PAIRS)
    # that few linked pairs show a level they would seldom show anyway says little: half a pair on both sides
    expected = linked.sum() * base
    less = (linked + 0.5) / (expected + 0.5)
    factors: NDArray[np.float64] = np.log(np.where(linked < expected, less, more))
    return factors


def _item_factors(evidence: _Evidence, training: TrainingPairs) -> dict[str, tuple[float, float, float]]:
    """ln Bayes factor of neither, one and both reports telling of each behaviour that two training reports show."""
    items = sorted({item for row in evidence.behaviours for item in row})
    shown = membership(evidence.behaviours, items)
    common = shown.sum(axis=0) > 1
    known = evidence.columns.recorded
    counts: list[NDArray[np.int_]] = []
    for kind in (training.pairs.linked, ~training.pairs.linked):
        kept = kind & known[training.pairs.left] & known[training.pairs.right]
        left, right = training.pairs.left[kept], training.pairs.right[kept]
        counts.append(_told_by(shown[:, common], left, right))
    kept_items = [item for item, keep in zip(items, common, strict=True) if keep]
    return {
        item: tuple(_smoothed(counts[0][column], counts[1][column]).tolist())
        for column, item in enumerate(kept_items)
    }


def _told_by(shown: Floats, left: Rows, right: Rows) -> NDArray[np.int_]:
    """Pairs in which neither, one or both reports tell of each item, shape (items, 3)."""
    n, uses = len(shown), np.bincount(np.concatenate([left, right]), minlength=len(shown))
    together = coo_array((np.ones(len(left), dtype=np.float32), (left, right)), shape=(n, n)).tocsr()
    both = ((together @ shown) * shown).sum(axis=0).astype(int)
    one = (uses @ shown).astype(int) - 2 * both
    return np.stack([len(left) - one - both, one, both], axis=1)
