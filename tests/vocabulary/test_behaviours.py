"""What must hold of the behaviour, weapon, offence, contact and venue vocabularies."""

from __future__ import annotations

import re

from linkage.vocabulary import load
from tests.rows import each_row

DOMAINS = {
    "contact_approach",
    "deception",
    "control",
    "vehicle_use",
    "violence",
    "weapon",
    "sexual",
    "theft_payment",
    "speech_manner",
    "precaution",
    "departure",
    "afterwards",
}
BANNED = re.compile(r"\b(match|matches|hit|hits|suspect|suspects|guilty|offender|offenders)\b", re.I)
BEHAVIOURS = load("behaviours").entries.values()


def test_there_are_at_least_120_behaviour_variables_in_twelve_domains() -> None:
    assert len(BEHAVIOURS) >= 120
    assert {entry.data["domain"] for entry in BEHAVIOURS} == DOMAINS


@each_row("entry", BEHAVIOURS)
def test_every_variable_has_its_item_its_numbers_with_tags_and_enough_synonyms(entry) -> None:
    assert entry.data["item"]
    assert 0 < entry.data["prevalence"] < 1
    assert 0 < entry.data["consistency"] < 1
    assert entry.data["prevalence_tag"] in "VDRMG"
    assert entry.data["consistency_tag"] in "VDRMG"
    assert len(entry.synonyms) >= 8
    assert re.fullmatch(r"[a-z][a-z0-9_]+", entry.key)
    assert entry.example.endswith(".")


@each_row("entry", BEHAVIOURS)
def test_variables_point_only_at_variables_that_exist(entry) -> None:
    known = load("behaviours").entries.keys()
    named = {
        *entry.data.get("yields_to", ()),
        entry.data.get("threatened", entry.key),
    }
    assert named <= known


@each_row("name", ["behaviours", "weapons", "offences", "contact_methods", "venues"])
def test_no_label_uses_a_word_that_users_must_not_read(name: str) -> None:
    assert [e.key for e in load(name).entries.values() if BANNED.search(e.label)] == []


@each_row("name", ["behaviours", "weapons", "offences", "contact_methods", "venues"])
def test_labels_are_unique(name: str) -> None:
    labels = [entry.label for entry in load(name).entries.values()]
    assert len(labels) == len(set(labels))


def test_items_gather_several_variables_and_stay_within_one_domain() -> None:
    domains: dict[str, set[str]] = {}
    for entry in BEHAVIOURS:
        domains.setdefault(entry.data["item"], set()).add(entry.data["domain"])
    assert all(len(found) == 1 for found in domains.values())
    assert len(domains) < len(BEHAVIOURS) / 2


@each_row(
    "key",
    [
        "poses_as_client",
        "surprise_attack",
        "blitz_attack",
        "breaks_agreed_condition",
        "booked_by_phone",
        "booked_online",
        "booked_via_agency",
        "kerb_approach_on_foot",
        "kerb_approach_by_car",
        "withholds_number",
        "haggles",
        "asks_unusual_service",
        "poses_as_police",
        "gives_false_name",
        "second_person_appears",
        "outcall_to_own_place",
        "takes_payment_back",
        "non_payment",
        "fake_notes",
        "alcohol_or_drugs",
        "insults",
        "boasts_killer",
        "asks_personal_questions",
        "wears_disguise",
        "flees_when_disturbed",
        "drives_away_with_victim",
        "refuses_to_stop_vehicle",
        "locks_vehicle_doors",
        "parks_secluded",
        "blocks_exit",
        "grabs_from_behind",
        "hand_over_mouth",
        "strangles",
        "pins_down",
        "pulls_hair",
        "slaps_or_punches",
        "kicks",
        "weapon_shown",
        "knife_shown",
        "firearm_shown",
        "blunt_object_used",
        "ties_up",
        "gags_or_blindfolds",
        "burns_or_cuts",
        "racist_or_hate_abuse",
        "threat_to_kill",
        "threat_if_reported",
        "destroys_forensics",
        "releases_far_away",
        "vaginal_rape",
        "anal_rape",
        "forced_oral",
        "digital_penetration",
        "removes_condom",
        "refuses_condom",
        "ejaculates",
        "kisses",
        "fetish_or_role",
        "films",
        "threat_to_out",
        "stalks_after",
        "repeat_contact",
        "steals_cash",
        "steals_phone",
        "steals_id_or_keys",
        "demands_drugs",
        "offers_drink_or_drugs",
        "spikes_drink",
        "apologises",
        "compliments",
        "wears_gloves_or_cleans",
        "victim_escaped",
        "victim_fought_back",
        "returns_victim",
    ],
)
def test_every_item_of_the_published_table_of_prevalences_is_there(key: str) -> None:
    assert key in load("behaviours").entries
