"""The engine is judged as it is used: on every pair, with what it lists, and without a label of what is judged."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from linkage.evaluation.engine import CERTAIN, Engine, labelled, unlabelled
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs, Truth, evaluated_pairs
from linkage.intake import read_reports
from linkage.linker import Linker, Settings
from linkage.report import Report
from tests.evaluation.small import truth_of
from tests.factories import incident

WORLD = Path(__file__).parents[2] / "data" / "synthetic"


@cache
def world() -> tuple[list[Report], Truth]:
    """Part of the committed synthetic world: the people with the most reports, and as many others."""
    truth = Truth.from_file(WORLD / "truth.csv")
    often = Counter(truth.person.values())
    people = sorted(often, key=lambda who: (-often[who], who))
    kept = {*people[:14], *people[-40:]}
    lines = (WORLD / "reports.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    own = [line for line in lines if truth.person[json.loads(line)["report_id"]] in kept]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.jsonl"
        file.write_text("".join(own), encoding="utf-8")
        return read_reports(file).reports, truth


@cache
def judged() -> EvaluatedPairs:
    return evaluated_pairs(*world())


@cache
def scored() -> Scores:
    return Engine(labels=False).score(judged())


def test_no_label_of_the_judged_reports_makes_a_difference() -> None:
    reports, truth = world()
    shown = [report.model_copy(update={"series": truth.person[report.report_id]}) for report in reports]
    again = Engine(labels=False).score(evaluated_pairs(shown, truth))
    np.testing.assert_array_equal(again.value, scored().value)
    assert again.series == scored().series


def test_a_listed_pair_has_the_probability_that_is_listed() -> None:
    reports = unlabelled(judged().reports)
    linker = Linker().fit(reports)
    listed = linker.score(reports, top=50)
    said = scored().probability
    assert said is not None
    found = {
        (judged().reports[a].report_id, judged().reports[b].report_id): chance
        for a, b, chance in zip(judged().left, judged().right, said, strict=True)
    }
    for a, b, chance in zip(listed["report_a"], listed["report_b"], listed["probability"], strict=True):
        if (a, b) in found:  # a listed pair of one true incident is not judged
            assert found[a, b] == pytest.approx(chance, abs=1e-12)


def test_a_pair_that_is_not_listed_is_scored_by_the_same_weights() -> None:
    reports = unlabelled(judged().reports)
    linker = Linker().fit(reports)
    pairs = linker.score(reports)
    listed = set(zip(pairs["report_a"], pairs["report_b"], strict=True))
    names = [report.report_id for report in judged().reports]
    left = [names[row] for row in judged().left]
    right = [names[row] for row in judged().right]
    unlisted = [at for at, pair in enumerate(zip(left, right, strict=True)) if pair not in listed]
    assert unlisted
    for at in unlisted[:: len(unlisted) // 10]:
        strength = linker.explain(left[at], right[at]).strength
        assert scored().value[at] == pytest.approx(max(strength, -CERTAIN), abs=1e-4)


def test_every_pair_is_scored_and_ranked_by_its_probability() -> None:
    scores = scored()
    assert scores.probability is not None
    assert np.isfinite(scores.value).all()
    assert ((scores.probability >= 0) & (scores.probability <= 1)).all()
    ranked = scores.probability[np.argsort(scores.value)]
    assert (np.diff(ranked) >= -1e-5).all()


def test_it_finds_links_better_than_chance() -> None:
    linked, value = judged().linked, scored().value
    assert np.median(value[linked]) > np.quantile(value[~linked], 0.9)


def test_series_hold_judged_reports_only() -> None:
    series = scored().series
    assert series
    assert set.union(*series) <= {report.report_id for report in judged().reports}


def test_training_labels_come_from_the_truth_and_name_series_only() -> None:
    reports = [incident(report_id=name, series="misleading") for name in "ABCDE"]
    truth = truth_of(
        {"A": "p", "B": "p", "C": "q", "D": "q"}, incidents={"C": "one", "D": "one"}
    )  # q has one incident, told twice; nobody knows E
    assert [report.series for report in labelled(reports, truth)] == ["p", "p", None, None, None]


def test_labels_change_the_weights_and_their_absence_does_not() -> None:
    reports, truth = world()
    with_labels = Engine(labels=True).fit(reports, truth).score(judged())
    without = Engine(labels=False).fit(reports, truth).score(judged())
    np.testing.assert_array_equal(without.value, scored().value)
    assert not np.array_equal(with_labels.value, without.value)


def test_reports_that_follow_each_other_are_one_person_to_the_engine() -> None:
    one, two, other = (incident(report_id=name, town="Leeds", vehicle="silver Shogun") for name in "ABC")
    follows = two.model_copy(update={"follows": "A"})
    pairs = evaluated_pairs([one, follows, other], truth_of({"A": "p", "B": "p", "C": "q"}))
    value = Engine(labels=False).score(pairs).value
    assert value[0] > value[1:].max()


def test_sensitive_items_are_named_where_they_carry_weight() -> None:
    assert "sensitive items on" in Engine(labels=True, settings=Settings(sensitive=True)).name
    assert "sensitive" not in Engine(labels=True).name


def test_two_reports_are_enough() -> None:
    pairs = evaluated_pairs([incident(report_id="A"), incident(report_id="B")], truth_of({"A": "p", "B": "q"}))
    assert len(Engine(labels=False).score(pairs).value) == 1
