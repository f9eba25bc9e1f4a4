"""What judging series together is worth: pairs gathered afterwards against series judged together, on every preset.

    python benchmarks/collective.py --reports 1200 --seed 51 [--presets default travelling] [--replicates 100]

The world of `--seed` is judged; that of `--seed` + 1, of the same preset, is learned from. Intervals are 95 %
(bootstrap over people). Synthetic, and no claim about real cases.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.baselines import baselines
from linkage.evaluation.baselines.gathering import chosen_threshold, series_at
from linkage.evaluation.conditions import Labelled, made_world
from linkage.evaluation.engine import Engine, labelled, pair_weights, unlabelled
from linkage.evaluation.intervals import Figure, figures
from linkage.evaluation.scorer import Scorer, Scores
from linkage.evaluation.truth import EvaluatedPairs, Truth, evaluated_pairs
from linkage.linker import Linker
from linkage.models.prior import probability_of
from linkage.models.series import FLOOR, find_series
from linkage.report import Report

PRESETS = ("default", "solved", "travelling", "text_only", "sparse", "adversarial")

SHOWN = ("auprc", "recall_at_10", "recall_at_10_far", "b_cubed_f1", "series_whole", "expected_links_all")

STOP = -0.3
"""Mean log10 odds at which average linkage of pairs stops: one in three, as before series were judged together."""


class PairsAlone:
    """The engine's pair weights with labels, gathered afterwards: by average linkage, or by components."""

    learns = True

    def __init__(self, components: bool) -> None:
        self.components = components
        self.name = "pairs, then components" if components else "pairs, then average linkage"
        self.note = "The engine's pair weights, learned from labels; series gathered from them"
        self._linker, self._threshold = Linker(), 0.5

    def fit(self, reports: Sequence[Report], truth: Truth) -> Self:
        """Learn weights, and for components the threshold."""
        known = labelled(reports, truth)
        self._linker = Linker().fit(known, labelled=known)
        if self.components:
            pairs = evaluated_pairs(reports, truth)
            self._threshold = chosen_threshold(pairs, self._probability(pairs))
        return self

    def score(self, pairs: EvaluatedPairs) -> Scores:
        """Weights as they are, and series gathered from them."""
        probability = self._probability(pairs)
        value = np.log10(np.maximum(probability, 1e-15) / np.maximum(1 - probability, 1e-15))
        if self.components:
            return Scores(value, probability, series_at(pairs, probability, self._threshold))
        names = [report.report_id for report in pairs.reports]
        strong = np.flatnonzero(value > FLOOR)
        ends = zip(pairs.left[strong], pairs.right[strong], value[strong], strict=True)
        strengths = {(min(names[a], names[b]), max(names[a], names[b])): float(one) for a, b, one in ends}
        found: dict[str, set[str]] = {}
        for member in find_series(strengths, {}, stop=STOP).members:
            found.setdefault(member.series_id, set()).add(member.report_id)
        return Scores(value, probability, list(found.values()))

    def _probability(self, pairs: EvaluatedPairs) -> NDArray[np.float64]:
        self._linker.take(unlabelled(pairs.reports))
        return probability_of(self._linker.prior_ + pair_weights(self._linker, pairs))


def ways(seed: int) -> list[Scorer]:
    """The rows of the table."""
    rivals = [way for way in baselines(seed) if way.name in ("gradient boosting", "Splink, labels")]
    return [PairsAlone(False), PairsAlone(True), Engine(labels=False), Engine(labels=True), *rivals]


def said(figure: Figure | None) -> str:
    """A figure with its interval."""
    if figure is None:
        return "-"
    return f"{figure.value:.2f} ({figure.low:.2f}-{figure.high:.2f})"


def rows(learned: Labelled, judged: Labelled, seed: int, replicates: int) -> None:
    """Print a row for each way of linking."""
    pairs = evaluated_pairs(judged.reports, judged.truth)
    for way in ways(seed):
        found = figures(pairs, way.fit(learned.reports, learned.truth).score(pairs), seed, replicates)
        print("| " + " | ".join([way.name, *(said(found.get(key)) for key in SHOWN)]) + " |", flush=True)


def main() -> None:
    """Print a table for each preset with what makes it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=1200)
    asked.add_argument("--seed", type=int, default=51)
    asked.add_argument("--presets", nargs="+", default=list(PRESETS), choices=PRESETS)
    asked.add_argument("--replicates", type=int, default=100)
    choices = asked.parse_args()
    for preset in choices.presets:
        judged, learned = (made_world(choices.reports, choices.seed + turn, preset) for turn in (0, 1))
        told = f"n = {choices.reports:,} reports, seed {choices.seed}, learned from seed {choices.seed + 1}"
        print(f"\nsynthetic {preset}: {told}, {choices.replicates} draws of people")
        print("| way | " + " | ".join(SHOWN) + " |")
        print("| --- " * (len(SHOWN) + 1) + "|")
        rows(learned, judged, choices.seed, choices.replicates)


if __name__ == "__main__":
    main()
