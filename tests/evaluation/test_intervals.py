"""All figures together: right values, honest intervals, the same from the same seed."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from linkage.evaluation.intervals import LABELS, Figure, curves, drawn, figures
from linkage.evaluation.ranking import Ranking
from linkage.evaluation.resampling import Draws
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs
from tests.evaluation.small import pairs_of, random_pairs, values_of

LEEDS, HULL, DOVER = (53.80, -1.55), (53.74, -0.33), (51.13, 1.31)


def of_one_world(seed: int, reports: int = 60, persons: int = 40) -> tuple[EvaluatedPairs, Scores]:
    """Random persons, a score that leans towards the links, and series of whoever is over a score."""
    pairs = random_pairs(seed, reports, persons)
    value = np.random.default_rng(seed).normal(size=len(pairs)) + 2.0 * pairs.linked
    best = int(np.argmax(value))
    series = [{pairs.reports[pairs.left[best]].report_id, pairs.reports[pairs.right[best]].report_id}]
    return pairs, Scores(value=value, probability=1 / (1 + np.exp(4 - 2 * value)), series=series)


def test_every_figure_by_hand() -> None:
    # A and B are of one person, C and D of another, E of a third; C and D are 350 km apart, A and B at one place
    pairs = pairs_of(
        {"A": "p", "B": "p", "C": "q", "D": "q", "E": "r"},
        places={"A": LEEDS, "B": LEEDS, "C": LEEDS, "D": DOVER, "E": HULL},
    )
    # best first: AB, CE, CD, and seven pairs said to be nothing
    said = values_of(pairs, {"AB": 0.9, "CE": 0.5, "CD": 0.3})
    found = figures(pairs, Scores(said, said, [{"A", "B"}, {"C", "D", "E"}]), seed=1, replicates=20)
    assert list(found) == list(LABELS)
    expected = {
        "auc": (15 / 16, 10, "pairs"),  # AB above 8 of 8, CD above 7 of 8
        "auprc": ((1 + 2 / 3) / 2, 2, "links"),
        "precision_at_100": (2 / 10, 10, "pairs"),
        "median_first_rank": (1.0, 4, "reports"),  # A B D 1st of their own lists, C 2nd
        "median_rank_all": (1.0, 2, "links"),
        "recall_at_10": (1.0, 2, "links"),
        "recall_at_10_far": (1.0, 1, "links"),
        "work_80": (3.0, 2, "links"),
        "ece": ((0.1 + 0.5 + 0.7) / 10, 10, "pairs"),
        "ece_seen": ((0.1 + 0.5 + 0.7) / 3, 3, "pairs"),
        "expected_links": (1.7 / 2, 3, "pairs"),
        "expected_links_all": (1.7 / 2, 2, "links"),
        "ppv_0.3": (2 / 3, 3, "pairs"),
        "ppv_0.5": (1 / 2, 2, "pairs"),
        "ppv_0.9": (1.0, 1, "pairs"),
        "b_cubed_precision": ((2 + 2 / 3 + 2 / 3 + 1 / 3) / 5, 5, "incidents"),
        "b_cubed_recall": (1.0, 5, "incidents"),
        "pairwise_precision": (2 / 4, 5, "incidents"),
        "pairwise_recall": (1.0, 5, "incidents"),
        "series_whole": (1 / 2, 2, "series"),
        "series_in_part": (1 / 2, 2, "series"),
        "series_none": (0.0, 2, "series"),
    }
    for key, (value, n, over) in expected.items():
        assert (found[key].n, found[key].over) == (n, over), key
        assert found[key].value == pytest.approx(value), key


def test_figures_are_only_of_what_a_way_of_linking_states() -> None:
    pairs, scores = of_one_world(1)
    bare = figures(pairs, replace(scores, probability=None, series=None), seed=1, replicates=2)
    assert set(bare) == set(list(LABELS)[: list(LABELS).index("work_80") + 1])
    with_series = figures(pairs, replace(scores, probability=None), seed=1, replicates=2)
    assert set(with_series) - set(bare) == set(list(LABELS)[list(LABELS).index("b_cubed_precision") :])


def test_reports_of_one_incident_count_as_one_in_series() -> None:
    pairs = pairs_of({"A": "p", "B": "p", "C": "p"}, incidents={"A": "i", "B": "i"})
    found = figures(pairs, Scores(np.ones(2), series=[{"B", "C"}]), seed=1, replicates=2)
    assert (found["series_whole"].value, found["b_cubed_f1"].n) == (1.0, 2)


def test_the_same_seed_gives_the_same_intervals() -> None:
    pairs, scores = of_one_world(2)
    first, again, other = (figures(pairs, scores, seed=seed, replicates=20) for seed in (3, 3, 4))
    assert json.dumps([one.to_json() for one in first.values()]) == json.dumps([o.to_json() for o in again.values()])
    assert first["auc"].value == other["auc"].value
    assert first["auc"].low != other["auc"].low


def test_draws_stand_beside_the_figures_they_bound() -> None:
    pairs, scores = of_one_world(2)
    found = drawn(pairs, scores, Draws.of(int(pairs.person.max()) + 1, seed=3, replicates=20))
    told = figures(pairs, scores, seed=3, replicates=20)
    assert set(found) == set(told)
    for key, values in found.items():
        bounds = [np.nan] * 2 if np.isnan(values[1:]).mean() > 0.5 else np.nanpercentile(values[1:], (2.5, 97.5))
        assert [values[0], *bounds] == pytest.approx([told[key].value, told[key].low, told[key].high], nan_ok=True), (
            key
        )


def test_figures_do_not_depend_on_the_order_of_the_pairs() -> None:
    pairs, scores = of_one_world(5)
    turned = slice(None, None, -1)
    backwards = replace(
        pairs, left=pairs.left[turned], right=pairs.right[turned], linked=pairs.linked[turned], km=pairs.km[turned]
    )
    assert scores.probability is not None
    there = figures(pairs, scores, seed=1, replicates=10)
    back = figures(
        backwards, replace(scores, value=scores.value[turned], probability=scores.probability[turned]), 1, 10
    )
    for key, figure in there.items():
        one, other = ([f.value, f.low, f.high] for f in (figure, back[key]))
        assert one == pytest.approx(other, nan_ok=True), key


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_pairs_are_weighed_as_in_a_world_of_the_drawn_persons(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs = random_pairs(seed, 10, 5)
    value = rng.integers(6, size=len(pairs)).astype(float)
    times = rng.integers(4, size=int(pairs.person.max()) + 1)
    linked, copied = [], []
    for pair, (left, right) in enumerate(zip(pairs.left, pairs.right, strict=True)):
        one, other = pairs.person[left], pairs.person[right]
        # each copy of a person is a person: copies meet other persons' copies, and themselves only
        met = [(a, b) for a in range(times[one]) for b in range(times[other]) if one != other or a == b]
        linked += [bool(pairs.linked[pair])] * len(met)
        copied += [value[pair]] * len(met)
    if len(set(linked)) < 2:
        return
    ranking = Ranking.of(pairs.linked, value)
    (curve,) = curves(pairs, ranking, times[:, np.newaxis])
    assert curve.auc() == pytest.approx(roc_auc_score(linked, copied))
    assert curve.average_precision() == pytest.approx(average_precision_score(linked, copied))


def test_intervals_hold_the_true_figure_where_those_over_pairs_would_not() -> None:
    # a normal score that links raise by 2: the true AUC is the chance that N(2, 2) is over 0, .9214
    true, by_person, by_pair = 0.92135, 0, 0
    pairs = pairs_of({f"R{row:03}": f"P{row // 4 if row < 96 else row}" for row in range(106)})
    for seed in range(40):
        # a person's links share half of what their scores vary by, as links of one series do
        rng = np.random.default_rng(seed)
        shared = rng.normal(size=int(pairs.person.max()) + 1)[pairs.person[pairs.left]] * np.sqrt(0.5)
        own = rng.normal(size=len(pairs))
        value = np.where(pairs.linked, 2.0 + shared + np.sqrt(0.5) * own, own)
        auc = figures(pairs, Scores(value), seed=seed, replicates=100)["auc"]
        by_person += auc.low <= true <= auc.high
        ranking, n = Ranking.of(pairs.linked, value), len(pairs)
        draws = [ranking.curve(np.bincount(rng.integers(n, size=n), minlength=n)).auc() for _ in range(100)]
        low, high = np.percentile(draws, (2.5, 97.5))
        by_pair += low <= true <= high
    # 38 of 40 would be 95 %; it is 37, and 31 over pairs, with room for a draw or two that falls otherwise elsewhere
    assert by_person >= 35
    assert by_pair <= 33


def test_fewer_series_make_a_wider_interval() -> None:
    def width(persons: int) -> float:
        pairs = pairs_of({f"R{row:04}": f"P{row // 3}" for row in range(3 * persons)})
        value = np.random.default_rng(persons).normal(size=len(pairs)) + pairs.linked
        auc = figures(pairs, Scores(value), seed=1, replicates=100)["auc"]
        return auc.high - auc.low

    # four times the persons, half the width
    assert width(12) / width(48) == pytest.approx(2.0, rel=0.5)


def test_chance_is_half_and_its_first_ten_hold_ten_of_all() -> None:
    pairs = pairs_of({f"R{row:03}": f"P{row // 2}" for row in range(60)})
    found = figures(pairs, Scores(np.zeros(len(pairs))), seed=1, replicates=5)
    assert (found["auc"].value, found["auc"].low, found["auc"].high) == (0.5, 0.5, 0.5)
    assert found["recall_at_10"].value == pytest.approx(10 / 59)
    assert found["median_first_rank"].value == 30


def test_without_links_figures_are_not_known() -> None:
    for pairs in (pairs_of({"A": "p", "B": "q"}), pairs_of({})):
        said = np.full(len(pairs), 0.5)
        found = figures(pairs, Scores(said, said, []), seed=1, replicates=5)
        assert all(np.isnan(found[key].value) for key in ("auc", "auprc", "recall_at_10", "series_whole"))
        assert found["auc"].to_json() == {"value": None, "low": None, "high": None, "n": len(pairs), "over": "pairs"}


def test_a_figure_as_json_is_plain() -> None:
    assert Figure(0.5, 0.25, 0.75, 3, "links").to_json() == {
        "value": 0.5, "low": 0.25, "high": 0.75, "n": 3, "over": "links",
    }  # fmt: skip


def test_scores_that_do_not_fit_the_pairs_are_refused() -> None:
    pairs, scores = of_one_world(1)
    with pytest.raises(ValueError, match=f"3 values for {len(pairs)} judged pairs"):
        figures(pairs, Scores(np.zeros(3)))
    with pytest.raises(ValueError, match="3 probabilities for"):
        figures(pairs, replace(scores, probability=np.zeros(3)))
