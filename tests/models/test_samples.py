"""Reports to learn from are read once, and each part of them says what it says by itself."""

from __future__ import annotations

import numpy as np

from linkage.features.catalogue import CATALOGUE
from linkage.features.parameters import elicited
from linkage.features.table import fit_table
from linkage.intake.incidents.merge import incident_rows
from linkage.models.samples import samples
from linkage.report import Report
from tests.features.worlds import every_pair, reports_from

FOLLOWED = 4
"""Of 14 reports this one is followed by the next, which lies in the other part."""


def labelled() -> list[Report]:
    """Reports of series of three, one that follows another of them among them."""
    made = reports_from(21, 14, missing=0.3)
    made = [report.model_copy(update={"series": f"P{at % 5}"}) for at, report in enumerate(made)]
    made[FOLLOWED + 1] = made[FOLLOWED + 1].model_copy(update={"follows": made[FOLLOWED].report_id})
    return made


def test_each_part_is_laid_out_and_weighed_as_by_itself() -> None:
    every = labelled()
    parts = [every, every[::2], every[1::2]]
    for part, sample in zip(parts, samples(parts), strict=True):
        laid = incident_rows(part)
        left, right = every_pair(len(laid.rows))
        alone = fit_table(laid.reports, elicited(), True)
        assert sample.laid.rows == laid.rows
        assert np.array_equal(sample.read.table(elicited(), True).parts(left, right), alone.parts(left, right))
        assert sample.series == {report.report_id: report.series for report in part}
        assert len(sample.links.left)
        of = [report.series for report in laid.reports]
        linked = zip(sample.links.left.tolist(), sample.links.right.tolist(), strict=True)
        assert all(of[a] == of[b] for a, b in linked)


def test_what_stands_in_several_parts_is_read_once() -> None:
    every = labelled()
    whole, half = samples([every, every[::2]])
    kind = next(one for one in CATALOGUE if one.name == "narrative")
    rows = {id(row) for row in whole.read.of(kind).rows}
    laid = zip(half.read.of(kind).rows, half.laid.rows, strict=True)
    own = [row for row, members in laid if members in whole.laid.rows]
    assert len(own) == len(half.laid.rows) - 1
    assert {id(row) for row in own} <= rows
