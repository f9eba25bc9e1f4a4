"""What the reported person said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.facts import speech


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('He said "get in the car now" and grabbed her.', ["get in the car now"]),
        ("He shouted “you’re dead” at her.", ["you’re dead"]),
        ("He told her 'don't scream or I'll hurt you' and left.", ["don't scream or I'll hurt you"]),
        ("‘Nobody will believe you,’ he said.", ["Nobody will believe you"]),
        ('He kept saying "good girl" and then "be quiet now".', ["good girl", "be quiet now"]),
        ('She said "please stop" and he said "shut your mouth".', ["shut your mouth"]),
        ('I shouted "leave me alone" and ran.', []),
        ('"Let me go," she screamed.', []),
        ('The woman told him "no condom no sex".', []),
        ("It was a 'working' flat.", []),
        ("He took the woman's bag and the worker's phone.", []),
        ("No speech here at all.", []),
    ],
)
def test_quoted_words_of_the_reported_person_are_kept_and_hers_are_not(text: str, said: list[str]) -> None:
    found = [f for f in speech.find(text) if f.rule == "quoted"]
    assert [f.value for f in found] == said


def test_the_span_holds_the_exact_words() -> None:
    text = 'Then he said "you will be next" and left.'
    (found,) = speech.find(text)
    assert found.words(text) == "you will be next"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("He said that he would kill her.", "he would kill her"),
        ("The client told her he knew where she lived.", "he knew where she lived"),
        ("He threatened to come back with friends.", "to come back with friends"),
    ],
)
def test_reported_speech_is_kept_with_less_confidence(text: str, said: str) -> None:
    (found,) = speech.find(text)
    assert (found.value, found.rule) == (said, "reported")
    assert found.confidence < 0.9


@pytest.mark.parametrize(
    ("words", "clean"),
    [("  “You’re dead” ", "You’re dead"), ('"a   b"', "a b"), ("...", None), ("", None), ("shut up!", "shut up!")],
)
def test_words_of_a_field_are_cleaned(words: str, clean: str | None) -> None:
    assert speech.normalise(words) == clean


@given(st.text(max_size=200))
@settings(max_examples=150)
def test_no_text_whatever_raises_and_clean_words_stay_as_they_are(text: str) -> None:
    clean = speech.normalise(text)
    assert clean is None or speech.normalise(clean) == clean
    assert all(0 <= f.start < f.end <= len(text) for f in speech.find(text))
