"""A decision says what could bind, or is refused with the field, the value and the cure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from linkage.review.decision import JUDGEMENTS, KINDS, TAKES, Decision, DecisionError, validate, validate_named
from tests.rows import each_row

PAIR = Decision("ann", "pair", "a", "b", "link", reasons_for=["words"])
SCOPE = {"left": ["a"], "right": ["b", "c"]}
BELONGS = Decision("ann", "report_series", "a", "S-0001", "link", reasons_for=["words"], scope=SCOPE)
EARLIER = {1: replace(PAIR, id=1)}


@each_row(
    "sound",
    [
        PAIR,
        BELONGS,
        replace(PAIR, judgement="not_linked", reasons_for=[], reasons_against=["build"]),
        replace(PAIR, judgement="unsure", reasons_for=[]),
        replace(PAIR, judgement="needs_info", reasons_for=[]),
        replace(PAIR, kind="same_incident", judgement="same_incident", reasons_for=[]),
        replace(PAIR, kind="same_incident", judgement="not_linked", reasons_for=[]),
        replace(PAIR, judgement="withdrawn", reasons_for=[], supersedes=1),
        replace(PAIR, left="b", right="a", supersedes=1),
        replace(PAIR, analyst="bob", second_of=1, blind=True),
        replace(BELONGS, kind="split", left="S-0001", right="b c", judgement="not_linked", reasons_against=["build"]),
    ],
)
def test_a_sound_decision_is_taken(sound: Decision) -> None:
    validate(sound, EARLIER)


@each_row(
    ("change", "words"),
    [
        ({"kind": "guess"}, "kind 'guess' is not one of pair, "),
        ({"judgement": "guilty"}, "judgement 'guilty' is not one of link, "),
        ({"stream": "dream"}, "stream 'dream' is not one of queue, "),
        ({"judgement": "same_incident"}, "pair cannot be judged 'same_incident': use link, "),
        ({"right": " "}, "right is empty"),
        ({"right": "a"}, "'a' stands on both sides"),
        ({"reasons_for": [" "]}, r"link needs at least one reason \(--for\)"),
        ({"judgement": "not_linked"}, r"not_linked needs at least one reason \(--against\)"),
        ({"judgement": "withdrawn"}, "withdrawn needs the number of the decision"),
        ({"supersedes": 9}, "supersedes 9 names no decision"),
        ({"supersedes": 1, "analyst": "bob"}, "only they or a supervisor may take it back"),
        ({"supersedes": 1, "right": "c"}, "supersedes 1 is about pair a, b, not about pair a, c"),
        ({"second_of": 9}, "second_of 9 names no decision"),
        ({"second_of": 1}, "is ann's own: somebody else has to check"),
        ({"second_of": 1, "analyst": "bob", "right": "c"}, "second_of 1 is about pair a, b"),
        ({"scope": {"left": "a"}}, "is not of the form"),
    ],
)
def test_a_decision_that_could_not_bind_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(DecisionError, match=words):
        validate(replace(PAIR, **change), EARLIER)


@pytest.mark.parametrize("scope", [None, {"left": ["a"], "right": []}])
def test_a_decision_on_a_series_without_members_is_refused(scope: dict[str, list[str]] | None) -> None:
    with pytest.raises(DecisionError, match="would bind nothing"):
        validate(replace(BELONGS, scope=scope), {})


def test_a_report_is_on_one_side_of_a_scope_only() -> None:
    with pytest.raises(DecisionError, match="'a' stands on both sides of the scope"):
        validate(replace(BELONGS, scope={"left": ["a"], "right": ["a", "b"]}), {})


def test_a_supervisor_may_take_back_anybodys() -> None:
    validate(replace(PAIR, analyst="sue", judgement="withdrawn", supersedes=1), EARLIER, supervisor=True)


def test_every_kind_can_be_left_open_and_taken_back_and_takes_known_judgements_only() -> None:
    assert TAKES.keys() == set(KINDS)
    for taken in TAKES.values():
        assert {"unsure", "needs_info", "withdrawn"} <= set(taken) <= set(JUDGEMENTS)


@each_row(
    ("decision", "words"),
    [
        (PAIR, "no report 'b'"),
        (replace(BELONGS, right="S-0009"), "no report 'b'"),
        (replace(BELONGS, right="S-0009", scope={"left": ["a"], "right": []}), "no series 'S-0009'"),
        (replace(BELONGS, kind="merge", left="S-0009", scope={}), "no series 'S-0009'"),
        (replace(BELONGS, kind="split", left="S-0009", scope={}), "no series 'S-0009'"),
    ],
)
def test_what_names_nothing_known_is_refused(decision: Decision, words: str) -> None:
    with pytest.raises(DecisionError, match=words):
        validate_named(decision, {"a"}, {"S-0001"})


def test_one_pair_is_one_question_however_it_is_named() -> None:
    assert PAIR.question == replace(PAIR, left="b", right="a").question
    assert BELONGS.question != replace(BELONGS, left="S-0001", right="a").question
    assert PAIR.question != replace(PAIR, kind="same_incident").question
