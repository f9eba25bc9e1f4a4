"""What the encoder says of behaviours: what it is tuned for, and where the words alone are heard."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.behaviours.classifier import judge
from linkage.intake.behaviours.features import Floats, WholeText, clause_of_tokens, features
from linkage.intake.document.document import read_document
from linkage.intake.encoder.encoder import encoded, encoder

KEYS = encoder().keys


def odds(text: str, words: float = 0.0, keys: tuple[str, ...] = KEYS) -> Floats:
    read = features(text)
    return WholeText.of(read).told_or(keys, np.full((len(read.clauses), len(keys)), words, np.float32))


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


def test_what_is_denied_is_told_apart_from_what_is_done() -> None:
    at = KEYS.index("strangles")
    done, denied = (WholeText.of(features(text)) for text in ("He strangled her.", "He did not strangle her."))
    assert done.told[0, at] > denied.told[0, at] + 2
    assert denied.denied[0, at] > done.denied[0, at] + 2


def test_each_piece_stands_in_the_clause_of_its_word() -> None:
    text = "He grabbed my arm and then he punched me in the face. She ran."
    read, document = features(text), read_document(text)
    clause = clause_of_tokens(read, document, encoded(document).tokens)
    behind = [document.tokens[at].text for at in encoded(document).tokens[clause == 2]]
    assert behind == ["She", "ran", "."]
    assert {*clause.tolist()} == {-1, 0, 1, 2}


@given(st.text(max_size=200).filter(lambda text: features(text).clauses))
@settings(max_examples=30, deadline=None)
def test_any_text_gets_finite_log_odds(text: str) -> None:
    assert np.isfinite(odds(text)).all()
