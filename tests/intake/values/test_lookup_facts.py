"""Weapons, offences, contact methods and venues: words to keys and findings in narratives."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.values import contact, offence, venue, weapon
from linkage.vocabulary import load
from tests.rows import each_row

KINDS = [(weapon, "weapons"), (offence, "offences"), (contact, "contact_methods"), (venue, "venues")]
ENTRIES = [(module, entry) for module, name in KINDS for entry in load(name).entries.values()]
ALERTS = Path(__file__).parents[4] / "shared" / "data" / "published_alerts.txt"


def present(module: ModuleType, text: str) -> set[str]:
    return {f.value for f in module.find(text) if not f.negated}


@each_row(("module", "entry"), ENTRIES)
def test_every_entry_reads_its_example_and_its_own_words(module: ModuleType, entry) -> None:
    assert entry.key in present(module, entry.example)
    for words in (entry.key, entry.label, *entry.synonyms, *entry.data.get("words", ())):
        assert module.normalise(words) == entry.key, words


@each_row(
    ("module", "words", "key"),
    [
        (weapon, "Kitchen Knife", "knife"),
        (weapon, "knives", "knife"),
        (weapon, "a large kitchen knife", "knife"),
        (weapon, "hammers", "hammer"),
        (weapon, "imitation_firearm", "imitation_firearm"),
        (weapon, "none", None),
        (weapon, "banana", None),
        (offence, "Attempted-Rape", "attempted_rape"),
        (offence, "sexual assaults", "sexual_assault"),
        (offence, "assult", "violence"),
        (offence, "robery", "robbery"),
        (offence, "non_payment", "fraud_nonpayment"),
        (offence, "threats to kill", "threats"),
        (offence, "physical violence", "violence"),
        (offence, "jaywalking", None),
        (contact, "kerb_by_car", "kerb_by_car"),
        (contact, "kerb by car", "kerb_by_car"),
        (contact, "kerb, on foot", "kerb_on_foot"),
        (contact, "telephone", "phone"),
        (contact, "Walk-in", "walk_in"),
        (contact, "WhatsApp", "text"),
        (contact, "escort agency", "agency"),
        (contact, "web site", "web"),
        (contact, "carrier pigeon", None),
        (venue, "Car Park", "car_park"),
        (venue, "multi-storey", "car_park"),
        (venue, "his home", "own_home"),
        (venue, "hotel room", "hotel"),
        (venue, "industrial estates", "industrial_estate"),
        (venue, "massage parlor", "parlour"),
        (venue, "the moon", None),
    ],
)
def test_words_of_a_field_resolve(module: ModuleType, words: str, key: str | None) -> None:
    assert module.normalise(words) == key


@each_row(
    ("text", "key", "manner"),
    [
        ("He pulled a knife on her.", "knife", "threatened"),
        ("He stabbed her with a screwdriver.", "screwdriver", "used"),
        ("He threatened her with a hammer.", "hammer", "threatened"),
        ("He said he had a gun.", "firearm", "claimed"),
        ("There was a machete on the back seat.", "machete", "seen"),
        ("He hit her over the head with a wine bottle.", "bottle", "used"),
        ("He tied her wrists with rope.", "rope", "used"),
    ],
)
def test_a_weapon_is_read_with_what_was_done_with_it(text: str, key: str, manner: str) -> None:
    assert [(f.value, f.rule.split(":")[0]) for f in weapon.find(text)] == [(key, manner)]


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
    assert present(weapon, text) == set()


def test_a_denied_weapon_is_negated() -> None:
    assert [(f.value, f.negated) for f in weapon.find("He did not have a knife.")] == [("knife", True)]


@each_row(
    ("module", "text", "keys"),
    [
        (offence, "He raped her and stole her phone.", {"rape", "theft"}),
        (offence, "He tried to rape her.", {"attempted_rape"}),
        (offence, "He threatened to rape her.", {"threats"}),
        (offence, "He robbed me at knifepoint.", {"robbery"}),
        (offence, "She was punched and kicked.", {"violence"}),
        (offence, "He left without paying.", {"fraud_nonpayment"}),
        (offence, "She punched him and ran.", set()),
        (offence, "She was not raped.", set()),
        (contact, "He pulled up beside her in a van.", {"kerb_by_car"}),
        (contact, "He rang to make an appointment.", {"phone"}),
        (contact, "Booking made through an agency.", {"agency"}),
        (contact, "He stole her phone.", set()),
        (contact, "He found her profile online.", {"web"}),
        (venue, "He drove her to a multi-storey car park.", {"car_park"}),
        (venue, "It was an outcall to his flat.", {"own_home"}),
        (venue, "He came to my flat.", {"flat"}),
        (venue, "They met in a hotel room.", {"hotel"}),
        (venue, "He dragged her into the bushes.", {"woodland"}),
        (venue, "He had a friendly manner.", set()),
    ],
)
def test_a_narrative_is_read(module: ModuleType, text: str, keys: set[str]) -> None:
    assert present(module, text) == keys


@given(st.text(max_size=150))
@settings(max_examples=80)
def test_no_text_whatever_raises(text: str) -> None:
    for module, _ in KINDS:
        module.normalise(text)
        assert all(0 <= f.start < f.end <= len(text) for f in module.find(text))


@pytest.mark.skipif(not ALERTS.exists(), reason="the published alerts lie beside the repository")
def test_the_published_outcall_is_read_as_an_agency_booking_to_his_home() -> None:
    text = next(part for part in ALERTS.read_text(encoding="utf-8").split("\n\n") if "agency" in part)
    assert present(contact, text) == {"agency"}
    assert present(venue, text) == {"own_home"}
    assert "sexual_assault" in present(offence, text)
    assert present(weapon, text) == set()


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
    assert {str(f.value) for f in weapon.find(text) if not f.negated} == keys
