"""A run of the store held against the truth: what it found, what it missed, and where."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from linkage.evaluation.run_evaluation import (
    VARIABLE,
    EvaluatedRun,
    Run,
    Share,
    distance_words,
    judge_run,
    kinds_in_words,
    known_truth,
    precision_and_recall,
)
from linkage.evaluation.truth import TruthError
from linkage.report import Occurred, Place, Report
from tests.evaluation.small import truth_of

TRUTH = truth_of({"A": "p", "B": "p", "C": "p", "D": "q", "E": "q", "F": "r"}, {"D": "i", "E": "i"})
REPORTS = [
    Report(
        report_id=name,
        place=Place(lat=53.0 + place, lon=-2.0),
        occurred=Occurred.model_validate({"from": f"2024-01-{day:02}"}),
    )
    for name, place, day in (("A", 0, 1), ("B", 0.01, 5), ("C", 2, 9), ("D", 0, 1), ("E", 0, 1), ("F", 0.2, 3))
]
LISTED = pd.DataFrame(
    [("B", "A", 0.9, 1.1, 4.0), ("A", "F", 0.7, 22.0, 2.0), ("D", "E", 0.99, 0.0, 0.0), ("A", "C", 0.2, 222.0, 8.0)],
    columns=["report_a", "report_b", "probability", "distance_km", "days"],
)
SERIES = pd.DataFrame([("S1", "A"), ("S1", "B"), ("S1", "F")], columns=["series_id", "report_id"])


@pytest.fixture(scope="module")
def judged() -> EvaluatedRun:
    return judge_run(REPORTS, TRUTH, Run(LISTED, SERIES, "this run"), replicates=10)


def pairs(frame: pd.DataFrame) -> list[str]:
    return list(frame["report_a"] + frame["report_b"])


def test_a_likely_pair_of_two_people_is_wrong_and_a_link_that_is_not_likely_is_missed(judged: EvaluatedRun) -> None:
    assert pairs(judged.wrong) == ["AF"]
    assert pairs(judged.missed) == ["AC", "BC"]  # the one that is listed stands before the one that is not


def test_two_reports_of_one_incident_are_judged_by_nobody(judged: EvaluatedRun) -> None:
    assert "DE" not in pairs(judged.suggested)
    assert judged.counts.links == 3


def test_precision_and_recall_are_counted_over_all_and_by_distance(judged: EvaluatedRun) -> None:
    right, found = precision_and_recall(judged.parts.iloc[0])
    assert (right.part, right.whole, found.part, found.whole) == (1, 2, 1, 3)
    far = judged.parts[judged.parts["group"] == "over 50 km"].iloc[0]
    assert precision_and_recall(far)[1] == Share.of(0, 2)
    assert list(judged.parts["by"].unique())[:3] == ["all", "distance", "what both tell"]


def test_the_run_stands_beside_place_and_time_alone(judged: EvaluatedRun) -> None:
    own, plain = judged.ways
    assert own["figures"]["series_in_part"]["value"] == 1.0  # of two series, the second is one incident
    assert "series_whole" not in plain["figures"]
    assert own["figures"]["auprc"]["n"] == plain["figures"]["auprc"]["n"] == 3  # links


def test_words_for_distance_and_for_what_is_told() -> None:
    assert [distance_words(km) for km in (1.0, 20.0, 60.0, float("nan"))] == [
        *("below 5 km", "in between", "over 50 km", "distance not known")
    ]
    assert [kinds_in_words(kinds) for kinds in (0, 3, 7)] == [
        *("two kinds or fewer", "three or four kinds", "five kinds or more")
    ]


def test_a_share_of_too_few_is_left_out() -> None:
    assert Share.of(1, 2, fewest=5).value is None
    assert Share.of(0, 0).value is None


def test_the_truth_is_the_file_that_is_named_else_the_reports_own_series(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert known_truth(REPORTS) == (None, "")
    known, where = known_truth([report.model_copy(update={"series": "s"}) for report in REPORTS])
    assert known is not None
    assert where == "the reports' own series"
    (tmp_path / "t.csv").write_text("report_id,incident_id,offender_id\nA,1,p\nelsewhere,2,p\n")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "t.csv"))
    known, where = known_truth(REPORTS)
    assert (dict(known.person) if known else {}, where) == ({"A": "p"}, "t.csv")
    with pytest.raises(TruthError, match="none of its report_ids is in the store"):
        known_truth(REPORTS[1:])


def test_nothing_is_judged_where_nobody_has_two_reports() -> None:
    alone = truth_of({name: name for name in "ABCDEF"})
    with pytest.raises(ValueError, match="no two of the known reports"):
        judge_run(REPORTS, alone, Run(LISTED, SERIES, "this run"))
