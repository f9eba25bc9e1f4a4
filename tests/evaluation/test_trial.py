"""A trial shows nobody what it is judged on, and judges every way of linking on the same pairs."""

from __future__ import annotations

import numpy as np
import pytest

from linkage.evaluation import trial as trials
from linkage.evaluation.engine import Engine
from linkage.evaluation.splits import by_person, by_time
from linkage.evaluation.trial import Bench, Counts, bench, pooled, some_people, trial
from linkage.evaluation.truth import Truth, evaluated_pairs
from tests.evaluation.small import pairs_of
from tests.evaluation.trials import Broken, Near, laid_out

REPORTS, TRUTH = laid_out()


@pytest.fixture
def folds() -> Bench:
    return bench(by_person(REPORTS, TRUTH, 3, seed=1), TRUTH, seed=1)


def test_no_way_of_linking_sees_the_people_it_is_judged_on(folds: Bench) -> None:
    near = Near()
    folds.scores(near, TRUTH)
    for taught, known, judged in zip(near.fitted, near.known, near.scored, strict=True):
        shown = {TRUTH.person[report.report_id] for report in judged.reports}
        assert taught == known
        assert shown.isdisjoint(TRUTH.person[name] for name in taught)
        assert [report.series for report in judged.reports if report.series] == []


def test_every_known_report_is_judged_once(folds: Bench) -> None:
    near = Near()
    folds.scores(near, TRUTH)
    judged = [report.report_id for pairs in near.scored for report in pairs.reports]
    assert sorted(judged) == sorted(TRUTH.person)


def test_what_learns_nothing_is_taught_nothing(folds: Bench) -> None:
    near = Near(learns=False)
    folds.scores(near, TRUTH)
    assert near.fitted == []


def test_pooled_pairs_are_those_within_each_set() -> None:
    one = pairs_of({"A": "p", "B": "p", "C": "q"}, places={"A": (51, 0), "B": (52, 0)})
    other = pairs_of({"D": "p", "E": "r"})
    both = pooled([one, other])
    names = [report.report_id for report in both.reports]
    told = [names[a] + names[b] for a, b in zip(both.left, both.right, strict=True)]
    assert told == ["AB", "AC", "BC", "DE"]
    assert both.linked.tolist() == [True, False, False, False]
    assert both.km[0] == pytest.approx(111.2, abs=0.1)
    assert len(set(both.person)) == 4, "people of two sets are different people"
    assert both.incident is not None
    assert len(set(both.incident)) == 5


def test_pooled_scores_stand_at_their_pairs(folds: Bench) -> None:
    scores = folds.scores(Near(), TRUTH)
    np.testing.assert_allclose(scores.value, -np.log1p(folds.pooled.km.astype(float)))
    assert scores.series is not None
    assert len(scores.series) == 3


def test_counts_of_a_file_are_those_of_all_its_pairs() -> None:
    strangers = [report.model_copy(update={"report_id": f"X{n}"}) for n, report in enumerate(REPORTS[:3])]
    assert Counts.of_file([*REPORTS, *strangers], TRUTH) == Counts.of(evaluated_pairs(REPORTS, TRUTH))


def test_counts_by_hand() -> None:
    pairs = pairs_of(
        {"A": "p", "B": "p", "C": "p", "D": "q"},
        incidents={"A": "i", "B": "i"},
        places={"A": (51, 0), "B": (51, 0), "C": (52, 0)},
    )
    assert Counts.of(pairs) == Counts(reports=4, incidents=3, people=2, series=1, pairs=5, links=2, far_links=2)
    assert Counts.of(pairs).base_rate == pytest.approx(0.4)


def test_a_baseline_that_fails_is_told_and_the_others_go_on(folds: Bench) -> None:
    steps: list[tuple[str, int, int]] = []
    found = trial(
        "by person", "", folds, TRUTH, [Broken(name="broken"), Near()], 0, 10, lambda *step: steps.append(step)
    )
    assert [way.name for way in found.ways] == ["near"]
    assert any(note.startswith("broken could not be run: out of luck with ") for note in found.notes)
    assert steps[-1] == ("by person", 6, 6)


def test_an_engine_that_fails_is_not_passed_over(folds: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine, "score", Broken.score)
    with pytest.raises(RuntimeError, match="luck"):
        trial("by person", "", folds, TRUTH, [Engine(labels=False)], 0, 10)


def test_figures_know_what_the_scores_know(folds: Bench) -> None:
    way = trial("by person", "", folds, TRUTH, [Near()], 0, 20).ways[0]
    assert 0.7 < way.figures["auc"].value < 1
    assert way.figures["auc"].low < way.figures["auc"].value
    assert sum(row.n for row in way.reliability) == len(folds.pooled)
    assert way.curve[-1].found == 1
    assert "series_whole" in way.figures


def test_a_large_file_is_judged_on_fewer_folds_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    splits = by_person(REPORTS, TRUTH, 3, seed=1)
    size = len(splits[0].test)
    monkeypatch.setattr(trials, "MOST_PAIRS", size * (size - 1) // 2 + 5)
    laid = bench(splits, TRUTH, 0)
    assert len(laid.pairs) == 1
    assert "1 of 3 folds are judged" in laid.notes[0]


def test_a_fold_too_large_for_memory_is_thinned_by_whole_people_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "MOST_PAIRS", 72)
    split = by_person(REPORTS, TRUTH, 2, seed=1)[0]
    laid = bench([split], TRUTH, 0)
    kept = {report.report_id for report in laid.pooled.reports}
    people = {TRUTH.person[name] for name in kept}
    assert 0 < len(kept) <= 12
    assert kept == {report.report_id for report in split.test if TRUTH.person[report.report_id] in people}
    assert f"{len(kept)} of {len(split.test)} reports are judged" in laid.notes[0]


def test_learning_is_bounded_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "MOST_TO_LEARN", 10)
    laid = bench(by_person(REPORTS, TRUTH, 3, seed=1), TRUTH, 0)
    assert all(len(split.train) <= 10 for split in laid.splits)
    assert len([note for note in laid.notes if "was given" in note]) == 1


def test_people_are_drawn_by_seed_whatever_the_order() -> None:
    some = some_people(REPORTS, TRUTH, 20, seed=4)
    assert some == some_people(REPORTS[::-1], TRUTH, 20, seed=4)
    assert some != some_people(REPORTS, TRUTH, 20, seed=5)
    assert some_people(REPORTS, TRUTH, 1000, seed=4) == REPORTS


def test_few_series_are_told() -> None:
    laid = bench([by_time(REPORTS, TRUTH)], TRUTH, 0)
    notes = trial("by time", "", laid, TRUTH, [Near()], 0, 5).notes
    assert any("series are judged: the intervals are wide" in note for note in notes)


def test_the_first_folds_stand_for_all_where_groups_would_be_too_large(folds: Bench) -> None:
    first = folds.first(len(folds.pairs[0].reports) + 1)
    assert first.pooled.reports == folds.pairs[0].reports
    assert len(folds.first(10_000).pairs) == 3
    assert len(folds.first(1).pairs) == 1


def test_groups_are_judged_for_the_engine_alone(folds: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine, "score", lambda _, pairs: Near().score(pairs))
    groups = trial("by person", "", folds, TRUTH, [Near(), Engine(labels=False)], 0, 5).groups
    assert set(groups["setting"]) == {"engine, no labels"}
    assert groups.iloc[0]["links"] == int(folds.pooled.linked.sum())
    assert trial("by person", "", folds, TRUTH, [Near()], 0, 5).groups.empty


def test_a_truth_of_nobody_counts_nothing() -> None:
    assert Counts.of_file(REPORTS, Truth({}, {})).pairs == 0
