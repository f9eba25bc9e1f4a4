"""What stands behind the reports: careers that escalate and drift, things that wear out, ways of writing."""

import re
from collections import Counter, defaultdict
from typing import Any

import pytest

from linkage.synthetic import World, generate

LONG = {"offenders.one_off_share": 0.0, "offenders.long_tail_share": 1.0, "offenders.long_tail": [8, 12]}
VIOLENT = {"pulls_hair", "slaps_or_punches", "kicks", "beats", "pushes_or_throws", "damages_property"}


@pytest.fixture(scope="module")
def world() -> World:
    return generate(1200, seed=9)


def careers(made: World) -> list[list[dict[str, Any]]]:
    """Incidents of each offender in order."""
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in sorted(made.truth, key=lambda row: row["number"]):
        found[row["offender_id"]].setdefault(row["incident_id"], row)
    return [list(rows.values()) for rows in found.values()]


def violence(made: World, late: bool) -> float:
    """Violent behaviours an incident, in the first two or from the sixth incident on."""
    rows = [row for rows in careers(made) for row in rows if (row["number"] > 5 if late else row["number"] < 3)]
    return sum(len(VIOLENT & set(row["behaviours"])) for row in rows) / len(rows)


def fading(made: World) -> float:
    """How much less alike incidents eight steps apart are than neighbours in a career (1: as alike)."""

    def alike(steps: int) -> float:
        pairs = [
            (set(a["behaviours"]), set(b["behaviours"]))
            for c in careers(made)
            for a, b in zip(c, c[steps:], strict=False)
        ]
        return sum(len(a & b) / max(len(a | b), 1) for a, b in pairs) / len(pairs)

    return alike(7) / alike(1)


def test_violence_escalates_over_a_career_by_as_much_as_the_parameter_says() -> None:
    calm = generate(500, 1, LONG | {"behaviour.escalation": 0.0})
    rising = generate(500, 1, LONG | {"behaviour.escalation": 0.4})
    assert violence(rising, True) > 1.5 * violence(rising, False)
    assert 0.8 < violence(calm, True) / violence(calm, False) < 1.25


def test_behaviour_drifts_over_a_career() -> None:
    assert fading(generate(500, 1, LONG | {"behaviour.drift": 1.0})) < 0.85
    assert fading(generate(500, 1, LONG | {"behaviour.drift": 0.0})) > 0.93


@pytest.mark.parametrize(("prison", "kept"), [(0.0, True), (1.0, False)])
def test_who_comes_out_of_prison_has_another_number(prison: float, kept: bool) -> None:
    same = {"offenders.phone_days": 1e9, "offenders.second_phone_share": 0.0}
    exact = {"witness.phone_digit": 0.0, "witness.phone_partial": 0.0, "missing.phone": 0.0}
    made = generate(300, 2, LONG | same | exact | {"time.prison_share": prison})
    several = [told for rows in careers(made) if len(told := [r["told_phone"] for r in rows if r["told_phone"]]) > 1]
    assert several
    assert all((len(set(told)) == 1) == kept for told in several)


@pytest.mark.parametrize(("second", "cars"), [(0.0, {1}), (1.0, {1, 2})])
def test_a_second_vehicle_is_used_beside_the_first(second: float, cars: set[int]) -> None:
    same = {"offenders.car_years": 1e9, "offenders.other_car": 0.0, "offenders.two_vehicles": 0.0}
    exact = {"witness.plate_character": 0.0, "witness.plate_full": 1.0, "missing.registration": 0.0}
    more = {"offenders.second_car_share": second, "time.prison_share": 0.0}
    made = generate(400, 2, LONG | same | exact | more)
    plates = [{row["told_registration"] for row in rows} - {""} for rows in careers(made)]
    assert {len(told) for told in plates if told} == cars


def test_every_register_is_written_and_keeps_its_habits(world: World) -> None:
    texts = defaultdict(list)
    for report, row in zip(world.reports, world.truth, strict=True):
        if "narrative" in report:
            texts[row["register"]].append(report["narrative"])
    assert set(texts) == {"note", "story", "message", "learner", "alert"}
    assert all(text == text.lower() for text in texts["message"])
    for register, first_person in (("story", True), ("message", True), ("learner", True), ("alert", False)):
        said = [bool(re.search(r"\b(i|me|my)\b", re.sub(r"['\"].*?['\"]", "", t.lower()))) for t in texts[register]]
        assert (sum(said) > 0.8 * len(said)) == first_person
    narratives = [report["narrative"] for report in world.reports if "narrative" in report]
    assert len(set(narratives)) > 0.995 * len(narratives)


def test_alerts_in_the_house_form_hold_no_plate_and_no_number() -> None:
    made = generate(
        300, 3, {"report.text_only": 1.0, "report.alert_form": 1.0, "missing.registration": 0.0, "missing.phone": 0.0}
    )
    for row in made.truth:
        assert row["register"] == "alert"
        assert not any(row[f"in_{name}"] for name in ("registration", "phone", "email", "username"))
    numbers = re.compile(r"\b(reg no|reg started|reg ended|number plate|07\d{3}|@)")
    assert not any(
        numbers.search(r["narrative"]) for r, t in zip(made.reports, made.truth, strict=True) if not t["confusing"]
    )
    starts = Counter(report["narrative"].split()[0].rstrip(".,:") for report in made.reports)
    assert len(starts) > 20


def test_third_party_one_liners_are_short_and_told_in_many_ways() -> None:
    made = generate(400, 3, {"report.types": {"third_party": 1.0}, "report.text_only": 0.0, "report.again": 0.0})
    lines = [report["narrative"] for report in made.reports if "narrative" in report]
    assert sorted(map(len, lines))[len(lines) // 2] < 220
    assert len({" ".join(line.lower().split()[:3]) for line in lines}) > 40
    assert {row["confusing"] for row in made.truth} == {0}


def test_confusing_texts_describe_somebody_else_in_many_ways() -> None:
    made = generate(400, 3, {"report.confusing": 1.0, "report.no_narrative": 0.0, "report.typo": 0.0})
    told = Counter(row["confusing"] for row in made.truth if row["report_type"] in ("full", "partial"))
    assert told[1] > 0.99 * sum(told.values())
    marks = (
        "police were",
        "witness",
        "neighbour",
        "passer by",
        "taxi",
        "worker is",
        "outreach van",
        "friend",
        "another punter",
        "receptionist",
        "own car",
        "project on",
        "bus stop",
        "victim described",
        "older man",
    )
    text = " ".join(report["narrative"].lower() for report in made.reports if "narrative" in report)
    assert sum(mark in text for mark in marks) >= 12


def test_ages_are_told_on_fives_and_times_on_the_half_hour(world: World) -> None:
    ages = [row["told_age"] for row in world.truth if row["told_age"]]
    hours = [row["told_hour"] for row in world.truth if row["told_hour"] != ""]
    assert 0.55 < sum(age % 5 == 0 for age in ages) / len(ages) < 0.75
    assert 0.65 < sum(hour % 0.5 == 0 for hour in hours) / len(hours) < 0.85


def test_slips_of_the_keyboard_are_as_common_as_the_parameter_says() -> None:
    clean, slipping = (generate(200, 3, {"report.typo": share}) for share in (0.0, 0.3))
    makes = [[v.get("make") for r in made.reports for v in r.get("vehicles", [])] for made in (clean, slipping)]
    assert len(set(makes[1])) > len(set(makes[0]))
