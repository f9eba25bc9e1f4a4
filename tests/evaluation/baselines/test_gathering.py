"""Series as components above a threshold, and the sample of pairs that is learned from."""

from __future__ import annotations

import numpy as np
import pytest

from linkage.evaluation.baselines.gathering import chosen_threshold, series_at
from linkage.evaluation.baselines.training import in_blocks, training_pairs
from linkage.evaluation.truth import EvaluatedPairs, Truth, evaluated_pairs
from linkage.report import Report

from .worlds import LEARNED, world

PERSONS = {"A1": "A", "A2": "A", "A3": "A", "B1": "B", "B2": "B", "C1": "C"}


def pairs_with(**strong: float) -> tuple[EvaluatedPairs, np.ndarray]:
    reports = [Report(report_id=name) for name in PERSONS]
    pairs = evaluated_pairs(reports, Truth(PERSONS, {name: name for name in PERSONS}))
    names = [
        pairs.reports[a].report_id + pairs.reports[b].report_id for a, b in zip(pairs.left, pairs.right, strict=True)
    ]
    return pairs, np.array([strong.get(name, 0.01) for name in names])


def test_series_are_what_hangs_together_above_the_threshold() -> None:
    pairs, probability = pairs_with(A1A2=0.9, A2A3=0.8, B1B2=0.7, A3C1=0.4)
    assert series_at(pairs, probability, 0.75) == [{"A1", "A2", "A3"}]
    assert series_at(pairs, probability, 0.4) == [{"A1", "A2", "A3", "C1"}, {"B1", "B2"}]
    assert series_at(pairs, probability, 0.95) == []


def test_the_threshold_with_the_best_f1_is_chosen() -> None:
    pairs, probability = pairs_with(A1A2=0.9, A2A3=0.8, B1B2=0.7, A3C1=0.4)
    assert chosen_threshold(pairs, probability) == pytest.approx(0.7)  # all 4 links, none too many


def test_a_chain_through_a_stranger_is_not_worth_a_link() -> None:
    pairs, probability = pairs_with(A1A2=0.9, A2A3=0.8, A3B1=0.7, B1B2=0.6)
    # at .8: 3 of 4 links, none wrong, F1 6/7; at .6 all 4 and 6 wrong ones, F1 8/14
    assert chosen_threshold(pairs, probability) == pytest.approx(0.8)


def test_reports_of_one_incident_stay_together_and_are_no_series() -> None:
    reports = [Report(report_id="A1"), Report(report_id="A2", follows="A1"), Report(report_id="B1")]
    truth = Truth({"A1": "A", "A2": "A", "B1": "B"}, {"A1": "A1", "A2": "A1", "B1": "B1"})
    pairs = evaluated_pairs(reports, truth)
    assert series_at(pairs, np.zeros(len(pairs)), 0.5) == []
    assert series_at(pairs, np.array([0.9, 0.0]), 0.5) == [{"A1", "A2", "B1"}]


def test_every_link_is_learned_from_and_the_weights_stand_for_all_pairs() -> None:
    learned = world(LEARNED)
    training = training_pairs(learned.reports, learned.truth, seed=1, unlinked=2000)
    whole = learned.pairs
    assert training.pairs.linked.sum() == whole.linked.sum()
    assert (~training.pairs.linked).sum() == 2000
    assert training.weight.sum() == pytest.approx(len(whole))
    assert training.base_rate == pytest.approx(whole.linked.mean())


def test_another_seed_draws_other_unlinked_pairs() -> None:
    learned = world(LEARNED)
    one, again, other = (training_pairs(learned.reports, learned.truth, seed, 500).pairs for seed in (1, 1, 2))
    assert np.array_equal(one.right, again.right)
    assert not np.array_equal(one.right, other.right)


@pytest.mark.parametrize("size", [1, 7, 100])
def test_blocks_are_the_pairs_in_order(size: int) -> None:
    pairs, _ = pairs_with()
    blocks = list(in_blocks(pairs, size))
    assert np.array_equal(np.concatenate([block.right for block in blocks]), pairs.right)
    assert max(len(block) for block in blocks) <= size
