"""Whose a fact is, and which of several people it describes, in texts that no reader may get wrong."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake import extract_report
from linkage.intake.document.document import read_document
from linkage.intake.finding import SURE
from linkage.intake.judge import people
from linkage.intake.judge.linear import learned
from linkage.intake.judge.people import Described, candidate_of, find_facts, reported_people
from linkage.intake.judge.surroundings import Surroundings
from linkage.intake.values.people.first_names import is_given_name
from tests.rows import each_row

WEIGHTS = ("owner", "shared", "same_person", "vehicle")


def described(text: str) -> list[Described]:
    found = sorted(find_facts(text), key=lambda one: (one.start, one.end))
    return reported_people(read_document(text), [one for one in found if one.confidence >= SURE and not one.negated])


def words(text: str) -> list[set[str]]:
    """The words of each reported person's facts, pronouns and nouns that only tell a sex left out."""
    return [{text[f.start : f.end].lower() for f in one.facts if f.rule != "pronoun"} for one in described(text)]


@each_row(
    ("text", "told"),
    [
        ("He was white, stocky, with a beard. The woman, who is slim, got away.", [{"white", "stocky", "beard"}]),
        (
            "The victim, a woman with blonde hair, was grabbed by a bald man in his 30s.",
            [{"bald", "man", "in his 30s"}],
        ),
        (
            "First man: white, 30s, bald.\nSecond man: Asian, 20s, slim, ponytail.",
            [{"white", "30s", "bald"}, {"asian", "20s", "slim", "ponytail"}],
        ),
    ],
)
def test_facts_are_given_to_whom_they_describe(text: str, told: list[set[str]]) -> None:
    assert [{word for word in one if word in set().union(*told)} for one in words(text)] == told
    assert "blonde" not in set().union(*words(text))


def test_two_who_are_counted_and_not_described_are_two() -> None:
    assert [one.sex for one in extract_report("Two men robbed her in Leeds. They ran off.").suspects] == ["male"] * 2


def test_nobody_has_two_ages_that_lie_far_apart() -> None:
    text = (
        "Police are looking for two men after a woman was held to ransom. She was met in Narborough Road by a "
        "mixed-race man of 40 to 45 with a grey quiff, who said he was called Andre, and a white man of about 25 "
        "with bleached hair. Both were drunk. The older man kissed her neck, and the younger man filmed."
    )
    assert [(one.age.min, one.age.max) for one in extract_report(text).suspects if one.age] == [(40, 45), (23, 27)]


def test_a_driver_who_is_described_too_is_not_one_with_the_client() -> None:
    text = (
        "The taxi driver was a Scottish man in his 50s. He dropped me at the hotel. The client was Polish, 30ish, "
        "slim, with a neck tattoo."
    )
    client = next(one for one in extract_report(text).suspects if "slim" in one.build)
    assert client.age is not None
    assert (client.age.max or 0) < 40


def test_a_woman_who_attacks_is_the_reported_person() -> None:
    text = "she attacked me with a bottle, she was about 35, heavy, northern accent, her husband waited outside"
    assert [(one.sex, one.build, one.accent) for one in extract_report(text).suspects] == [
        ("female", ["large"], ["northern"])
    ]


def test_a_pronoun_alone_tells_a_sex() -> None:
    (one,) = extract_report("The client refused to pay. He hit me and he drove off.").suspects
    assert one.sex == "male"


def test_nothing_but_others_is_nobody() -> None:
    assert extract_report("The victim, a woman of 34, has red hair.").suspects == []


def test_people_come_in_the_order_in_which_they_are_described() -> None:
    text = "Offender 1: white male, 40s, bald.\nOffender 2: black male, 20s, tall."
    assert [one.ethnicity for one in extract_report(text).suspects] == [["white"], ["black"]]


@each_row("name", WEIGHTS)
def test_hardly_a_name_of_a_person_has_a_weight(name: str) -> None:
    """Names are left out; what is left is a word too."""
    said = {word for feature in learned(name).weights for word in re.findall(r"[a-z']{3,}", feature)}
    assert len({word for word in said if is_given_name(word)}) <= 5


def test_what_a_fact_says_is_no_feature_of_it() -> None:
    def features(text: str) -> set[str]:
        return Surroundings(read_document(text), [candidate_of(one) for one in find_facts(text)]).of(0)

    def own_words(features: set[str]) -> set[str]:
        return {one for one in features if {"black", "white"} & {*one.split()}} - {"sentence black", "sentence white"}

    assert not own_words(features("The white man grabbed her.")) | own_words(features("The black man grabbed her."))


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    assert all(len(one.facts) == len(one.chances) for one in described(text))


def test_a_text_that_tells_more_than_any_person_can_loses_no_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "He was white, bald, stocky, with a beard, a scar on his chin, a red cap and a blue coat."
    every = sorted(word for one in words(text) for word in one)
    monkeypatch.setattr(people, "MOST_FACTS", 3)
    assert sorted(word for one in words(text) for word in one) == every


def test_facts_beyond_those_that_are_compared_stay_with_whom_they_stand_by() -> None:
    clothes = "a red cap, blue coat, grey shirt, black jeans, white socks, brown boots and green gloves"
    looks = "The second man was short, fat, black, aged 20 with a moustache. The first man was slim, asian, aged 40."
    assert len(described(" ".join([f"The first man wore {clothes}."] * 24 + [looks]))) >= 2
