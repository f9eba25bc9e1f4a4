"""Reports that agree with a small part of a question: too little to be listed, worth a look where little else is."""

from __future__ import annotations

import numpy as np

from linkage.search import Question, Row, Searcher
from linkage.search.answer import summed
from linkage.search.condition import NOT_KNOWN, SAYS, Condition


def partly(searcher: Searcher, question: Question, most: int) -> list[Row]:
    """The best `most` of the reports that an answer counts as `partly`, each with what it says, best first.

    QuestionError for a question that cannot be understood.
    """
    conditions = searcher.conditions(question)
    sums = summed(conditions, len(searcher.index.ids))
    wanted = sums.agrees & ~sums.listed & ~searcher.apart(question)
    for condition in conditions:
        wanted &= ~condition.fails(condition.field in question.must)
    rows = np.flatnonzero(wanted)
    best = rows[np.argsort(-sums.total[rows], kind="stable")][:most]
    return [_row(searcher, int(row), float(sums.total[row]), conditions) for row in best]


def _row(searcher: Searcher, row: int, score: float, conditions: list[Condition]) -> Row:
    told = [condition.reason(row) for condition in conditions]
    known = [one for one in told if one.says != SAYS[NOT_KNOWN]]
    return Row(searcher.index.ids[row], round(score, 3), sorted(known, key=lambda one: -abs(one.weight)), False)
