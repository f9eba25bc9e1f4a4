"""Words for strength and chance; the two sides of an explanation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.features.explanation import EvidencePart, Explanation
from linkage.review.strength import SIGNS, chance_words, percent, probability_of, sides, strength_word, without


def part(name: str, says: str, weight: float) -> EvidencePart:
    return EvidencePart(name, name, name.capitalize(), "a", "b", says, "", weight, False)


def explanation(*parts: EvidencePart) -> Explanation:
    weight = sum(one.weight for one in parts)
    return Explanation(
        "A", "B", -3.0, weight, weight - 3.0, probability_of(weight - 3), None, None, False, list(parts)
    )


@pytest.mark.parametrize(
    ("odds", "word"), [(3, "very strong"), (1, "strong"), (0, "moderate"), (-0.5, "weak"), (-4, "very weak")]
)
def test_strength_is_said_in_words(odds: float, word: str) -> None:
    assert strength_word(odds) == word


@pytest.mark.parametrize(
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


def test_what_is_left_without_the_heaviest_part() -> None:
    ((heaviest, left),) = without(explanation(part("plate", "agrees", 3.5), part("build", "differs", -0.5)))
    assert (heaviest.name, left) == ("plate", pytest.approx(-3.5))


def test_every_state_has_its_own_sign() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS) == 4
