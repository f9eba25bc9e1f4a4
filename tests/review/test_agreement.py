"""How far two analysts agree when the second does not know the first answer."""

from __future__ import annotations

from dataclasses import replace

from linkage.review.agreement import Agreement, agreement
from linkage.review.decision import Decision

FIRST = Decision(kind="pair", left="A", right="B", judgement="link", analyst="ann", id=1)
SECOND = replace(FIRST, analyst="bob", blind=True, second_of=1, id=2)


def test_the_same_answer_counts_as_agreed_and_another_one_does_not() -> None:
    assert agreement([FIRST, SECOND]) == Agreement(1, 1)
    assert agreement([FIRST, replace(SECOND, judgement="not_linked")]) == Agreement(1, 0)


def test_what_is_left_open_or_was_not_blind_tells_nothing() -> None:
    for other in (replace(SECOND, judgement="unsure"), replace(SECOND, blind=False), replace(SECOND, analyst="ann")):
        assert agreement([FIRST, other]) == Agreement(0, 0)


def test_it_is_told_in_words() -> None:
    assert "not known" in Agreement(0, 0).words
    assert "of 4 questions" in Agreement(4, 3).words
