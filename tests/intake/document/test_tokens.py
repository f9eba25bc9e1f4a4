"""Tokens of a text, whatever the text is."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.document.tokens import ends_sentence, tokens


@given(st.text(max_size=80))
def test_tokens_are_the_text_without_its_white_space(text: str) -> None:
    found = tokens(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert "".join("".join(one.text.split()) for one in found) == "".join(text.split())


def test_signs_of_a_plate_and_dots_stay_together() -> None:
    assert [one.text for one in tokens("W?? 4X?... it's")] == ["W", "??", "4X", "?", "...", "it's"]


def test_a_stop_before_space_ends_a_sentence_and_one_behind_a_short_form_does_not() -> None:
    words = tokens("Reg no. AB12. He left")
    assert [one.start for at, one in enumerate(words) if ends_sentence(words, at)] == [12]
