"""Linker: fit, score, explain, cluster. A thin front of features/ and models/."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
import pandas as pd

from linkage.features.evidence import MILLIBAN
from linkage.features.explanation import Explanation
from linkage.features.levels import Level
from linkage.features.table import fit_table
from linkage.intake.merge import incident_rows
from linkage.models.carried import Holding, holding_from
from linkage.models.cohesion import SeriesExplanation
from linkage.models.explained import SeriesLike
from linkage.models.judged import Constraints, Judged, judge
from linkage.models.membership import MembershipExplanation
from linkage.models.model import Model
from linkage.models.newcomers import Newcomers, newcomers
from linkage.models.pair_frame import pair_frame, row_pairs, sensitive_effect
from linkage.models.prior import bounded_odds, log10_odds, pair_prior, probability_of, sampled_temper
from linkage.models.scan import ScanSettings
from linkage.models.scored import Scored
from linkage.models.series import Pair, SeriesResult, find_series
from linkage.models.training import train
from linkage.report import Report

Progress = Callable[[str, int, int], None]

LISTED_PROBABILITY = 0.01
"""Pairs at least this probable are listed however many partners their reports have (contract section 4). Where series
are gathered, less counts as 0, listed or not."""

CORE = 0.5
"""Mean probability with the other members from which a report is core; below, it is an edge of the series."""

STOP = 1 / 3
"""Mean probability at which a series stops growing: a missed link costs twice a false one [G] (Binder 1978)."""

SECOND = 0.2
"""Mean probability with another series' members from which a report may belong there too [G]: one in five."""


@dataclass(frozen=True)
class Settings:
    """What a run may choose. `sensitive` lets sensitive items carry weight; `far_km` is where the far lane begins and
    `far_top` how many partners a report has in it. `seed` fixes the draws of the series inference."""

    sensitive: bool = False
    seed: int = 0
    far_km: float = 50.0
    far_top: int = 10


class Linker:
    """Scores every pair of reports and gathers series.

    `fit` learns weights where reports carry a known `series`; `score` estimates base rates from the reports it is
    given. `model_` holds the weights in use. After `score`: `incidents_` (DataFrame), `prior_` (log10 odds),
    `run_record_`. After `cluster`: `ambiguous_` (DataFrame), `conflicts_`.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.model_ = Model()
        self._scored: Scored | None = None
        self._fitted: list[Report] = []
        self._learning_seconds, self._scale = 0.0, 1.0
        self._holding = Holding()

    def hold(self, holding: Holding) -> Self:
        """Estimate nothing from the reports: hold to the weights of an earlier run, and to what it carried."""
        self._holding, self._scored = holding, None
        return self

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """A linker with the settings and weights of a run, from its record (run.json): it explains as that run did.

        ModelError when the record is not one of this version.
        """
        weights = {name: record.get(name) for name in ("weights", "tempers", "series_tempers")}
        linker = cls(Settings(**record["settings"]))
        linker.model_ = Model.from_json({**record.get("model", {}), **weights}, "the record of the run")
        linker._scale = float(record.get("series", {}).get("scale", 1.0))
        return linker

    def take(self, reports: Sequence[Report]) -> Self:
        """Take up reports without learning from them."""
        self._fitted, self._scored = list(reports), None
        return self

    def fit(
        self, reports: Sequence[Report], labelled: Sequence[Report] | None = None, progress: Progress | None = None
    ) -> Self:
        """Take up reports, and learn weights from those with a known series (or from `labelled` ones)."""
        self.take(reports)
        started = time.perf_counter()
        known = list(labelled) if labelled is not None else list(reports)
        if any(report.series for report in known):
            self.model_ = train(known, self.settings.sensitive, progress)
        self._learning_seconds = time.perf_counter() - started
        return self

    def score(
        self,
        reports: Sequence[Report],
        top: int = 50,
        progress: Progress | None = None,
        must_link: Iterable[Pair] = (),
        cannot_link: Iterable[Pair] = (),
    ) -> pd.DataFrame:
        """Every report's best partners, as pairs.csv (contract section 4), judged together with all series.

        Pairs of `must_link` are taken to be of one person and pairs of `cannot_link` of two.
        """
        scored = self._prepare(reports, progress)
        least = int(np.ceil((log10_odds(LISTED_PROBABILITY) - scored.prior) * MILLIBAN))
        settings = ScanSettings(top=top, far_top=self.settings.far_top, far_km=self.settings.far_km, least=least)
        partners = self._holding.partners(scored, settings, progress)
        scored.candidates = row_pairs(scored.table, partners, scored.prior)
        scored.told = Constraints.of(must_link, cannot_link, scored.reports)
        judged = self._judge(scored, scored.told, progress)
        started = time.perf_counter()
        partners = partners.with_pairs(*judged.row_pairs(LISTED_PROBABILITY), scored.incident)
        pairs = pair_frame(scored.table, scored.rows, partners, scored.prior, judged.belief)
        scored.sensitive = sensitive_effect(pairs, scored.table, scored.prior)
        scored.timings["listing"] = time.perf_counter() - started
        return pairs

    def _judge(self, scored: Scored, constraints: Constraints, progress: Progress | None = None) -> Judged:
        """Judge series together under the constraints; what was judged under the same ones is kept."""
        if scored.judged is None or scored.constraints != constraints:
            started = time.perf_counter()
            scored.constraints = constraints
            scored.judged = judge(
                [column.set_piece() for column in scored.table.columns],
                scored.series_tempers,
                scored.rows,
                scored.incident,
                scored.candidates,
                self.model_.parameters,
                constraints,
                self.model_.calibration,
                self.settings.seed,
                lambda done, total: progress("series", done, total) if progress else None,
                self._holding.held(scored),
            )
            scored.timings["series"] = time.perf_counter() - started
        return scored.judged

    def cluster(
        self, pairs: pd.DataFrame, must_link: Iterable[Pair] = (), cannot_link: Iterable[Pair] = ()
    ) -> pd.DataFrame:
        """Series as series.csv (contract section 4); pairs as `score` gives them.

        Under other constraints than `score` had, series are judged again, and the pairs keep what they were told.
        """
        scored = self._require()
        constraints = Constraints.of(must_link, cannot_link, scored.reports)
        if constraints != scored.told and len(scored.candidates.left):
            alone = probability_of(scored.prior + pairs["weight"].to_numpy())
            judged = self._judge(scored, constraints)
            pairs = pairs.assign(probability=judged.belief(*scored.row_ends(pairs), alone))
        ends = zip(pairs["report_a"], pairs["report_b"], pairs["probability"], strict=True)
        found: SeriesResult = find_series(
            {(a, b): float(probability) for a, b, probability in ends if probability >= LISTED_PROBABILITY},
            dict(zip(self.incidents_["report_id"], self.incidents_["incident_id"], strict=True)),
            constraints.must,
            constraints.cannot,
            stop=STOP,
            floor=0.0,
            core=CORE,
            second=SECOND,
        )
        members = pd.DataFrame(map(asdict, found.members), columns=["series_id", "report_id", "role", "fit"])
        columns = ["report_id", "series_id", "other_series_id", "fit", "other_fit"]
        self.ambiguous_ = pd.DataFrame([asdict(row) for row in found.overlaps], columns=columns)
        for frame, name in ((members, "fit"), (self.ambiguous_, "fit"), (self.ambiguous_, "other_fit")):
            frame[name] = bounded_odds(frame[name].to_numpy(dtype=float))
        self.conflicts_ = scored.judged.conflicts if scored.judged else found.conflicts
        return members

    def explain(
        self, a: str | Report, b: str | Report, together: float | None = None, constraints: Constraints | None = None
    ) -> Explanation:
        """The evidence for and against one pair of reports, by id or as reports, and what the others add to it.

        `together` is the final probability in a kept run and `constraints` its decisions, by default those here; with
        neither the pair stands alone. Two reports of one incident by `follows` have no parts. KeyError for an id
        that is not known.
        """
        scored = self._with_reports([r for r in (a, b) if isinstance(r, Report)])
        return scored.explain(_name(a), _name(b), self.model_.parameters, together, constraints)

    def explain_alone(self, a: str, b: str) -> Explanation:
        """As `explain`, without what the other reports add: quick, for lists of pairs. KeyError for an unknown id."""
        return self._require().alone(a, b)

    def levels(self, a: str, b: str) -> list[Level]:
        """How far each comparison of two reports that is not known could move them, were it known; the widest first.

        KeyError for an id that is not known.
        """
        return self._require().levels(a, b)

    def explain_membership(
        self, report: str | Report, series: SeriesLike, at: str | None = None, constraints: Constraints | None = None
    ) -> MembershipExplanation:
        """Why a report stands in a series, what it would be without each member or group, and where else.

        `series`: a frame as `cluster` gives, members by series id, or one series' members. Explained is series `at`,
        else the one that holds the report, else the one it fits best. `constraints` are by default those of `score`.
        KeyError for an unknown id, ValueError where the series has no other incident.
        """
        scored = self._with_reports([report] if isinstance(report, Report) else [])
        return scored.explainer(self.model_.parameters, constraints).membership(_name(report), series, at)

    def explain_series(self, members: Sequence[str], constraints: Constraints | None = None) -> SeriesExplanation:
        """What a series hangs on, and the log10 odds of keeping it whole against its best split.

        KeyError for an unknown id, ValueError for reports of a single incident.
        """
        return self._require().explainer(self.model_.parameters, constraints).series(members)

    def place_report(self, report: Report, series: pd.DataFrame) -> pd.DataFrame:
        """Chances of a new report to belong to each of the series (as `cluster` gives them), to each lone report it
        resembles (by its id), and to "none", with reasons (docs/reference/series.md). Nothing else is changed.
        ValueError for a report that was scored, and before any were."""
        if self._require().judged is None:
            raise ValueError("series were not judged yet: score the reports first")
        return self.newcomers().place(report, series)

    def newcomers(self) -> Newcomers:
        """What lays reports beside those taken up, by the weights in use; prepared once, which takes seconds."""
        return newcomers(self._require(), self.model_)

    def carry(self) -> Holding:
        """What later runs can be held to after `score`."""
        return holding_from(self._require(), self._holding)

    @property
    def prior_(self) -> float:
        """log10 odds that a random pair shares a person."""
        return self._require().prior

    @property
    def run_record_(self) -> dict[str, Any]:
        """Settings, origin of the weights, counts, prior, tempers and timings of the last run, for run.json."""
        scored, model = self._require(), self.model_.to_json()
        return {
            "settings": asdict(self.settings),
            "counts": {"reports": len(scored.reports), "incidents": len(scored.rows)},
            "prior": {"log10_odds": scored.prior, "probability": 10**scored.prior / (1 + 10**scored.prior)},
            "temper": scored.temper,
            "series": scored.series_record(),
            "tempers": model.pop("tempers"),
            "series_tempers": model.pop("series_tempers"),
            "far_lane": {
                "from_km": self.settings.far_km,
                "prior_log10_odds": scored.prior + scored.table.far_weight(),
            },
            "sensitive_effect": scored.sensitive,
            "weights": model.pop("weights"),
            "model": model,
            "timings_seconds": {name: round(seconds, 3) for name, seconds in scored.timings.items()},
        }

    def _prepare(self, reports: Sequence[Report], progress: Progress | None = None) -> Scored:
        started = time.perf_counter()
        laid = incident_rows(reports)
        rows, incident = laid.rows, np.array(laid.number, dtype=np.int64)
        self.incidents_ = pd.DataFrame(
            [asdict(row) for row in laid.found], columns=["incident_id", "report_id", "basis"]
        )
        timings = {"learning": self._learning_seconds, "incidents": time.perf_counter() - started}
        started = time.perf_counter()
        parameters, tempers, held = self.model_.parameters, self.model_.tempers, self._holding
        table = fit_table(laid.reports, parameters, self.settings.sensitive, progress, held.base)
        table = table.with_tempers(tempers)
        prior = pair_prior(len(rows), parameters.get("series", "partners"), parameters.get("series", "most"))
        temper = held.frozen.temper if held.frozen else sampled_temper(table.pack(), incident, prior)
        scaled = {evidence.group: temper * tempers.get(evidence.group, 1.0) for evidence in table.evidence}
        timings["evidence"] = time.perf_counter() - started
        self._scored = Scored(
            reports={report.report_id: report for report in reports},
            rows=rows,
            row_of={report: row for row, members in enumerate(rows) for report in members},
            incident=incident,
            table=table.with_tempers(scaled),
            series_tempers=temper * table.with_tempers({**tempers, **self.model_.series_tempers}).column_tempers(),
            prior=held.frozen.prior if held.frozen else log10_odds(prior) + self.model_.offset,
            temper=temper,
            timings=timings,
            scale=self._scale,
        )
        return self._scored

    def _require(self) -> Scored:
        return self._scored or self._prepare(self._fitted)

    def _with_reports(self, extra: list[Report]) -> Scored:
        """The scored reports, taken anew when a report is not among them."""
        scored = self._require()
        if all(scored.reports.get(report.report_id) == report for report in extra):
            return scored
        self._scale = scored.series_scale
        taken = self._prepare([*scored.reports.values(), *extra])
        taken.constraints = scored.constraints
        return taken


def _name(report: str | Report) -> str:
    return report.report_id if isinstance(report, Report) else report
