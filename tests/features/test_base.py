"""Base rates of other reports than those compared: what two reports weigh depends on these two and on the base."""

from __future__ import annotations

import numpy as np

from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import Column, Evidence
from linkage.features.parameters import elicited
from linkage.report import Report
from tests.features.worlds import every_pair, reports_from
from tests.rows import each_row

WEIGHTS = elicited()
BASE = reports_from(5, 40, missing=0.3)
LATER = [report.model_copy(update={"report_id": f"N{at}"}) for at, report in enumerate(reports_from(6, 12, 0.2))]
NAMES = [evidence.name for evidence in CATALOGUE]


def weights(column: Column, rows: range) -> list[int]:
    left, right = every_pair(len(rows))
    found: list[int] = column.millibans(left + rows[0], right + rows[0], 1.0).tolist()
    return found


@each_row("evidence", CATALOGUE)
def test_reports_that_are_the_base_weigh_as_without_one(evidence: Evidence) -> None:
    alone, told = evidence.fit(BASE, WEIGHTS), evidence.fit(BASE, WEIGHTS, BASE)
    assert weights(told, range(len(BASE))) == weights(alone, range(len(BASE)))


@each_row("evidence", CATALOGUE)
def test_more_reports_change_no_weight_of_those_there_are(evidence: Evidence) -> None:
    before = evidence.fit(BASE, WEIGHTS, BASE)
    after = evidence.fit([*BASE, *LATER], WEIGHTS, BASE)
    assert weights(after, range(len(BASE))) == weights(before, range(len(BASE)))


@each_row("evidence", CATALOGUE)
def test_later_reports_weigh_the_same_whichever_others_came(evidence: Evidence) -> None:
    few, many = evidence.fit(LATER[:4], WEIGHTS, BASE), evidence.fit([*BASE[9:], *LATER], WEIGHTS, BASE)
    at = len(BASE) - 9
    assert weights(many, range(at, at + 4)) == weights(few, range(4))


@each_row("name", ["phone", "names_used", "speech", "offence", "behaviour_other"])
def test_what_the_base_does_not_know_weighs_where_two_later_reports_share_it(name: str) -> None:
    evidence = next(one for one in CATALOGUE if one.name == name)
    silent = [Report(report_id=f"S{at}") for at in range(30)]
    fitted = evidence.fit(BASE, WEIGHTS)
    rows = np.flatnonzero(fitted.known()[:40])
    told = BASE[rows[int(np.argmax(fitted.millibans(rows, rows, 1.0)))]]
    pair = [told.model_copy(update={"report_id": name}) for name in ("A", "B")]
    column = evidence.fit(pair, WEIGHTS, silent)
    assert column.known().all()
    assert column.millibans(np.array([0]), np.array([1]), 1.0)[0] > 0
