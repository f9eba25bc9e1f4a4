"""The truth file says of every fact whether it is told, where it stands and whether it is wrong, and is right."""

import json
import re
from collections import Counter, defaultdict
from datetime import date
from typing import Any

import pytest

from linkage.synthetic import TRUTH_COLUMNS, World, generate
from linkage.synthetic.ledger import FACTS

BOX = {  # fact -> where its box is in a report
    **{name: ("suspects", name) for name in ("sex", "age", "height", "build", "ethnicity", "complexion", "eyes")},
    **{name: ("suspects", name) for name in ("facial_hair", "glasses", "accent", "marks", "clothing", "names_used")},
    **{name: ("vehicles", name) for name in ("make", "model", "colour", "body", "registration", "features")},
}


@pytest.fixture(scope="module")
def world() -> World:
    """No slip of the keyboard, so that words can be found again."""
    return generate(900, seed=5, overrides={"report.typo": 0.0})


def first(report: dict[str, Any], field: str, row: dict[str, Any]) -> dict[str, Any]:
    """The first person or vehicle in the form; none where only the second one has a box."""
    held = any(row[f"in_{name}"] in ("form", "both") for name, (of, _) in BOX.items() if of == field)
    held |= field == "suspects" and any(row[f"in_{n}"] in ("form", "both") for n in ("hair_colour", "hair_style"))
    return report[field][0] if held else {}


def test_every_fact_has_its_three_columns_and_they_go_together(world: World) -> None:
    for name in FACTS:
        assert {f"told_{name}", f"in_{name}", f"wrong_{name}"} <= set(TRUTH_COLUMNS)
        rows = [(row[f"told_{name}"], row[f"in_{name}"], row[f"wrong_{name}"]) for row in world.truth]
        assert {where for _, where, _ in rows} <= {"", "form", "words", "both"}
        assert all((where == "") == (told == "") == (wrong == "") for told, where, wrong in rows), name
        assert any(where for _, where, _ in rows), name


@pytest.mark.parametrize("name", sorted(BOX))
def test_a_fact_said_to_stand_in_the_form_stands_there_and_no_other(world: World, name: str) -> None:
    field, key = BOX[name]
    for report, row in zip(world.reports, world.truth, strict=True):
        assert (key in first(report, field, row)) == (row[f"in_{name}"] in ("form", "both"))


@pytest.mark.parametrize("name", ["marks", "clothing", "names_used", "features", "email", "username", "speech"])
def test_a_fact_said_to_stand_in_the_words_can_be_read_there(world: World, name: str) -> None:
    rows = list(zip(world.reports, world.truth, strict=True))
    told = [(r["narrative"].lower(), t[f"told_{name}"]) for r, t in rows if t[f"in_{name}"] in ("words", "both")]
    assert told
    if name == "speech":  # a thing said is remembered in several ways; a word of it at least is there
        assert all(re.search(r"['\"]", text) for text, _ in told)
        return
    for text, value in told:
        assert all(item.lower() in text for item in (value if isinstance(value, list) else [value]))


@pytest.mark.parametrize(
    ("fact", "kernel"),
    [
        ("build", "witness.build"),
        ("ethnicity", "witness.ethnicity"),
        ("complexion", "witness.complexion"),
        ("hair_style", "witness.hair_style"),
        ("facial_hair", "witness.facial_hair"),
        ("glasses", "witness.glasses"),
        ("clothing", "witness.garment"),
        ("marks", "witness.mark"),
        ("names_used", "witness.name"),
        ("features", "witness.feature"),
        ("contact_place", "witness.contact_place"),
        ("body", "witness.body"),
        ("speech", "witness.speech"),
    ],
)
def test_a_witness_without_error_tells_nothing_wrong_and_one_without_eyes_nothing_right(
    fact: str, kernel: str
) -> None:
    right = {row[f"wrong_{fact}"] for row in generate(250, 3, {kernel: 1.0}).truth} - {""}
    wrong = Counter(row[f"wrong_{fact}"] for row in generate(250, 3, {kernel: 0.0}).truth)
    assert right == {0}
    assert wrong[1] > 8 * wrong[0]


def test_places_are_wrong_as_often_as_the_parameter_says() -> None:
    assert {row["wrong_place"] for row in generate(200, 3, {"place.wrong": 0.0}).truth} - {""} == {0}
    often = Counter(row["wrong_place"] for row in generate(400, 3, {"place.wrong": 1.0}).truth)
    assert often[1] > often[0]


def test_telephone_numbers_are_told_in_part_now_and_then() -> None:
    told = [row["told_phone"] for row in generate(900, 2, {"witness.phone_digit": 0.0}).truth if row["told_phone"]]
    partial = [number for number in told if "*" in number]
    assert 0.07 < len(partial) / len(told) < 0.25


def test_most_of_what_is_told_can_stand_in_the_words_alone(world: World) -> None:
    where = Counter(row["in_build"] for row in world.truth if row["form"] == "form")
    assert 0.15 < where["words"] / (where["words"] + where["form"] + where["both"]) < 0.40


def test_a_duplicate_tells_the_same_in_other_words() -> None:
    made = generate(1500, 8, {"report.again": 0.5, "report.again_duplicate": 0.5})
    groups = defaultdict(list)
    for report, row in zip(made.reports, made.truth, strict=True):
        groups[row["incident_id"]].append((report, row))
    pairs = [group for group in groups.values() if any(row["again"] == "duplicate" for _, row in group)]
    assert len(pairs) > 100
    texts = 0
    for (one, first_row), (two, second_row) in pairs:
        for name in FACTS:
            told = {
                row[f"told_{name}"] if not isinstance(row[f"told_{name}"], list) else ";".join(row[f"told_{name}"])
                for row in (first_row, second_row)
            } - {""}
            assert len(told) <= 1
        texts += "narrative" in one and one.get("narrative") == two.get("narrative")
    assert texts <= 2
    assert {row["again"] for row in made.truth} == {"", "follow_up", "second", "duplicate"}


def test_a_second_person_and_a_second_vehicle_are_told_and_accounted_for() -> None:
    made = generate(400, 4, {"offenders.second_person": 1.0, "offenders.two_vehicles": 1.0, "report.typo": 0.0})
    for field, column in (("suspects", "second_person"), ("vehicles", "second_vehicle")):
        two = [r for r in made.reports if len(r.get(field, [])) == 2]
        assert len(two) > 30
        accounts = [json.loads(row[column]) for row in made.truth if row[column]]
        assert len(accounts) >= len(two)
        assert {part["in"] for account in accounts for part in account.values()} == {"form", "words", "both"}


def test_dates_told_and_their_weekdays_are_marked_when_wrong() -> None:
    for row in generate(800, 6).truth:
        if row["told_date"]:
            assert row["wrong_date"] == int(row["told_date"] != row["occurred"][:10])
        if row["told_weekday"]:
            true = date.fromisoformat(row["occurred"][:10]).strftime("%A")
            assert row["wrong_weekday"] == int(row["told_weekday"] != true)


def test_less_is_told_of_somebody_s_looks_online() -> None:
    full = [row for row in generate(1200, 6).truth if row["report_type"] == "full"]

    def told(sector: str) -> float:
        of = [bool(row["in_build"]) for row in full if row["sector"] == sector]
        return sum(of) / len(of)

    assert told("online") < 0.6 * told("indoor")


def test_less_is_told_after_a_long_time() -> None:
    soon, late = (generate(500, 6, {"report.delay_days": days, "report.delay_sigma": 0.1}) for days in (0.1, 300.0))
    counts = [sum(bool(row["in_build"]) for row in made.truth) for made in (soon, late)]
    assert counts[1] < 0.9 * counts[0]
