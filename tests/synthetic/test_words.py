"""Words of the witnesses: every phrase can be told, every behaviour is known, slips stay slips."""

import random
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.synthetic.narrative import Voice
from linkage.synthetic.parameters import parameters, read_table
from linkage.synthetic.people import Phones
from linkage.synthetic.wording import Wording, typo

PHRASES = read_table("phrases.toml")["behaviours"]
WORDS = read_table("words.toml")


def clauses() -> Iterator[str]:
    for entry in PHRASES.values():
        yield from (*entry["says"], *entry.get("never", ()))
    yield from WORDS["narrative"]["closing"]
    for openings in WORDS["narrative"]["open"].values():
        yield from openings


@pytest.mark.parametrize("first_person", [True, False])
@pytest.mark.parametrize("sex", ["male", "female"])
def test_every_clause_can_be_told_in_every_voice(first_person: bool, sex: str) -> None:
    voice = Voice(random.Random(1), first_person, sex)
    for clause in clauses():
        assert "{" not in voice.tell(clause)


def test_two_women_are_told_apart() -> None:
    assert Voice(random.Random(1), False, "female").tell("{he} hit {her}") == "she hit the worker"


def test_every_behaviour_has_phrases_and_notes() -> None:
    assert set(PHRASES) == set(parameters()["behaviours"])
    for entry in PHRASES.values():
        assert entry["says"]
        assert entry["note"]


def test_every_table_of_weights_has_its_words() -> None:
    params = parameters()
    for name in ("build", "hair_colour", "hair_style", "facial_hair", "eyes", "ethnicity"):
        assert set(params["offenders"][name]) <= set(WORDS[name])
    assert set(params["vehicle"]["colour"]) == set(WORDS["colour"])
    assert {body for _, _, body, _ in params["vehicle"]["fleet"]} <= set(WORDS["body"])
    for sector in ("street", "indoor", "parlour", "online"):
        assert set(params["sector"][sector]["contact"]) <= set(WORDS["contact_method"])
        assert set(params["sector"][sector]["venue"]) <= set(WORDS["venue"])
        assert set(params["sector"][sector]["odds"]) <= set(params["behaviours"])


@pytest.mark.parametrize("years", [18, 22, 35, 47, 70])
def test_an_age_in_words_names_its_decade(years: int) -> None:
    wording = Wording(parameters(overrides={"witness.age_heap": 0.0}))
    said = {wording.age(random.Random(n), years) for n in range(300)}
    assert len(said) > 7
    assert str(years) in said


def test_a_height_comes_in_feet_and_in_centimetres() -> None:
    wording = Wording(parameters())
    said = {wording.height(random.Random(n), 170.0) for n in range(300)}
    assert "5ft 7" in said
    assert "about 170cm" in said


def test_a_day_is_written_in_many_ways_with_its_weekday_where_told() -> None:
    wording = Wording(parameters())
    said = {wording.day(random.Random(n), date(2021, 3, 12), None) for n in range(200)}
    assert {"12th March 2021", "12/03/2021", "2021-03-12"} <= said
    assert all(
        words.startswith("Fri")
        for words in (wording.day(random.Random(n), date(2021, 3, 12), "Friday") for n in range(20))
    )


@given(st.text(max_size=40), st.integers(0, 1000))
def test_a_slip_changes_one_letter_at_most(words: str, seed: int) -> None:
    slipped = typo(random.Random(seed), words)
    assert abs(len(slipped) - len(words)) <= 1


def test_no_telephone_number_is_handed_out_twice() -> None:
    phones = Phones(random.Random(1))
    numbers = [phones.next() for _ in range(16_000)]
    assert len(set(numbers)) == 16_000
    assert all(len(number) == 11 for number in numbers)
    assert all(number.startswith("07700900") for number in numbers[:1000])
    assert numbers[-1].startswith("067")


def test_behaviour_keys_are_those_of_the_vocabulary() -> None:
    from linkage.vocabulary import load

    known = set(load("behaviours").entries)
    keys = {key for key, item in parameters()["behaviours"].items() if not item.get("own")}
    assert keys <= known
