"""Groups: who is counted where, and rates by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.evaluation import groups
from linkage.evaluation.groups import (
    EVERYBODY,
    NOT_RECORDED,
    RATES,
    SEVERAL,
    group_table,
    groupings_of,
    sectors_from,
)
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs, Truth, TruthError, evaluated_pairs
from linkage.report import Admin, Contact, Person, Place, Report
from tests.factories import incident

PERSONS = ["p", "p", "q", "q", "r", "s"]
LABELS = ["north", "north", "north", "south", "south", "south"]


def pairs_of(persons: list[str]) -> EvaluatedPairs:
    names = [f"R{i:03}" for i in range(len(persons))]
    truth = Truth(dict(zip(names, persons, strict=True)), {name: name for name in names})
    return evaluated_pairs([Report(report_id=name) for name in names], truth)


def scores_of(pairs: EvaluatedPairs, told: dict[tuple[int, int], float], rest: float = 0.0) -> Scores:
    value = np.full(len(pairs), rest)
    for (left, right), probability in told.items():
        value[(pairs.left == left) & (pairs.right == right)] = probability
    return Scores(value=value, probability=value)


def row_of(table: pd.DataFrame, group: str, setting: str = "off") -> pd.Series:
    found = table[(table["group"] == group) & (table["setting"] == setting)]
    assert len(found) == 1
    return found.iloc[0]


def test_the_rates_of_a_group_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "FEW_LINKS", 1)
    pairs = pairs_of(PERSONS)
    scores = scores_of(pairs, {(0, 1): 0.9, (2, 3): 0.4, (3, 4): 0.8, (4, 5): 0.6})
    table = group_table(pairs, {"off": scores}, {"area": LABELS}, replicates=20)
    north, south, all_of_them = row_of(table, "north"), row_of(table, "south"), row_of(table, EVERYBODY)

    assert (north["reports"], north["links"]) == (3, 2)
    assert north["base_rate"] == pytest.approx(2 / 12)  # 3 pairs among themselves, 9 with the others
    assert north["found"] == pytest.approx(1 / 2)
    assert north["wrong_per_1000"] == 0.0
    assert north["ppv"] == 1.0
    assert north["stated"] == pytest.approx(0.9)
    assert north["expected_over_true"] == pytest.approx((0.9 + 0.4) / 2)

    assert (south["reports"], south["links"]) == (3, 1)
    assert south["found"] == 0.0
    assert south["wrong_per_1000"] == pytest.approx(1000 * 4 / 3)  # two wrong suggestions, each with both ends there
    assert south["ppv"] == 0.0
    assert south["stated"] == pytest.approx(0.7)
    assert south["expected_over_true"] == pytest.approx(0.4 + 0.8 + 0.6)

    assert (all_of_them["reports"], all_of_them["links"]) == (6, 2)
    assert all_of_them["ppv"] == pytest.approx(1 / 3)


def test_a_wrong_suggestion_between_two_groups_is_one_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "FEW_LINKS", 0)
    pairs = pairs_of(PERSONS)
    table = group_table(pairs, {"off": scores_of(pairs, {(1, 5): 0.9})}, {"area": LABELS}, replicates=5)
    assert row_of(table, "north")["wrong_per_1000"] == pytest.approx(1000 / 3)
    assert row_of(table, "south")["wrong_per_1000"] == pytest.approx(1000 / 3)
    assert row_of(table, EVERYBODY)["wrong_per_1000"] == pytest.approx(1000 * 2 / 6)


def test_recall_is_asked_of_the_reports_of_the_group_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "FEW_LINKS", 1)
    persons = ["p", "p", *(f"q{number}" for number in range(12))]
    pairs = pairs_of(persons)
    # the first report ranks twelve strangers above its partner; the second has its partner at the head of its list
    told = {(0, row): 0.9 for row in range(2, 14)} | {(0, 1): 0.5}
    labels = ["asks in vain", "finds", *["other"] * 12]
    table = group_table(pairs, {"off": scores_of(pairs, told)}, {"side": labels}, replicates=5)
    assert row_of(table, "asks in vain")["recall_at_10"] == 0.0
    assert row_of(table, "finds")["recall_at_10"] == 1.0
    assert row_of(table, EVERYBODY)["recall_at_10"] == 0.5


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_one_group_of_all_is_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs = pairs_of([f"p{number}" for number in rng.integers(0, 12, 40)])
    value = rng.random(len(pairs))
    scores = Scores(value=value, probability=value)
    table = group_table(pairs, {"off": scores}, {"any": ["same"] * 40}, seed=seed, replicates=20)
    everybody, same = row_of(table, EVERYBODY), row_of(table, "same")
    for name in RATES:
        assert same[name] == pytest.approx(everybody[name])
        assert same[f"{name}_low"] == pytest.approx(everybody[f"{name}_low"])
        assert everybody[f"{name}_low"] <= everybody[f"{name}_high"]


def test_perfect_scores_serve_every_group_alike() -> None:
    pairs = pairs_of([f"p{number // 2}" for number in range(60)])
    value = pairs.linked.astype(float)
    labels = ["left" if number < 30 else "right" for number in range(60)]
    table = group_table(pairs, {"off": Scores(value=value, probability=value)}, {"half": labels})
    for group in ("left", "right", EVERYBODY):
        row = row_of(table, group)
        assert [row[name] for name in ("recall_at_10", "found", "ppv", "stated", "expected_over_true")] == [1.0] * 5
        assert row["wrong_per_1000"] == 0.0


def test_a_group_with_few_links_is_counted_and_not_rated() -> None:
    pairs = pairs_of([f"p{number // 2}" for number in range(60)])
    labels = ["small" if number < 10 else "large" for number in range(60)]
    value = pairs.linked.astype(float)
    table = group_table(pairs, {"off": Scores(value=value, probability=value)}, {"size": labels}, replicates=10)
    small, large = row_of(table, "small"), row_of(table, "large")
    assert (small["reports"], small["links"]) == (10, 5)
    assert small["note"] == "too few links (5) for rates"
    assert all(np.isnan(small[f"{name}{end}"]) for name in RATES for end in ("", "_low", "_high"))
    assert large["note"] == ""
    assert large["recall_at_10"] == 1.0


def test_settings_of_a_group_stand_side_by_side_and_without_probability_only_ranks_are_judged() -> None:
    pairs = pairs_of([f"p{number // 2}" for number in range(40)])
    value = pairs.linked.astype(float)
    scored = {"off": Scores(value=value), "on": Scores(value=value, probability=value)}
    table = group_table(pairs, scored, {"any": ["a"] * 40}, replicates=10)
    assert table[["group", "setting"]].to_numpy().tolist() == [
        *([EVERYBODY, "off"], [EVERYBODY, "on"]),
        *(["a", "off"], ["a", "on"]),
    ]
    off = row_of(table, "a", "off")
    assert off["recall_at_10"] == 1.0
    assert np.isnan(off["ppv"])
    assert row_of(table, "a", "on")["ppv"] == 1.0


def test_fewer_persons_give_a_wider_interval() -> None:
    def width(persons: int) -> float:
        rng = np.random.default_rng(5)
        pairs = pairs_of([f"p{number // 2:03}" for number in range(2 * persons)])
        value = np.where(pairs.linked, (rng.random(len(pairs)) < 0.6) * 0.9, 0.0)
        table = group_table(pairs, {"off": Scores(value=value, probability=value)}, {}, replicates=200)
        row = row_of(table, EVERYBODY)
        assert row["found_low"] <= row["found"] <= row["found_high"]
        return float(row["found_high"] - row["found_low"])

    assert width(20) > width(150)


def test_an_area_that_is_not_known_is_a_group_of_its_own() -> None:
    known = Report(report_id="A", place=Place(admin=Admin(region="Wales", police_force="South Wales Police")))
    found = groupings_of([known, Report(report_id="B")])
    assert found["region"] == ["Wales", NOT_RECORDED]
    assert found["police force"] == ["South Wales Police", NOT_RECORDED]


def test_ethnicity_is_grouped_as_it_was_recorded() -> None:
    def seen(*told: list[str]) -> str:
        return groups.perceived_ethnicity(Report(report_id="A", suspects=[Person(ethnicity=v) for v in told]))

    assert seen() == NOT_RECORDED
    assert seen([]) == NOT_RECORDED
    assert seen(["white"]) == "white"
    assert seen(["white"], ["white"], []) == "white"
    assert seen(["asian", "mixed"]) == SEVERAL
    assert seen(["white"], ["black"]) == SEVERAL


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"contact": "kerb by car"}, "street"),
        ({"contact": "phone", "venue": "car park"}, "street"),
        ({"contact": "phone", "venue": "massage parlour"}, "parlour"),
        ({"contact": "walked in off the street", "venue": "street"}, "parlour"),
        ({"contact": "website", "venue": "hotel"}, "indoor"),
        ({"contact": "website"}, "indoor"),
        ({"venue": "online"}, "online"),
        ({}, NOT_RECORDED),
    ],
)
def test_the_sector_is_read_from_contact_and_venue(words: dict[str, str], expected: str) -> None:
    assert groups.sector(incident(**words)) == expected


def test_known_sectors_come_before_derived_ones(tmp_path: Path) -> None:
    truth = tmp_path / "truth.csv"
    truth.write_text("report_id,sector\nA,parlour\nB,\n", encoding="utf-8")
    sectors = sectors_from(truth)
    reports = [Report(report_id=name, contact=Contact(method="kerb_by_car")) for name in "ABC"]
    assert groupings_of(reports, sectors)["sector"] == ["parlour", NOT_RECORDED, NOT_RECORDED]
    assert groupings_of(reports)["sector"] == ["street"] * 3


def test_a_truth_file_without_sectors_or_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    truth = tmp_path / "truth.csv"
    truth.write_text("report_id\nA\n", encoding="utf-8")
    assert sectors_from(truth) is None
    with pytest.raises(TruthError, match="give a CSV in UTF-8"):
        sectors_from(tmp_path / "nothing.csv")
