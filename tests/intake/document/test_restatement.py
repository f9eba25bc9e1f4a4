"""What is restated before a text is read (answered questions, misspelled negations), and read at its own words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake import extract_report
from linkage.intake.assemble.reasons import reasons_of
from linkage.intake.document.restatement import restate
from tests.rows import each_row

_TEXTS = Path(__file__).parent.parent / "texts" / "misread.jsonl"
_PIECES = (
    "Did he pay",
    "Any weapons",
    "He left",
    "?",
    "? ",
    ": ",
    "No",
    "yes",
    ". ",
    "\n",
    "don't know",
    "A: ",
    "“",
    "”",
)


@each_row(
    ("text", "statement"),
    [
        ("Did he use a condom? No", "he did not use a condom."),
        ("Q1. Did he hurt you?\nA. No, he left.", "Q1. he did not hurt me. he left."),
        ("Was there a knife? Yes", "there was a knife."),
        ("Did he threaten you? Yes, with a bat.", "he threaten me, with a bat."),
        ("Did the tall man pay? He didn't.", "the tall man did not pay."),
        ("Were you raped? Yes", "I was raped."),
        ("Was anything taken? No", "nothing was taken."),
        ("Any known associates? n", "no known associates."),
        ("Strangled? nope", "not strangled."),
        ("Weapon used: no\nCondom used: Y", "no weapon used.\nCondom used."),
        ("He had a knife? No, a spoon.", "  a spoon."),
        ("Did he have a gun? Don't know.", " Don't know."),
    ],
)
def test_an_answered_question_is_a_statement(text: str, statement: str) -> None:
    assert restate(text).text == statement


@pytest.mark.parametrize(
    "text",
    [
        "What did he want? No idea.",
        "Silver Golf? maybe an Astra",
        "He asked do you do bareback? No I said.",
        "Would I come along? I did, and he drove off.",
        "“Did he hit you?” “No.”",
        "Did he use protection? No condom at all.",
        "Did he hurt you? He punched me.",
        "Has he done this before?",
        "Note: no car was seen that night.",
    ],
)
def test_what_yes_and_no_do_not_answer_stays(text: str) -> None:
    assert restate(text).text == text


@each_row(
    ("text", "spelled"),
    [
        ("He dint hit me.", "He didn't hit me."),
        ("He did'nt pay, he didn`t stop", "He didn't pay, he didn't stop"),
        ("Didn t see a knife", "Didn't see a knife"),
        ("he wasn violent i dnt think", "he wasn't violent i don't think"),
        ("Don came by dint of force, wi' a dint", "Don came by dint of force, wi' a dint"),
        ("He didn't, he didnt, he didn’t", "He didn't, he didnt, he didn’t"),
    ],
)
def test_a_misspelled_negation_is_one(text: str, spelled: str) -> None:
    assert restate(text).text == spelled


def _labelled() -> Sequence[tuple[str, list[str], list[str]]]:
    rows = [json.loads(line) for line in _TEXTS.read_text(encoding="utf-8").splitlines()]
    asked = (row for row in rows if {"question", "negation"} & {*row["id"].split("-")})
    return [(row["text"], row["gold"]["behaviours"], row["gold"]["behaviours_absent"]) for row in asked]


@pytest.mark.parametrize(("text", "told", "denied"), _labelled())
def test_what_is_restated_decides_what_is_read(text: str, told: list[str], denied: list[str]) -> None:
    read = extract_report(text).behaviours
    assert {*told} <= {*read.present}
    assert not {*denied} & {*read.present}
    assert {*denied} <= {*read.absent}


def test_values_stand_at_the_question_and_its_answer_as_written() -> None:
    text = "Tall man in Leeds. Did he use a condom? No. Was there a knife? Yes. He drove a red Astra."
    read = extract_report(text)
    words = {name: [text[slice(*span)] for span in spans] for name, spans in read.spans.items()}
    assert words["behaviours.absent.1"] == ["Did he use a condom? No."]
    assert words["weapons.1"] == ["Was there a knife? Yes."]
    assert read.raw["weapons.1"] == "Was there a knife? Yes."
    [car] = read.vehicles
    assert text[slice(*car.spans["model"][0])] == car.raw["model"] == "Astra"
    assert {one.words for one in reasons_of(read) if one.reasons} >= {"Did he use a condom? No."}


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_every_stretch_of_a_restated_text_is_one_of_the_text_in_order(text: str) -> None:
    restated = restate(text)
    at = [restated.as_written(start, start + 1) for start in range(len(restated.text))]
    assert at == sorted(at)
    for place, (start, end) in enumerate(at):
        assert 0 <= start < end <= len(text)
        if end == start + 1 and not any(a <= start < b for a, b in restated.origins):
            assert text[start] == restated.text[place]
