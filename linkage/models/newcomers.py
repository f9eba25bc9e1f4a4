"""A new report beside series that were judged before: the chance of each, and of none, without judging them again.

What the sampler offers a report that it has taken out (`sampler._offers`) is offered to the newcomer: the series of
the reports that it is a candidate with, by the evidence of joining them, their prior, and the scale and tempers of
the last inference.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.arguments import refuse
from linkage.features.evidence import Encode, Fitted
from linkage.features.newcomer import Newcomer
from linkage.features.set_packing import pack_sets
from linkage.geography import distance_km
from linkage.intake.incidents.merge import merge_incident
from linkage.intake.incidents.proposals import IncidentIndex
from linkage.models.calibration import Calibration
from linkage.models.model import Model
from linkage.models.nearest import ComparedReport, Resemblance
from linkage.models.newcomer_kernel import Arriving, added_parts
from linkage.models.offered import LN10, NONE, Gathered, Offers, Placed
from linkage.models.scored import Scored
from linkage.models.series_inference import CANDIDATE, SeriesPosterior
from linkage.report import Report

REASONS = 3
"""Reasons told for each series [G]."""

LEAST_REASON = 0.05
"""Weights nearer to 0 are no reason [G]."""

LONGEST_WORDS = 60
"""Characters of a report's own words in a reason [G]."""


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
        self.encode: list[Encode] = [
            kind.newcomers(Fitted(column, reports, model.parameters))
            for kind, column in zip(scored.table.evidence, scored.table.columns, strict=True)
        ]
        self.known = [column.known() for column in scored.table.columns]
        self.incidents = IncidentIndex(scored.reports.values(), model.incident)
        self._laid: tuple[pd.DataFrame, SeriesPosterior | None, Gathered] | None = None

    def place(self, report: Report, series: pd.DataFrame) -> pd.DataFrame:
        """See `Linker.place_report`. Where series were not judged here, the scale and series of a kept run count."""
        compared = self.compare(report)
        return self._frame(self.places(compared, series), compared.comparisons)

    def places(self, compared: ComparedReport, series: pd.DataFrame) -> Placed:
        """The places that a new report may take among series, as `cluster` gives them, likeliest first."""
        scored, told, report, same = self.scored, compared.comparisons, compared.report, compared.same
        follows = scored.row_of.get(report.follows) if report.follows else None
        near = np.flatnonzero(compared.strengths > CANDIDATE)
        tied = [scored.row_of[name] for name in same] + ([follows] if follows is not None else [])
        gathered = self._gathered(series)
        offers, kinds = gathered.offers(np.union1d(near, np.array(tied, dtype=np.int64)))
        weights = scored.series_scale * scored.series_tempers * self.added(told, offers)
        strength = offers.prior + weights.sum(axis=1)
        if follows is not None:
            chances = np.append((kinds == gathered.of_row[follows]).astype(float), 0.0)
        else:
            chances = _chances(strength, self.model.calibration, self._km(report, offers))
        of = [gathered.of_row[scored.row_of[name]] for name in same]
        incidents = [[name for name, one in zip(same, of, strict=True) if one == kind] for kind in kinds.tolist()]
        order = np.lexsort((np.arange(len(chances)), -chances))
        return Placed(
            [[*offers.names, NONE][at] for at in order],
            chances[order],
            np.append(strength, 0.0)[order],
            np.append(offers.prior, 0.0)[order],
            np.vstack([weights, np.zeros(weights.shape[1])])[order],
            [[*incidents, []][at] for at in order],
        )

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
        return self.compare(report).nearest(top)

    def compare(self, report: Report) -> ComparedReport:
        """A new report beside every column. ValueError for one that is no new report."""
        scored = self.scored
        if report.report_id in scored.reports:
            cure = "it is no new report: it was scored with the others; give one with an id of its own"
            raise refuse("report.report_id", report.report_id, cure)
        told = [encode(report) for encode in self.encode]
        return ComparedReport(
            report, told, self.pair_tempers, scored.prior, len(scored.rows), self.incidents.proposed(report)
        )

    def says(self, told: Newcomer | None, comparison: int, row: int) -> str:
        """What one comparison says of a newcomer and a row: "agrees", "close", "differs", "not mentioned" or "not
        known"."""
        return told.says(row) if told is not None and self.known[comparison][row] else "not known"

    def _gathered(self, series: pd.DataFrame) -> Gathered:
        """Series laid out; those of the last frame are kept for the next report."""
        held, judged = self._laid, self.scored.judged
        if held is None or held[0] is not series or held[1] is not judged:
            held = self._laid = (series, judged, Gathered.of(self.scored, series, self.model.parameters))
        return held[2]

    def added(self, told: list[Newcomer | None], offers: Offers) -> NDArray[np.float64]:
        """log10 LR, untempered, that the newcomer adds to each series, shape (offers, comparisons)."""
        packed, out = self.packed, np.zeros((len(offers.names), len(told)))
        weights, knows = np.zeros((len(offers.rows), max(1, len(packed.tree_column)))), np.uint64(0)
        for tree, column in enumerate(packed.tree_column.tolist()):
            one = told[column]
            if one is not None:
                weights[:, tree] = one.against.at(offers.rows)
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

    def _frame(self, placed: Placed, told: list[Newcomer | None]) -> pd.DataFrame:
        evidence = self.scored.table.evidence
        labels = [kind.label for kind in evidence]
        columns: dict[str, Any] = {
            "series_id": np.array(placed.names, dtype=object),
            "probability": placed.probability,
            "strength": placed.strength,
            "prior": placed.prior,
            "reasons": [_reasons(row, labels, told) for row in placed.weights],
            "same_incident": ["; ".join(names) for names in placed.same_incident],
        }
        columns |= {f"w_{kind.name}": placed.weights[:, at] for at, kind in enumerate(evidence)}
        return pd.DataFrame(columns)


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
