"""The words of a text as models see them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.belief.wording import tokens


def words(text: str) -> list[str]:
    return [word for word, _, _ in tokens(text)]


def test_all_figures_are_one_word() -> None:
    assert words("aged 45") == words("aged 46") == ["aged", "0"]


def test_names_are_one_word_but_not_the_word_that_opens_a_sentence() -> None:
    assert words("Police in Leeds said Ann Lee, 20, ran. BAG gone") == [
        "police", "in", "Name", "said", "Name", "Name", ",", "0", ",", "ran", ".", "bag", "gone",
    ]  # fmt: skip


@given(st.text(max_size=80))
def test_each_word_stands_where_it_is_said_to(text: str) -> None:
    assert all(0 <= start < end <= len(text) for _, start, end in tokens(text))
