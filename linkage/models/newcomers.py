"""A new report beside series that were judged before: the chance of each, and of none, without judging them again.

What the sampler offers a report that it has taken out (`sampler._offers`) is offered to the newcomer: the series of
the reports that it is a candidate with, by the evidence of joining them, their prior, and the scale and tempers of
the last inference.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.features.evidence import Encode, Fitted, Newcomer
from linkage.features.set_packing import pack_sets
from linkage.geography import distance_km
from linkage.intake.incidents import IncidentIndex
from linkage.intake.merge import merge_incident
from linkage.models.candidate_graph import MOST_ROWS
from linkage.models.judged import CANDIDATE
from linkage.models.lengths import SeriesPrior, series_prior
from linkage.models.model import Model
from linkage.models.newcomer_kernel import Arriving, added_parts
from linkage.models.scored import Scored
from linkage.models.together import Calibration
from linkage.report import Report

LN10 = float(np.log(10.0))

NONE = "none"
"""In place of a series: the report stands alone."""

REASONS = 3
"""Reasons told for each series [G]."""

LEAST_REASON = 0.05
"""Weights nearer to 0 are no reason [G]."""

LONGEST_WORDS = 60
"""Characters of a report's own words in a reason [G]."""


@dataclass(frozen=True)
class Offers:
    """Series that a newcomer may join: their `names`, the rows of each behind each other from `start`, and the log10
    odds of joining each rather than standing alone before any evidence (`prior`)."""

    names: list[str]
    rows: NDArray[np.int64]
    start: NDArray[np.int64]
    prior: NDArray[np.float64]


@dataclass(frozen=True)
class Resemblance:
    """A row that a newcomer resembles: `strength` (log10 odds) of the pair, and the tempered weight of each
    comparison (log10 LR), which with the starting belief add up to it."""

    row: int
    strength: float
    weights: NDArray[np.float64]


def newcomers(scored: Scored, model: Model) -> Newcomers:
    """What places new reports beside those of a run; prepared on first use and kept with the run."""
    if scored.newcomers is None:
        scored.newcomers = Newcomers(scored, model)
    return scored.newcomers


class Newcomers:
    """The columns of a run made ready for reports that were not in it."""

    def __init__(self, scored: Scored, model: Model) -> None:
        self.scored, self.model = scored, model
        reports = [merge_incident([scored.reports[name] for name in row]) for row in scored.rows]
        self.packed = pack_sets([column.set_piece() for column in scored.table.columns], len(reports))
        self.pair_tempers = scored.table.column_tempers()
        weighing = (self.pair_tempers > 0) | (scored.series_tempers > 0)
        self.encode: list[Encode | None] = [
            kind.newcomers(Fitted(column, reports, model.parameters)) if weighs else None
            for kind, column, weighs in zip(scored.table.evidence, scored.table.columns, weighing, strict=True)
        ]
        self.incidents = IncidentIndex(scored.reports.values(), model.incident)
        self._priors: dict[int, SeriesPrior] = {}

    def place(self, report: Report, series: pd.DataFrame) -> pd.DataFrame:
        """See `Linker.place_report`. Where series were not judged here, the scale and series of a kept run count."""
        scored, told = self.scored, self._told(report)
        same = self.incidents.proposed(report)
        follows = scored.row_of.get(report.follows) if report.follows else None
        near = np.flatnonzero(self.strengths(told) > CANDIDATE)
        tied = [scored.row_of[name] for name in same] + ([follows] if follows is not None else [])
        offers, of = self._offers(scored.units(), series, np.union1d(near, np.array(tied, dtype=np.int64)))
        weights = scored.series_scale * scored.series_tempers * self.added(told, offers)
        strength = offers.prior + weights.sum(axis=1)
        if follows is not None:
            chances = np.append((np.arange(len(offers.names)) == of[follows]).astype(float), 0.0)
        else:
            chances = _chances(strength, self.model.calibration, self._km(report, offers))
        incidents = [[name for name in same if of[scored.row_of[name]] == at] for at in range(len(offers.names))]
        return self._frame(offers, (chances, strength, weights), told, incidents)

    def _km(self, report: Report, offers: Offers) -> NDArray[np.float64]:
        """Kilometres to the nearest report of each series, nan where no place is known, (offers,)."""
        places = [self.scored.reports[self.scored.rows[row][0]].place for row in offers.rows.tolist()]
        points = [(np.nan, np.nan) if p.lat is None or p.lon is None else (p.lat, p.lon) for p in places]
        lat, lon = np.array(points, dtype=float).reshape(-1, 2).T
        if report.place.lat is None or report.place.lon is None:
            return np.full(len(offers.names), np.nan)
        away = np.asarray(distance_km(report.place.lat, report.place.lon, lat, lon), dtype=float)
        return np.array([np.fmin.reduce(away[a:b]) if b > a else np.nan for a, b in pairwise(offers.start.tolist())])

    def nearest(self, report: Report, top: int) -> list[Resemblance]:
        """The rows that a new report resembles most as a pair, strongest first, with what each comparison adds."""
        told = self._told(report)
        strengths = self.strengths(told)
        rows = np.argsort(-strengths, kind="stable")[:top].tolist()
        weights = np.zeros((len(rows), len(told)))
        for at, (temper, one) in enumerate(zip(self.pair_tempers.tolist(), told, strict=True)):
            if one is not None:
                weights[:, at] = temper * one.weights[rows]
        return [Resemblance(row, float(strengths[row]), weights[at]) for at, row in enumerate(rows)]

    def words(self, report: Report) -> dict[str, str]:
        """What a new report says in each comparison that it knows, by the comparison's name."""
        kinds = self.scored.table.evidence
        return {kind.name: one.words for kind, one in zip(kinds, self._told(report), strict=True) if one is not None}

    def _told(self, report: Report) -> list[Newcomer | None]:
        """The report beside every column. ValueError for one that is no new report."""
        if report.report_id in self.scored.reports:
            raise ValueError(f"{report.report_id} is no new report: it was scored with the others")
        return [encode(report) if encode else None for encode in self.encode]

    def strengths(self, told: list[Newcomer | None]) -> NDArray[np.float64]:
        """Strength (log10 odds) of the newcomer's pair with every row."""
        total = np.full(len(self.scored.rows), self.scored.prior)
        for temper, one in zip(self.pair_tempers.tolist(), told, strict=True):
            if one is not None and temper > 0:
                total += temper * one.weights
        return total

    def _offers(
        self, unit: NDArray[np.int64], series: pd.DataFrame, chosen: NDArray[np.int64]
    ) -> tuple[Offers, NDArray[np.int64]]:
        """The series of the chosen rows, and the number of each row's among them, -1 for none of them."""
        row_of = self.scored.row_of
        codes, names = pd.factorize(series["series_id"])
        units = int(unit.max(initial=-1)) + 1
        of_unit = len(names) + np.arange(units)
        of_unit[unit[[row_of[name] for name in series["report_id"].tolist()]]] = codes
        of_row = of_unit[unit]
        sizes = np.bincount(of_row)
        kinds = np.unique(of_row[chosen])
        kinds = kinds[sizes[kinds] < MOST_ROWS]
        place = np.full(len(sizes), -1)
        place[kinds] = np.arange(len(kinds))
        of = place[of_row]
        rows = np.flatnonzero(of >= 0)
        rows = rows[np.argsort(of[rows], kind="stable")]
        start = np.searchsorted(of[rows], np.arange(len(kinds) + 1))
        lone = [min(self.scored.rows[row][0] for row in rows[a:b]) for a, b in pairwise(start)]
        named = [str(names[k]) if k < len(names) else lone[at] for at, k in enumerate(kinds.tolist())]
        prior = self._prior(units + 1)
        ties = self.scored.layout(self.model.parameters).ties
        again = of_unit[ties.left[ties.once & (of_unit[ties.left] == of_unit[ties.right])]]
        size = (np.bincount(of_unit) - np.bincount(again, minlength=int(of_unit.max()) + 1))[kinds]
        gain = prior.log_series[size + 1] - prior.log_series[size] - prior.log_series[1] - prior.log_people
        return Offers(named, rows, start.astype(np.int64), gain / LN10), of

    def _prior(self, units: int) -> SeriesPrior:
        if units not in self._priors:
            self._priors = {units: series_prior(units, self.model.parameters)}
        return self._priors[units]

    def added(self, told: list[Newcomer | None], offers: Offers) -> NDArray[np.float64]:
        """log10 LR, untempered, that the newcomer adds to each series, shape (offers, comparisons)."""
        packed, out = self.packed, np.zeros((len(offers.names), len(told)))
        weights, knows = np.zeros((len(offers.rows), max(1, len(packed.tree_column)))), np.uint64(0)
        for tree, column in enumerate(packed.tree_column.tolist()):
            one = told[column]
            if one is not None:
                weights[:, tree] = one.weights[offers.rows]
                knows |= np.uint64(1 << tree)
        ratios = [told[column] for column in packed.hidden_column.tolist()]
        held = [one.ratio if one and one.ratio is not None else np.zeros(0) for one in ratios]
        at = np.cumsum([0, *map(len, held)])[:-1].astype(np.int64)
        hidden, flat = np.array([len(ratio) > 0 for ratio in held], dtype=bool), np.concatenate([*held, np.zeros(1)])
        propensities = self._propensities(told)
        added_parts(packed, Arriving(offers.rows, offers.start, hidden, at, flat, knows, weights, propensities), out)
        return out

    def _propensities(self, told: list[Newcomer | None]) -> NDArray[np.float64]:
        """The newcomer's ratios over the nodes of every item's propensity, (items, nodes)."""
        nodes, column = self.packed.nodes.shape[1], self.packed.item_column
        found = np.ones(self.packed.nodes.shape)
        for at in np.unique(column).tolist():
            one = told[at]
            if one is not None and one.ratio is not None:
                found[column == at] = one.ratio.reshape(-1, nodes)
        return found

    def _frame(
        self,
        offers: Offers,
        found: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
        told: list[Newcomer | None],
        incidents: list[list[str]],
    ) -> pd.DataFrame:
        chances, strength, weights = found
        evidence = self.scored.table.evidence
        order = np.lexsort((np.arange(len(chances)), -chances))
        columns: dict[str, Any] = {
            "series_id": np.array([*offers.names, NONE], dtype=object),
            "probability": chances,
            "strength": np.append(strength, 0.0),
            "prior": np.append(offers.prior, 0.0),
            "reasons": [_reasons(row, [kind.label for kind in evidence], told) for row in weights] + [""],
            "same_incident": ["; ".join(names) for names in incidents] + [""],
        }
        columns |= {f"w_{kind.name}": np.append(weights[:, at], 0.0) for at, kind in enumerate(evidence)}
        return pd.DataFrame(columns).iloc[order].reset_index(drop=True)


def _chances(
    strength: NDArray[np.float64], calibration: Calibration, km: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Chance of each series and, last, of none; what is said of any against none is calibrated as for pairs, at the
    distance `km` of the likeliest."""
    odds = np.append(strength, 0.0) * LN10
    chances: NDArray[np.float64] = np.exp(odds - odds.max())
    chances /= chances.sum()
    some = float(chances[:-1].sum())
    if calibration == Calibration() or some <= 0.0:
        return chances
    apart = km[[int(chances[:-1].argmax())]] if km is not None and len(km) else None
    believed = float(calibration.of(np.array([some]), apart)[0])
    return np.append(chances[:-1] * (believed / some), 1.0 - believed)


def _reasons(weights: NDArray[np.float64], labels: list[str], told: list[Newcomer | None]) -> str:
    """The strongest weights with what the newcomer says, as "Vehicle +1.24 (silver Ford Focus)"."""
    strongest = [
        at for at in np.argsort(-np.abs(weights), kind="stable")[:REASONS] if abs(weights[at]) >= LEAST_REASON
    ]
    said = []
    for at in strongest:
        one = told[at]
        words = one.words if one else ""
        short = words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 3]}..."
        said.append(f"{labels[at]} {weights[at]:+.2f} ({short})")
    return "; ".join(said)
