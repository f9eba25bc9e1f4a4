"""Labelled reports become a model: parameters first, then tempers on pairs the parameters were not learned on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from linkage.features.catalogue import CATALOGUE
from linkage.features.parameters import Parameters, elicited
from linkage.features.table import fit_table
from linkage.intake.incidents.merge import incident_rows
from linkage.models.calibration import Calibrate, Calibration, learn_calibration, shipped
from linkage.models.completeness import COMPLETE, FEW_FURTHER, promised, share_of_links, unsolved_count
from linkage.models.folds import Fold, Scoring, as_one_offs
from linkage.models.labels import DEALS, Links, halves, labelled_links, learn_lengths, learn_partners, thinned
from linkage.models.learning import learn_parameters
from linkage.models.model import Model
from linkage.models.samples import Sample, samples
from linkage.models.series_tempers import learn_series_tempers
from linkage.models.tempers import concatenated, learn_tempers, weighing_groups
from linkage.report import Report

Progress = Callable[[str, int, int], None]

CHAINS = 8
"""Chains a component while the calibration is learned [R]: it is an average over many pairs, and came out as with 20
(docs/decisions/0055)."""


def train(reports: Sequence[Report], sensitive: bool = False, progress: Progress | None = None) -> Model:
    """Learn a model from the reports that carry a `series`; the elicited one when no two of them are linked."""
    laid = incident_rows(reports)
    labels = [report.series for report in laid.reports]
    links = labelled_links(labels, laid.number)
    if not len(links.left):
        return Model()
    start = learn_lengths(laid.reports, elicited())
    sample = thinned(reports)
    whole, *dealt = samples([sample, *(half for deal in range(len(DEALS)) for half in halves(sample, deal))])
    parameters = _learn(whole, start, progress, 0)
    folds = _folds(dealt, start, sensitive, progress)
    groups = weighing_groups(fit_table([], parameters, sensitive))
    without = sum(report.series is None for report in reports)
    complete = not without or _complete(links, len(labels), unsolved_count(len(reports), without), folds, groups)
    if complete:
        labels, folds = as_one_offs(labels, laid.rows), [fold.with_one_offs() for fold in folds]
    tempers, offset = _tempers(groups, folds)
    parameters = learn_partners(labels, links, parameters)
    folds = [fold.with_partners(parameters) for fold in folds]
    choices = [found for fold in folds if complete and (found := fold.choices()) is not None]
    series_tempers = learn_series_tempers(groups, tempers, choices, 1 / len(DEALS)) if choices else {}
    tried = {**tempers, **series_tempers}
    return Model(
        parameters,
        tempers,
        offset,
        series_tempers,
        _calibrated(folds[:2], whole, tried, offset, sensitive) if choices else shipped(),
        {
            "reports": len(reports),
            "labelled_reports": len(reports) - without,
            "taken_as_one_offs": without if complete else 0,
            "series": len({report.series for report in laid.reports if report.series is not None}),
            "links": len(links.left),
            "reports_read": len(sample),
            "sensitive": sensitive,
        },
    )


def _folds(dealt: Sequence[Sample], start: Parameters, sensitive: bool, progress: Progress | None) -> list[Fold]:
    """Each half, in every way that they are dealt, scored under what its other half teaches; none where one of them
    has hardly a link."""
    found = []
    for turn, half in enumerate(dealt):
        learned = _learn(dealt[turn ^ 1], start, progress, turn + 1)
        if (fold := Fold.of(learned, half, sensitive)) is None:
            return []
        found.append(fold)
    return found


def _tempers(groups: Sequence[str], folds: Sequence[Fold]) -> tuple[dict[str, float], float]:
    """Tempers of the groups and the offset, from the labelled pairs that were held out; none without any.

    What a temper comes out as goes with how the halves are dealt, so all ways are taken, each for its share.
    """
    pairs = [fold.pairs() for fold in folds]
    shared = [replace(one, share=one.share / len(DEALS)) for one in pairs]
    return learn_tempers(groups, concatenated(shared)) if folds else ({}, 0.0)


def _complete(links: Links, rows: int, unsolved: int, folds: Sequence[Fold], groups: Sequence[str]) -> bool:
    """Whether labels are complete: as many `links` as are promised so many rows, or hardly one to be expected among
    the `unsolved` pairs."""
    if promised(len(links.left), rows) >= COMPLETE or not folds:
        return promised(len(links.left), rows) >= COMPLETE
    tempers, offset = _tempers(groups, folds)
    fitted = np.array([tempers[group] for group in groups])
    share = share_of_links([fold.unsolved() for fold in folds], fitted, offset)
    return share * unsolved <= FEW_FURTHER * len(links.left)


def _learn(sample: Sample, start: Parameters, progress: Progress | None, turn: int) -> Parameters:
    """Parameters from these reports; `turn` is which of the times this is, for the progress bar."""
    times = 1 + 2 * len(DEALS)

    def told(done: int, total: int) -> None:
        """Hand on the progress of this turn as that of all."""
        if progress:
            progress("learning", turn * total + done, times * total)

    return learn_parameters(sample.read, sample.links, CATALOGUE, start, told)


def _calibrated(
    folds: Sequence[Fold], sample: Sample, tempers: Mapping[str, float], offset: float, sensitive: bool
) -> Calibration:
    """Calibration of the series inference, from pairs of people whom the parameters have not seen.

    All reports are judged together, so that as many look-alikes compete for a report as will do when it counts. Pairs
    of one held out and one seen report are never links; they come twice, once from each of the two folds, and count
    half.
    """
    said, linked, share, km = [], [], [], []
    for fold in folds:
        whole = Scoring.of(fold.scoring.parameters, sample, sensitive).with_one_offs()
        found = whole.judge(tempers, offset, CHAINS)
        first = np.unique(found.unit, return_index=True)[1]
        labels = np.array([label or "" for label in whole.labels], dtype=object)[first]
        number = whole.number[first]
        new = np.array([label in fold.people for label in labels])
        left, right = found.posterior.left, found.posterior.right
        told = (labels[left] != "") & (labels[right] != "") & (new[left] | new[right])
        told &= number[left] != number[right]
        said.append(found.posterior.together[told])
        linked.append((labels[left] == labels[right])[told])
        share.append(np.where(new[left] & new[right], 1.0, 0.5)[told])
        apart = Calibrate(Calibration(), whole.table.place().distance_km).apart(left, right, found.unit)
        km.append(apart[told])
    return learn_calibration(said, linked, share, km)
