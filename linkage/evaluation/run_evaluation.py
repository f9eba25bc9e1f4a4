"""What a run of the store suggests, held against what is known of who is behind its reports.

Nothing is learned here and nothing is held out: the run is judged as analysts meet it. What it found and missed is
counted over all known reports; figures with intervals are taken over as many whole people as can be weighed while
somebody waits.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from linkage.evaluation.baselines.simple import DistanceAndDays
from linkage.evaluation.document import way_document
from linkage.evaluation.groups import EVEN, GROUPINGS
from linkage.evaluation.listed import lay_over
from linkage.evaluation.ranking import FAR_KM
from linkage.evaluation.scorer import Scorer, Scores
from linkage.evaluation.trial import Counts, evaluated, some_people
from linkage.evaluation.truth import EvaluatedPairs, Truth, TruthError, evaluated_pairs
from linkage.report import Report
from linkage.wilson import wilson

VARIABLE = "LINKAGE_TRUTH"
"""Names the file with the truth of the reports in the store: report_id, incident_id, offender_id."""

MOST = 1_200
"""Reports over which figures with intervals are taken [R]: 720,000 pairs with 100 draws take 4 s of processor
time for both ways (1,500 invented reports, seed 7, one thread)."""

REPLICATES = 100
"""Draws for the intervals on the page [G]: half of those of `linkage evaluate`, since somebody waits."""

NEAR_KM = 5.0
"""Below this two places count as close by [G]."""

FEWEST_LINKS = 5
"""Links below which a group is shown as counts only [G]."""

OVERALL = "all"


@dataclass(frozen=True)
class Run:
    """What is judged: the pairs that a run lists (as pairs.csv), its series (as series.csv), and its name."""

    pairs: pd.DataFrame
    series: pd.DataFrame
    name: str


@dataclass(frozen=True)
class EvaluatedRun:
    """A run against the truth.

    `links` has every true link of the known reports: report_a, report_b (smaller id first), probability (nan where
    the run does not list it), km, days (nan where not known), `told` (kinds of fact that both tell) and `suggested`.
    `suggested` has every listed pair said `EVEN` or likelier: the same columns, and `linked`. `parts` counts both by
    distance, by what is told and by group: `by`, `group`, links, found, suggested, right. `ways` are the run and what
    it is compared with, as in the results document, over `over` reports; `counts` is what those are.
    """

    counts: Counts
    links: pd.DataFrame
    suggested: pd.DataFrame
    parts: pd.DataFrame
    ways: list[dict[str, Any]]
    over: int
    seed: int

    @property
    def wrong(self) -> pd.DataFrame:
        """Suggested links between two people, the surest first."""
        return self.suggested[~self.suggested["linked"]].sort_values("probability", ascending=False)

    @property
    def missed(self) -> pd.DataFrame:
        """Links that were not suggested, those nearest to it first, those that the run does not list last."""
        missed = self.links[~self.links["suggested"]]
        return missed.sort_values("probability", ascending=False, na_position="last")


def known_truth(reports: Sequence[Report]) -> tuple[Truth | None, str]:
    """The truth of the reports in words of where it comes from: the file of `VARIABLE`, else their own series.

    None where neither tells of any of them. TruthError for a file that cannot be used.
    """
    if named := os.environ.get(VARIABLE):
        truth = Truth.from_file(Path(named)).of(report.report_id for report in reports)
        if not truth.person:
            raise TruthError(f"{named}: none of its report_ids is in the store; name the truth of these reports")
        return truth, Path(named).name
    if any(report.series for report in reports):
        return Truth.from_labels(reports), "the reports' own series"
    return None, ""


def judge_run(
    reports: Sequence[Report], truth: Truth, run: Run, seed: int = 0, replicates: int = REPLICATES
) -> EvaluatedRun:
    """The run against the truth, beside the plainest way of linking. ValueError where no two reports are linked."""
    known = [report for report in reports if report.report_id in truth.person]
    links, suggested = _links(known, truth, run), _suggested(known, truth, run)
    if links.empty:
        raise ValueError("no two of the known reports are of one person")
    fewer = some_people(known, truth, MOST, seed)
    pairs = evaluated_pairs(fewer, truth)
    listed = lay_over(pairs, run.pairs, series=run.series)
    ways = [
        _way(_Named(run.name, "as it is listed"), pairs, listed, seed, replicates),
        _way(DistanceAndDays(), pairs, DistanceAndDays().score(pairs), seed, replicates),
    ]
    parts = _parts(links, suggested, {report.report_id: report for report in known})
    return EvaluatedRun(Counts.of_file(reports, truth), links, suggested, parts, ways, len(fewer), seed)


@dataclass(frozen=True)
class _Named:
    """What a run is called among ways of linking."""

    name: str
    note: str
    learns: bool = False


def _way(named: Any, pairs: EvaluatedPairs, scores: Scores, seed: int, replicates: int) -> dict[str, Any]:
    scorer: Scorer = named
    return way_document(evaluated(scorer, pairs, scores, seed, replicates))


def _links(known: Sequence[Report], truth: Truth, run: Run) -> pd.DataFrame:
    """Every true link, with what the run says of it."""
    people: dict[str, list[Report]] = {}
    for report in known:
        people.setdefault(truth.person[report.report_id], []).append(report)
    rows: list[tuple[str, str, float]] = []
    for group in people.values():
        if len(group) > 1:
            pairs = evaluated_pairs(group, truth)
            names = [report.report_id for report in pairs.reports]
            rows += [
                (names[a], names[b], float(km)) for a, b, km in zip(pairs.left, pairs.right, pairs.km, strict=True)
            ]
    frame = pd.DataFrame(rows, columns=["report_a", "report_b", "km"])
    listed = _ordered(run.pairs)[["report_a", "report_b", "probability"]]
    found = frame.merge(listed, how="left", on=["report_a", "report_b"])
    found["suggested"] = found["probability"].fillna(0.0) >= EVEN
    return _with_facts(found, known)


def _suggested(known: Sequence[Report], truth: Truth, run: Run) -> pd.DataFrame:
    """Every pair that the run says is likely, right or wrong; two reports of one incident are judged by nobody."""
    pairs = _ordered(run.pairs)
    likely = pairs[pairs["probability"].to_numpy() >= EVEN]
    person, incident = (
        [likely[side].map(found) for side in ("report_a", "report_b")] for found in (truth.person, truth.incident)
    )
    judgeable = person[0].notna() & person[1].notna() & ~(incident[0] == incident[1]).fillna(False)
    found = likely[judgeable].assign(linked=(person[0] == person[1])[judgeable])
    found = found.rename(columns={"distance_km": "km"})
    columns = ["report_a", "report_b", "km", "probability", "linked"]
    return _with_facts(found[columns].reset_index(drop=True), known)


def _ordered(pairs: pd.DataFrame) -> pd.DataFrame:
    """Listed pairs with the smaller id first."""
    low = pairs[["report_a", "report_b"]].min(axis=1)
    high = pairs[["report_a", "report_b"]].max(axis=1)
    return pairs.assign(report_a=low, report_b=high)


KINDS: dict[str, Callable[[Report], bool]] = {
    "when": lambda report: report.occurred.from_ is not None,
    "where": lambda report: report.place.lat is not None,
    "what he did": lambda report: bool(report.behaviours.present or report.behaviours.absent),
    "the person": lambda report: any(
        bool(one.build or one.marks or one.hair or one.accent or one.age or one.height_cm) for one in report.suspects
    ),
    "a vehicle": lambda report: bool(report.vehicles),
    "words": lambda report: bool(report.speech),
    "a phone, name or plate": lambda report: bool(
        report.identifiers or any(car.registration for car in report.vehicles)
    ),
}
"""Kinds of fact that a report may tell, in words."""

TOLD = {2: "two kinds or fewer", 4: "three or four kinds", len(KINDS): "five kinds or more"}
"""Kinds of fact that both reports of a pair tell, at most -> words."""


def _with_facts(pairs: pd.DataFrame, known: Sequence[Report]) -> pd.DataFrame:
    """The pairs with `days` between them and `told`, how many kinds of fact both tell."""
    tells = {one.report_id: np.array([kind(one) for kind in KINDS.values()]) for one in known}
    day = {one.report_id: date.fromisoformat(one.occurred.from_[:10]) for one in known if one.occurred.from_}
    ends = list(zip(pairs["report_a"], pairs["report_b"], strict=True))
    return pairs.assign(
        told=[int((tells[a] & tells[b]).sum()) for a, b in ends],
        days=[abs((day[a] - day[b]).days) if a in day and b in day else np.nan for a, b in ends],
    )


def distance_words(km: float) -> str:
    """How far two places are apart, in the words of the table."""
    if np.isnan(km):
        return "distance not known"
    return f"below {NEAR_KM:g} km" if km < NEAR_KM else f"over {FAR_KM:g} km" if km > FAR_KM else "in between"


def kinds_in_words(kinds: int) -> str:
    """How much two reports both tell, in the words of the table."""
    return next(words for most, words in TOLD.items() if kinds <= most)


def _parts(links: pd.DataFrame, suggested: pd.DataFrame, known: dict[str, Report]) -> pd.DataFrame:
    """Counts of links and of suggestions by distance, by what is told, and by group of either report."""
    groups: dict[str, Callable[[Any], set[str]]] = {
        OVERALL: lambda _: {"all pairs"},
        "distance": lambda row: {distance_words(row["km"])},
        "what both tell": lambda row: {kinds_in_words(row["told"])},
    }
    rows: list[dict[str, Any]] = []
    for name, group in (groups | {name: _either(of, known) for name, of in GROUPINGS.items()}).items():
        counts: dict[str, dict[str, int]] = {}
        for frame, every, good in ((links, "links", "suggested"), (suggested, "suggested", "linked")):
            right = {"links": "found", "suggested": "right"}[every]
            for row in frame.to_dict("records"):
                for one in group(row):
                    told = counts.setdefault(one, dict.fromkeys(("links", "found", "suggested", "right"), 0))
                    told[every] += 1
                    told[right] += bool(row[good])
        rows += [{"by": name, "group": one, **told} for one, told in sorted(counts.items())]
    return pd.DataFrame(rows)


def _either(of: Callable[[Report], str], known: dict[str, Report]) -> Callable[[Any], set[str]]:
    return lambda row: {of(known[row["report_a"]]), of(known[row["report_b"]])}


@dataclass(frozen=True)
class Share:
    """`part` of `whole` with its 95 % interval (Wilson 1927 [M]); it takes pairs as independent, which pairs of one
    person are not, so that the true interval is wider. `value` is None where there is nothing, or too little."""

    part: int
    whole: int
    value: float | None
    low: float
    high: float

    @classmethod
    def of(cls, part: int, whole: int, fewest: int = 1) -> Share:
        """The share, left out where `whole` is below `fewest`."""
        if whole < fewest:
            return cls(part, whole, None, 0.0, 1.0)
        return cls(part, whole, part / whole, *wilson(part, whole))


def precision_and_recall(part: Any, fewest: int = 1) -> tuple[Share, Share]:
    """Of one row of `parts`: the share of suggestions that are right, and of links that are suggested."""
    told = dict(part)
    return Share.of(told["right"], told["suggested"], fewest), Share.of(told["found"], told["links"], fewest)
