"""Labelled reports become a model: parameters first, then tempers on pairs the parameters were not learned on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from linkage.features.catalogue import CATALOGUE
from linkage.features.parameters import Parameters, elicited
from linkage.features.table import EvidenceTable, fit_table
from linkage.intake.merge import incident_rows
from linkage.models.joining import Choices, choices_of, learn_series_tempers
from linkage.models.judged import Constraints, Judged, RowPairs, judge
from linkage.models.labels import halves, labelled_links, learn_lengths, learn_partners, thinned
from linkage.models.learning import learn_parameters
from linkage.models.lengths import series_prior
from linkage.models.model import Model
from linkage.models.pair_frame import pair_frame, proposed_rows, row_pairs
from linkage.models.prior import log10_odds, pair_prior
from linkage.models.scan import Partners, ScanSettings, scan
from linkage.models.tempers import TemperedPairs, judged, learn_tempers, together, weighing_groups
from linkage.models.together import Calibrate, Calibration, learn_calibration, shipped
from linkage.report import Report

Progress = Callable[[str, int, int], None]

FOLD_LINKS = 8
"""Links that a half must have before tempers are fitted at all [G]: fewer say nothing about thirty groups."""

COMPLETE = 0.5
"""Share of the links that the elicited number of partners promises from which a file's labels are taken to be
complete [G]: a report without one is then a one-off. Below, it may belong to a series that nobody has solved."""


def train(reports: Sequence[Report], sensitive: bool = False, progress: Progress | None = None) -> Model:
    """Learn a model from the reports that carry a `series`; the elicited one when no two of them are linked."""
    laid = incident_rows(reports)
    links = labelled_links([report.series for report in laid.reports], laid.number)
    if not len(links.left):
        return Model()
    labelled = sum(report.series is not None for report in reports)
    promised = elicited().get("series", "partners") * len(laid.reports)
    complete = 2 * len(links.left) >= COMPLETE * promised or labelled == len(reports)
    if complete:
        reports = [report if report.series else _one_off(report) for report in reports]
        laid = incident_rows(reports)
    partners = learn_partners(laid.reports, links, elicited())
    sample = thinned(reports)
    known = learn_lengths(laid.reports, partners)
    parameters = _learn(sample, known, progress, 0)
    one, other = halves(sample)
    held = [
        found
        for turn, (learned_on, held_out) in enumerate(((one, other), (other, one)), start=1)
        if (found := _held_out(_learn(learned_on, known, progress, turn), held_out, sensitive)) is not None
    ]
    groups = weighing_groups(fit_table([], parameters, sensitive))
    tempers, offset = learn_tempers(groups, together([half.pairs for half in held])) if len(held) == 2 else ({}, 0.0)
    choices = [half.choices for half in held if half.choices is not None and complete]
    series_tempers = learn_series_tempers(groups, tempers, choices) if len(choices) == 2 else {}
    tried = {**tempers, **series_tempers}
    calibration = _calibrated(held, sample, tried, offset, sensitive) if len(choices) == 2 else shipped()
    return Model(
        parameters,
        tempers,
        offset,
        series_tempers,
        calibration,
        {
            "reports": len(reports),
            "labelled_reports": labelled,
            "taken_as_one_offs": len(reports) - labelled if complete else 0,
            "series": len({report.series for report in laid.reports if report.series is not None}),
            "links": len(links.left),
            "reports_read": len(sample),
            "sensitive": sensitive,
        },
    )


def _one_off(report: Report) -> Report:
    """The report as the only one of its person, or with the person of the report it follows."""
    return report.model_copy(update={"series": f"\0alone {report.follows or report.report_id}"})


def _learn(reports: Sequence[Report], start: Parameters, progress: Progress | None, turn: int) -> Parameters:
    """Parameters from these reports; `turn` is which of the three times this is, for the progress bar."""
    laid = incident_rows(reports)
    links = labelled_links([report.series for report in laid.reports], laid.number)

    def told(done: int, total: int) -> None:
        """Hand on the progress of this turn as that of all three."""
        if progress:
            progress("learning", turn * total + done, 3 * total)

    return learn_parameters(laid.reports, links, CATALOGUE, start, told)


@dataclass(frozen=True)
class _Scoring:
    """Reports under parameters: their rows, labels, incidents, columns and kept pairs."""

    rows: list[list[str]]
    labels: list[str | None]
    number: NDArray[np.int64]
    table: EvidenceTable
    partners: Partners
    parameters: Parameters
    proposals: list[tuple[int, int, float]]

    @classmethod
    def of(cls, parameters: Parameters, reports: Sequence[Report], sensitive: bool) -> _Scoring:
        """Fit the evidence to the reports and scan their pairs for those worth keeping."""
        laid = incident_rows(reports)
        number = np.array(laid.number, dtype=np.int64)
        table = fit_table(laid.reports, parameters, sensitive)
        partners = scan(table.pack(), number, ScanSettings())
        labels = [report.series for report in laid.reports]
        return cls(laid.rows, labels, number, table, partners, parameters, laid.proposals)

    def prior(self, offset: float) -> float:
        """log10 odds of a random pair."""
        series = self.parameters.values["series"]
        return log10_odds(pair_prior(len(self.rows), series["partners"].value, series["most"].value)) + offset

    def strengths(self, offset: float) -> RowPairs:
        """Kept row pairs under the table's tempers and the offset of the prior."""
        return row_pairs(self.table, self.partners, self.prior(offset))

    def judge(self, tempers: Mapping[str, float], offset: float) -> Judged:
        """Series judged together under these tempers, not calibrated."""
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
        )


@dataclass(frozen=True)
class _Held:
    """What reports held out tell: their people, pairs and choices under parameters that were learned on others."""

    parameters: Parameters
    people: frozenset[str]
    pairs: TemperedPairs
    choices: Choices | None


def _held_out(parameters: Parameters, reports: Sequence[Report], sensitive: bool) -> _Held | None:
    """What is held out; None when hardly a link is among the reports."""
    laid = incident_rows(reports)
    if len(labelled_links([report.series for report in laid.reports], laid.number).left) < FOLD_LINKS:
        return None
    known = _Scoring.of(parameters, reports, sensitive)
    frame = pair_frame(known.table, known.rows, known.partners, 0.0)
    pairs = judged(frame, {report.report_id: report.series for report in reports}, known.table)
    prior = series_prior(len(set(known.number.tolist())), parameters)
    choices = choices_of(known.table, known.labels, known.number, known.strengths(0.0), prior)
    return _Held(parameters, frozenset(label for label in known.labels if label), pairs, choices)


def _calibrated(
    held: Sequence[_Held], reports: Sequence[Report], tempers: Mapping[str, float], offset: float, sensitive: bool
) -> Calibration:
    """Calibration of the series inference, from pairs of people whom the parameters have not seen.

    All reports are judged together, so that as many look-alikes compete for a report as will do when it counts. Pairs
    of one held out and one seen report are never links; they come twice, once from each half, and count half.
    """
    said, linked, share, km = [], [], [], []
    for half in held:
        whole = _Scoring.of(half.parameters, reports, sensitive)
        found = whole.judge(tempers, offset)
        first = np.unique(found.unit, return_index=True)[1]
        labels = np.array([label or "" for label in whole.labels], dtype=object)[first]
        number = whole.number[first]
        new = np.array([label in half.people for label in labels])
        left, right = found.posterior.left, found.posterior.right
        told = (labels[left] != "") & (labels[right] != "") & (new[left] | new[right])
        told &= number[left] != number[right]
        said.append(found.posterior.together[told])
        linked.append((labels[left] == labels[right])[told])
        share.append(np.where(new[left] & new[right], 1.0, 0.5)[told])
        apart = Calibrate(Calibration(), whole.table.place().distance_km).apart(left, right, found.unit)
        km.append(apart[told])
    return learn_calibration(said, linked, share, km)
