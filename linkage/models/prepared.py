"""Reports made ready to be scored: incidents, columns, tempers and the starting belief."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from linkage.features.table import fit_table
from linkage.intake.incidents.merge import incident_rows
from linkage.models.carried import Holding
from linkage.models.model import Model
from linkage.models.pair_frame import proposed_rows
from linkage.models.prior import log10_odds, pair_prior, sampled_temper
from linkage.models.scored import Scored
from linkage.models.series_inference import Constraints
from linkage.report import Report

Progress = Callable[[str, int, int], None]


def prepared(
    reports: Sequence[Report],
    model: Model,
    told: Constraints,
    sensitive: bool,
    held: Holding,
    progress: Progress | None = None,
) -> Scored:
    """Lay reports out in rows under decisions, `told`, and fit the columns; nothing is scored yet. What an
    earlier run estimated is taken from `held`."""
    started = time.perf_counter()
    laid = incident_rows(reports, model.incident, told.same, told.other, held.base)
    rows, incident = laid.rows, np.array(laid.number, dtype=np.int64)
    timings = {"incidents": time.perf_counter() - started}
    started = time.perf_counter()
    parameters, tempers = model.parameters, model.tempers
    table = fit_table(laid.reports, parameters, sensitive, progress, held.base).with_tempers(tempers)
    prior = pair_prior(len(rows), parameters.get("series", "partners"), parameters.get("series", "most"))
    temper = held.frozen.temper if held.frozen else sampled_temper(table.pack(), incident, prior)
    scaled = {evidence.group: temper * tempers.get(evidence.group, 1.0) for evidence in table.evidence}
    timings["evidence"] = time.perf_counter() - started
    scored = Scored(
        reports={report.report_id: report for report in reports},
        rows=rows,
        row_of={report: row for row, members in enumerate(rows) for report in members},
        incident=incident,
        table=table.with_tempers(scaled),
        series_tempers=temper * table.with_tempers({**tempers, **model.series_tempers}).column_tempers(),
        prior=held.frozen.prior if held.frozen else log10_odds(prior) + model.offset,
        temper=temper,
        timings=timings,
        listed_under=told,
        constraints=told,
        found=laid.found,
        soft=parameters.get("series", "soft_link"),
    )
    scored.proposed = proposed_rows(scored.table, laid.proposals, scored.prior)
    return scored
