"""How much the linkage loses when the reports are worse, or not like those it learned from.

Cases that judge the same people as the case they are held against share their draws, so that the difference has an
interval of its own (paired bootstrap over persons); for other people the draws are independent. Far links are those
that are far by the places of the case held against: a place told more vaguely does not change who has travelled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from linkage.evaluation.conditions import Case, MakeScorer
from linkage.evaluation.engine import unlabelled
from linkage.evaluation.intervals import Drawn, drawn
from linkage.evaluation.paired import compared, draws_for
from linkage.evaluation.ranking import FAR_KM
from linkage.evaluation.scorer import Scorer
from linkage.evaluation.truth import EvaluatedPairs, evaluated_pairs

Progress = Callable[[str, int, int], None]


def robustness_table(
    cases: Sequence[Case], seed: int = 0, replicates: int = 200, progress: Progress | None = None
) -> pd.DataFrame:
    """One row for each case and leading figure, the base (the first case) first.

    Columns: `condition`, `note`, `against` (whom it is held against; empty for itself), `same_people`, `reports`,
    `links`, `far_links`, `figure` (a key of `intervals.LABELS`), `value`, `low`, `high`, `change`, `change_low`,
    `change_high`. ValueError when a case is held against one that does not stand before it.
    """
    done: dict[str, _ScoredWorld] = {}
    fitted: dict[tuple[int, MakeScorer], Scorer] = {}
    rows: list[dict[str, Any]] = []
    for number, case in enumerate(cases):
        name = case.against or cases[0].name
        if name != case.name and name not in done:
            raise ValueError(f"{case.name!r} is held against {name!r}, which does not stand before it")
        key = (id(case.learned), case.scorer)
        if key not in fitted:
            fitted[key] = case.scorer().fit(case.learned.reports, case.learned.truth)
        reference = done.get(name)
        judged = _judge(case, fitted[key], reference, seed + number, replicates)
        done[case.name] = judged
        rows += _rows(case, judged, reference or judged, "" if reference is None else name)
        if progress:
            progress("robustness", number + 1, len(cases))
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class _ScoredWorld:
    pairs: EvaluatedPairs
    drawn: Drawn
    seed: int


def _judge(case: Case, scorer: Scorer, reference: _ScoredWorld | None, seed: int, replicates: int) -> _ScoredWorld:
    pairs = evaluated_pairs(case.judged.reports, case.judged.truth)
    if reference is not None and _same_people(pairs, reference.pairs):
        pairs, seed = replace(pairs, km=reference.pairs.km), reference.seed
    scores = scorer.score(replace(pairs, reports=unlabelled(pairs.reports)))
    return _ScoredWorld(pairs, drawn(pairs, scores, draws_for(pairs, seed, replicates)), seed)


def _same_people(one: EvaluatedPairs, other: EvaluatedPairs) -> bool:
    ids = [[report.report_id for report in pairs.reports] for pairs in (one, other)]
    return ids[0] == ids[1] and np.array_equal(one.person, other.person) and np.array_equal(one.left, other.left)


def _rows(case: Case, judged: _ScoredWorld, reference: _ScoredWorld, against: str) -> list[dict[str, Any]]:
    pairs = judged.pairs
    about = {
        "condition": case.name,
        "note": case.note,
        "against": against,
        "same_people": _same_people(pairs, reference.pairs),
        "reports": len(pairs.reports),
        "links": int(pairs.linked.sum()),
        "far_links": int((pairs.linked & (pairs.km > FAR_KM)).sum()),
    }
    return [
        about | {"figure": figure} | difference.to_row()
        for figure, difference in compared(reference.drawn, judged.drawn).items()
    ]
