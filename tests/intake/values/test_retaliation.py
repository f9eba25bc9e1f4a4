"""Blows that the person harmed gave back, and denials that leave no deed undone."""

from __future__ import annotations

import pytest

from linkage.intake import extract_report
from tests.rows import each_row, known_misreadings

HIT_BACK = [
    "I hit him with a bottle.",
    "She hit him with a bottle and got out.",
]
HIT_HER = [
    ("He hit me with a bottle.", "bottle"),
    ("I was hit with a bottle.", "bottle"),
    ("He came at me with a knife and I hit him with a brick.", "knife"),
    ("I saw him with a knife.", "knife"),
]
NOT_ABSENT = [
    ("He would not hand my keys back.", "steals_id_or_keys"),
    ('Refused to pay up front, said "you\'ll get it after".', "pretext_to_leave"),
    ("Refused to pay up front, said you'll get it after.", "pretext_to_leave"),
]
ABSENT = [
    ("He wouldn't take my money back.", ["takes_payment_back"]),
    ("He was not violent.", ["uses_violence"]),
    ("She was not punched, kicked or strangled.", ["slaps_or_punches", "kicks", "strangles"]),
]


@each_row("text", HIT_BACK)
def test_a_blow_given_back_is_no_deed_and_no_weapon_of_the_reported_person(text: str) -> None:
    report = extract_report(text)
    assert set(report.behaviours.present) <= {"victim_fought_back", "flees_on_foot", "victim_escaped"}
    assert "victim_fought_back" in report.behaviours.present
    assert report.weapons == []


@pytest.mark.parametrize(("text", "weapon"), HIT_HER)
def test_a_weapon_used_on_the_person_harmed_is_kept(text: str, weapon: str) -> None:
    assert extract_report(text).weapons == [weapon]


@each_row(("text", "key"), NOT_ABSENT)
def test_what_was_kept_back_or_denied_of_one_kind_alone_is_not_absent(text: str, key: str) -> None:
    assert key not in extract_report(text).behaviours.absent


@each_row(("text", "keys"), ABSENT)
def test_what_is_denied_is_absent(text: str, keys: list[str]) -> None:
    assert set(keys) <= set(extract_report(text).behaviours.absent)


def test_a_form_that_asks_for_the_persons_own_details_describes_nobody_reported() -> None:
    form = "Your ethnicity: White Irish\nYour age: 26\nYour gender: Female\nWhat happened: He punched me."
    person = extract_report(form).suspects[0]
    assert (person.sex, person.age, person.ethnicity) == ("male", None, [])


@pytest.mark.parametrize(
    "text", ["He drove a beat up green corsa.", "A beaten up old Transit.", "He had a punch bag."]
)
def test_a_thing_in_a_bad_state_or_to_box_with_tells_of_no_violence(text: str) -> None:
    report = extract_report(text)
    assert report.offences == []
    assert "slaps_or_punches" not in report.behaviours.present


@pytest.mark.parametrize(
    "text", ["He left a beaten up woman by the road.", "She was beaten up.", "He beat up a girl."]
)
def test_a_person_who_was_beaten_up_tells_of_violence(text: str) -> None:
    assert extract_report(text).offences == ["violence"]


def test_words_of_a_set_phrase_are_read_together() -> None:
    assert extract_report("He kicked her in the ribs.").behaviours.present == ["kicks"]


@each_row(
    ("text", "keys"),
    [("He kicked her out on Gelderd Rd.", ["pushes_out_of_vehicle"]), ("He kicked her out of the flat.", [])],
)
def test_a_person_put_out_was_not_kicked(text: str, keys: list[str]) -> None:
    assert extract_report(text).behaviours.present == keys


@known_misreadings(
    ("text", "keys"),
    [
        ('He said "you\'ll get it after".', []),
    ],
)
def test_a_set_phrase_is_still_misread(text: str, keys: list[str]) -> None:
    """Since sentences are read as a whole (docs/decisions/0088, 0091)."""
    assert extract_report(text).behaviours.present == keys
