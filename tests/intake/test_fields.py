"""Rows come under the format's names, and whatever could not be used is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake import extract_report, read_reports
from linkage.intake.fields.plain_row import MANY, is_unknown, tidy
from linkage.intake.readers.column_names import TABLES
from tests.rows import each_row


def test_flat_and_nested_names_give_the_same_row() -> None:
    flat = tidy({"Report ID": 5, "suspects.1.age": "mid 30s", "suspects.2.age": 20, "consent.police": "Yes"})
    nested = tidy({"report_id": "5", "suspects": [{"age": "mid 30s"}, {"age": "20"}], "consent": {"police": True}})
    assert flat.values == nested.values
    assert not flat.refusals


def test_one_person_given_as_a_table_is_a_list_of_one() -> None:
    assert tidy({"suspects": {"age": "40s"}}).values == {"suspects": [{"age": "40s"}]}


@each_row("value", [None, float("nan"), "", "  ", "NaN", "n/a", "Unknown", "-", "?", [], [None, "n/k"], {}])
def test_what_says_that_nothing_is_known_is_not_recorded(value: Any) -> None:
    assert is_unknown(value)
    found = tidy({"narrative": value, "suspects": [{"age": value}], "vehicles": [value]})
    assert (found.values, found.refusals) == ({}, [])


@each_row("value", [0, False, "no", "none of it was paid", "a"])
def test_what_says_something_is_recorded(value: Any) -> None:
    assert not is_unknown(value)


@pytest.mark.parametrize("value", ["knife; gun", ["knife", "gun"], "knife\ngun", ["knife", None, "gun"]])
def test_lists_come_separated_or_as_lists(value: Any) -> None:
    assert tidy({"weapons": value}).values == {"weapons": ["knife", "gun"]}


@each_row(
    "name",
    ["reporter_name", "Victim Age", "victimName", "worker.phone", "suspects.1.victim_name", "caller_tel", "my_name",
     "informant", "complainant_address", "place.reporter_phone", "victims.1.dob", "suspects.1.raw.victim_name"],
)  # fmt: skip
def test_personal_columns_are_refused_by_name_and_their_value_is_withheld(name: str) -> None:
    found = tidy({"report_id": "1", name: "Jo Bloggs"})
    assert [refusal.value for refusal in found.refusals] == ["(withheld)"]
    assert found.refusals[0].field == name
    assert "Jo Bloggs" not in repr(found)


def test_an_unknown_field_is_told_with_its_value_and_a_cure() -> None:
    (refusal,) = tidy({"narative": "he ran", "report_id": "1"}).refusals
    assert (refusal.field, refusal.value) == ("narative", "he ran")
    assert "narrative" in refusal.reason


def test_a_thousand_unknown_columns_are_told_once() -> None:
    (refusal,) = tidy({"report_id": "1", **{f"column{i}": i for i in range(1000)}}).refusals
    assert "1000 fields" in refusal.reason
    assert len(tidy({f"column{i}": i for i in range(MANY)}).refusals) == MANY


@pytest.mark.parametrize("value", [["a", "b"], object(), {"a": {"b": "c"}}])
def test_a_value_of_the_wrong_kind_is_refused_and_its_words_are_kept(value: Any) -> None:
    found = tidy({"narrative": value})
    assert len(found.refusals) == 1
    assert "narrative" not in found.values


def test_two_columns_for_one_field_keep_the_first_and_tell_the_second() -> None:
    found = tidy({"where": "Leeds", "location": "York", "place.text": "Leeds"})
    assert found.values == {"place": {"text": "Leeds"}}
    assert [refusal.value for refusal in found.refusals] == ["York"]


def test_halves_of_surrogates_and_nul_are_taken_out() -> None:
    assert tidy({"narrative": "a\ud800b\x00c"}).values == {"narrative": "abc"}


_names = st.one_of(
    st.text(max_size=20),
    st.sampled_from([f"{table}.1.{field}" for table, fields in TABLES.items() for field in fields]),
    st.sampled_from(["report_id", "suspects", "vehicles", "place", "raw", "spans", "hair", "behaviours"]),
)
_scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.dates(), st.datetimes()
)
_values = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=3), max_leaves=6
)


@given(st.dictionaries(_names, _values, max_size=6))
def test_no_row_raises(row: dict[str, Any]) -> None:
    tidy(row)


@pytest.mark.parametrize("name", ["age", "build", "Hair"])
def test_a_bare_column_on_a_person_is_not_taken_for_the_reported_person_but_shown_where_to_go(name: str) -> None:
    found = tidy({name: "30s"})
    assert "suspects" not in found.values
    assert f"rename it to suspects.1.{name.lower()}" in found.refusals[0].reason


@each_row(
    ("name", "table"),
    [
        ("Plate", "vehicles"),
        ("Car reg", "vehicles"),
        ("Vehicle details", "vehicles"),
        ("Description of man", "suspects"),
        ("attacker_description", "suspects"),
    ],
)
def test_usual_column_names_of_other_people_are_known(name: str, table: str) -> None:
    found = tidy({name: "some words"})
    assert table in found.values
    assert not found.refusals


def test_an_empty_day_of_a_canonical_row_is_no_day(tmp_path: Path) -> None:
    row = extract_report("He hit her in Leeds on 3 May 2019.", "A").to_json()
    row["occurred"]["from"] = row["received"] = ""
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")
    (report,) = read_reports(file).reports
    assert (report.occurred.from_, report.received) == ("2019-05-03", None)
