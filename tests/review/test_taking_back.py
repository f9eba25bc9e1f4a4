"""What became of each decision on a question, and what takes one back."""

from __future__ import annotations

from dataclasses import replace

from linkage.review.decision import Decision, validate
from linkage.review.standing import in_force
from linkage.review.taking_back import history, withdrawal

QUESTION = ("pair", "A", "B")


def made(number: int, analyst: str = "ann", judgement: str = "unsure", **more: object) -> Decision:
    at = f"2026-01-0{number}T10:00:00"
    return Decision(analyst, "pair", "A", "B", judgement, id=number, at=at, uid=str(number), **more)  # type: ignore[arg-type]


def test_a_withdrawal_may_be_recorded_and_ends_what_it_names() -> None:
    first = made(1, judgement="link", reasons_for=["place"], note="seen", second_of=7)
    back = withdrawal(first, "ann", "an echo")
    validate(back, {1: first})
    assert (back.supersedes, back.note, back.reasons_for, back.uid, back.id) == (1, "an echo", [], None, None)
    assert in_force([first, replace(back, id=2)]) == []


def test_each_record_says_what_became_of_it() -> None:
    taken, anew = made(1), made(2)
    records = [
        taken,
        anew,
        replace(withdrawal(taken, "ann"), id=3, at="2026-01-03T10:00:00"),
        made(4),
        made(5, "bob"),
    ]
    found = [(one.decision.id, one.became, one.stands) for one in history(records, {QUESTION})]
    assert found == [
        (5, "stands", True),
        (4, "stands", True),
        (3, "takes back decision 1", False),
        (2, "answered anew since", False),
        (1, "taken back by ann, 2026-01-03", False),
    ]


def test_what_was_decided_on_other_questions_is_left_out() -> None:
    assert history([Decision("ann", "pair", "A", "C", "unsure", id=1)], {QUESTION}) == []
    assert [one.decision.id for one in history([Decision("ann", "pair", "B", "A", "unsure", id=1)], {QUESTION})] == [
        1
    ]
