"""Decisions are kept as they were made, and bind what is linked next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from linkage.report import Report
from linkage.review.decision import DecisionError
from linkage.review.decision_file import written
from linkage.review.standing import in_force
from linkage.store import Decision, Store
from linkage.store.registered import take_in_decisions


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
        scope={"left": ["b"], "right": ["a"]},
        stream="random",
    )
    number = store.record_decision(given)
    store.record_decision(second_check(number))
    first, second = store.decisions()
    assert replace(first, id=None, at=None, uid=None) == given
    assert second.second_of == first.id
    assert [entry.who for entry in store.audit()] == ["bob", "ann"]


def second_check(number: int) -> Decision:
    return Decision("bob", "pair", "a", "b", "link", reasons_for=["words"], second_of=number, blind=True)


def test_the_store_is_bound_by_decisions_on_its_reports(store: Store) -> None:
    first = Decision("ann", "pair", "a", "b", "link", reasons_for=["words"])
    number = store.record_decision(first)
    assert store.binding().soft_link == []  # the store has no such reports
    reports = [Report(report_id=name) for name in ("a", "b")]
    for report in reports:
        store.enter(report, "test")
    assert store.binding().soft_link == [("a", "b")]
    store.record_decision(second_check(number))
    assert store.binding().must_link == [("a", "b")]
    apart = replace(first, analyst="cyd", judgement="not_linked", reasons_for=[], reasons_against=["build"])
    store.record_decision(apart)
    assert (store.binding().must_link, store.binding().cannot_link) == ([], [("a", "b")])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reasons_for": []}, "reasons_for is empty"),
        ({"second_of": 7}, "second_of 7 names no decision"),
        ({"supersedes": 1, "right": "c"}, "supersedes 1 is about pair a, b"),
        ({"supersedes": 1, "analyst": "bob"}, "is ann's decision"),
    ],
)
def test_a_decision_that_could_not_bind_is_refused(store: Store, wrong: dict[str, Any], words: str) -> None:
    given = Decision("ann", "pair", "a", "b", "link", reasons_for=["words"])
    store.record_decision(given)
    with pytest.raises(DecisionError, match=words):
        store.record_decision(replace(given, **wrong))
    assert len(store.decisions()) == len(store.audit()) == 1


def test_a_supervisor_may_take_back_what_another_decided(store: Store) -> None:
    number = store.record_decision(Decision("ann", "pair", "a", "b", "link", reasons_for=["words"]))
    back = Decision("sue", "pair", "a", "b", "withdrawn", supersedes=number)
    store.record_decision(back, supervisor=True)
    assert store.decisions()[1].judgement == "withdrawn"


def test_what_is_withdrawn_is_withdrawn_once_until_it_is_restored(store: Store) -> None:
    number = store.record_decision(Decision("ann", "pair", "a", "b", "link", reasons_for=["words"]))
    back = Decision("ann", "pair", "a", "b", "withdrawn", supersedes=number)
    withdrawal = store.record_decision(back)
    with pytest.raises(
        DecisionError, match=f"supersedes {number} is withdrawn already, by decision {withdrawal} of ann"
    ):
        store.record_decision(back)
    assert len(store.decisions()) == len(store.audit()) == 2

    store.record_decision(replace(back, supersedes=withdrawal))
    assert [one.id for one in in_force(store.decisions())] == [number]
    again = store.record_decision(back)
    assert (again, in_force(store.decisions())) == (4, [])


def test_a_file_cannot_withdraw_what_is_withdrawn_already(store: Store) -> None:
    for name in ("a", "b"):
        store.enter(Report(report_id=name), "test")
    made = Decision("ann", "pair", "a", "b", "link", reasons_for=["words"], uid="made", id=1)
    back = Decision("ann", "pair", "a", "b", "withdrawn", supersedes=1, uid="back", id=2)
    twice = replace(back, uid="twice", id=3)
    restored = replace(back, supersedes=2, uid="restored", id=4)
    again = replace(back, uid="again", id=5)
    taken = take_in_decisions(store, written([made, back, twice, restored, again]))
    assert [(one.row, one.reason.partition(":")[0]) for one in taken.refused] == [
        (3, "supersedes 1 is withdrawn already, by decision 2 of ann")
    ]
    assert [one.uid for one in store.decisions()] == ["made", "back", "restored", "again"]
    assert in_force(store.decisions()) == []


@pytest.mark.parametrize("wrong", [{"kind": "guess"}, {"judgement": "guilty"}])
def test_an_unknown_kind_or_judgement_is_refused_and_nothing_is_kept(store: Store, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is not one of"):
        store.record_decision(replace(Decision("ann", "pair", "a", "b", "link"), **wrong))
    assert store.decisions() == []
    assert store.audit() == []
