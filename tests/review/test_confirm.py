"""Entering a report: what is read can be kept, changed and removed, and every change goes through the intake."""

from __future__ import annotations

from typing import Any

from linkage.intake import extract_report
from linkage.report import Person, Report, Vehicle
from linkage.review.confirm import Added, confirmed
from linkage.review.draft import PERSON, VEHICLE, items_of, pieces
from linkage.review.entry_head import CONSENTS, Head, Problem, proposed_id
from tests.factories import TODAY, incident
from tests.rows import each_row

TEXT = (
    "Sunday 20th August 2010, Harbour Lane, York. 9.30-10 pm. Male, white British, mid 30s, 5 ft 7, bald, "
    "stubble, stocky. He drove a silver Mitsubishi Shogun, reg K5?. He said “you will not forget the lighthouse”. He "
    "grabbed her by the throat and stole her phone. He did not pay. He rang from 07700 900123."
)
HEAD = Head("R-1", "1 September 2010", "full", consent=dict.fromkeys(CONSENTS, False))


def test_whatever_a_report_may_tell_of_a_person_or_a_vehicle_can_be_confirmed() -> None:
    own = {"raw", "spans"}
    assert Person.model_fields.keys() - own == PERSON.keys()
    assert Vehicle.model_fields.keys() - own == VEHICLE.keys()


def draft(text: str = TEXT) -> Report:
    return extract_report(text, received="2010-09-01", today=TODAY)


def enter(
    words: dict[str, str] | None = None, added: Added | None = None, head: Head = HEAD, text: str = TEXT
) -> tuple[Report, list[Problem]]:
    read = draft(text)
    return confirmed(read, items_of(read), words or {}, added or Added(), head, {"HELD"}, TODAY)


def test_what_is_kept_is_what_was_read_with_its_words_and_spans() -> None:
    report, problems = enter()
    assert problems == []
    read = draft()
    filled = {"report_id": "R-1", "report_type": "full"}
    assert report == read.model_copy(update=filled)
    assert Report.model_validate(report.to_json()) == report


def test_every_value_is_shown_with_the_words_it_came_from() -> None:
    items = {item.path: item for item in items_of(draft())}
    assert (items["suspects.1.age"].value, items["suspects.1.age"].said) == ("33-37", "mid 30s")
    assert items["occurred.hour_min"].value == "21:30 to 22:00"
    assert items["vehicles.1.registration"].value == "K5?"
    assert items["behaviours.present.1"].said
    assert items["suspects.1.eyes"].value == ""
    cut = pieces(TEXT, list(items.values()))
    assert "".join(piece.words for piece in cut) == TEXT
    numbered = {number: piece.words for piece in cut for number in piece.numbers}
    assert numbered[items["suspects.1.age"].number] == "mid 30s"
    assert set(numbered) == {item.number for item in items.values() if item.number}


@each_row(
    ("words", "note"),
    [
        ("Last Friday in Leeds.", "counted from 1 September 2010, when it was received"),
        ("On 3 May in Leeds.", "counted from 1 September 2010, when it was received"),
        ("On 3 May 2010 in Leeds.", ""),
        ("On 3/5/10 in Leeds.", ""),
        ("In Leeds.", ""),
    ],
)
def test_a_date_without_a_year_says_by_which_day_it_was_counted(words: str, note: str) -> None:
    assert items_of(draft(words))[0].note == note


CHANGES: list[tuple[str, str, str, Any]] = [
    ("suspects.1.age", "late 20s", "suspects.0.age", {"min": 27, "max": 29}),
    ("suspects.1.height_cm", "6 ft", "suspects.0.height_cm.min", 183),
    ("suspects.1.build", "slim or medium", "suspects.0.build", ["slim", "medium"]),
    ("suspects.1.glasses", "no", "suspects.0.glasses", False),
    ("suspects.1.marks", "scar on chin; gold tooth", "suspects.0.marks", ["scar on chin", "gold tooth"]),
    ("vehicles.1.registration", "ab12 c?e", "vehicles.0.registration", "AB12C?E"),
    ("vehicles.1.colour", "dark blue", "vehicles.0.colour", ["blue"]),
    ("vehicles.1.body", "4x4", "vehicles.0.body", "4x4"),
    ("occurred.from", "Friday 20 August 2010", "occurred.weekday", "Friday"),
    ("occurred.hour_min", "about 3am", "occurred.hour_min", 2.5),
    ("place.text", "Leeds", "place.town", "Leeds"),
    ("place.postcode", "LS1", "place.postcode", "LS1"),
    ("place.venue", "car park", "place.venue", "car_park"),
    ("contact.method", "phone", "contact.method", "phone"),
    ("identifiers.1", "07700 900999", "identifiers.0.value", "07700900999"),
    ("weapons.1", "", "weapons", []),
    ("speech.1", "I will be back", "speech", ["I will be back"]),
]


def value_at(report: Report, path: str) -> Any:
    value: Any = report.to_json()
    for step in path.split("."):
        value = value[int(step)] if step.isdigit() else value[step]
    return value


@each_row(("path", "words", "where", "value"), CHANGES)
def test_a_changed_value_is_read_as_from_a_file(path: str, words: str, where: str, value: Any) -> None:
    report, problems = enter({path: words})
    assert problems == []
    assert value_at(report, where) == value
    untouched = "suspects.0.facial_hair"
    assert value_at(report, untouched) == value_at(draft(), untouched)


@each_row(
    ("path", "words"),
    [
        ("suspects.1.age", "banana"),
        ("suspects.1.height_cm", "banana"),
        ("suspects.1.sex", "banana"),
        ("vehicles.1.colour", "banana"),
        ("vehicles.1.registration", "!!"),
        ("occurred.from", "32 May 2010"),
        ("occurred.from", "banana"),
        ("occurred.hour_min", "banana"),
        ("occurred.weekday", "banana"),
        ("place.postcode", "banana"),
        ("identifiers.1", "banana"),
    ],
)
def test_a_value_that_cannot_be_used_gets_one_message_that_names_it(path: str, words: str) -> None:
    _, problems = enter({path: words})
    label = next(item.label for item in items_of(draft()) if item.path == path)
    assert [problem.label for problem in problems] == [label]
    assert words in problems[0].words.lower() or words in problems[0].words


@each_row("path", [item.path for item in items_of(draft()) if item.value])
def test_any_value_can_be_removed_and_is_then_unknown_never_absent(path: str) -> None:
    report, problems = enter({path: ""})
    assert problems == []
    assert report.behaviours.absent == []
    left = {item.path: item.value for item in items_of(report)}
    before = {item.path: item.value for item in items_of(draft())}
    if path.rpartition(".")[0] in ("behaviours.present", "offences", "speech") or path == "identifiers.1":
        assert sorted(left.values()) == sorted(value for at, value in before.items() if at != path)
    else:
        assert left[path] == ""


def test_list_items_keep_their_words_when_one_before_them_is_removed() -> None:
    report, _ = enter({"behaviours.present.1": ""})
    read = draft()
    assert report.behaviours.present == read.behaviours.present[1:]
    assert report.raw["behaviours.present.1"] == read.raw["behaviours.present.2"]
    assert report.spans["behaviours.present.1"] == read.spans["behaviours.present.2"]
    assert f"behaviours.present.{len(read.behaviours.present)}" not in report.spans


def test_a_weekday_that_contradicts_the_date_is_told_until_it_is_put_right() -> None:
    assert enter()[0].warnings == ["occurred: Sunday 20 August 2010 was a Friday"]
    assert enter({"occurred.weekday": "Friday"})[0].warnings == []
    assert enter({"occurred.weekday": ""})[0].warnings == []
    assert enter({"occurred.from": "22 August 2010"})[0].warnings == []
    assert enter({"occurred.from": "23 August 2010"})[0].warnings == ["occurred: Sunday 23 August 2010 was a Monday"]


def test_what_is_denied_is_absent_and_nothing_else_is() -> None:
    report, problems = enter(added=Added(absent=("kicks",), present=("showed a knife",)))
    assert problems == []
    assert report.behaviours.absent == ["kicks"]
    assert "knife_shown" in report.behaviours.present
    _, problems = enter(added=Added(absent=("strangles",)))
    assert [problem.label for problem in problems] == ["What happened"]


def test_more_people_vehicles_and_contact_details_can_be_added() -> None:
    added = Added(person="tall thin man in his 20s", vehicle="red Ford Fiesta", identifiers=("07700 900777",))
    report, problems = enter(added=added)
    assert problems == []
    assert report.suspects[1].build == ["slim"]
    assert report.vehicles[1].model == "Fiesta"
    assert [one.value for one in report.identifiers] == ["07700900123", "07700900777"]


def test_a_report_with_nobody_in_it_can_be_filled_in() -> None:
    report, problems = enter({"suspects.1.age": "40s", "vehicles.1.model": "Focus"}, text="Something happened.")
    assert problems == []
    assert (report.suspects[0].age, report.vehicles[0].make) == (incident(age="40s").suspects[0].age, "Ford")
    assert enter(text="Something happened.")[0].suspects == []


@each_row(
    ("head", "label"),
    [
        (Head("", consent=HEAD.consent), "Report number"),
        (Head("HELD", consent=HEAD.consent), "Report number"),
        (Head("R-1", follows="NOBODY", consent=HEAD.consent), "Same incident as"),
        (Head("R-1", received="sometime", consent=HEAD.consent), "Received"),
        (Head("R-1", consent={**HEAD.consent, "police": None}), "Consent"),
    ],
)
def test_the_head_must_be_in_order(head: Head, label: str) -> None:
    assert [problem.label for problem in enter(head=head)[1]] == [label]


def test_consent_and_source_are_kept_as_answered() -> None:
    source = {"kind": "project", "evaluation": "2", "assessment": "B", "handling": "P"}
    head = Head("R-1", source=source, consent={"alert": True, "police": False, "scas": False})
    report, problems = enter(head=head)
    assert problems == []
    assert report.consent.model_dump() == {"alert": True, "police": False, "scas": False}
    assert report.source.model_dump() == {"kind": "project", "evaluation": 2, "assessment": "B", "handling": "P"}


def test_a_number_is_proposed_that_is_not_taken() -> None:
    assert proposed_id("2010-09-01", set(), TODAY) == "R-20100901-01"
    assert proposed_id("2010-09-01", {"R-20100901-01", "R-20100901-02"}, TODAY) == "R-20100901-03"
    assert proposed_id(None, set(), TODAY) == "R-20260630-01"


TWO = (
    "On Friday 12 March 2021 two men attacked me in Leeds. The first man was white, tall, with a beard. The second "
    "man was Asian and short. They got out of a blue Ford Focus and a white Vauxhall Corsa."
)


@each_row("text", [TWO, "", "x" * 10_000, "рост 180 — высокий 😀", "He was tall. " * 700])
def test_awkward_texts_are_taken(text: str) -> None:
    report, problems = enter(text=text)
    assert problems == []
    assert Report.model_validate(report.to_json()) == report


def test_each_of_two_people_and_vehicles_is_confirmed_alone() -> None:
    report, _ = enter({"suspects.2.ethnicity": "", "vehicles.2.colour": "black"}, text=TWO)
    assert [person.ethnicity for person in report.suspects] == [["white"], []]
    assert [vehicle.colour for vehicle in report.vehicles] == [["blue"], ["black"]]


def test_what_was_read_less_surely_is_asked_about_as_such() -> None:
    said = {"present": ["kicks", "spits", "bites"], "probability": {"kicks": 0.9, "spits": 0.6, "bites": 0.4}}
    notes = [item.note for item in items_of(Report.model_validate({"report_id": "R", "behaviours": said}))]
    assert [note for note in notes if note] == ["read as: likely", "read as: perhaps"]
