"""Labelled reports become a model: parameters first, then tempers on pairs the parameters were not learned on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from linkage.features.catalogue import CATALOGUE
from linkage.features.parameters import Parameters, elicited
from linkage.features.table import fit_table
from linkage.intake.merge import incident_rows
from linkage.models.labels import halves, labelled_links, learn_partners, thinned
from linkage.models.learning import learn_parameters
from linkage.models.model import Model
from linkage.models.pair_frame import pair_frame
from linkage.models.scan import ScanSettings, scan
from linkage.models.tempers import TemperedPairs, judged, learn_tempers, together, weighing_groups
from linkage.report import Report

Progress = Callable[[str, int, int], None]

FOLD_LINKS = 8
"""Links that a half must have before tempers are fitted at all [G]: fewer say nothing about thirty groups."""


def train(reports: Sequence[Report], sensitive: bool = False, progress: Progress | None = None) -> Model:
    """Learn a model from the reports that carry a `series`; the elicited one when no two of them are linked."""
    laid = incident_rows(reports)
    links = labelled_links([report.series for report in laid.reports], laid.number)
    if not len(links.left):
        return Model()
    partners = learn_partners(laid.reports, links, elicited())
    sample = thinned(reports)
    parameters = _learn(sample, partners, progress, 0)
    one, other = halves(sample)
    parts = [
        part
        for turn, (learned_on, held_out) in enumerate(((one, other), (other, one)), start=1)
        if (part := _held_out(_learn(learned_on, partners, progress, turn), held_out, sensitive)) is not None
    ]
    groups = weighing_groups(fit_table([], parameters, sensitive))
    tempers, offset = learn_tempers(groups, together(parts)) if len(parts) == 2 else ({}, 0.0)
    return Model(
        parameters,
        tempers,
        offset,
        {
            "reports": len(reports),
            "labelled_reports": sum(report.series is not None for report in reports),
            "series": len({report.series for report in reports if report.series is not None}),
            "links": len(links.left),
            "reports_read": len(sample),
            "sensitive": sensitive,
        },
    )


def _learn(reports: Sequence[Report], start: Parameters, progress: Progress | None, turn: int) -> Parameters:
    """Parameters from these reports; `turn` is which of the three times this is, for the progress bar."""
    laid = incident_rows(reports)
    links = labelled_links([report.series for report in laid.reports], laid.number)

    def told(done: int, total: int) -> None:
        if progress:
            progress("learning", turn * total + done, 3 * total)

    return learn_parameters(laid.reports, links, CATALOGUE, start, told)


def _held_out(parameters: Parameters, reports: Sequence[Report], sensitive: bool) -> TemperedPairs | None:
    """Pairs of reports that the parameters were not learned on; None when hardly a link is among them."""
    laid = incident_rows(reports)
    number = np.array(laid.number, dtype=np.int64)
    if len(labelled_links([report.series for report in laid.reports], laid.number).left) < FOLD_LINKS:
        return None
    table = fit_table(laid.reports, parameters, sensitive)
    pairs = pair_frame(table, laid.rows, scan(table.pack(), number, ScanSettings()), 0.0)
    return judged(pairs, {report.report_id: report.series for report in reports}, table)
