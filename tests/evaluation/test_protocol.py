"""The protocol: what can be judged is judged alike every time, and what cannot gets one clear line."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from linkage.evaluation.document import document
from linkage.evaluation.protocol import EvaluationError, all_ways, chosen, evaluate, quick_ways
from linkage.evaluation.truth import Truth
from linkage.report import Report
from tests.evaluation.trials import Near, laid_out

REPORTS, TRUTH = laid_out()


def told(reports: list[Report], seed: int) -> str:
    return json.dumps(document(evaluate(reports, TRUTH, folds=3, seed=seed, replicates=10, scorers=[Near()])))


def test_the_same_seed_gives_the_same_results_in_any_order_of_the_reports() -> None:
    assert told(REPORTS, seed=3) == told(REPORTS[::-1], seed=3)
    assert told(REPORTS, seed=3) != told(REPORTS, seed=4)


def test_reports_and_truth_that_do_not_find_each_other_are_named() -> None:
    truth = Truth(
        {**{name: who for name, who in TRUTH.person.items() if name != "R000"}, "GONE": "P77"},
        {**TRUTH.incident, "GONE": "P77-0"},
    )
    results = evaluate(REPORTS, truth, folds=3, replicates=5, scorers=[Near()])
    assert results.unknown == ["R000"]
    assert results.absent == ["GONE"]
    assert results.file.reports == len(REPORTS) - 1


def test_two_reports_of_one_incident_are_no_link() -> None:
    results = evaluate(REPORTS, TRUTH, folds=3, replicates=5, scorers=[Near()])
    # a series of incidents reported 2, 1 and 1 times: six pairs, of which one is the first incident with itself
    assert results.trials[0].counts.links == 12 * 5


def test_the_reader_is_told_that_folds_make_it_easier() -> None:
    how = evaluate(REPORTS, TRUTH, folds=3, replicates=5, scorers=[Near()]).trials[0].how
    assert "times as frequent in it as in the whole file" in how


def test_later_people_are_judged_on_what_was_known_before() -> None:
    near = Near()
    found = evaluate(REPORTS, TRUTH, folds=3, replicates=5, scorers=[near], time_split=True).trials[1]
    received = {report.report_id: report.received or "" for report in REPORTS}
    judged = [report.report_id for report in near.scored[-1].reports]
    assert found.name == "by time"
    assert max(received[name] for name in near.fitted[-1]) < min(received[name] for name in judged)
    assert {TRUTH.person[name] for name in judged}.isdisjoint(TRUTH.person[name] for name in near.fitted[-1])
    assert f"Learned from the {len(near.fitted[-1])} reports before" in found.how


def test_without_dates_there_is_no_split_by_time_and_it_is_said() -> None:
    bare = [report.model_copy(update={"received": None}) for report in REPORTS]
    results = evaluate(bare, TRUTH, folds=3, replicates=5, scorers=[Near()], time_split=True)
    assert [trial.name for trial in results.trials] == ["by person"]
    assert "No split by time: no report has a date" in results.notes[0]


def test_a_later_part_without_links_is_said() -> None:
    later = [
        report.model_copy(update={"received": f"20{'30' if report.report_id > 'R045' else '20'}-01-01"})
        for report in REPORTS
    ]  # the one-offs stand last among the ids; one series stands on both sides
    results = evaluate(later, TRUTH, folds=3, replicates=5, scorers=[Near()], time_split=True)
    assert len(results.trials) == 1
    assert "No split by time" in results.notes[0]
    assert "the later reports hold no link" in results.notes[0]


@pytest.mark.parametrize(
    ("truth", "folds", "words"),
    [
        (Truth({}, {}), 3, "None of the 66 reports is known to be linked"),
        (Truth(dict.fromkeys(TRUTH.person, "one"), TRUTH.incident), 2, "Only 1 series"),
        (replace(TRUTH, person={n: w if w < "P03" else n for n, w in TRUTH.person.items()}), 2, "label more series"),
        (TRUTH, 13, "give fewer folds, at most 12"),
    ],
)
def test_what_cannot_be_judged_gets_a_reason_and_a_cure(truth: Truth, folds: int, words: str) -> None:
    with pytest.raises(EvaluationError, match=words):
        evaluate(REPORTS, truth, folds=folds, replicates=5, scorers=[Near()])


def test_ways_are_chosen_by_how_their_names_begin() -> None:
    ways = all_ways()
    assert [way.name for way in chosen(ways, ["ENGINE, n", "chance"])] == ["engine, no labels", "chance"]
    assert [way.name for way in chosen(ways, ["distance"])] == ["distance", "distance and days, untrained"]
    for name in ("nonsense", " "):
        with pytest.raises(EvaluationError, match="engine, labels; engine, no labels; chance"):
            chosen(ways, [name])


def test_the_quick_ways_are_among_all_and_hold_the_engine() -> None:
    quick, every = [way.name for way in quick_ways()], [way.name for way in all_ways()]
    assert quick[:2] == ["engine, labels", "engine, no labels"]
    assert set(quick) < set(every)
