"""The matrix of a series: what is rare and shared, what is usual anyway, what does not fit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.parts.matrix import share_words, shared_words
from linkage.report import Report
from linkage.review.series_view import (
    AGREES,
    COMMON,
    DIFFERS,
    DISTINCTIVE,
    INCONSISTENT,
    SILENT,
    UNKNOWN,
    Cell,
    Row,
    base_rates,
    matrix,
)


def report(name: str, **values: Any) -> Report:
    return Report.model_validate({"report_id": name, **values})


def did(name: str, *present: str, absent: tuple[str, ...] = ()) -> Report:
    return report(name, behaviours={"present": list(present), "absent": list(absent)})


def person(name: str, **values: Any) -> Report:
    return report(name, suspects=[values])


def rows_of(series: list[Report], others: list[Report] | None = None) -> dict[str, Row]:
    crowd = [report(f"x{i}") for i in range(100)]
    return {row.item: row for row in matrix(series, base_rates([*series, *(others or []), *crowd]))}


def says(row: Row) -> list[str]:
    return [cell.says for cell in row.cells]


def test_a_shared_item_that_is_rare_elsewhere_is_distinctive() -> None:
    row = rows_of([did("a", "own words"), did("b", "own words"), did("c")])["own words"]
    assert (row.kind, says(row)) == (DISTINCTIVE, [AGREES, AGREES, UNKNOWN])
    assert (row.base_count, row.base_total) == (2, 103)


def test_a_shared_item_that_many_reports_show_is_common() -> None:
    crowd = [did(f"y{i}", "own words") for i in range(40)]
    assert rows_of([did("a", "own words"), did("b", "own words")], crowd)["own words"].kind == COMMON


def test_an_item_that_one_incident_contradicts_is_inconsistent() -> None:
    row = rows_of([did("a", "own words"), did("b", "own words"), did("c", absent=("own words",))])["own words"]
    assert (row.kind, says(row), row.against) == (INCONSISTENT, [AGREES, AGREES, DIFFERS], 1)


def test_what_is_not_recorded_is_not_known_and_never_a_difference() -> None:
    row = rows_of([did("a", "own words"), did("b", "own words"), report("c")])["own words"]
    assert says(row)[2] == UNKNOWN


def test_a_behaviour_that_a_report_of_others_leaves_out_is_not_mentioned_and_never_a_difference() -> None:
    row = rows_of([did("a", "own words"), did("b", "own words"), did("c", "other words")])["own words"]
    assert (row.kind, says(row)[2], row.against) == (DISTINCTIVE, SILENT, 0)


def test_an_item_that_one_incident_alone_shows_makes_no_row() -> None:
    assert "own words" not in rows_of([did("a", "own words"), did("b")])


def test_two_builds_disagree_but_two_different_tattoos_do_not() -> None:
    builds = rows_of([person("a", build="stocky"), person("b", build="stocky"), person("c", build="slim")])
    assert (builds["stocky"].kind, builds["stocky"].cells[2].words) == (INCONSISTENT, "slim")
    assert rows_of([person("a", marks=["scar"]), person("b", marks=["tattoo"])]) == {}


def test_a_value_with_alternatives_agrees_with_either() -> None:
    row = rows_of([person("a", build="stocky"), person("b", build=["stocky", "large"])])["stocky"]
    assert says(row) == [AGREES, AGREES]


def test_overlapping_ages_agree_and_others_differ() -> None:
    ages = [{"min": 30, "max": 39}, {"min": 35, "max": None}, {"min": 18, "max": 20}]
    rows = rows_of([person(str(i), age=age) for i, age in enumerate(ages)])
    (row,) = rows.values()
    assert (row.group, says(row)) == ("Age", [AGREES, AGREES, DIFFERS])


def test_rows_come_with_the_least_likely_first_and_contradictions_last() -> None:
    crowd = [did(f"y{i}", "usual") for i in range(5)]
    series = [did("a", "usual", "rare", "odd"), did("b", "usual", "rare"), did("c", "usual", "rare", absent=("odd",))]
    assert list(rows_of(series, crowd)) == ["rare", "usual", "odd"]


def test_words_that_stand_alone_name_their_attribute() -> None:
    row = rows_of([person("a", names_used=["Pat"]), person("b", names_used=["pat"])])["Pat"]
    assert row.words == "Name given: Pat"


items = st.lists(st.sampled_from(["p", "q", "grabs", "kicks"]), unique=True)
drawn_reports = st.lists(
    st.builds(
        lambda present, absent, build, low: {
            "behaviours": {"present": present, "absent": absent},
            "suspects": [{"build": build, "age": {"min": low, "max": None}}],
        },
        items,
        items,
        st.lists(st.sampled_from(["slim", "large", "stocky"]), unique=True),
        st.none() | st.integers(16, 70),
    ),
    max_size=5,
)


@given(drawn_reports)
def test_every_row_has_a_cell_for_each_incident_and_a_share(drawn: list[dict[str, Any]]) -> None:
    series = [report(str(i), **values) for i, values in enumerate(drawn)]
    for row in matrix(series, base_rates(series)):
        assert len(row.cells) == len(series)
        assert 0 < row.base_share <= 1
        assert (row.kind == INCONSISTENT) == (row.against > 0)


@pytest.mark.parametrize(("count", "total", "shown"), [(3, 400, "0.8%"), (5, 400, "1.2%"), (40, 400, "10%")])
def test_a_share_is_that_of_its_counts(count: int, total: int, shown: str) -> None:
    assert share_words(Row(DISTINCTIVE, "Mark", "scar", (), count, total)) == shown


@pytest.mark.parametrize(
    ("count", "shown_in", "weighs", "telling"),
    [
        (3, 2, True, True),  # one in a hundred, shared by two
        (30, 2, True, False),  # one in ten, shared by two: as often by chance as not
        (30, 3, True, True),
        (3, 2, False, False),  # of a kind that carries no weight
    ],
)
def test_rare_and_shared_is_what_is_rare_enough_and_carries_weight(
    count: int, shown_in: int, weighs: bool, telling: bool
) -> None:
    row = Row(DISTINCTIVE, "Mark", "scar", (Cell(AGREES),) * shown_in, count, 300, weighs=weighs)
    assert row.telling is telling
    assert shared_words([row]) == ("Mark: scar" if telling else "nothing rare")


def test_what_carries_no_weight_by_default_is_known_in_its_row() -> None:
    pair = [
        report(str(i), suspects=[{"accent": ["welsh", "polish"], "complexion": "fair", "marks": ["scar"]}])
        for i in range(2)
    ]
    rows = {row.item: row.weighs for row in matrix(pair, base_rates(pair))}
    assert rows == {"scar": True, "welsh": True, "polish": False, "fair": False}


def test_ethnicity_and_body_are_called_by_their_labels() -> None:
    pair = [
        report(name, suspects=[{"ethnicity": ["east_asian"]}], vehicles=[{"body": "people_carrier"}])
        for name in ("R1", "R2")
    ]
    items = {row.item for row in matrix(pair, base_rates(pair))}
    assert {"East Asian", "people carrier"} <= items
