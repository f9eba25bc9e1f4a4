"""Decisions become constraints: apart at once, together only after a second analyst's check."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linkage.store import Decision, Store
from linkage.store.decisions import constraints


def decided(number: int, analyst: str, judgement: str, second_of: int | None = None, left: str = "a") -> Decision:
    return Decision(analyst, "pair", left, "b", judgement, second_of=second_of, id=number)


FIRST = decided(1, "ann", "link")
SECOND = decided(2, "bob", "link", second_of=1)


@pytest.mark.parametrize(
    ("made", "together", "apart"),
    [
        ([], [], []),
        ([FIRST], [], []),
        ([FIRST, SECOND], [("a", "b")], []),
        ([FIRST, replace(SECOND, left="b", right="a")], [("a", "b")], []),
        ([FIRST, decided(2, "ann", "link", second_of=1)], [], []),
        ([FIRST, decided(2, "bob", "link")], [], []),
        ([FIRST, decided(2, "bob", "link", second_of=1, left="z")], [], []),
        ([FIRST, decided(2, "bob", "not_linked", second_of=1)], [], [("a", "b")]),
        ([FIRST, SECOND, decided(3, "cyd", "not_linked")], [], [("a", "b")]),
        ([FIRST, SECOND, decided(3, "ann", "unsure")], [], []),
        ([FIRST, SECOND, decided(3, "ann", "link")], [("a", "b")], []),
        ([FIRST, SECOND, decided(3, "bob", "unsure")], [], []),
        ([decided(1, "ann", "not_linked"), replace(decided(2, "ann", "withdrawn"), supersedes=1)], [], []),
        ([FIRST, SECOND, replace(decided(3, "bob", "withdrawn"), supersedes=2)], [], []),
        ([replace(FIRST, kind="report_series"), replace(SECOND, kind="report_series")], [], []),
    ],
)
def test_what_decisions_amount_to(
    made: list[Decision], together: list[tuple[str, str]], apart: list[tuple[str, str]]
) -> None:
    found = constraints(made)
    assert (found.must_link, found.cannot_link) == (together, apart)


def test_a_decision_comes_back_as_it_was_and_stands_in_the_audit(store: Store) -> None:
    given = Decision(
        "ann",
        "pair",
        "b",
        "a",
        "link",
        reasons_for=["words"],
        reasons_against=["build"],
        note="näh",
        blind=True,
        score=3.1,
        band="strong",
        model_version="m4",
        evidence_snapshot={"words": 2.4},
    )
    number = store.record_decision(given)
    store.record_decision(Decision("bob", "pair", "a", "b", "link", second_of=number))
    first, second = store.decisions()
    assert replace(first, id=None, at=None) == given
    assert second.second_of == first.id
    assert store.must_links() == [("a", "b")]
    assert store.cannot_links() == []
    assert [entry.who for entry in store.audit()] == ["bob", "ann"]


@pytest.mark.parametrize("wrong", [{"kind": "guess"}, {"judgement": "guilty"}])
def test_an_unknown_kind_or_judgement_is_refused_and_nothing_is_kept(store: Store, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is not one of"):
        store.record_decision(replace(Decision("ann", "pair", "a", "b", "link"), **wrong))
    assert store.decisions() == []
    assert store.audit() == []
