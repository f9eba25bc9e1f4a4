"""Texts cut into clauses."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.document.words import LEAST_CLAUSE as LEAST
from linkage.intake.document.words import clauses, read


def cut(text: str) -> list[str]:
    words = read(text)
    return [text[words.starts[one.first] : words.ends[one.end - 1]] for one in clauses(words)]


def test_a_clause_begins_at_a_joining_word_or_behind_a_comma() -> None:
    text = "He grabbed her by the hair and pulled her to the van, then drove her to a lane. She ran."
    assert cut(text) == [
        "He grabbed her by the hair",
        "and pulled her to the van,",
        "then drove her to a lane",
        "She ran",
    ]


def test_a_short_stretch_is_no_clause_of_its_own() -> None:
    assert cut("He hit, kicked and bit her.") == ["He hit, kicked and bit her"]


@given(st.text(max_size=200))
def test_every_word_stands_in_one_clause_of_its_sentence(text: str) -> None:
    words = read(text)
    found = clauses(words)
    held = [at for one in found for at in range(one.first, one.end)]
    assert held == [at for at in range(len(words.stems)) if at not in words.stops]
    assert all(words.sentence(one.first) == words.sentence(one.end - 1) for one in found)
    assert all(one.end - one.first >= LEAST for one, after in pairwise(found) if one.sentence == after.sentence)
