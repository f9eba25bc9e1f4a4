"""The engine as a way of linking that is judged like every other: it sees no label of what it is judged on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.listed import gathered, lay_over
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs, Truth
from linkage.features.evidence import MILLIBAN
from linkage.linker import Linker, Settings
from linkage.models.kernel import score_block
from linkage.models.prior import probability_of
from linkage.models.work import BLOCK
from linkage.report import Report

CERTAIN = 15.0
"""log10 odds beyond which a 64-bit probability is 1 and tells nothing apart."""

TIE = 1e-6
"""How far a weight (log10 LR) moves the rank of pairs whose probabilities are equal."""


class Engine:
    """This program, with or without labelled reports to learn from.

    A pair's score is the log10 odds of the probability that the engine lists for it. A pair that it does not list
    is scored from the same weights, so that no pair is judged by being absent.
    """

    def __init__(self, labels: bool, settings: Settings | None = None) -> None:
        self.learns = labels
        self.name = "engine, labels" if labels else "engine, no labels"
        self.note = (
            "This program, weights learned from the labelled reports (linkage link --train)"
            if labels
            else "This program as it comes: elicited weights, base rates of the reports at hand (linkage link)"
        )
        self.settings = settings or Settings()
        if self.settings.sensitive:
            self.name += ", sensitive items on"
            self.note += "; perceived ethnicity, complexion and accent carry weight (--sensitive)"
        self._linker = Linker(self.settings)

    def fit(self, reports: Sequence[Report], truth: Truth) -> Self:
        """Learn weights from `reports`, labelled as `truth` says; without labels there is nothing to learn."""
        self._linker = Linker(self.settings)
        if self.learns:
            known = labelled(reports, truth)
            self._linker.fit(known, labelled=known)
        return self

    def score(self, pairs: EvaluatedPairs) -> Scores:
        """The weight of every judged pair, the listed probability where there is one, and the candidate series."""
        reports = unlabelled(pairs.reports)
        # without labels as `linkage link` does it: what the reports say follows what is no label of a person
        linker = self._linker.take(reports) if self.learns else self._linker.fit(reports)
        frame = linker.score(reports)
        weight = pair_weights(linker, pairs)
        probability = probability_of(linker.prior_ + weight)
        if len(frame):
            laid = lay_over(pairs, frame)
            listed = laid.value >= frame["probability"].min()
            probability[listed] = laid.value[listed]
        return Scores(
            value=_log_odds(probability) + TIE * weight,
            probability=probability,
            series=gathered(linker.cluster(frame)),
        )


def labelled(reports: Sequence[Report], truth: Truth) -> list[Report]:
    """The reports as a training file has them: `series` names the person where two or more incidents are theirs."""
    incidents: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        if (person := truth.person.get(report.report_id)) is not None:
            incidents[person].add(truth.incident.get(report.report_id, report.report_id))
    serial = {person for person, own in incidents.items() if len(own) > 1}
    names = [truth.person.get(report.report_id) for report in reports]
    return [
        report.model_copy(update={"series": name if name in serial else None})
        for report, name in zip(reports, names, strict=True)
    ]


def unlabelled(reports: Sequence[Report]) -> list[Report]:
    """The reports without any label."""
    return [report.model_copy(update={"series": None}) for report in reports]


def pair_weights(linker: Linker, pairs: EvaluatedPairs) -> NDArray[np.float64]:
    """Weight (log10 LR) of every judged pair; blocks of rows at a time, so that memory follows the pairs alone."""
    scored = linker._require()
    packed = scored.table.pack()
    row = np.array([scored.row_of[report.report_id] for report in pairs.reports], dtype=np.int64)
    weight = np.empty(len(pairs), dtype=np.float64)
    for start in range(0, len(row), BLOCK):
        total, _, _ = score_block(packed.take(row[start : start + BLOCK]), packed)
        first, last = np.searchsorted(pairs.left, (start, start + BLOCK))
        weight[first:last] = total[pairs.left[first:last] - start, row[pairs.right[first:last]]]
    weight /= MILLIBAN
    weight[row[pairs.left] == row[pairs.right]] = CERTAIN  # the reports say themselves that they follow each other
    return weight


def _log_odds(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    odds: NDArray[np.float64] = np.log10(np.maximum(probability, 10**-CERTAIN))
    odds -= np.log10(np.maximum(1 - probability, 10**-CERTAIN))
    return odds
