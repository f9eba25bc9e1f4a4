"""The world by another hand is the same for a seed, is read without a refusal, and has in it what it promises."""

from __future__ import annotations

import ast
import pickle
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import otherworld
from benchmarks.otherworld import MadeWorld, make, other_world
from benchmarks.otherworld.constants import constants
from benchmarks.otherworld.habits import domain_of
from benchmarks.otherworld.roads import along, from_town, towns
from benchmarks.otherworld.world import write
from linkage.evaluation.truth import Truth, evaluated_pairs
from linkage.intake import Batch, read_reports

REPORTS, SEED = 250, 5


@pytest.fixture(scope="module")
def world() -> MadeWorld:
    return make(REPORTS, SEED)


@pytest.fixture(scope="module")
def files(world: MadeWorld, tmp_path_factory: pytest.TempPathFactory) -> tuple[Batch, Truth]:
    reports, truth = write(world, tmp_path_factory.mktemp("otherworld"))
    return read_reports(reports), Truth.from_file(truth)


def test_a_seed_gives_the_same_world_and_another_seed_another() -> None:
    first, again, other = other_world(40, SEED), other_world(40, SEED), other_world(40, SEED + 1)
    assert first.reports == again.reports
    assert first.truth == again.truth
    assert first.reports != other.reports
    assert pickle.loads(pickle.dumps(first)).truth == first.truth
    assert b"benchmarks" not in pickle.dumps(first)


def test_every_row_is_read_and_none_is_refused(files: tuple[Batch, Truth]) -> None:
    batch, _ = files
    assert len(batch.reports) == REPORTS
    assert batch.rejects == []
    assert [warning for report in batch.reports for warning in report.warnings] == []
    assert all(report.place.lat is not None for report in batch.reports)


def test_the_truth_knows_every_report(files: tuple[Batch, Truth]) -> None:
    batch, truth = files
    ids = {report.report_id for report in batch.reports}
    assert len(ids) == REPORTS
    assert set(truth.person) == set(truth.incident) == ids
    assert evaluated_pairs(batch.reports, truth).linked.any()
    assert not any(report.series for report in batch.reports)


def test_one_incident_told_twice_is_one_incident_of_one_person(files: tuple[Batch, Truth]) -> None:
    batch, truth = files
    times = Counter(truth.incident.values())
    assert 1 <= sum(count > 1 for count in times.values()) <= REPORTS * 0.12
    assert max(times.values()) == 2
    following = [report for report in batch.reports if report.follows]
    assert following
    assert all(truth.incident[report.report_id] == truth.incident[str(report.follows)] for report in following)
    assert len({(truth.incident[name], truth.person[name]) for name in truth.person}) == len(times)


def test_most_reports_belong_to_no_series_and_half_the_series_are_pairs(world: MadeWorld) -> None:
    alone = sum(len(world.people[report.incident.person].days) == 1 for report in world.reports)
    assert 0.55 <= alone / REPORTS <= 0.7
    sizes = [len(person.days) for seed in (SEED, 6) for person in make(160, seed).people if len(person.days) > 1]
    assert 0.35 <= sizes.count(2) / len(sizes) <= 0.65
    assert max(sizes) >= 5
    last = max(incident.day for incident in world.incidents)
    assert 2.5 * 365 <= last <= 5 * 366


def test_a_lookalike_drives_the_same_common_car_near_the_other_man(world: MadeWorld) -> None:
    pairs = [
        (person, world.people[person.of])
        for person in world.people
        if person.role == "lookalike"
        if person.of is not None
    ]
    assert len(pairs) >= REPORTS * 0.02
    for person, other in pairs:
        assert person.belongings.car
        assert other.belongings.car
        own, his = person.belongings.car.on(0), other.belongings.car.on(other.days[0])
        assert (own.make, own.model, own.colour) == (his.make, his.model, his.colour)
        assert own.registration != his.registration
    assert sum(person.mover.home == other.mover.home for person, other in pairs) >= 0.6 * len(pairs)


def test_careers_change_and_every_kind_of_mover_is_there(world: MadeWorld) -> None:
    kinds = {person.mover.kind for person in world.people}
    assert kinds == set(constants("movers")["kinds"])
    owners = [person.belongings.car for person in world.people if person.belongings.car]
    assert any(len(car.values) > 1 for car in owners)
    assert any(len(set(person.looks.style.values)) > 1 for person in world.people)
    assert any(len(set(person.looks.beard.values)) > 1 for person in world.people)


def test_only_a_form_that_asks_is_answered_with_a_denial(world: MadeWorld) -> None:
    alone = [report.row for report in world.reports if report.row["source"]["kind"] == "individual"]
    others = [report.row for report in world.reports if report.row["source"]["kind"] == "police"]
    assert alone
    assert not any(row["behaviours"]["absent"] for row in alone)
    assert any(row["behaviours"]["absent"] for row in others)


def test_a_road_leads_to_every_town_and_is_no_shorter_than_a_straight_line() -> None:
    km, _ = from_town(0)
    assert len(km) == len(towns()) > 500
    assert 0 < km.max() < 3000
    way = along(0, len(km) - 1)
    assert (way[0], way[-1]) == (0, len(km) - 1)
    assert len(set(way)) == len(way) > 2


def test_every_item_named_in_the_constants_is_one_of_the_vocabulary() -> None:
    named = {item for bundle in constants("bundles").values() for item in bundle["items"]}
    named |= {
        item for section in ("settings", "reactions") for one in constants(section).values() for item in one["causes"]
    }
    named |= {*constants("background")["items"], *constants("weapons"), *constants("telling")["volunteered_item"]}
    for part in ("victims_own", "needs_vehicle", "surprising"):
        named |= set(constants("habits")[part])
    assert named <= set(domain_of())
    assert set(constants("telling")["volunteered"]) == set(domain_of().values())


def test_it_shares_no_code_with_the_other_generators() -> None:
    folder = Path(str(otherworld.__file__)).parent
    for path in folder.glob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        sources = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
        assert not any("synthetic" in source or "retelling" in source for source in sources)
