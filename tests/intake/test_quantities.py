"""Hedges of a number, each from a row of `hedges.toml`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.document.tokens import ahead, fine_tokens, past
from linkage.intake.quantities import age_spans, ages, hedge_kinds, height_spans, heights
from linkage.vocabulary import load

ROWS = [
    (key, side, phrase)
    for key, entry in load("hedges").entries.items()
    for side in ("before", "behind")
    for phrase in entry.data[side]
]


def _words(text: str) -> list[str]:
    return [one.low for one in fine_tokens(text)]


@pytest.mark.parametrize(("key", "side", "phrase"), ROWS)
def test_each_phrase_is_found_on_its_side_as_its_kind(key: str, side: str, phrase: str) -> None:
    words = _words(f"{phrase} 40" if side == "before" else f"40 {phrase}")
    if side == "before":
        assert ahead(words, len(words) - 1, "hedges") == 0
    else:
        assert past(words, 1, "hedges") == len(words)
    assert key in hedge_kinds(words)


def test_the_longest_phrase_counts() -> None:
    assert hedge_kinds(_words("no more than 6ft")) == {"under"}
    assert hedge_kinds(_words("a little over 6ft")) == {"little", "over"}


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    words = _words(text)
    for at in range(len(words) + 1):
        assert 0 <= ahead(words, at, "hedges") <= at <= past(words, at, "hedges") <= len(words)


@given(st.integers(4, 6), st.integers(0, 11))
def test_feet_and_inches_are_the_same_length_however_they_are_written(feet: int, inches: int) -> None:
    cm = round((feet * 12 + inches) * 2.54)
    for said in (f"{feet}ft {inches}in", f"{feet}'{inches}\"", f"{feet} foot {inches}", f"{feet}ft{inches}"):
        assert heights(said) == [(cm, cm)]


def test_ages_and_heights_begin_with_a_figure_or_a_word_for_a_number() -> None:
    text = "a 30s man, x40, thirtyish (50) this, five foot six or 170"
    assert [text[start:end] for start, end in age_spans(text)] == ["30s", "thirtyish", "50"]
    assert [text[start:end] for start, end in height_spans(text)] == ["five foot six or 170"]


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("lowerish 30s", (30, 33)),
        ("middle-ish 40s", (43, 47)),
        ("upperish teens", (17, 19)),
        ("early to mid 50s", (50, 57)),
    ],
)
def test_a_part_of_a_decade_may_be_vague(said: str, years: tuple[int, int]) -> None:
    assert ages(said, 2) == [years]
