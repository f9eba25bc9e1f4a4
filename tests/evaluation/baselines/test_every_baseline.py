"""What holds for every baseline; Splink, which is slow, has a file of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from linkage.evaluation.baselines import SPLINK, NoLinksError, baselines, left_out
from linkage.evaluation.baselines.training import training_pairs
from linkage.evaluation.scorer import Scorer
from linkage.evaluation.truth import Truth, evaluated_pairs
from linkage.report import Report

from .worlds import LEARNED, SCORED, fitted, same, scored, world

ALL = [scorer.name for scorer in baselines() if scorer.name not in SPLINK]
LEARNING = [scorer.name for scorer in baselines() if scorer.learns and scorer.name not in SPLINK]
FIXED = [name for name in ALL if name not in LEARNING]


def fresh(name: str) -> Scorer:
    return next(scorer for scorer in baselines() if scorer.name == name)


def test_each_is_named_once_and_says_what_it_is() -> None:
    names = [scorer.name for scorer in baselines()]
    assert len(set(names)) == len(names)
    assert all(scorer.note.endswith(".") and "\n" not in scorer.note for scorer in baselines())
    assert set(names) | set(left_out()) == {*ALL, *SPLINK}


@pytest.mark.parametrize("name", [name for name in ALL if name != "chance"])
def test_it_finds_links_better_than_chance(name: str) -> None:
    assert roc_auc_score(world(SCORED).pairs.linked, scored(name).value) > 0.6


def test_chance_finds_links_no_better_than_chance() -> None:
    assert roc_auc_score(world(SCORED).pairs.linked, scored("chance").value) == pytest.approx(0.5, abs=0.06)


@pytest.mark.parametrize("name", ALL)
def test_every_pair_has_one_finite_score(name: str) -> None:
    found = scored(name)
    assert found.value.shape == (len(world(SCORED).pairs),)
    assert found.value.dtype == np.float64
    assert np.isfinite(found.value).all()


@pytest.mark.parametrize("name", ALL)
def test_a_probability_lies_between_0_and_1_and_ranks_as_the_score_does(name: str) -> None:
    found = scored(name)
    if found.probability is None:
        assert found.series is None
        return
    assert ((found.probability >= 0) & (found.probability <= 1)).all()
    order = np.argsort(found.value)
    assert (np.diff(found.probability[order]) >= -1e-12).all()


@pytest.mark.parametrize("name", ["logistic regression", "gradient boosting"])
def test_a_sample_of_the_unlinked_pairs_does_not_raise_the_expected_number_of_links(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned = world(LEARNED)
    monkeypatch.setattr("linkage.evaluation.baselines.learned.training_pairs", partial(training_pairs, unlinked=3000))
    expected = fresh(name).fit(learned.reports, learned.truth).score(learned.pairs).probability
    assert expected is not None
    # unweighted, a sample of one in eight would expect several times too many
    assert 0.5 < expected.sum() / learned.pairs.linked.sum() < 2


@pytest.mark.parametrize("name", ALL)
def test_it_does_not_look_at_the_answers(name: str) -> None:
    pairs = world(SCORED).pairs
    draw = np.random.default_rng(3)
    hidden = replace(
        pairs,
        reports=[report.model_copy(update={"series": None}) for report in pairs.reports],
        linked=draw.permutation(pairs.linked),
        person=draw.permutation(pairs.person),
    )
    assert same(fitted()[name].score(hidden), scored(name))


@pytest.mark.parametrize("name", ALL)
def test_neither_the_order_of_rows_nor_a_second_fit_changes_it(name: str) -> None:
    learned, told = world(LEARNED), world(SCORED)
    again = fresh(name).fit(learned.reports[::-1], learned.truth)
    assert same(again.score(evaluated_pairs(told.reports[::-1], told.truth)), scored(name))


@pytest.mark.parametrize("name", ALL)
def test_scoring_keeps_the_order_of_the_pairs_it_is_given(name: str) -> None:
    pairs = world(SCORED).pairs
    kept = np.flatnonzero(np.random.default_rng(5).random(len(pairs)) < 0.3)
    some = replace(
        pairs, left=pairs.left[kept], right=pairs.right[kept], linked=pairs.linked[kept], km=pairs.km[kept]
    )
    found = fitted()[name].score(some).value
    if name != "chance":
        assert np.corrcoef(found, scored(name).value[kept])[0, 1] > 0.999


def test_nothing_known_is_neither_alike_nor_unlike() -> None:
    told = world(SCORED)
    blank = Report(report_id="0 blank")
    truth = Truth({**told.truth.person, blank.report_id: "nobody"}, told.truth.incident)
    pairs = evaluated_pairs([*told.reports, blank], truth)
    unknown = pairs.left == pairs.row_of[blank.report_id]
    for name in FIXED[1:]:
        values = fitted()[name].score(pairs).value
        assert np.allclose(values[unknown], np.median(values), atol=0.5), name
    for name in LEARNING:
        probability = fitted()[name].score(pairs).probability
        assert probability is not None
        average = float(probability[~unknown].mean())
        times = 30 if name == "gradient boosting" else 5  # trees put a blank where few reports are blank
        assert average / times < probability[unknown].mean() < average * times, name


@pytest.mark.parametrize("name", LEARNING)
def test_without_a_link_to_learn_from_it_says_so(name: str) -> None:
    learned = world(LEARNED)
    alone = Truth({report.report_id: report.report_id for report in learned.reports}, learned.truth.incident)
    with pytest.raises(NoLinksError, match=r"no link to learn from.*series"):
        fresh(name).fit(learned.reports, alone)


@pytest.mark.parametrize("name", LEARNING)
def test_with_one_series_only_it_says_so(name: str) -> None:
    one = world(LEARNED).reports[:6]
    truth = Truth({report.report_id: "P" for report in one}, {report.report_id: report.report_id for report in one})
    with pytest.raises(NoLinksError, match="one series only"):
        fresh(name).fit(one, truth)


@pytest.mark.parametrize("name", LEARNING)
def test_series_hold_known_reports_once_and_two_incidents_at_least(name: str) -> None:
    told, found = world(SCORED), scored(name).series
    assert found
    members = [report for series in found for report in series]
    assert len(members) == len(set(members))
    assert set(members) <= set(told.truth.person)
    for series in found:
        assert len({told.truth.incident[report] for report in series}) > 1 or len(series) > 1
