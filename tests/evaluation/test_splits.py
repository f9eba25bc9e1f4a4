"""Splits: no person and no incident is on both sides, whatever the reports."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linkage.evaluation.splits import Split, SplitError, by_person, by_time
from linkage.evaluation.truth import Truth
from linkage.report import Occurred, Report
from tests.evaluation.small import truth_of


def reports_of(names: str | list[str] | dict[str, str | None]) -> list[Report]:
    """Reports by name, with the day each was received where one is given."""
    days = names if isinstance(names, dict) else dict.fromkeys(names)
    return [Report(report_id=name, received=day) for name, day in days.items()]


def ids(reports: list[Report]) -> str:
    return "".join(report.report_id for report in reports)


WORLDS = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 2), st.integers(0, 19).map(lambda n: n == 0), st.integers(-3, 30)),
    min_size=10,
    max_size=40,
)
"""Person, incident, whether the incident is another person's, and day of each report; below 0 is no day."""

World = list[tuple[int, int, bool, int]]


def world(drawn: World) -> tuple[list[Report], Truth]:
    start = date(2019, 1, 1)
    names = [f"R{row:02}" for row in range(len(drawn))]
    days = [(start + timedelta(day)).isoformat() if day >= 0 else None for *_, day in drawn]
    persons = {name: f"P{person}" for name, (person, *_) in zip(names, drawn, strict=True)}
    # contradictory labels: an incident of the next person
    incidents = {
        name: f"I{person + strays}-{number}" for name, (person, number, strays, _) in zip(names, drawn, strict=True)
    }
    return reports_of(dict(zip(names, days, strict=True))), truth_of(persons, incidents)


def assert_apart(split: Split, truth: Truth, names: set[str]) -> None:
    sides = [{report.report_id for report in side} for side in (split.train, split.test, split.left_out)]
    assert sum(map(len, sides)) == len(names)
    assert set.union(*sides) == names
    for known in (truth.person, truth.incident):
        assert {known[name] for name in sides[0]}.isdisjoint(known[name] for name in sides[1])


@settings(max_examples=60)
@given(WORLDS, st.integers(2, 3), st.integers(0, 5))
def test_no_person_and_no_incident_is_on_both_sides_of_a_fold(drawn: World, folds: int, seed: int) -> None:
    reports, truth = world(drawn)
    try:
        splits = by_person(reports, truth, folds, seed)
    except SplitError:
        assume(False)
    names = {report.report_id for report in reports}
    for split in splits:
        assert_apart(split, truth, names)
    assert Counter(report.report_id for split in splits for report in split.test) == Counter(names)


@settings(max_examples=60)
@given(WORLDS, st.integers(5, 20))
def test_no_person_and_no_incident_is_judged_from_before_the_cut(drawn: World, cut: int) -> None:
    reports, truth = world(drawn)
    when = date(2019, 1, 1) + timedelta(cut)
    try:
        split = by_time(reports, truth, when)
    except SplitError:
        assume(False)
    assert all(report.received and report.received < when.isoformat() for report in split.train)
    assert all(report.received and report.received >= when.isoformat() for report in split.test)
    assert_apart(split, truth, {report.report_id for report in reports})


class TestByPerson:
    # 7 series of two, three or four incidents and 13 one-offs
    SIZES = (4, 3, 3, 2, 2, 2, 2, *[1] * 13)
    TRUTH = truth_of({f"R{who:02}{one}": f"P{who:02}" for who, size in enumerate(SIZES) for one in range(size)})
    REPORTS = tuple(reports_of(list(TRUTH.person)))

    @pytest.mark.parametrize("folds", [2, 3, 5, 7])
    def test_each_fold_has_its_share_of_series_and_of_one_offs(self, folds: int) -> None:
        size = Counter(self.TRUTH.person.values())
        for few, share in ((False, 7), (True, 13)):
            counts = [
                sum((size[who] == 1) == few for who in {self.TRUTH.person[r.report_id] for r in split.test})
                for split in by_person(self.REPORTS, self.TRUTH, folds, seed=3)
            ]
            assert sum(counts) == share
            assert max(counts) - min(counts) <= 1

    def test_folds_are_of_like_size(self) -> None:
        sizes = [len(split.test) for split in by_person(self.REPORTS, self.TRUTH, 5, seed=3)]
        assert max(sizes) - min(sizes) <= 2

    def test_the_deal_depends_on_the_seed_and_not_on_the_order(self) -> None:
        shuffled = random.Random(1).sample(self.REPORTS, len(self.REPORTS))
        deal = [ids(split.test) for split in by_person(self.REPORTS, self.TRUTH, 5, seed=3)]
        assert [ids(split.test) for split in by_person(shuffled, self.TRUTH, 5, seed=3)] == deal
        assert [ids(split.test) for split in by_person(self.REPORTS, self.TRUTH, 5, seed=4)] != deal

    def test_reports_of_nobody_known_are_on_neither_side(self) -> None:
        splits = by_person([*self.REPORTS, *reports_of("XY")], self.TRUTH, 2)
        assert all(not {"X", "Y"} & {r.report_id for r in [*s.train, *s.test, *s.left_out]} for s in splits)

    def test_two_reports_of_one_incident_are_no_series(self) -> None:
        truth = truth_of({"A": "p", "B": "p", "C": "q", "D": "q"}, incidents={"A": "i", "B": "i"})
        with pytest.raises(SplitError, match="2 folds of 1 series"):
            by_person(reports_of("ABCD"), truth, 2)

    @pytest.mark.parametrize("folds", [0, 1, 8])
    def test_each_fold_needs_a_series(self, folds: int) -> None:
        with pytest.raises(SplitError, match=f"{folds} folds of 7 series; give from 2 folds"):
            by_person(self.REPORTS, self.TRUTH, folds)


class TestByTime:
    # p is reported before the cut, q on both sides, r and s after it; s has a report without a date
    TRUTH = truth_of({"A": "p", "B": "p", "C": "q", "D": "q", "E": "r", "F": "r", "G": "s", "H": "s"})
    DAYS = dict(
        zip(
            "ABCDEFGH",
            ["2019-01-01", "2019-02-01", "2019-03-01", "2019-08-01", "2019-06-01", "2019-09-01"],
            strict=False,
        )
    ) | {"G": "2019-07-01", "H": None}

    def test_persons_on_both_sides_teach_with_what_was_known_and_are_not_judged(self) -> None:
        split = by_time(reports_of(self.DAYS), self.TRUTH, date(2019, 6, 1))
        assert (ids(split.train), ids(split.test), ids(split.left_out)) == ("ABC", "EF", "DGH")
        assert split.name == "before and after 2019-06-01"

    def test_without_a_date_the_cut_is_where_the_share_has_come_in(self) -> None:
        # 3 of the 7 dated reports are from before 2019-06-01
        assert by_time(reports_of(self.DAYS), self.TRUTH, share=3 / 7).name == "before and after 2019-06-01"

    def test_without_a_day_of_receipt_the_last_possible_day_counts(self) -> None:
        late = Report(report_id="A", occurred=Occurred.model_validate({"from": "2019-01-01", "to": "2019-03-01"}))
        early = Report(report_id="B", occurred=Occurred.model_validate({"from": "2019-02-01T22:30"}))
        split = by_time([late, early], truth_of({"A": "p", "B": "q"}), date(2019, 2, 15))
        assert (ids(split.train), ids(split.test)) == ("B", "A")

    @pytest.mark.parametrize("cut", [date(2018, 1, 1), date(2020, 1, 1)])
    def test_a_cut_outside_the_reports_is_refused(self, cut: date) -> None:
        with pytest.raises(SplitError, match="reports are from 2019-01-01 to 2019-09-01"):
            by_time(reports_of(self.DAYS), self.TRUTH, cut)

    def test_reports_without_dates_cannot_be_split_by_time(self) -> None:
        with pytest.raises(SplitError, match="no report has a date"):
            by_time(reports_of("AB"), truth_of({"A": "p", "B": "q"}))
