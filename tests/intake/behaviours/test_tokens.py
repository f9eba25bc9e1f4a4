"""Sentences as pieces of words: every word is there, in the clause that it stands in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.behaviours.features import features
from linkage.intake.behaviours.tokens import AT_ONCE, LONGEST, packs, pieces_of, vocabulary, windows

TEXTS = st.text(max_size=300) | st.lists(st.sampled_from(["he'll", "choked", "me.", "İstanbul", "—", "and"])).map(
    " ".join
)


def written(word: str) -> list[str]:
    names = list(vocabulary())
    return [names[number] for number in pieces_of(word)]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Punched", ["punched"]),
        ("strangulation", ["st", "##rang", "##ulation"]),
        ("café's", ["cafe", "'", "s"]),
        ("didn't", ["didn", "'", "t"]),
        ("a_b", ["a", "_", "b"]),
        ("x" * 500, ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
    ],
)
def test_a_word_is_cut_into_the_longest_known_pieces(word: str, pieces: list[str]) -> None:
    assert written(word) == pieces


def test_a_sentence_is_a_window_and_its_pieces_know_their_clause() -> None:
    read = features("He grabbed my arm and then he punched me in the face. She ran.")
    first, second = windows(read)
    assert set(first.clauses) == {0, 1}
    assert set(second.clauses) == {2}
    assert windows(read, {1}) == [second]


def test_two_words_of_one_place_are_one() -> None:
    (window,) = windows(features("he'll come back"))
    names = list(vocabulary())
    assert [names[one] for one in window.pieces] == ["he", "'", "ll", "come", "back"]


@pytest.mark.parametrize("origin", ["Asian", "asians", "white", "Polish", "Scottish"])
def test_where_somebody_is_from_is_hidden(origin: str) -> None:
    one, other = (windows(features(f"The {word} man took her phone.")) for word in (origin, "Nigerian"))
    assert one == other


def test_a_long_sentence_comes_in_parts_that_leave_nothing_out() -> None:
    found = windows(features("he hit me " * 200))
    assert max(len(one.pieces) for one in found) == LONGEST
    assert sum(len(one.pieces) for one in found) == 600


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_every_clause_of_any_text_has_pieces(text: str) -> None:
    read = features(text)
    assert {number for one in windows(read) for number in one.clauses} == set(range(len(read.clauses)))


@given(st.lists(st.integers(1, LONGEST), max_size=9))
@settings(max_examples=30, deadline=None)
def test_packs_hold_every_window_once(sizes: list[int]) -> None:
    (one,) = windows(features("he hit me"))
    made = [type(one)([7] * size, [number] * size) for number, size in enumerate(sizes)]
    found = list(packs(made))
    assert all(pack.pieces.size <= AT_ONCE for pack in found)
    clauses = np.concatenate([pack.clauses for pack in found]) if found else np.zeros(0)
    assert [int((clauses == number).sum()) for number in range(len(sizes))] == sizes
    for pack in found:
        assert pack.pieces.shape == pack.places.shape == pack.windows.shape == (1, len(pack.clauses))
        assert np.array_equal(
            np.flatnonzero(pack.places[0] == 0), np.flatnonzero(np.diff(pack.windows[0], prepend=-1))
        )
