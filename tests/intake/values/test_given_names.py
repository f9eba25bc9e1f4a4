"""First names of the lists, where one stands in a text, and whose it is."""

from __future__ import annotations

from linkage.intake import extract_report
from linkage.intake.values.people.first_names import is_given_name
from linkage.intake.values.people.names_used import FIRST_NAME, RANKED, is_first_name
from linkage.intake.values.people.person import find
from tests.rows import each_row


def test_a_first_name_is_known_in_any_case_and_a_word_is_none() -> None:
    assert [is_given_name(word) for word in ("Lisa", "PAUL", "alex", "shogun")] == [True, True, True, False]


@each_row(
    ("text", "names"),
    [
        ("Colin, thinning hair", ["Colin"]),
        ("Darren Pugh hit me. Darren's van", ["Darren Pugh", "Darren Pugh"]),
        ("that Mr Colin again", ["Mr Colin"]),
        ("Rich and posh, with Mark", ["Mark"]),
        ("Albert Road, a Stanley knife, a Seat Leon, on 13 Jan, a St Christopher, OK", []),
        ("He said his name was Dave. Dave left.", ["Dave"]),
        ('He shouted "Dave" at her', []),
    ],
)
def test_a_first_name_is_proposed_wherever_it_stands_as_one(text: str, names: list[str]) -> None:
    found = [one for one in find(text) if one.field == "names_used"]
    assert [one.value for one in found] == names


def test_a_rank_before_a_name_is_told() -> None:
    assert [one.rule for one in find("DC Paul Fenn met Paul Barr.") if is_first_name(one)] == [RANKED, FIRST_NAME]


@each_row(
    ("text", "names"),
    [
        ("Colin, thinning hair", ["Colin"]),
        ("Dave. 40s. white van", ["Dave"]),
        ("Sarah from the project rang. The man was bald.", []),
        ("I told Simon at the desk. The man was tall and Polish.", []),
        ("My name is Kelly and I work in Leeds.", []),
        ("The receptionist, named Julie, called police.", []),
        ("DS Neil Tranter said the attacker was bald.", []),
        ("My friend Jess was with me when Tony hit me. Tony had a beard.", ["Tony"]),
    ],
)
def test_the_judge_says_whose_a_first_name_is(text: str, names: list[str]) -> None:
    assert [name for one in extract_report(text).suspects for name in one.names_used] == names
