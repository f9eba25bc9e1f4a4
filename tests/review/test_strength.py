"""Words for strength and chance; the two sides of an explanation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.features.explanation import EvidencePart, Explanation
from linkage.review.strength import (
    SIGNS,
    chance_words,
    counted,
    gave_a_value,
    percent,
    probability_of,
    side_of,
    sides,
    signed,
    strength_word,
    strength_words,
    without,
)
from tests.rows import each_row


def part(name: str, says: str, weight: float) -> EvidencePart:
    return EvidencePart(name, name, name.capitalize(), "a", "b", says, "", weight, False)


def explanation(*parts: EvidencePart) -> Explanation:
    weight = sum(one.weight for one in parts)
    return Explanation(
        "A", "B", -3.0, weight, weight - 3.0, probability_of(weight - 3), None, None, False, list(parts)
    )


@each_row(("odds", "word"), [(3, "very strong"), (1, "strong"), (0, "moderate"), (-0.5, "weak"), (-4, "very weak")])
def test_strength_is_said_in_words(odds: float, word: str) -> None:
    assert strength_word(odds) == word


@each_row(
    ("chance", "words"),
    [
        (1.0, "more than 9 in 10"),
        (0.31, "about 3 in 10"),
        (0.1, "about 1 in 10"),
        (0.03, "about 3 in 100"),
        (0.0, "fewer than 1 in 100"),
    ],
)
def test_a_chance_is_said_as_a_count(chance: float, words: str) -> None:
    assert chance_words(chance) == words


@given(st.floats(0, 1))
def test_no_chance_is_said_as_certain(chance: float) -> None:
    assert "10 in 10" not in chance_words(chance)
    assert "about 0" not in chance_words(chance)
    assert percent(chance) not in ("100%", "0%")


def test_evidence_against_is_told_apart_from_what_is_not_known() -> None:
    found = sides(
        explanation(
            part("plate", "agrees", 3.0),
            part("build", "differs", -0.8),
            part("age", "not known", 0.0),
            part("sex", "agrees", 0),
        )
    )
    names = [[one.name for one in side] for side in (found.supports, found.against, found.neutral, found.unknown)]
    assert names == [["plate"], ["build"], ["sex"], ["age"]]


def test_what_is_not_mentioned_speaks_for_a_side_by_its_weight_and_else_stands_apart() -> None:
    told = explanation(
        part("violence", "not mentioned", -0.2),
        part("theft", "not mentioned", 0.06),
        part("control", "not mentioned", 0.04),
        part("age", "not known", 0.0),
        part("sex", "agrees", 0.01),
    )
    found = sides(told)
    names = [[one.name for one in side] for side in (found.supports, found.against, found.silent, found.unknown)]
    assert names == [["theft"], ["violence"], ["control"], ["age"]]
    assert [one.name for one in gave_a_value(told)] == [one.name for one in found.neutral] == ["sex"]


def test_what_is_left_without_the_heaviest_part() -> None:
    ((heaviest, left),) = without(explanation(part("plate", "agrees", 3.5), part("build", "differs", -0.5)))
    assert (heaviest.name, left) == ("plate", pytest.approx(-3.5))


@each_row(
    ("value", "digits", "words"),
    [
        (0.5, 1, "+0.5"),
        (-0.04, 1, "0.0"),
        (0.04, 1, "0.0"),
        (-0.05, 2, "-0.05"),
        (-0.001, 2, "0.00"),
        (0.0, 2, "0.00"),
    ],
)
def test_what_rounds_to_nothing_has_no_sign(value: float, digits: int, words: str) -> None:
    assert signed(value, digits) == words


@given(st.floats(-9, 9), st.sampled_from([1, 2]))
def test_the_word_of_a_strength_is_that_of_the_number_shown(odds: float, digits: int) -> None:
    words = strength_words(odds, digits)
    number = words.rsplit(" ", 1)[1]
    assert words == f"{strength_word(float(number))} {number}"
    assert not number.startswith(("-0.0", "+0.0")) or digits == 2


@each_row(
    ("says", "weight", "side", "told"),
    [
        ("agrees", 0.4, "agrees", False),
        ("agrees", -0.05, "differs", True),
        ("close", -0.3, "differs", True),
        ("close", 0.2, "close", False),
        ("differs", -0.4, "differs", False),
        ("differs", 0.1, "close", True),
        ("agrees", -0.001, "agrees", False),  # shown as 0.00, on neither side
        ("not mentioned", -0.4, "not mentioned", False),
        ("not mentioned", 0.1, "not mentioned", False),
        ("not known", 0.0, "not known", False),
    ],
)
def test_the_sign_never_contradicts_the_weight(says: str, weight: float, side: str, told: bool) -> None:
    sign, why = side_of(says, weight)
    assert (sign, bool(why)) == (side, told)


def test_what_rounds_to_nothing_speaks_for_neither_side() -> None:
    found = sides(
        explanation(part("sex", "agrees", 0.04), part("age", "differs", -0.04), part("eyes", "close", 0.06))
    )
    assert [one.name for one in found.supports] == ["eyes"]
    assert found.against == []
    assert {one.name for one in found.neutral} == {"sex", "age"}


@pytest.mark.parametrize(("number", "words"), [(0, "0 reports"), (1, "1 report"), (2_000, "2,000 reports")])
def test_one_thing_is_not_said_in_the_plural(number: int, words: str) -> None:
    assert counted(number, "report") == words


def test_every_state_has_its_own_sign() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS) == 5
