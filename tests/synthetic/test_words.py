"""Words of the witnesses: every phrase can be told, every behaviour is known, slips stay slips."""

import random
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.synthetic.parameters import parameters, read_table
from linkage.synthetic.people import Phones
from linkage.synthetic.registers import Registers, Voice
from linkage.synthetic.wording import Wording, typo
from linkage.vocabulary import load

PHRASES = read_table("phrases.toml")["behaviours"]
WORDS = read_table("words.toml")


def clauses() -> Iterator[str]:
    for entry in PHRASES.values():
        for name, phrases in entry.items():
            if name != "note":
                yield from phrases
    yield from WORDS["narrative"]["closing"]
    for openings in WORDS["narrative"]["open"].values():
        yield from openings


@pytest.fixture(scope="module")
def registers() -> Registers:
    return Registers(parameters())


@pytest.mark.parametrize("register", ["note", "story", "message", "learner", "alert"])
@pytest.mark.parametrize("sex", ["male", "female"])
def test_every_clause_can_be_told_in_every_register(registers: Registers, register: str, sex: str) -> None:
    voice = Voice(registers, random.Random(1), register, sex)
    for clause in clauses():
        assert "{" not in voice.tell(clause)


def test_two_women_are_told_apart(registers: Registers) -> None:
    assert Voice(registers, random.Random(1), "note", "female").tell("{he} hit {her}") == "she hit the worker"


def test_a_learner_s_english_loses_articles_and_tenses_and_a_text_message_letters(registers: Registers) -> None:
    clause = "{he} took the phone because {she} did not want to go with {him}"
    plain = Voice(registers, random.Random(1), "story", "male").tell(clause)
    assert plain == "he took the phone because I did not want to go with him"
    learner = {Voice(registers, random.Random(n), "learner", "male").tell(clause) for n in range(30)}
    message = {Voice(registers, random.Random(n), "message", "male").tell(clause) for n in range(30)}
    assert "he take phone because I not want to go with him" in learner
    assert "he took the phone cos I didnt want 2 go wiv him" in message


def test_a_register_leaves_alone_what_was_told_word_for_word(registers: Registers) -> None:
    for seed in range(20):
        voice = Voice(registers, random.Random(seed), "message", "male")
        assert "'to the letter and before'" in voice.tell("{he} said '{quote}'", quote="to the letter and before")


def test_every_behaviour_has_many_phrases_and_the_commoner_ones_more() -> None:
    assert set(PHRASES) == set(parameters()["behaviours"])
    for key, entry in PHRASES.items():
        common = parameters()["behaviours"][key]["p"] >= 0.10
        assert len(set(entry["says"])) >= (8 if common else 4), key
        assert len(set(entry["note"])) >= (6 if common else 4), key
        assert entry["learner"]
        assert entry["alert"]


def test_phrases_are_hardly_ever_the_vocabulary_s_own_words() -> None:
    known = load("behaviours").surfaces
    notes = [note for entry in PHRASES.values() for note in entry["note"]]
    assert sum(note.lower() in known for note in notes) < 0.05 * len(notes)


def test_every_table_of_weights_has_its_words() -> None:
    params = parameters()
    shades = {shade for table in params["offenders"]["complexion"].values() for shade in table}
    assert shades == set(WORDS["complexion"]) == set(params["witness"]["complexion_confused"])
    assert set(params["offenders"]["complexion"]) == set(params["offenders"]["ethnicity"])
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
    wording = Wording(parameters())
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
    known = set(load("behaviours").entries)
    keys = {key for key, item in parameters()["behaviours"].items() if not item.get("own")}
    assert keys <= known


@pytest.mark.parametrize(
    ("told", "kept"), [("*456", "456"), ("077009*", "077009"), ("07700900123", "900123")], ids=["end", "start", "all"]
)
def test_a_number_known_in_part_is_written_with_what_is_known(told: str, kept: str) -> None:
    wording = Wording(parameters())
    said = {wording.phone(random.Random(n), told) for n in range(60)}
    assert len(said) >= 4
    assert all(kept in words.replace(" ", "") for words in said)
