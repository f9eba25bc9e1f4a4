"""A weapon that was not there, or of which nobody knows: never among the weapons of a report."""

from __future__ import annotations

from linkage.intake.judge.weapons import find_weapons
from tests.rows import each_row

DENIED = [
    ("No weapon was seen.", "unspecified_weapon"),
    ("No weapons were used or seen.", "unspecified_weapon"),
    ("The man was not armed.", "unspecified_weapon"),
    ("He did not produce a weapon.", "unspecified_weapon"),
    ("He was not carrying any weapon.", "unspecified_weapon"),
    ("He was not seen to carry a weapon.", "unspecified_weapon"),
    ("She did not see a weapon.", "unspecified_weapon"),
    ("It is not believed that a weapon was used.", "unspecified_weapon"),
    ("Neither man had a weapon.", "unspecified_weapon"),
    ("A weapon was not used.", "unspecified_weapon"),
    ("The knife was not used.", "knife"),
    ("The gun was never shown.", "firearm"),
    ("Weapon: none", "unspecified_weapon"),
    ("Weapons: no", "unspecified_weapon"),
    ("Weapon: nil", "unspecified_weapon"),
    ("Weapon used? No", "unspecified_weapon"),
    ("Weapons - none seen", "unspecified_weapon"),
    ("Knife seen: no", "knife"),
    ("No knife was seen.", "knife"),
    ("I didn't see a knife.", "knife"),
    ("He did not have a gun.", "firearm"),
    ("he have no knife", "knife"),
]
UNKNOWN = [
    "It is not known whether he was armed.",
    "It is not known if a weapon was used.",
    "Police do not know whether he had a knife.",
    "He was unarmed.",
    "There was nothing in his hands.",
]
PRESENT = [
    ("Weapon: knife", "knife"),
    ("Weapon used: hammer", "hammer"),
    ("The weapon used was a knife, which was not recovered.", "knife"),
    ("He had a knife but did not hurt her.", "knife"),
    ("A gun was pointed at her but not fired.", "firearm"),
]


@each_row(("text", "key"), DENIED)
def test_a_denied_weapon_is_read_as_denied(text: str, key: str) -> None:
    found = find_weapons(text)
    assert key in {f.value for f in found if f.negated}
    assert not [f for f in found if not f.negated]


@each_row("text", UNKNOWN)
def test_a_weapon_that_nobody_tells_of_is_not_read(text: str) -> None:
    assert not [f for f in find_weapons(text) if not f.negated]


@each_row(("text", "key"), PRESENT)
def test_a_weapon_stays_where_something_else_is_denied(text: str, key: str) -> None:
    assert key in {f.value for f in find_weapons(text) if not f.negated}


WORN = [
    "She carried her shoes and ran.",
    "He wore reading glasses on a cord.",
    "He pulled at her bag and the strap broke.",
    "His glasses were held together with tape.",
    "He chucked my shoes out of the window.",
    "He tried to knock her price down.",
]


@each_row("text", WORN)
def test_what_people_wear_or_carry_is_no_weapon(text: str) -> None:
    assert not [f for f in find_weapons(text) if not f.negated]


@each_row(
    "text",
    [
        "He hammered her about the head with both fists.",
        "He wrenched her arm up behind her.",
        "He is about 13 stone with a buzz cut.",
        "White, aged 22, spray tan.",
        "Both wore dark clothing with scarves over their faces.",
    ],
)
def test_a_word_in_another_sense_is_no_weapon(text: str) -> None:
    assert not find_weapons(text)


@each_row(
    ("text", "key"),
    [
        ("His mate was waiting there with a needle in his fist.", "syringe"),
        ("A roll of tape and a length of washing line had been laid ready.", "rope"),
        ("He squirted something from a canister into her face.", "spray"),
        ("The dog held her by the calf.", "dog"),
        ("He brought the cane down on her legs.", "stick"),
        ("He struck her with what looked like a club.", "bat"),
        ("She could not get out on her side, he held a screwdriver to her thigh.", "screwdriver"),
    ],
)
def test_what_was_used_is_a_weapon_by_how_it_is_told(text: str, key: str) -> None:
    assert key in {f.value for f in find_weapons(text) if not f.negated}


@each_row(
    "text",
    [
        "He hit her. He has a chin strap beard.",
        "She was attacked on her way to the gentlemen's club by a man who hit her.",
        "He attacked her on the path to the golf club.",
        "She was outside a club when he grabbed her.",
        "He hit her after she had left the Cardiff club.",
        "He picked her up from club.",
        "He grabbed her near a brick wall.",
        "He hit her near the rope factory.",
        "He tried to cut the strap of her bag.",
    ],
)
def test_a_beard_and_a_place_are_no_weapon(text: str) -> None:
    assert [f.value for f in find_weapons(text)] == []


FURTHER = [
    ("He picked up the kettle lead, looped it round her neck and twisted.", "rope"),
    ("She bound his ankles to the rail with baler twine.", "rope"),
    ("He squirted bleach from a bottle.", "acid"),
    ("He emptied a small can into her face.", "spray"),
    ("He had a large Alsatian which he threatened to let loose on her.", "dog"),
    ("In one hand he had a petrol can.", "fire"),
    ("A sedative was slipped into her tea.", "drug"),
    ("He came back with a length of scaffold tube and hit her.", "bar"),
    ("He opened a case with needles and wanted to inject me.", "syringe"),
    ("The car mounted the pavement at her.", "vehicle"),
]
NO_WEAPON = [
    "He had specs mended with tape on one arm.",
    "She had bottle-black hair, and he hit her.",
    "He threw her against the bottle bank.",
    "He had blood on one cuff when he hit her.",
    "Firearms officers were called.",
    "Her hair is bleached and she had burned skin.",
    "A dog walker found her.",
    "He wore a lanyard around his neck.",
]


@each_row(("text", "kind"), FURTHER)
def test_things_used_as_weapons_are_read(text: str, kind: str) -> None:
    assert kind in {found.value for found in find_weapons(text) if not found.negated}


@each_row("text", NO_WEAPON)
def test_what_is_only_named_is_no_weapon(text: str) -> None:
    assert not [found for found in find_weapons(text) if not found.negated]
