"""Folds: reports held out, scored under parameters learned on others. Tempers and calibration are fitted to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.features.parameters import Parameters
from linkage.features.table import EvidenceTable
from linkage.models.calibration import Calibrate, Calibration
from linkage.models.completeness import UnsolvedPairs, unsolved
from linkage.models.lengths import series_prior
from linkage.models.pair_frame import pair_frame, proposed_rows, row_pairs
from linkage.models.prior import log10_odds, pair_prior
from linkage.models.samples import Sample
from linkage.models.scan import Partners, ScanSettings, scan
from linkage.models.series_inference import Constraints, RowPairs, SeriesPosterior, judge
from linkage.models.series_tempers import Choices, choices_of
from linkage.models.tempers import TemperedPairs, labelled_pairs

FOLD_LINKS = 8
"""Links that a fold must have before tempers are fitted at all [G]: fewer say nothing about thirty groups."""


def as_one_offs(labels: Sequence[str | None], rows: Sequence[Sequence[str]]) -> list[str | None]:
    """Labels of rows, those without one as the only ones of their person."""
    return [label or f"\0alone {row[0]}" for label, row in zip(labels, rows, strict=True)]


@dataclass(frozen=True)
class Scoring:
    """Reports under parameters: their rows, labels, incidents, columns and kept pairs."""

    rows: list[list[str]]
    labels: list[str | None]
    number: NDArray[np.int64]
    table: EvidenceTable
    partners: Partners
    parameters: Parameters
    proposals: list[tuple[int, int, float]]

    @classmethod
    def of(cls, parameters: Parameters, sample: Sample, sensitive: bool) -> Scoring:
        """Fit the evidence to the reports and scan their pairs for those worth keeping."""
        laid = sample.laid
        number = np.array(laid.number, dtype=np.int64)
        table = sample.read.table(parameters, sensitive)
        partners = scan(table.pack(), number, ScanSettings())
        labels = [report.series for report in laid.reports]
        return cls(laid.rows, labels, number, table, partners, parameters, laid.proposals)

    def with_one_offs(self) -> Scoring:
        """The same with every row without a label as the only one of its person."""
        return replace(self, labels=as_one_offs(self.labels, self.rows))

    def prior(self, offset: float) -> float:
        """log10 odds of a random pair."""
        series = self.parameters.values["series"]
        return log10_odds(pair_prior(len(self.rows), series["partners"].value, series["most"].value)) + offset

    def strengths(self, offset: float) -> RowPairs:
        """Kept row pairs under the table's tempers and the offset of the prior."""
        return row_pairs(self.table, self.partners, self.prior(offset))

    def judge(self, tempers: Mapping[str, float], offset: float, chains: int | None = None) -> SeriesPosterior:
        """Series judged together under these tempers, not calibrated; by default in as many chains as series have."""
        tempered = replace(self, table=self.table.with_tempers(tempers))
        return judge(
            [column.set_piece() for column in self.table.columns],
            tempered.table.column_tempers(),
            self.rows,
            proposed_rows(tempered.table, self.proposals, self.prior(offset)),
            tempered.strengths(offset),
            self.parameters,
            Constraints(),
            Calibrate(Calibration(), self.table.place().distance_km),
            chains=chains,
        )


@dataclass(frozen=True)
class Fold:
    """Reports held out, scored; `frame` are their listed pairs (as pairs.csv), `series` the label of each report."""

    scoring: Scoring
    frame: pd.DataFrame
    series: Mapping[str, str | None]

    @classmethod
    def of(cls, parameters: Parameters, sample: Sample, sensitive: bool) -> Fold | None:
        """None when hardly a link is among the reports."""
        if len(sample.links.left) < FOLD_LINKS:
            return None
        known = Scoring.of(parameters, sample, sensitive)
        frame = pair_frame(known.table, known.rows, known.partners, 0.0)
        return cls(known, frame, sample.series)

    @property
    def people(self) -> frozenset[str]:
        """All labels."""
        return frozenset(label for label in self.scoring.labels if label)

    def pairs(self) -> TemperedPairs:
        """Listed pairs of labelled reports."""
        return labelled_pairs(self.frame, self.series, self.scoring.table)

    def unsolved(self) -> UnsolvedPairs:
        """Listed pairs with a report without a label."""
        return unsolved(self.frame, self.series, self.scoring.table)

    def choices(self) -> Choices | None:
        """What each row could join (`series_tempers.choices_of`)."""
        known = self.scoring
        prior = series_prior(len(set(known.number.tolist())), known.parameters)
        return choices_of(known.table, known.labels, known.number, known.strengths(0.0), prior)

    def with_one_offs(self) -> Fold:
        """The same with every report without a label as the only one of its person."""
        known = self.scoring.with_one_offs()
        of_row = {name: label for row, label in zip(known.rows, known.labels, strict=True) for name in row}
        series = {name: label or of_row[name] for name, label in self.series.items()}
        return replace(self, scoring=known, series=series)

    def with_partners(self, parameters: Parameters) -> Fold:
        """The same under the number of partners that other parameters have."""
        own = self.scoring.parameters.with_value("series", "partners", parameters.values["series"]["partners"])
        return replace(self, scoring=replace(self.scoring, parameters=own))
