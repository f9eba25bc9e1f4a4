"""The reports of one run: rows, columns, and what was judged of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.arguments import known_apart
from linkage.features.attribution import with_accounts
from linkage.features.evidence import MILLIBAN
from linkage.features.explanation import EvidencePart, Explanation
from linkage.features.levels import Level, levels
from linkage.features.parameters import Parameters
from linkage.features.table import EvidenceTable
from linkage.intake.incidents.proposals import Incidents
from linkage.models.context import log_odds
from linkage.models.explained import Explainer
from linkage.models.prior import probability_of
from linkage.models.sampled_series import series_of_pairs
from linkage.models.scan import Partners
from linkage.models.series import Conflict
from linkage.models.series_inference import Constraints, Layout, RowPairs, SeriesPosterior, must_link_units
from linkage.models.ties import FIRST_LINK
from linkage.report import Report

if TYPE_CHECKING:
    from linkage.models.newcomers import Newcomers


@dataclass
class Scored:
    """The reports of one run, one row for each incident, and their columns.

    `series_tempers` (columns,) scale each comparison in a whole series, before the scale of the posterior. `judged`
    is what was judged last, under `constraints`; pairs were listed under those of `listed_under`. `scale` is what a
    kept run scaled its evidence by; once series are judged here, theirs counts. `proposed` are the rows that hold
    proposed incidents together, with the odds of being together by themselves; `found` tells
    what incidents there are, `soft` what a first link weighs.
    """

    reports: dict[str, Report]
    rows: list[list[str]]
    row_of: dict[str, int]
    incident: NDArray[np.int64]
    table: EvidenceTable
    prior: float
    temper: float
    series_tempers: NDArray[np.float64]
    proposed: RowPairs = field(default_factory=RowPairs.none)
    found: Incidents = field(default_factory=lambda: Incidents([], [], [], [], []))
    soft: float = 0.0
    candidates: RowPairs = field(default_factory=RowPairs.none)
    constraints: Constraints = field(default_factory=Constraints)
    listed_under: Constraints = field(default_factory=Constraints)
    judged: SeriesPosterior | None = None
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

    def layout(self, parameters: Parameters, constraints: Constraints | None = None) -> Layout:
        """What decisions and proposals make of the rows; by default under the constraints that series were judged
        under."""
        wanted = self.constraints if constraints is None else constraints
        return Layout.of(self.rows, wanted.within(self.reports), self.proposed, parameters)

    @cached_property
    def same_incident(self) -> dict[tuple[str, str], float]:
        """Probability of every pair of reports that may be of one incident."""
        return {(pair.report_a, pair.report_b): pair.probability for pair in self.found.pairs}

    @property
    def contradicted(self) -> list[Conflict]:
        """Reports that were decided to be of two incidents and are tied into one."""
        return [Conflict(a, b) for a, b in self.found.conflicts]

    def units(self) -> NDArray[np.int64]:
        """What stays together, numbered for each row: as judged, else must-links under `constraints`."""
        if self.judged is not None:
            return self.judged.unit
        return must_link_units(len(self.rows), [(self.row_of[a], self.row_of[b]) for a, b in self.constraints.must])

    def explainer(self, parameters: Parameters, constraints: Constraints | None = None) -> Explainer:
        """What explains series here; by default under the constraints that series were judged under."""
        scale = self.series_scale
        wanted = Constraints.given(constraints) or self.constraints
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
        bound, alone = Constraints.given(constraints), self.alone(a, b)
        if not alone.parts:
            return alone
        alone = self._with_accounts(alone, parameters)
        if together is None:
            together = self.final_probability(self.row_of[a], self.row_of[b], alone.strength)
        if together is None:
            return alone
        final = log_odds(together)
        added = self.explainer(parameters, bound).pair(alone.report_a, alone.report_b, alone.strength, final)
        return replace(alone, together=together, final=final, context=added)

    def _with_accounts(self, found: Explanation, parameters: Parameters) -> Explanation:
        """The evidence on a pair with which account of either incident tells what."""
        names = [tuple(self.rows[self.row_of[one]]) for one in (found.report_a, found.report_b)]
        left, right = ([self.reports[name] for name in row] for row in names)
        several = [row if len(row) > 1 else () for row in names]
        parts = with_accounts(found.parts, left, right, parameters)
        return replace(found, parts=parts, accounts_a=several[0], accounts_b=several[1])

    def alone(self, a: str, b: str) -> Explanation:
        """The evidence for and against one pair of reports, without what the others add; quick, for lists."""
        id_a, id_b = sorted(known_apart({"a": a, "b": b}, self.row_of))
        left, right = self.row_of[id_a], self.row_of[id_b]
        weights = self.table.parts(np.array([left]), np.array([right]))[0] * (left != right)
        parts = self.table.explained(left, right) if left != right else []
        parts += self.first_link(id_a, id_b) if left != right else []
        total = int(weights.sum()) / MILLIBAN + sum(part.weight for part in parts if part.name == FIRST_LINK)
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
            parts=parts,
            together=self.final_probability(left, right, self.prior + total) if left == right else None,
            same_incident_probability=1.0 if left == right else self.one_incident(id_a, id_b),
        )

    def levels(self, a: str, b: str) -> list[Level]:
        """What each comparison of two reports could weigh that is not known; none for reports of one incident."""
        left, right = (self.row_of[one] for one in known_apart({"a": a, "b": b}, self.row_of))
        return levels(self.table, left, right) if self.incident[left] != self.incident[right] else []

    def first_link(self, a: str, b: str) -> list[EvidencePart]:
        """The part of an explanation that one analyst's link is, where there is one on the rows of these reports."""
        rows = {self.row_of[a], self.row_of[b]}
        if not any(rows == {self.row_of[one], self.row_of[other]} for one, other in self.listed_under.soft):
            return []
        says, words = "agrees", "linked by one analyst, not checked yet"
        return [
            EvidencePart(
                FIRST_LINK, "decisions", "First analyst's link", words, words, says, "", self.soft, False, 0.0
            )
        ]

    def first_links(self) -> dict[tuple[int, int], float]:
        """Row pairs that one analyst linked, smaller row first, with what that weighs."""
        rows = ((self.row_of[a], self.row_of[b]) for a, b in self.listed_under.soft)
        return {(min(pair), max(pair)): self.soft for pair in rows if pair[0] != pair[1]}

    def merged(self) -> list[tuple[str, str]]:
        """Pairs of reports that tie the reports of every merged row."""
        return [(row[0], name) for row in self.rows for name in row[1:]]

    def sampled_series(self) -> list[list[str]]:
        """Reports of each series that the chains came back to most often; none where series were not judged."""
        if self.judged is None:
            return []
        found, unit = self.judged.posterior, self.judged.unit
        rows = np.argsort(unit, kind="stable")
        start = np.searchsorted(unit[rows], np.arange(int(unit.max(initial=-1)) + 2))
        return [
            [name for one in units for row in rows[start[one] : start[one + 1]] for name in self.rows[row]]
            for units in series_of_pairs(len(start) - 1, found.left[found.whole], found.right[found.whole])
        ]

    def within_incidents(self) -> dict[tuple[str, str], float]:
        """What is believed of reports whose rows are proposed as one incident: such pairs are not listed."""
        if self.judged is None:
            return {}
        rows: dict[int, list[int]] = {}
        for row, number in enumerate(self.incident.tolist()):
            rows.setdefault(number, []).append(row)
        ends = [pair for members in rows.values() for pair in combinations(members, 2)]
        left, right = np.array(ends, dtype=np.int64).reshape(-1, 2).T
        believed = self.judged.belief(left, right, np.zeros(len(left))).tolist()
        return {
            (min(a, b), max(a, b)): chance
            for (one, other), chance in zip(ends, believed, strict=True)
            for a in self.rows[one]
            for b in self.rows[other]
        }

    def same_incident_of(self, pairs: pd.DataFrame) -> NDArray[np.float64]:
        """Probability that the reports of listed pairs tell of one incident, nan where that is not known."""
        undated = {name for name, report in self.reports.items() if report.occurred.days is None}
        known = pairs["report_a"].isin(undated) | pairs["report_b"].isin(undated)
        chances = np.where(known, np.nan, 0.0)
        ends = zip(pairs["report_a"], pairs["report_b"], strict=True)
        found = [(at, self.same_incident[pair]) for at, pair in enumerate(ends) if pair in self.same_incident]
        for at, chance in found:
            chances[at] = chance
        return chances

    def one_incident(self, a: str, b: str) -> float | None:
        """Probability that two reports tell of one incident."""
        known = self.same_incident.get((min(a, b), max(a, b)))
        dated = all(self.reports[name].occurred.days for name in (a, b))
        return known if known is not None else 0.0 if dated else None

    def final_probability(self, left: int, right: int, strength: float) -> float | None:
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
        """For run.json: what the evidence was scaled by in the inference, and how far two halves of it agree; where
        only what lies near what changed was judged again, which reports that is (`provisional`)."""
        if self.judged is None:
            return {}
        posterior = self.judged.posterior
        told: dict[str, Any] = {"scale": float(posterior.scale)}
        told["changed_between_halves"] = round(posterior.changed, 4)
        if posterior.near is not None:
            told["provisional"] = {
                "near": self._reports_of(posterior.near.changed),
                "reports": self._reports_of(posterior.near.units),
            }
        return told

    def _reports_of(self, units: NDArray[np.int64]) -> list[str]:
        inside = np.isin(self.units(), units)
        return [name for row in np.flatnonzero(inside) for name in self.rows[row]]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
