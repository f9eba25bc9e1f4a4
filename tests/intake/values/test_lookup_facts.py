"""Weapons, offences, contact methods and venues: words to keys and findings in narratives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.finding import Finding
from linkage.intake.judge.weapons import find_weapons
from linkage.intake.values.circumstances import find, normalise
from linkage.vocabulary import load
from tests.rows import each_row

KINDS = ("weapons", "offences", "contact_methods", "venues")
ENTRIES = [(kind, entry) for kind in KINDS for entry in load(kind).entries.values()]
ALERTS = Path(__file__).parents[4] / "shared" / "data" / "published_alerts.txt"


def found(kind: str, text: str) -> list[Finding]:
    return find_weapons(text) if kind == "weapons" else find(kind, text)


def present(kind: str, text: str) -> set[str]:
    return {f.value for f in found(kind, text) if not f.negated}


@each_row(("kind", "entry"), ENTRIES)
def test_every_entry_reads_its_example_and_its_own_words(kind: str, entry) -> None:
    assert entry.key in present(kind, entry.example)
    for words in (entry.key, entry.label, *entry.synonyms, *entry.data.get("words", ())):
        assert normalise(kind, words) == entry.key, words


@each_row(
    ("kind", "words", "key"),
    [
        ("weapons", "Kitchen Knife", "knife"),
        ("weapons", "knives", "knife"),
        ("weapons", "a large kitchen knife", "knife"),
        ("weapons", "hammers", "hammer"),
        ("weapons", "imitation_firearm", "imitation_firearm"),
        ("weapons", "none", None),
        ("weapons", "banana", None),
        ("offences", "Attempted-Rape", "attempted_rape"),
        ("offences", "sexual assaults", "sexual_assault"),
        ("offences", "assult", "violence"),
        ("offences", "robery", "robbery"),
        ("offences", "non_payment", "fraud_nonpayment"),
        ("offences", "threats to kill", "threats"),
        ("offences", "physical violence", "violence"),
        ("offences", "jaywalking", None),
        ("contact_methods", "kerb_by_car", "kerb_by_car"),
        ("contact_methods", "kerb by car", "kerb_by_car"),
        ("contact_methods", "kerb, on foot", "kerb_on_foot"),
        ("contact_methods", "telephone", "phone"),
        ("contact_methods", "Walk-in", "walk_in"),
        ("contact_methods", "WhatsApp", "text"),
        ("contact_methods", "escort agency", "agency"),
        ("contact_methods", "web site", "web"),
        ("contact_methods", "carrier pigeon", None),
        ("venues", "Car Park", "car_park"),
        ("venues", "multi-storey", "car_park"),
        ("venues", "his home", "own_home"),
        ("venues", "hotel room", "hotel"),
        ("venues", "industrial estates", "industrial_estate"),
        ("venues", "massage parlor", "parlour"),
        ("venues", "the moon", None),
    ],
)
def test_words_of_a_field_resolve(kind: str, words: str, key: str | None) -> None:
    assert normalise(kind, words) == key


@each_row(
    ("text", "key"),
    [
        ("He pulled a knife on her.", "knife"),
        ("He stabbed her with a screwdriver.", "screwdriver"),
        ("He threatened her with a hammer.", "hammer"),
        ("He said he had a gun.", "firearm"),
        ("There was a machete on the back seat.", "machete"),
        ("He hit her over the head with a wine bottle.", "bottle"),
        ("He tied her wrists with rope.", "rope"),
    ],
)
def test_a_weapon_is_read_whether_used_shown_or_claimed(text: str, key: str) -> None:
    assert [f.value for f in find_weapons(text)] == [key]


@each_row(
    "text",
    [
        "He brought a bottle of wine.",
        "He wore a belt and a scarf.",
        "Male with hairy arms.",
        "There was a chair in the room.",
        "She grabbed a knife and he ran.",
    ],
)
def test_everyday_things_and_the_harmed_persons_own_are_no_weapon(text: str) -> None:
    assert present("weapons", text) == set()


def test_a_denied_weapon_is_negated() -> None:
    assert [(f.value, f.negated) for f in find_weapons("He did not have a knife.")] == [("knife", True)]


@each_row(
    ("kind", "text", "keys"),
    [
        ("offences", "He raped her and stole her phone.", {"rape", "theft"}),
        ("offences", "He tried to rape her.", {"attempted_rape"}),
        ("offences", "He threatened to rape her.", {"threats"}),
        ("offences", "He robbed me at knifepoint.", {"robbery"}),
        ("offences", "She was punched and kicked.", {"violence"}),
        ("offences", "He left without paying.", {"fraud_nonpayment"}),
        ("offences", "She punched him and ran.", set()),
        ("offences", "She was not raped.", set()),
        ("contact_methods", "He pulled up beside her in a van.", {"kerb_by_car"}),
        ("contact_methods", "He rang to make an appointment.", {"phone"}),
        ("contact_methods", "Booking made through an agency.", {"agency"}),
        ("contact_methods", "He stole her phone.", set()),
        ("contact_methods", "He found her profile online.", {"web"}),
        ("venues", "He drove her to a multi-storey car park.", {"car_park"}),
        ("venues", "It was an outcall to his flat.", {"own_home"}),
        ("venues", "He came to my flat.", {"flat"}),
        ("venues", "They met in a hotel room.", {"hotel"}),
        ("venues", "He dragged her into the bushes.", {"woodland"}),
        ("venues", "He had a friendly manner.", set()),
    ],
)
def test_a_narrative_is_read(kind: str, text: str, keys: set[str]) -> None:
    assert present(kind, text) == keys


@given(st.text(max_size=150))
@settings(max_examples=80)
def test_no_text_whatever_raises(text: str) -> None:
    for kind in KINDS:
        normalise(kind, text)
        assert all(0 <= f.start < f.end <= len(text) for f in found(kind, text))


@pytest.mark.skipif(not ALERTS.exists(), reason="the published alerts lie beside the repository")
def test_the_published_outcall_is_read_as_an_agency_booking_to_his_home() -> None:
    text = next(part for part in ALERTS.read_text(encoding="utf-8").split("\n\n") if "agency" in part)
    assert present("contact_methods", text) == {"agency"}
    assert present("venues", text) == {"own_home"}
    assert "sexual_assault" in present("offences", text)
    assert present("weapons", text) == set()


@each_row(
    ("text", "keys"),
    [
        ("He pulled a belt tight round her neck.", {"belt"}),
        ("He whipped her with a belt.", {"belt"}),
        ("He said the dog would bite her, then the dog bit her calf.", {"dog"}),
        ("He said dog will eat me.", {"dog"}),
        ("The woman had acid thrown towards her.", {"acid"}),
        ("He hit her on the back of the head with a half brick.", {"stone"}),
        ("He taped a worker's mouth.", {"tape"}),
        ("He cut her arm with a bit of the glass.", {"glass"}),
        ("He put kitchen scissors to her neck.", {"scissors"}),
        ("An old man with a walking stick watched them under the awning.", set()),
        ("A bottle green Ford pulled up and he showed a badge.", set()),
        ("He was cut, with a glass eye.", set()),
        ("He wore a belt round his waist.", set()),
    ],
)
def test_everyday_things_are_weapons_where_they_are_used_as_such(text: str, keys: set[str]) -> None:
    assert {str(f.value) for f in find_weapons(text) if not f.negated} == keys
