"""Who somebody is may be told long after they are named; and one word may call many people."""

from __future__ import annotations

import pytest

from linkage.intake.whose import Whose
from tests.rows import each_row


@each_row(
    "said",
    [
        "He is not a suspect.",
        "Police believe he may be a witness.",
        "He has been eliminated.",
        "Officers say he did nothing wrong.",
        "He is being treated as a witness.",
        "He had not been involved.",
        "He has nothing to do with it.",
    ],
)
def test_somebody_cleared_later_is_not_described(said: str) -> None:
    text = f"A man of 65 in a cream jacket was seen near the bench. {said} She was robbed by two lads in caps."
    whose = Whose.read(text)
    at = text.index("cream")
    assert not whose.person(at, at + 5)


@each_row(
    "noun",
    [
        "pensioner",
        "skipper",
        "defendant",
        "motorist",
        "diner",
        "caller",
        "chef",
        "lodger",
        "youth",
        "Dane",
        "visitor",
    ],
)
def test_the_only_one_who_can_have_done_it_is_described(noun: str) -> None:
    text = f"The {noun} grabbed her by the throat and ran. The {noun} is stooped."
    whose = Whose.read(text)
    at = text.index("stooped")
    assert set(whose.person(at, at + 7)) == {0}


@each_row(
    "helper",
    [
        "A nurse covered her with a coat and rang for help.",
        "A passing roofer pulled her from the canal.",
        "A customer, a retired docker, noticed that she was crying and drove her home.",
        "A teenager tried to pull him off.",
        "The owner of the chip shop, a Greek, raised the alarm.",
    ],
)
def test_a_helper_is_not_described_but_bare_looks_after_him_are_his(helper: str) -> None:
    text = f"A man hit the worker with a stick. {helper} White, bald, forties, scar on chin."
    whose = Whose.read(text)
    at = text.index("bald")
    assert set(whose.person(at, at + 4)) == {0}


@pytest.mark.parametrize(
    "text",
    [
        "Two customers were inside. One, stooped, was slapped. The robbers ran off.",
        "A man and a woman got in. The woman, stooped, had been held for two days by the man.",
        "A flat shared by two women was robbed by a man. One of the women, stooped, was tied up.",
        "A bogus agent robbed her. With him was a lad who told him to stop. The lad is stooped.",
    ],
)
def test_those_who_suffered_or_stopped_it_are_others(text: str) -> None:
    at = text.index("stooped")
    assert not Whose.read(text).person(at, at + 7)
