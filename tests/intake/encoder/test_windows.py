"""A text as windows of pieces: every word is there, with its token."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.document.document import read_document
from linkage.intake.encoder.windows import (
    AT_ONCE,
    LONGEST,
    NO_TOKEN,
    Window,
    packs,
    pieces_at,
    pieces_of,
    vocabulary,
    windows,
)

TEXTS = st.text(max_size=300) | st.lists(
    st.sampled_from(["he'll", "choked", "me.", "İstanbul", "—", "and\n", "\n\n"])
).map(" ".join)


def written(text: str) -> list[str]:
    names = list(vocabulary())
    return [names[number] for one in windows(read_document(text)) for number in one.pieces]


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
    names = list(vocabulary())
    assert [names[number] for number in pieces_of(word)] == pieces


def test_a_text_is_one_window_and_its_pieces_know_their_token() -> None:
    document = read_document("He choked me. She ran.")
    (window,) = windows(document)
    assert [document.tokens[at].text for at in window.tokens] == ["He", "choked", "me", ".", "She", "ran", "."]


def test_the_end_of_a_line_is_a_piece() -> None:
    assert written("slim, bald\ntall\n\nfat") == ["slim", ",", "bald", "[unused1]", "tall", "[unused1]", "fat"]


@pytest.mark.parametrize("origin", ["Asian", "asians", "white", "Polish", "Scottish"])
def test_where_somebody_is_from_is_hidden(origin: str) -> None:
    assert written(f"The {origin} man took her phone.") == written("The Nigerian man took her phone.")


def test_a_long_text_is_cut_where_sentences_begin() -> None:
    document = read_document("He hit me and I ran away. " * 60)
    found = windows(document)
    assert max(len(one.pieces) for one in found) <= LONGEST
    assert {one.tokens[0] for one in found} <= {*document.first_words}
    assert sum(len(one.pieces) for one in found) == len(document.tokens)


def test_a_long_sentence_comes_in_parts_that_leave_nothing_out() -> None:
    found = windows(read_document("he hit me " * 200))
    assert max(len(one.pieces) for one in found) == LONGEST
    assert sum(len(one.pieces) for one in found) == 600


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_every_word_of_any_text_has_pieces(text: str) -> None:
    document = read_document(text)
    made = [token for one in windows(document) for token in one.tokens]
    assert {*made} - {NO_TOKEN} == {at for at, token in enumerate(document.tokens) if token.text[0] != "\n"}
    assert [at for at in made if at != NO_TOKEN] == sorted(at for at in made if at != NO_TOKEN)


@pytest.mark.parametrize(("words", "told"), [("choked", "choked"), ("oke", "choked"), ("choked me", "choked me")])
def test_characters_are_found_among_the_pieces(words: str, told: str) -> None:
    document = read_document("He choked me. She ran.")
    (window,) = windows(document)
    tokens = np.array(window.tokens)
    start = document.text.index(words)
    here = tokens[pieces_at(document, tokens, start, start + len(words))]
    assert " ".join(document.tokens[at].text for at in here) == told


@given(st.lists(st.integers(1, LONGEST), max_size=9))
@settings(max_examples=30, deadline=None)
def test_packs_hold_every_window_once(sizes: list[int]) -> None:
    found = list(packs(Window([7] * size, [number] * size) for number, size in enumerate(sizes)))
    assert all(pack.pieces.size <= AT_ONCE for pack in found)
    tokens = np.concatenate([pack.tokens for pack in found]) if found else np.zeros(0)
    assert [int((tokens == number).sum()) for number in range(len(sizes))] == sizes
    for pack in found:
        assert pack.pieces.shape == pack.places.shape == pack.windows.shape == (1, len(pack.tokens))
        assert np.array_equal(
            np.flatnonzero(pack.places[0] == 0), np.flatnonzero(np.diff(pack.windows[0], prepend=-1))
        )
