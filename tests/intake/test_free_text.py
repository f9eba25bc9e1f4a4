"""Free texts in other people's registers: whose fact is whose, and what ordinary words do not say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from linkage.intake.assemble.extract import extract_report
from linkage.report import Person, Range, Report
from tests.rows import each_row, known_misreadings

TODAY = date(2024, 1, 1)
TEXTS = Path(__file__).parent / "texts"


def read(text: str, received: str | None = None) -> Report:
    return extract_report(text, "one", received, TODAY)


def only(text: str) -> Person:
    (person,) = read(text).suspects
    return person


def ages(report: Report) -> list[Range | None]:
    return [person.age for person in report.suspects]


@pytest.mark.parametrize(
    "text",
    [
        "Offender 1: Asian male 25-30, slim. Offender 2: white male approx 40, heavy build.",
        "Suspect A is Asian, aged 25-30, slim. Suspect B is white, about 40 years old, heavy build.",
        "Two of them turned up. The first was Asian, aged 25-30, slim. His mate was white, about 40, heavy build.",
    ],
)
def test_numbered_lettered_and_counted_people_are_set_apart(text: str) -> None:
    first, second = read(text).suspects
    assert (first.ethnicity, first.build, second.ethnicity, second.build) == (
        ["asian"],
        ["slim"],
        ["white"],
        ["large"],
    )
    assert ages(read(text)) == [Range(min=25, max=30), Range(min=38, max=42)]


def test_a_couple_is_a_man_and_a_woman() -> None:
    report = read("A couple booked me. She was blonde, about 28. He was late 30s, stocky. They took my money.")
    assert {person.sex: person.age for person in report.suspects} == {
        "male": Range(min=37, max=39),
        "female": Range(min=26, max=30),
    }


@pytest.mark.parametrize(
    "text",
    [
        "He hit the manager, who is a tall man with a grey ponytail.",
        "A taxi driver, an Asian man in his 50s with a beard, stopped to help her after he had pushed her out.",
        "A man robbed her. The victim is a 30-year-old man with red hair.",
        "A witness, a silver-haired woman of 70 with glasses, saw a man run off.",
    ],
)
def test_what_a_victim_or_bystander_is_said_to_be_is_not_the_reported_persons(text: str) -> None:
    for person in read(text).suspects:
        assert person.hair is None
        assert (person.age, person.ethnicity, person.facial_hair, person.glasses) == (None, [], [], None)


@pytest.mark.parametrize(
    "text",
    [
        "He was my height, I'm 5ft 4. Fifties, glasses.",
        "He asked if she was a real girl and went mental. White, in his fifties, glasses.",
        "He stood in the door. White, fifties, glasses, no tattoos that I could see.",
    ],
)
def test_a_fragment_after_words_about_somebody_else_describes_the_reported_person(text: str) -> None:
    person = only(text)
    assert (person.age, person.glasses) == (Range(min=50, max=59), True)


@pytest.mark.parametrize("age", [18, 31, 33, 36, 47, 65])
@pytest.mark.parametrize("text", ["a man aged {}", "{} year old man", "man, {}", "he was {}", "{}, stocky, bald"])
def test_whoever_a_note_describes_is_the_reported_person(text: str, age: int) -> None:
    assert only(text.format(age)).age == Range(min=age, max=age)


def test_a_woman_may_be_the_reported_person() -> None:
    assert only("Blonde female, claims to be called Crystal, 30s, told me there was a job.").sex == "female"


@each_row(
    ("text", "age"),
    [
        ("The man was Asian, 45 or so, grey beard.", Range(min=43, max=47)),
        ("She met a man of about 50 in a suit.", Range(min=48, max=52)),
        ("He knocked. About 30, hand tattoos.", Range(min=28, max=32)),
        ("Male w/m 38-42yrs, slim.", Range(min=38, max=42)),
        ("bloke, thirty-odd, chubby", Range(min=30, max=39)),
    ],
)
def test_ages_as_people_write_them(text: str, age: Range) -> None:
    assert ages(read(text)) == [age]


@each_row(
    ("text", "present", "not_said"),
    [
        ("He stamped on her phone.", "damages_property", "slaps_or_punches"),
        ("A regular punter had punched her in the face.", "slaps_or_punches", "victim_fought_back"),
        ("he slapd me twice", "slaps_or_punches", "victim_fought_back"),
        ("Put the blade against her throat.", "weapon_to_body", "strangles"),
        ("He put his hands over her mouth.", "hand_over_mouth", "gropes"),
        ("They'd driven off before I noticed.", "drives_off", "drives_away_with_victim"),
        ("He said he's a plumber.", "claims_occupation", "poses_as_police"),
        ("He carried on even though I was telling him to stop.", "persists_after_no", "vaginal_rape"),
        ("He asked me to switch the lights off.", "insists_on_dark", "boasts_killer"),
        ("Said he would tell my mum what I do.", "threat_to_out", "threat_to_family"),
        ("He had a ball gag and a bag of rope all laid out.", "prepared_in_advance", "victim_complied"),
    ],
)
def test_a_behaviour_is_read_and_its_neighbour_is_not(text: str, present: str, not_said: str) -> None:
    found = read(text).behaviours.present
    assert present in found
    assert not_said not in found


@each_row(
    "text",
    [
        "omg babes watch out 4 this guy",
        "He took £20 out of my drawer.",
        "He is about 60, 20 stone, and plays golf.",
        "He drove a beat-up Merc on the beat.",
        "I say he take my money 300 pound and he go.",
        "He was looking for models.",
    ],
)
def test_ordinary_words_say_no_behaviour_and_no_vehicle(text: str) -> None:
    report = read(text)
    wrong = {"threat_to_out", "stalks_after", "alcohol_or_drugs", "exposes_or_masturbates", "beats", "rough_sex"}
    assert not (wrong | {"steals_phone", "repeat_contact"}) & set(report.behaviours.present)
    assert not [one for one in report.vehicles if one.make == "Tesla"]


def test_the_note_of_a_project_worker_tells_the_day_of_the_incident_and_the_day_it_was_written_apart() -> None:
    report = read("Outreach note 19/09/2017. On Thursday 14 September a man took her to the park.", "2017-09-19")
    assert report.occurred.from_ is not None
    assert report.occurred.from_.startswith("2017-09-14")


@pytest.mark.parametrize(
    ("text", "hour"), [("Thurs 8 Feb 2018 - 20:15. Woman working in Derby.", 20.25), ("2130-2200 hrs, Derby.", 21.5)]
)
def test_a_year_before_a_time_is_no_clock_time(text: str, hour: float) -> None:
    assert read(text).occurred.hour_min == hour


@pytest.mark.parametrize(
    ("text", "make", "colour", "body"),
    [
        ("He drove a Merc C class, gold, 2001 or so.", "Mercedes-Benz", ["gold"], None),
        ("He drove a Volvo, big man, grey beard.", "Volvo", [], None),
    ],
)
def test_a_colour_may_follow_its_vehicle(text: str, make: str | None, colour: list[str], body: str | None) -> None:
    (one,) = read(text).vehicles
    assert (one.make, one.colour, one.body) == (make, colour, body)


def test_the_month_is_no_town() -> None:
    assert read("When: Saturday 14 March 2015. Where: the park, Rotherham.").place.town == "Rotherham"


def test_a_height_may_be_two_bare_numbers() -> None:
    height = only("Thick set man, about 5 7, skinhead.").height_cm
    assert height is not None
    assert height.min is not None
    assert 165 <= height.min <= 172


@pytest.mark.parametrize(
    ("name", "count", "each"),
    [
        ("dev", 60, 2),
        ("repaired", 3545, 40),
        ("held_out", 310, 9),
        ("registers", 1900, 57),
        ("notes", 375, 5),
        ("notes_check", 125, 5),
    ],
)
def test_the_labelled_texts_are_read_without_error(name: str, count: int, each: int) -> None:
    """Of those that the benchmarks read anyway a part, for the sake of the suite's time."""
    lines = [json.loads(line) for line in (TEXTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({line["id"] for line in lines}) == count
    for line in lines[::each]:
        report = read(line["text"], line.get("received"))
        for person in report.suspects:
            for spans in person.spans.values():
                assert all(0 <= start < end <= len(line["text"]) for start, end in spans)


@pytest.mark.parametrize(
    ("text", "town"),
    [("Leeds city centre, 5 Feb 2025. A man about 40.", "Leeds"), ("Coventry area. Male, 30s.", "Coventry")],
)
def test_an_alert_may_open_with_a_centre_or_an_area(text: str, town: str) -> None:
    assert extract_report(text).place.town == town


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("A tall man about 50 with a blue car.", 48, 52), ("w/m 40-50 bald big build", 40, 50)],
)
def test_an_age_beside_the_person_needs_no_comma(text: str, low: int, high: int) -> None:
    assert extract_report(text).suspects[0].age == Range(min=low, max=high)


@pytest.mark.parametrize(
    "text", ["A man about 50 metres away.", "He hit the man 40-50 times.", "A man with 30 in total."]
)
def test_other_numbers_beside_a_person_are_no_ages(text: str) -> None:
    assert all(person.age is None for person in extract_report(text).suspects)


@each_row(
    ("text", "not_his"),
    [
        ("He hit her. The bouncer pushed him out of the door.", "pushes_or_throws"),
        ("He hit her. A passer-by shouted at him.", "shouts"),
        ("He hit her. The nurse photographed her injuries.", "films_or_photographs"),
        ("He hit her. A witness followed him home.", "stalks_after"),
    ],
)
def test_what_a_bystander_did_is_not_the_reported_persons(text: str, not_his: str) -> None:
    assert not_his not in read(text).behaviours.present


@known_misreadings(
    ("text", "not_his"),
    [
        ("He hit her. The receptionist refused to give her name.", "refuses_details_or_deposit"),
        ("He hit her. The taxi driver took her to hospital and refused to take payment.", "non_payment"),
    ],
)
def test_what_a_bystander_did_is_still_misread(text: str, not_his: str) -> None:
    """Since sentences are read as a whole (docs/decisions/0088)."""
    assert not_his not in read(text).behaviours.present


def test_what_was_done_to_a_bystander_is() -> None:
    assert "pushes_or_throws" in read("He ran in. Her friend was pushed to the floor.").behaviours.present


@known_misreadings(
    ("text", "not_told"),
    [
        ("He refused to let her out.", "lets_go"),
    ],
)
def test_a_behaviour_still_read_where_it_is_not_told(text: str, not_told: str) -> None:
    assert not_told not in read(text).behaviours.present
