"""Who is behind a report, and which pairs are judged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics.pairwise import haversine_distances

from linkage.evaluation.truth import Truth, TruthError, evaluated_pairs
from linkage.report import Place, Report
from tests.evaluation.small import pairs_of, truth_of


def report(name: str, series: str | None = None, follows: str | None = None) -> Report:
    return Report(report_id=name, series=series, follows=follows)


class TestLabels:
    REPORTS = (report("A", "s1"), report("B", "s1"), report("C"), report("D", follows="C"), report("E", follows="B"))

    def test_a_report_without_a_label_is_the_only_one_of_its_person(self) -> None:
        truth = Truth.from_labels(self.REPORTS)
        assert truth.person["A"] == truth.person["B"] == "s1"
        assert truth.person["C"] != "s1"

    def test_what_follows_a_report_is_of_its_incident_and_person(self) -> None:
        truth = Truth.from_labels(self.REPORTS)
        assert truth.incident["D"] == truth.incident["C"]
        assert truth.person["D"] == truth.person["C"]
        assert truth.incident["E"] == truth.incident["B"] != truth.incident["A"]
        assert truth.person["E"] == "s1"

    def test_where_not_every_series_is_labelled_the_others_belong_to_nobody_known(self) -> None:
        assert set(Truth.from_labels(self.REPORTS, one_offs=False).person) == {"A", "B", "E"}

    def test_the_truth_of_some_reports_is_theirs_alone(self) -> None:
        some = Truth.from_labels(self.REPORTS).of(["A", "C", "X"])
        assert (set(some.person), set(some.incident)) == ({"A", "C"}, {"A", "C"})


class TestFile:
    def test_a_truth_file_names_report_incident_and_person(self, tmp_path: Path) -> None:
        path = tmp_path / "truth.csv"
        path.write_text(
            "report_id,incident_id,offender_id,sector\nA,i1,p,street\nB,i2,p,online\n", encoding="utf-8-sig"
        )
        truth = Truth.from_file(path)
        assert truth.person == {"A": "p", "B": "p"}
        assert truth.incident == {"A": "i1", "B": "i2"}

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            ("report_id,offender_id\nA,p\n", "row 1: no column incident_id"),
            ("", "row 1: no column report_id, incident_id, offender_id"),
            ("report_id,incident_id,offender_id\nA,i1,p\nB,,p\n", "row 3, incident_id: empty"),
            ("report_id,incident_id,offender_id\nA,i1\n", "row 2, offender_id: empty"),
            ("report_id,incident_id,offender_id\nA,i1,p\nA,i1,q\n", "row 3, report_id: A again"),
        ],
    )
    def test_a_file_that_cannot_be_used_says_where_and_why(self, tmp_path: Path, words: str, says: str) -> None:
        path = tmp_path / "truth.csv"
        path.write_text(words, encoding="utf-8")
        with pytest.raises(TruthError, match=f"truth.csv, {says}"):
            Truth.from_file(path)

    def test_a_file_that_is_missing_or_no_text_is_said_to_be_unreadable(self, tmp_path: Path) -> None:
        (tmp_path / "picture.csv").write_bytes(b"\xff\xfe\xfa\x00")
        for name in ("missing.csv", "picture.csv"):
            with pytest.raises(TruthError, match=f"{name}: cannot be read"):
                Truth.from_file(tmp_path / name)

    def test_a_file_with_no_reports_knows_nobody(self, tmp_path: Path) -> None:
        path = tmp_path / "truth.csv"
        path.write_text("report_id,incident_id,offender_id\n", encoding="utf-8")
        assert Truth.from_file(path).person == {}


class TestEvaluatedPairs:
    def test_every_pair_is_judged_but_those_of_one_incident(self) -> None:
        pairs = pairs_of({"A": "p", "B": "p", "C": "p", "D": "q"}, incidents={"A": "i", "B": "i"})
        names = [
            pairs.reports[a].report_id + pairs.reports[b].report_id
            for a, b in zip(pairs.left, pairs.right, strict=True)
        ]
        assert dict(zip(names, pairs.linked.tolist(), strict=True)) == {
            "AC": True, "AD": False, "BC": True, "BD": False, "CD": False,
        }  # fmt: skip
        assert pairs.incident is not None
        assert pairs.incident[0] == pairs.incident[1] != pairs.incident[2]

    def test_reports_are_sorted_and_those_of_nobody_known_left_out(self) -> None:
        pairs = evaluated_pairs([report("C"), report("X"), report("A")], truth_of({"A": "p", "C": "q"}))
        assert [one.report_id for one in pairs.reports] == ["A", "C"]
        assert pairs.row_of == {"A": 0, "C": 1}
        assert len(pairs) == 1

    def test_the_distance_is_that_of_the_great_circle(self) -> None:
        places = {"A": (53.80, -1.55), "B": (51.13, 1.31), "C": (53.80, -1.55), "D": (-36.85, 174.76)}
        pairs = pairs_of({name: name for name in places}, places=places)
        ends = [
            (places[pairs.reports[a].report_id], places[pairs.reports[b].report_id])
            for a, b in zip(pairs.left, pairs.right, strict=True)
        ]
        radians = [haversine_distances(np.radians(end))[0, 1] for end in ends]
        assert pairs.km == pytest.approx(6371.0088 * np.array(radians), rel=1e-5, abs=1e-3)

    def test_a_place_that_is_not_known_is_at_no_distance(self) -> None:
        half = Report(report_id="B", place=Place(lat=53.8))
        pairs = evaluated_pairs([report("A"), half], truth_of({"A": "p", "B": "q"}))
        assert np.isnan(pairs.km).all()

    @pytest.mark.parametrize("names", ["", "A"])
    def test_a_lone_report_has_no_pairs(self, names: str) -> None:
        pairs = pairs_of(dict.fromkeys(names, "p"))
        assert len(pairs) == 0
        assert len(pairs.km) == 0
