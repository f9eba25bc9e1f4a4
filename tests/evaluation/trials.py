"""Reports with a place and a day, enough of them for folds, and ways of linking that tell what they were shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

import numpy as np

from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs, Truth
from linkage.report import Place, Report

SERIES, ONE_OFFS = 12, 18


def laid_out(series: int = SERIES, one_offs: int = ONE_OFFS, seed: int = 0) -> tuple[list[Report], Truth]:
    """`series` people with three incidents each, near their homes and in turn, the first of them reported twice, and
    `one_offs` with one; every report carries its person as `series`."""
    draw = np.random.default_rng(seed)
    reports, person, incident = [], {}, {}
    order = draw.permutation(series + one_offs)
    for number in range(series + one_offs):
        home = (51 + 3 * draw.random(), -3 + 3 * draw.random())
        for turn in range(3 if number < series else 1):
            for again in range(2 if turn == 0 and number < series else 1):
                name = f"R{len(reports):03}"
                spot = Place(lat=home[0] + 0.4 * draw.normal(), lon=home[1] + 0.4 * draw.normal())
                day = date(2021, 1, 1) + timedelta(days=40 * int(order[number]) + 3 * turn + again)
                label = f"P{number:02}"
                reports.append(Report(report_id=name, received=day.isoformat(), place=spot, series=label))
                person[name], incident[name] = label, f"{label}-{turn}"
    return reports, Truth(person, incident)


@dataclass
class Near:
    """Nearer is likelier; keeps what it was shown."""

    name: str = "near"
    note: str = "Distance, for tests."
    learns: bool = True
    fitted: list[set[str]] = field(default_factory=list)
    known: list[set[str]] = field(default_factory=list)
    scored: list[EvaluatedPairs] = field(default_factory=list)

    def fit(self, reports: Sequence[Report], truth: Truth) -> Self:
        self.fitted.append({report.report_id for report in reports})
        self.known.append(set(truth.person))
        return self

    def score(self, pairs: EvaluatedPairs) -> Scores:
        self.scored.append(pairs)
        chance = 1 / (1 + pairs.km.astype(float))
        return Scores(
            value=np.log(chance), probability=chance, series=[{report.report_id for report in pairs.reports[:2]}]
        )


class Broken(Near):
    """Fails as a library may."""

    def score(self, pairs: EvaluatedPairs) -> Scores:
        raise RuntimeError(f"out of\nluck with {len(pairs)} pairs")
