"""The question that would settle a pair, and what it would be without each group of evidence."""

from __future__ import annotations

import pytest

from linkage.features.explanation import EvidencePart, Explanation
from linkage.features.levels import Level
from linkage.linker import Linker
from linkage.report import Behaviours, Report
from linkage.review.question import questions, untold, without_groups
from tests.factories import incident


def part(name: str, weight: float, says: str = "agrees", group: str = "") -> EvidencePart:
    return EvidencePart(name, group or name, name.capitalize(), "x", "x", says, "", weight, False)


def explained(*parts: EvidencePart, prior: float = -2.0) -> Explanation:
    weight = sum(one.weight for one in parts)
    return Explanation("a", "b", prior, weight, prior + weight, 0.5, None, None, False, list(parts))


def test_what_could_turn_the_pair_is_asked_first_then_what_reaches_furthest() -> None:
    pair = explained(part("words", 1.0))
    levels = [
        Level("eyes", "face", "Eyes", (0, 1), -0.6, 0.4),
        Level("plate", "vehicle", "Plate", (1,), -0.3, 3.0),
        Level("age", "body", "Age", (0,), -3.0, 0.2),
        Level("sex", "body", "Sex", (0,), -0.1, 0.05),
    ]
    found = questions(pair, levels)
    assert [(one.name, one.reports, one.settles) for one in found] == [
        ("plate", ("b",), True),
        ("age", ("a",), False),
        ("eyes", ("a", "b"), False),
    ]
    assert (found[0].worst, found[0].best) == pytest.approx((-1.3, 2.0))
    assert found[0].words == "Plate (b): could move -0.3 to +3.0"


def test_without_each_group_the_strength_is_what_the_other_parts_add_up_to() -> None:
    parts = [part("age", 0.5, group="body"), part("build", -0.9, "differs", "body"), part("words", 2.0)]
    pair = explained(*parts, part("eyes", 0.0, "not known"))
    found = without_groups(pair)
    assert [(one.group, one.labels) for one in found] == [("words", ("Words",)), ("body", ("Build", "Age"))]
    for one in found:
        rest = sum(other.weight for other in parts if other.group != one.group)
        assert one.strength == pytest.approx(pair.prior + rest)


@pytest.fixture(scope="module")
def linker() -> Linker:
    towns = ("Leeds", "Bradford", "Hull", "York")
    plain = [
        incident(
            report_id=f"r{number:02d}",
            town=towns[number % 4],
            date=f"{1 + number % 28} May 2019",
            build=("slim", "stocky")[number % 2],
            age=f"{20 + number % 30}",
            registration=f"AB{10 + number}CDE" if number % 3 else None,
        )
        if number % 3
        else incident(report_id=f"r{number:02d}", town=towns[number % 4], date=f"{1 + number % 28} May 2019")
        for number in range(60)
    ]
    return Linker().take(plain)


def test_levels_are_of_what_is_not_known_and_nothing_else(linker: Linker) -> None:
    explanation = linker.explain("r01", "r03")
    levels = linker.levels("r01", "r03")
    unknown = {one.name for one in explanation.parts if one.says == "not known"}
    assert {one.name for one in levels} <= unknown
    assert {"registration", "build", "age"} <= {one.name for one in levels}
    assert all(one.missing == (1,) for one in levels if one.name in ("registration", "build", "age"))
    assert all(one.low < one.high for one in levels)


def test_an_answer_moves_the_pair_as_far_as_was_said(linker: Linker) -> None:
    level = next(one for one in linker.levels("r01", "r03") if one.name == "build")
    reports = list(linker._require().reports.values())
    missing = next(one for one in reports if one.report_id == "r03")
    weights = []
    for build in ("slim", "stocky"):
        told = Report.model_validate(missing.to_json() | {"suspects": [{"build": build}]})
        answered = Linker().take([told if one is missing else one for one in reports])
        weights.append(next(p.weight for p in answered.explain("r01", "r03").parts if p.name == "build"))
    assert level.low == pytest.approx(min(weights), abs=0.1)
    assert level.high == pytest.approx(max(weights), abs=0.1)


def test_what_a_report_leaves_out_can_be_asked_and_an_answer_counts_from_where_its_silence_stands() -> None:
    def did(name: str, *behaviours: str) -> Report:
        return Report(report_id=name, behaviours=Behaviours(present=list(behaviours)))

    crowd = [did(f"c{number}", ("strangles", "kicks", "drives_off")[number % 3]) for number in range(300)]
    pair = [did("a", "strangles", "drives_off"), did("b", "drives_off")]
    silent = Linker().take([*crowd, *pair])
    weight = next(one.weight for one in silent.explain("a", "b").parts if one.name == "behaviour_violence")
    level = next(one for one in silent.levels("a", "b") if one.name == "behaviour_violence")
    told = Linker().take([*crowd, pair[0], did("b", "strangles", "drives_off")])
    answered = next(one.weight for one in told.explain("a", "b").parts if one.name == "behaviour_violence")

    assert weight < 0
    assert level.missing == (1,)
    assert level.high == pytest.approx(answered - weight, abs=0.05)


def test_one_incident_has_nothing_to_ask() -> None:
    first = incident(report_id="a", town="Leeds", date="3 May 2019")
    linker = Linker().take([first, incident(report_id="b", follows="a", town="Leeds"), incident(report_id="c")])
    assert linker.levels("a", "b") == []


def test_what_a_report_does_not_tell_and_others_do_is_asked_by_how_far_it_could_move_it() -> None:
    def level(name: str, reach: float, *missing: int) -> Level:
        return Level(name, "face", name.capitalize(), missing, 0.0, reach)

    def explanation(a: str, b: str) -> Explanation:
        return Explanation(a, b, 0, 0, 0, 0.5, None, None, False, [])

    beside = [
        (
            explanation("a", "b"),
            [level("eyes", 0.5, 0), level("age", 2.0, 1), level("plate", 3.0, 0), level("sex", 0.1, 0)],
        ),
        (explanation("0", "a"), [level("eyes", 0.5, 1), level("age", 2.0, 0, 1)]),
    ]
    assert untold("a", beside) == [("plate", "Plate"), ("eyes", "Eyes")]
