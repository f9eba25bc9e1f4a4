"""The reports of one run: rows, columns, and what was judged of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.features.evidence import MILLIBAN
from linkage.features.explanation import Explanation
from linkage.features.levels import Level, levels
from linkage.features.parameters import Parameters
from linkage.features.table import EvidenceTable
from linkage.models.context import log_odds
from linkage.models.explained import Explainer
from linkage.models.judged import Constraints, Judged, RowPairs, held_together
from linkage.models.prior import probability_of
from linkage.models.scan import Partners
from linkage.report import Report

if TYPE_CHECKING:
    from linkage.models.newcomers import Newcomers


@dataclass
class Scored:
    """The reports of one run, one row for each incident, and their columns.

    `series_tempers` (columns,) scale each comparison in a whole series, before the scale of the posterior. `judged`
    is what was judged last, under `constraints`; the listed pairs were told under those of `told`. `scale` is what a
    kept run scaled its evidence by; once series are judged here, theirs counts.
    """

    reports: dict[str, Report]
    rows: list[list[str]]
    row_of: dict[str, int]
    incident: NDArray[np.int64]
    table: EvidenceTable
    prior: float
    temper: float
    series_tempers: NDArray[np.float64]
    candidates: RowPairs = field(default_factory=RowPairs.none)
    constraints: Constraints = field(default_factory=Constraints)
    told: Constraints = field(default_factory=Constraints)
    judged: Judged | None = None
    sensitive: dict[str, float] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    scale: float = 1.0
    newcomers: Newcomers | None = None
    top: int = 0
    listed: Partners | None = None
    _explainer: Explainer | None = None

    @property
    def series_scale(self) -> float:
        """What all evidence on series is multiplied by."""
        return self.judged.posterior.scale if self.judged else self.scale

    def units(self) -> NDArray[np.int64]:
        """What stays together, numbered for each row: as judged, else one incident or must-links under
        `constraints`."""
        if self.judged is not None:
            return self.judged.unit
        return held_together(self.incident, [(self.row_of[a], self.row_of[b]) for a, b in self.constraints.must])

    def explainer(self, parameters: Parameters, constraints: Constraints | None = None) -> Explainer:
        """What explains series here; by default under the constraints that series were judged under."""
        scale = self.series_scale
        wanted = self.constraints if constraints is None else constraints
        held = self._explainer
        if held is None or (held.scale, held.constraints) != (scale, wanted):
            held = self._explainer = Explainer(self, parameters, scale, wanted)
        return held

    def explain(
        self,
        a: str,
        b: str,
        parameters: Parameters,
        together: float | None = None,
        constraints: Constraints | None = None,
    ) -> Explanation:
        """The evidence for and against one pair of reports, and what the others add to it.

        `together` is the pair's final probability where a kept run knows it; else the one judged here counts.
        """
        alone = self.alone(a, b)
        if not alone.parts:
            return alone
        if together is None:
            together = self.together(self.row_of[a], self.row_of[b], alone.strength)
        if together is None:
            return alone
        final = log_odds(together)
        added = self.explainer(parameters, constraints).pair(alone.report_a, alone.report_b, alone.strength, final)
        return replace(alone, together=together, final=final, context=added)

    def alone(self, a: str, b: str) -> Explanation:
        """The evidence for and against one pair of reports, without what the others add; quick, for lists."""
        id_a, id_b = sorted((a, b))
        left, right = self.row_of[id_a], self.row_of[id_b]
        weights = self.table.parts(np.array([left]), np.array([right]))[0] * (left != right)
        total = int(weights.sum()) / MILLIBAN
        return Explanation(
            report_a=id_a,
            report_b=id_b,
            prior=self.prior,
            weight=total,
            strength=self.prior + total,
            probability=float(probability_of(np.array([self.prior + total]))[0]),
            distance_km=self.table.place().shown_km(left, right),
            days=_number(self.table.gap().days(np.array([left]), np.array([right]))[0]),
            same_incident=bool(self.incident[left] == self.incident[right]),
            parts=self.table.explained(left, right) if left != right else [],
            together=self.together(left, right, self.prior + total) if left == right else None,
        )

    def levels(self, a: str, b: str) -> list[Level]:
        """What each comparison of two reports could weigh that is not known; none for reports of one incident."""
        left, right = self.row_of[a], self.row_of[b]
        return levels(self.table, left, right) if self.incident[left] != self.incident[right] else []

    def together(self, left: int, right: int, strength: float) -> float | None:
        """Final probability of a pair of rows of that strength, None before series were judged."""
        if self.judged is None:
            return None
        alone = probability_of(np.array([strength]))
        return float(self.judged.belief(np.array([left]), np.array([right]), alone)[0])

    def row_ends(self, pairs: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows of both reports of listed pairs."""
        one, other = (
            np.array([self.row_of[name] for name in pairs[end]], np.int64) for end in ("report_a", "report_b")
        )
        return one, other

    def series_record(self) -> dict[str, Any]:
        """For run.json: what the evidence was scaled by in the inference, and how far two halves of it agree."""
        if self.judged is None:
            return {}
        posterior = self.judged.posterior
        return {"scale": float(posterior.scale), "changed_between_halves": round(posterior.changed, 4)}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
