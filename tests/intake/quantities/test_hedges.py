"""Hedges of a number, each from a row of `hedges.toml`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.document.tokens import fine_tokens
from linkage.intake.quantities import hedges
from linkage.intake.quantities.lengths import lengths
from linkage.vocabulary import load

ROWS = [
    (key, side, phrase)
    for key, entry in load("hedges").entries.items()
    for side in ("before", "behind")
    for phrase in entry.data[side]
]


@pytest.mark.parametrize(("key", "side", "phrase"), ROWS)
def test_each_phrase_is_found_on_its_side_as_its_kind(key: str, side: str, phrase: str) -> None:
    words = fine_tokens(f"{phrase} 40" if side == "before" else f"40 {phrase}")
    if side == "before":
        assert hedges.start_of(words, len(words) - 1) == 0
    else:
        assert hedges.end_of(words, 1) == len(words)
    assert key in hedges.kinds(words)


def test_the_longest_phrase_counts() -> None:
    assert hedges.kinds(fine_tokens("no more than 6ft")) == {"under"}
    assert hedges.kinds(fine_tokens("a little over 6ft")) == {"little", "over"}


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    words = fine_tokens(text)
    for at in range(len(words) + 1):
        assert 0 <= hedges.start_of(words, at) <= at <= hedges.end_of(words, at) <= len(words)


@given(st.integers(4, 6), st.integers(0, 11))
def test_feet_and_inches_are_the_same_length_however_they_are_written(feet: int, inches: int) -> None:
    cm = round((feet * 12 + inches) * 2.54)
    for said in (f"{feet}ft {inches}in", f"{feet}'{inches}\"", f"{feet} foot {inches}", f"{feet}ft{inches}"):
        assert [(one.low, one.high) for one in lengths(said)] == [(cm, cm)]
