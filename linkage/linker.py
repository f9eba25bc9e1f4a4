"""Linker: fit, score, explain, cluster. A thin front of features/ and models/."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any, Self

import numpy as np
import pandas as pd

from linkage.arguments import (
    NotScoredError,
    Unscored,
    id_of,
    newly_given,
    number,
    one_of,
    pairs_of,
    reports_of,
    whole,
)
from linkage.features.evidence import MILLIBAN
from linkage.features.explanation import Explanation
from linkage.features.levels import Level
from linkage.linker_settings import CORE, DECIDED, LISTED_PROBABILITY, SECOND, STOP, Settings, settings_of, weights_of
from linkage.models.calibration import Calibrate
from linkage.models.carried import Holding, holding_from
from linkage.models.cohesion import SeriesExplanation
from linkage.models.explained import SeriesLike
from linkage.models.frames import frame_of, scored_pairs
from linkage.models.incident_learning import learn_incidents
from linkage.models.membership import MembershipExplanation
from linkage.models.model import Model
from linkage.models.newcomers import Newcomers, newcomers
from linkage.models.pair_frame import pair_frame, row_pairs, sensitive_effect
from linkage.models.prepared import Progress, prepared
from linkage.models.prior import bounded_odds, log10_odds, probability_of
from linkage.models.scan import ScanSettings
from linkage.models.scored import Scored
from linkage.models.series import Overlap, Pair, SeriesResult, find_series
from linkage.models.series_inference import Constraints, SeriesPosterior, judge
from linkage.models.training import train
from linkage.models.work import THREADS, Work
from linkage.report import Report

__all__ = ["Linker", "Settings"]


class Linker(Unscored):
    """Scores every pair of reports and gathers series; `work` says where.

    `fit` learns weights where reports carry a known `series`; `score` estimates base rates from its reports. `model_`
    holds the weights. After `score`: DataFrames `incidents_`, `same_incident_` (pairs that may tell of one incident),
    `prior_` (log10 odds), `run_record_`. After `cluster`: `ambiguous_` (DataFrame), `conflicts_`. What cannot be used
    raises ArgumentError, an id that is not known UnknownReportError, an answer before its time NotScoredError.
    """

    def __init__(self, settings: Settings | None = None, work: Work = THREADS) -> None:
        one_of("settings", settings, (Settings, type(None)), "give linkage.Settings(...)")
        self.settings, self._work = settings or Settings(), work
        self.model_ = Model()
        self._scored: Scored | None = None
        self._fitted: list[Report] | None = None
        self._decided, self._holding, self._learning_seconds, self._scale = Constraints(), Holding(), 0.0, 1.0

    def hold(self, holding: Holding) -> Self:
        """Estimate nothing from the reports: hold to the weights of an earlier run, and to what it carried."""
        one_of("holding", holding, Holding, "give what Linker.carry() gave")
        self._holding, self._scored = holding, None
        return self

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """A linker with the settings and weights of a run, from its record (run.json): it explains as that run did.

        ModelError when the record is not one of this version.
        """
        one_of("record", record, Mapping, "give what run.json holds")
        linker = cls(settings_of(record))
        linker.model_, linker._scale = weights_of(record)
        return linker

    def take(self, reports: Sequence[Report], constraints: Constraints | None = None) -> Self:
        """Take up reports, and decisions on them, without learning from them."""
        taken, told = reports_of("reports", reports), Constraints.given(constraints) or Constraints()
        self._fitted, self._scored, self._decided = taken, None, told.within(report.report_id for report in taken)
        return self

    def fit(
        self, reports: Sequence[Report], labelled: Sequence[Report] | None = None, progress: Progress | None = None
    ) -> Self:
        """Take up reports, and learn weights from those with a known series (or from `labelled` ones)."""
        taken = reports_of("reports", reports)
        started, learned = time.perf_counter(), taken if labelled is None else reports_of("labelled", labelled)
        self.take(taken)
        if any(report.series for report in learned):
            self.model_ = train(learned, self.settings.sensitive, progress)
        self.model_ = replace(self.model_, incident=learn_incidents(learned))
        self._learning_seconds = time.perf_counter() - started
        return self

    def score(
        self,
        reports: Sequence[Report],
        top: int = 50,
        progress: Progress | None = None,
        must_link: Iterable[Pair] = (),
        cannot_link: Iterable[Pair] = (),
        soft_link: Iterable[Pair] = (),
        same_incident: Iterable[Pair] = (),
        other_incident: Iterable[Pair] = (),
    ) -> pd.DataFrame:
        """Every report's best partners, as pairs.csv (contract section 4), judged together with all series.

        Pairs of `must_link` are of one person, of `cannot_link` of two, of `soft_link`, one analyst's, likelier of
        one. Reports of `same_incident` are merged before anything is scored; of `other_incident` not proposed.
        """
        reports, top = reports_of("reports", reports), whole("top", top, 1)
        given = must_link, cannot_link, soft_link, same_incident, other_incident
        must, cannot, *others = map(pairs_of, DECIDED, given)
        told = Constraints.of(must, cannot, [report.report_id for report in reports], *others)
        scored = self._prepare(reports, told, progress)
        least = int(np.ceil((log10_odds(LISTED_PROBABILITY) - scored.prior) * MILLIBAN))
        settings = ScanSettings(top=top, far_top=self.settings.far_top, far_km=self.settings.far_km, least=least)
        partners = self._holding.partners(scored, settings, progress, self._work)
        scored.candidates = row_pairs(scored.table, partners, scored.prior)
        judged = self._judge(scored, told, progress)
        started = time.perf_counter()
        partners = partners.with_pairs(*judged.row_pairs(LISTED_PROBABILITY), scored.incident)
        pairs = pair_frame(scored.table, scored.rows, partners, scored.prior, judged.belief, scored.first_links())
        pairs.insert(7, "same_incident", scored.same_incident_of(pairs))
        scored.sensitive = sensitive_effect(pairs, scored.table, scored.prior)
        scored.timings["listing"] = time.perf_counter() - started
        return pairs

    def _judge(self, scored: Scored, constraints: Constraints, progress: Progress | None = None) -> SeriesPosterior:
        """Judge series together under the constraints; what was judged under the same ones is kept."""
        if scored.judged is None or scored.constraints != constraints:
            started = time.perf_counter()
            scored.constraints = constraints
            scored.judged = judge(
                [column.set_piece() for column in scored.table.columns],
                scored.series_tempers,
                scored.rows,
                scored.proposed,
                scored.candidates,
                self.model_.parameters,
                constraints,
                Calibrate(self.model_.calibration, scored.table.place().distance_km),
                self.settings.seed,
                lambda done, total: progress("series", done, total) if progress else None,
                self._holding.baseline(scored),
                self._work,
            )
            scored.timings["series"] = time.perf_counter() - started
        return scored.judged

    def cluster(
        self,
        pairs: pd.DataFrame,
        must_link: Iterable[Pair] = (),
        cannot_link: Iterable[Pair] = (),
        soft_link: Iterable[Pair] = (),
        same_incident: Iterable[Pair] | None = None,
        other_incident: Iterable[Pair] | None = None,
    ) -> pd.DataFrame:
        """Series as series.csv (contract section 4); pairs as `score` gives them.

        Under other constraints than `score` had, series are judged again, and the pairs keep what they were told;
        under other decisions on incidents (by default those of `score`) reports are scored again.
        """
        scored = self._require()
        pairs = scored_pairs("pairs", pairs, scored.reports)
        same = scored.listed_under.same if same_incident is None else same_incident
        other = scored.listed_under.other if other_incident is None else other_incident
        must, cannot, *others = map(pairs_of, DECIDED, (must_link, cannot_link, soft_link, same, other))
        constraints, again = Constraints.of(must, cannot, scored.reports, *others), False
        if (constraints.same, constraints.other) != (scored.listed_under.same, scored.listed_under.other):
            self.score(list(scored.reports.values()), 50, None, must, cannot, *others)
            scored, again = self._require(), True
        if (again or constraints != scored.listed_under) and len(scored.candidates.left):
            alone = probability_of(scored.prior + pairs["weight"].to_numpy())
            judged = self._judge(scored, constraints)
            pairs = pairs.assign(probability=judged.belief(*scored.row_ends(pairs), alone))
        ends = zip(pairs["report_a"], pairs["report_b"], pairs["probability"], strict=True)
        believed = {(a, b): float(probability) for a, b, probability in ends if probability >= LISTED_PROBABILITY}
        found: SeriesResult = find_series(
            believed | scored.within_incidents(),
            dict(zip(self.incidents_["report_id"], self.incidents_["incident_id"], strict=True)),
            [*constraints.must, *scored.merged()],
            constraints.cannot,
            stop=STOP,
            floor=0.0,
            core=CORE,
            second=SECOND,
            whole=scored.sampled_series(),
        )
        members = pd.DataFrame(map(asdict, found.members), columns=["series_id", "report_id", "role", "fit"])
        self.ambiguous_ = pd.DataFrame(map(asdict, found.overlaps), columns=[one.name for one in fields(Overlap)])
        for frame, name in ((members, "fit"), (self.ambiguous_, "fit"), (self.ambiguous_, "other_fit")):
            frame[name] = bounded_odds(frame[name].to_numpy(dtype=float))
        self.conflicts_ = [*(scored.judged.conflicts if scored.judged else found.conflicts), *scored.contradicted]
        return members

    def explain(
        self, a: str | Report, b: str | Report, together: float | None = None, constraints: Constraints | None = None
    ) -> Explanation:
        """The evidence for and against one pair of reports, by id or as reports, and what the others add to it.

        `together` is the final probability in a kept run and `constraints` its decisions, by default those here; with
        neither the pair stands alone. Two reports of one incident by `follows` have no parts.
        """
        if together is not None:
            number("together", together, 0.0, 1.0)
        scored = self._with_reports(a=a, b=b)
        return scored.explain(id_of(a), id_of(b), self.model_.parameters, together, constraints)

    def explain_alone(self, a: str, b: str) -> Explanation:
        """As `explain`, without what the other reports add: quick, for lists of pairs."""
        return self._require().alone(a, b)

    def levels(self, a: str, b: str) -> list[Level]:
        """How far each comparison of two reports that is not known could move them, were it known; widest first."""
        return self._require().levels(a, b)

    def explain_membership(
        self, report: str | Report, series: SeriesLike, at: str | None = None, constraints: Constraints | None = None
    ) -> MembershipExplanation:
        """Why a report stands in a series, what it would be without each member or group, and where else.

        `series`: a frame as `cluster` gives, members by series id, or one series' members. Explained is series `at`,
        else the one that holds the report, else the one it fits best. `constraints` are by default those of `score`.
        """
        scored = self._with_reports(report=report)
        return scored.explainer(self.model_.parameters, constraints).membership(id_of(report), series, at)

    def explain_series(self, members: Sequence[str], constraints: Constraints | None = None) -> SeriesExplanation:
        """What a series hangs on, and the log10 odds of keeping it whole against its best split."""
        return self._require().explainer(self.model_.parameters, constraints).series(members)

    def without(self, names: Collection[str]) -> Linker:
        """A linker of the same weights over the reports that were taken up, but for these."""
        scored, other = self._require(), Linker(self.settings, self._work).hold(self._holding)
        other.model_, other._scale = self.model_, scored.series_scale
        return other.take([one for name, one in scored.reports.items() if name not in names], self._decided)

    def place_report(self, report: Report, series: pd.DataFrame) -> pd.DataFrame:
        """Chances of a new report to belong to each of the series (as `cluster` gives them), to each lone report it
        resembles (by its id), and to "none", with reasons (docs/reference/series.md). Nothing else is changed."""
        one_of("report", report, Report, "give a linkage.Report")
        frame_of("series", series, ("series_id", "report_id"), "cluster")
        if self._require().judged is None:
            raise NotScoredError("series were not judged yet: score the reports first")
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
            "same_incident": self.same_incident_.round({"probability": 6}).to_dict("records"),
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

    def _prepare(
        self, reports: Sequence[Report], told: Constraints | None = None, progress: Progress | None = None
    ) -> Scored:
        scored = prepared(
            reports, self.model_, told or Constraints(), self.settings.sensitive, self._holding, progress
        )
        self._scored, scored.scale, scored.timings["learning"] = scored, self._scale, self._learning_seconds
        rows, pairs = map(asdict, scored.found.rows), map(asdict, scored.found.pairs)
        self.incidents_ = pd.DataFrame(rows, columns=["incident_id", "report_id", "basis", "probability"])
        self.same_incident_ = pd.DataFrame(pairs, columns=["report_a", "report_b", "probability"])
        return scored

    def _require(self) -> Scored:
        if self._scored is None and self._fitted is None:
            raise NotScoredError("no reports were taken up yet: call fit, take or score with reports first")
        return self._scored or self._prepare(self._fitted or [], self._decided)

    def _with_reports(self, **given: str | Report) -> Scored:
        """The scored reports, taken anew when a report is given that is not among them."""
        scored = self._require()
        if not (extra := newly_given(given, scored.reports)):
            return scored
        self._scale = scored.series_scale
        taken = self._prepare([*scored.reports.values(), *extra], scored.listed_under)
        taken.constraints = scored.constraints
        return taken
