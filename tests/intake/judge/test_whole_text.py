"""What the encoder says of facts of people, and how it is heard beside the words around them."""

from __future__ import annotations

from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.assemble.reasons import with_whole_text
from linkage.intake.document.document import read_document
from linkage.intake.judge.linear import Reason
from linkage.intake.judge.people import WholeText, beside, candidate_of, facts_of_people
from linkage.intake.judge.surroundings import Candidate

ODDS = st.floats(-20, 20)


def facts(text: str) -> tuple[list[str], WholeText]:
    found = facts_of_people(text)
    return [one.words(text) for one in found], WholeText.of(read_document(text), [*map(candidate_of, found)])


def test_what_is_told_of_her_and_of_him_is_told_apart() -> None:
    words, said = facts("The victim is slim, with red hair. She was followed by a man who was stocky and bald.")
    own = dict(zip(words, said.own.tolist(), strict=True))
    assert min(own["man"], own["stocky"], own["bald"]) > 0 > max(own["slim"], own["red"])


def test_facts_of_two_men_are_told_apart() -> None:
    words, said = facts("First man: stocky, 40s, bald. Second man: slim, 20s, ponytail.")
    pairs = [(one, other) for at, one in enumerate(words) for other in words[at + 1 :]]
    odds = dict(zip(pairs, said.same_person().tolist(), strict=True))
    assert odds["stocky", "bald"] > odds["stocky", "slim"]
    assert odds["slim", "ponytail"] > odds["bald", "ponytail"]


@pytest.mark.parametrize("origin", ["Nigerian", "Polish", "Irish"])
def test_where_he_is_from_says_nothing_of_whose_a_fact_is(origin: str) -> None:
    _, one = facts(f"The {origin} man was bald. He hit me.")
    _, other = facts("The Asian man was bald. He hit me.")
    assert np.allclose(one.own, other.own, atol=1e-4)


def test_characters_without_words_get_even_odds() -> None:
    said = WholeText.of(read_document("He was tall."), [Candidate("age", 12, 12)])
    assert said.own.tolist() == [0.0]
    assert said.same_person().size == 0


@given(ODDS, ODDS, ODDS)
def test_parts_add_up_to_what_is_heard(base: float, weight: float, whole: float) -> None:
    reason = with_whole_text(Reason.of("reported_person", base, [("text he", weight)], 0.7), whole)
    assert isclose(reason.log_odds, float(beside([base + weight], np.array([whole], np.float32))[0]), abs_tol=1e-4)
    assert reason.least == 0.7
