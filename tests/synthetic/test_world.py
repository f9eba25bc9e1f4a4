"""A generated world: exact, reproducible, in the contract's form, and true to its own truth."""

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from linkage.synthetic import TRUTH_COLUMNS, World, demo_path, demo_truth, foreign, generate, write_world
from linkage.synthetic.geography import distance_km

FIELDS = {
    *("report_id", "report_type", "follows", "received", "source", "consent", "occurred", "place", "contact"),
    *("offences", "behaviours", "suspects", "vehicles", "identifiers", "weapons", "speech", "narrative"),
}


@pytest.fixture(scope="module")
def world() -> World:
    return generate(1500, seed=11)


@pytest.mark.parametrize("count", [1, 2, 37])
def test_it_has_exactly_as_many_reports_as_asked_for(count: int) -> None:
    made = generate(count, seed=3)
    assert len(made.reports) == len(made.truth) == count


def test_less_than_one_report_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        generate(0, seed=1)


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    code = "import sys; from linkage.synthetic import *; write_world(generate(60, 5), sys.argv[1])"
    for name, hash_seed in (("a", "1"), ("b", "2")):
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / name)],
            check=True,
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
        )
    for file in ("reports.jsonl", "truth.csv"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_another_seed_gives_another_world() -> None:
    assert generate(20, seed=1).reports != generate(20, seed=2).reports


def test_every_report_uses_the_contract_s_fields_only(world: World) -> None:
    assert set().union(*world.reports) == FIELDS


def test_identifiers_run_without_gaps_in_the_order_of_arrival(world: World) -> None:
    assert [report["report_id"] for report in world.reports] == [f"SYN-{n:06d}" for n in range(1, 1501)]
    received = [report["received"] for report in world.reports]
    assert received[:-20] == sorted(received[:-20])


def test_a_report_is_never_received_before_the_incident(world: World) -> None:
    for report, truth in zip(world.reports, world.truth, strict=True):
        assert report["received"] >= truth["occurred"][:10]


def test_follows_names_an_earlier_report_of_the_same_incident(world: World) -> None:
    incident = {row["report_id"]: row["incident_id"] for row in world.truth}
    followers = [report for report in world.reports if "follows" in report]
    assert followers
    for report in followers:
        assert incident[report["follows"]] == incident[report["report_id"]]
        assert report["follows"] < report["report_id"]


def test_some_second_reports_do_not_say_what_they_follow(world: World) -> None:
    counts = Counter(row["incident_id"] for row in world.truth)
    again = sum(count - 1 for count in counts.values())
    assert 0 < sum("follows" in report for report in world.reports) < again


def test_labels_are_written_only_when_asked_for(world: World) -> None:
    assert not any("series" in report for report in world.reports)
    labelled = generate(300, seed=11, labelled=True)
    incidents = defaultdict(set)
    for row in labelled.truth:
        incidents[row["offender_id"]].add(row["incident_id"])
    for report, row in zip(labelled.reports, labelled.truth, strict=True):
        assert ("series" in report) == (len(incidents[row["offender_id"]]) > 1)


def test_shares_are_those_of_the_parameters(world: World) -> None:
    lengths = Counter({row["incident_id"]: row["offender_id"] for row in world.truth}.values())
    assert 0.68 < sum(n == 1 for n in lengths.values()) / len(lengths) < 0.78
    text_only = sum("suspects" not in r and "behaviours" not in r and "place" not in r for r in world.reports)
    assert 0.09 < text_only / 1500 < 0.18
    assert 0.28 < sum(row["sector"] == "street" for row in world.truth) / 1500 < 0.42


def test_some_series_travel_and_most_do_not() -> None:
    places = defaultdict(dict)
    for row in generate(2500, seed=2).truth:
        places[row["offender_id"]][row["incident_id"]] = (row["lat"], row["lon"])
    far = [
        distance_km(a, b) > 50
        for spots in places.values()
        for number, a in enumerate(spots.values())
        for b in list(spots.values())[:number]
    ]
    assert 0.04 < sum(far) / len(far) < 0.18


def test_a_wrong_colour_is_wrong_about_as_often_as_the_parameter_says() -> None:
    always = generate(600, 4, {"witness.colour": 1.0, "witness.night_colour": 1.0})
    never = generate(600, 4, {"witness.colour": 0.0, "witness.night_colour": 0.0})
    assert {row["wrong_colour"] for row in always.truth} == {0, ""}
    assert {row["wrong_colour"] for row in never.truth} == {1, ""}


def test_text_only_reports_hold_nothing_but_words() -> None:
    for report in generate(80, 1, preset="text_only").reports:
        assert set(report) <= {"report_id", "received", "follows", "narrative"}


def test_behaviours_told_in_words_stand_in_the_narrative() -> None:
    made = generate(200, 6, {"report.typo": 0.0, "report.text_only": 1.0})
    told = [
        (row["text_behaviours"], report.get("narrative", ""))
        for row, report in zip(made.truth, made.reports, strict=True)
    ]
    bags = [text.lower() for keys, text in told if "steals_id_or_keys" in keys]
    assert bags
    assert all(re.search("key|id|card|passport|licence|documents", text) for text in bags)


def test_nobody_s_number_address_or_plate_is_used(world: World) -> None:
    reserved = re.compile(r"07700900|03069990|01\d\d49[68]|0207946|067")
    plate = re.compile(r"[JTU?]")
    for report in world.reports:
        for item in report.get("identifiers", []):
            number = re.sub(r"[^\d]", "", item["value"].replace("+44", "0"))
            if item["kind"] == "phone" and len(number) == 11:
                assert reserved.match(number)
            if item["kind"] == "email":
                assert re.search(r"@(example\.(com|org|net)|mail\.example)$", item["value"])
    clean = generate(600, 11, {"witness.plate_character": 0.5, "witness.phone_digit": 0.5, "missing.phone": 0.0})
    phones = [row["told_phone"] for row in clean.truth if len(row["told_phone"]) == 11]
    assert phones
    assert all(reserved.match(number) for number in phones)
    plates = [
        car["registration"].upper() for r in clean.reports for car in r.get("vehicles", []) if "registration" in car
    ]
    assert plates
    assert all(words.startswith("*") or plate.match(words) for words in plates)


def test_a_written_world_reads_back(world: World, tmp_path: Path) -> None:
    reports, truth = write_world(world, tmp_path / "deep" / "world")
    assert [json.loads(line) for line in reports.read_text(encoding="utf-8").splitlines()] == world.reports
    rows = list(csv.DictReader(truth.open(encoding="utf-8")))
    assert tuple(rows[0]) == TRUTH_COLUMNS
    assert len(rows) == 1500


def test_a_world_is_known_by_how_its_files_begin(tmp_path: Path) -> None:
    assert foreign(tmp_path) is None
    for labelled in (False, True):
        reports, truth = write_world(generate(3, 5, labelled=labelled), tmp_path)
        assert foreign(tmp_path) is None
    truth.write_text("report_id,offender\n", encoding="utf-8")
    assert foreign(tmp_path) == truth
    reports.write_text('{"report_id": "A-1", "narrative": "of a person"}\n', encoding="utf-8")
    assert foreign(tmp_path) == reports


def test_the_world_ends_on_its_last_day(world: World) -> None:
    assert max(date.fromisoformat(row["occurred"][:10]) for row in world.truth) <= date(2024, 12, 31)


def but_for_places(lines: str) -> list[dict[str, object]]:
    """Reports without what the gazetteer's names go into, which may grow without a new world."""
    return [
        {name: value for name, value in json.loads(line).items() if name not in ("place", "narrative")}
        for line in lines.splitlines()
    ]


def test_the_committed_world_is_what_its_seed_makes(tmp_path: Path) -> None:
    committed = Path(__file__).parents[2] / "data" / "synthetic" / "reports.jsonl"
    made, _ = write_world(generate(500, 1), tmp_path)
    assert but_for_places(committed.read_text(encoding="utf-8")) == but_for_places(made.read_text(encoding="utf-8"))


def test_the_demonstration_is_made_again_where_it_was_not_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed = demo_path()
    monkeypatch.setattr("linkage.synthetic.demo._COMMITTED", tmp_path / "missing.jsonl")
    made = demo_path(tmp_path)
    assert made != committed
    assert but_for_places(made.read_text(encoding="utf-8")) == but_for_places(committed.read_text(encoding="utf-8"))
    with demo_truth(tmp_path).open(encoding="utf-8") as file:
        known = [row["report_id"] for row in csv.DictReader(file)]
    assert known == [json.loads(line)["report_id"] for line in made.read_text(encoding="utf-8").splitlines()]
