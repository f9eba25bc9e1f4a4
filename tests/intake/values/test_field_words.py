"""Slips of the pen in a field of a reported person."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.phrases.field_words import VOCABULARIES, respelt, slip_in_phrase
from linkage.intake.values.people import person
from linkage.report import Range
from tests.rows import each_row


@each_row(
    ("field", "words", "value"),
    [
        ("build", "slom", ["slim"]),
        ("build", "tjin", ["slim"]),
        ("build", "mde build", ["medium"]),
        ("build", "qqqq", None),
        ("facial_hair", "clean shavven", ["clean-shaven"]),
        ("facial_hair", "no facil hair", ["clean-shaven"]),
        ("facial_hair", "scruffy", None),
        ("sex", "mael", "male"),
        ("eyes", "blu", "blue"),
        ("complexion", "tand", "tanned"),
        ("glasses", "specatcles", True),
        ("age", "erly 20s", Range(min=20, max=23)),
        ("age", "mid-thities", Range(min=33, max=37)),
        ("age", "40s", None),
    ],
)
def test_one_slip_is_put_right_and_other_words_are_left(field: str, words: str, value: Any) -> None:
    assert respelt(field, words, person.NORMALISERS[field]) == value


@given(st.sampled_from(sorted(VOCABULARIES)), st.text(max_size=40))
def test_any_words_are_read_or_left(field: str, words: str) -> None:
    value = respelt(field, words, person.NORMALISERS[field])
    assert value is None or value or value is False


@each_row(
    ("field", "words", "phrase"),
    [
        ("ethnicity", "eats european", "east european"),
        ("ethnicity", "East Asisn", "east asian"),
        ("ethnicity", "east asian", None),
        ("build", "slom", None),
        ("eyes", "qq zz", None),
    ],
)
def test_a_phrase_with_a_slip_in_one_word_is_taken_whole(field: str, words: str, phrase: str | None) -> None:
    assert slip_in_phrase(field, words) == phrase
