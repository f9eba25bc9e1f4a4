"""The sentence encoder: what it is tuned for, and where the words alone are heard."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.behaviours.classifier import judge
from linkage.intake.behaviours.encoder import WORTH, encoder
from linkage.intake.behaviours.features import features

KEYS = encoder().keys


def odds(
    text: str, words: float = 0.0, keys: tuple[str, ...] = KEYS
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    read = features(text)
    return encoder().clause_odds(read, keys, np.full((len(read.clauses), len(keys)), words, np.float32))


def test_it_is_tuned_for_what_the_judge_judges() -> None:
    assert set(KEYS) == set(judge().keys)
    assert "benchmarks/tune_encoder.py, seed" in encoder().provenance
    assert encoder().provenance in judge().provenance


@pytest.mark.parametrize(
    ("done", "other", "key"),
    [
        ("He strangled her.", "She strangled him.", "strangles"),
        ("He took her phone.", "He took out his phone.", "steals_phone"),
        ("He raped her.", "He was afraid that someone had raped her.", "vaginal_rape"),
    ],
)
def test_the_order_of_the_same_words_counts(done: str, other: str, key: str) -> None:
    at = KEYS.index(key)
    assert odds(done)[:, at].max() > odds(other)[:, at].max() + 1


def test_a_sub_item_that_it_was_not_tuned_for_is_judged_by_words() -> None:
    found = odds("He strangled her.", words=-1.5, keys=("new", "strangles"))
    assert found[0, 0] == -1.5
    assert found[0, 1] > 0


def test_a_sentence_whose_words_tell_nothing_is_not_read() -> None:
    read = features("He strangled her. It rained.")
    words = np.full((2, len(KEYS)), WORTH - 1, np.float32)
    assert np.array_equal(encoder().clause_odds(read, KEYS, words), words)
    words[0, 5] = WORTH
    found = encoder().clause_odds(read, KEYS, words)
    assert np.array_equal(found[1], words[1])
    assert found[0, KEYS.index("strangles")] > 0


def test_a_sentence_is_read_alike_whatever_stands_in_the_others() -> None:
    alone, among = odds("He strangled her."), odds("She screamed. He strangled her. He ran to a van.")
    # eight-bit sums are scaled by the largest number of all that is read together
    assert np.allclose(alone[0], among[1], atol=1.0)


@given(st.text(max_size=200).filter(lambda text: features(text).clauses))
@settings(max_examples=30, deadline=None)
def test_any_text_gets_finite_log_odds(text: str) -> None:
    assert np.isfinite(odds(text)).all()
