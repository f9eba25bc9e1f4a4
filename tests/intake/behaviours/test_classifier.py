"""The learned judge: its weights, its probabilities, and that they can be kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.behaviours.classifier import WEIGHTS, Judge, any_of, judge, log_odds
from linkage.intake.behaviours.features import features
from linkage.vocabulary import load


def told(text: str, key: str) -> float:
    return float(judge().judge(features(text)).told[judge().keys.index(key)])


def test_it_judges_every_variable_of_the_vocabulary() -> None:
    assert set(judge().keys) == set(load("behaviours").entries)


def test_its_weights_say_where_they_come_from() -> None:
    assert "benchmarks/learn_behaviours.py, seed" in judge().provenance


def test_what_is_kept_is_loaded_as_it_was(tmp_path: Path) -> None:
    judge().save(tmp_path / "kept.npz")
    again = Judge.load(tmp_path / "kept.npz")
    assert np.array_equal(again.weights, judge().weights)
    assert (again.keys, again.names, again.own, again.denial) == (
        judge().keys, judge().names, judge().own, judge().denial,
    )  # fmt: skip


def test_nothing_in_the_file_is_run_when_it_is_loaded() -> None:
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        assert all(kept[name].dtype != object for name in kept.files)


@pytest.mark.parametrize(
    "less",
    ["He did not strangle her.", "She has heard of a man who strangled another worker.", "She paid him and left."],
)
def test_what_is_denied_or_of_others_is_less_likely(less: str) -> None:
    assert told(less, "strangles") < told("He strangled her.", "strangles")


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("He strangled her.", 0.7, 1.0),
        ("He did not strangle her.", 0.0, 0.1),
        ("I was strangled.", 0.7, 1.0),
    ],
)
def test_a_phrase_that_nothing_was_learned_of_counts_where_it_is_told_plainly(
    text: str, least: float, most: float
) -> None:
    deaf = replace(judge(), base=judge().base - 40)
    at = judge().keys.index("strangles")
    assert deaf.judge(features(text)).told[at] < 0.1
    assert least <= replace(deaf, phrases=frozenset()).judge(features(text)).told[at] <= most


def test_one_clause_is_enough_and_more_never_make_it_less_likely() -> None:
    odds = np.array([[2.0, -4.0], [-3.0, -4.0]], np.float32)
    assert np.all(any_of(odds) >= any_of(odds[:1]))
    assert any_of(odds[:1]) == pytest.approx(1 / (1 + np.exp(-odds[0])), abs=1e-6)


@given(st.floats(0, 1))
def test_log_odds_are_finite(chance: float) -> None:
    assert np.isfinite(log_odds(np.float32(chance)))


@given(st.text(max_size=300))
@settings(max_examples=50)
def test_any_text_gets_probabilities(text: str) -> None:
    chances = judge().judge(features(text))
    for each in (chances.told, chances.denied):
        assert each.shape == (len(judge().keys),)
        assert np.all((each >= 0) & (each <= 1))
