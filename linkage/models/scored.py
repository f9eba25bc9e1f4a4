"""The reports of one run: rows, columns, and what was judged of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.features.table import EvidenceTable
from linkage.models.judged import Constraints, Judged, RowPairs
from linkage.models.prior import probability_of
from linkage.report import Report

if TYPE_CHECKING:
    from linkage.models.newcomers import Newcomers


@dataclass
class Scored:
    """The reports of one run, one row for each incident, and their columns.

    `series_tempers` (columns,) scale each comparison in a whole series, before the scale of the posterior.
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
    judged: Judged | None = None
    sensitive: dict[str, float] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    newcomers: Newcomers | None = None

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
        return {"scale": round(posterior.scale, 4), "changed_between_halves": round(posterior.changed, 4)}
