"""Whether a row need not be read again: it gave a report without a refusal, and no date of it reached today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from linkage.intake.batch import Batch, read_items
from linkage.intake.readers import RawRow
from linkage.intake.recall import Recalled, mark_of
from tests.rows import each_row

TODAY = date(2026, 3, 10)
LATER = [TODAY + timedelta(days=days) for days in (1, 25, 300, 4000)]
KEY = bytes(32)


def read(today: date = TODAY, mask: bool = False, **values: Any) -> Batch:
    return read_items([("a.csv", [RawRow("a.csv", 2, {"report_id": "A", **values})])], today=today, mask=mask)


LASTING: list[dict[str, Any]] = [
    {"narrative": "On 3 March 2024 a tall man in a blue van punched her in Leeds."},
    {"received": "2026-03-10", "narrative": "Yesterday he did not pay."},
    {"received": "2026-03-09", "occurred.from": "Friday"},
    {"received": "2026-03-01", "occurred.from": "2026-03-05"},
    {"received": "2026-03-01", "occurred.from": "2026-03-05 to December 2026"},
    {"occurred.from": "2025"},
    {"received": "2026-03-09", "narrative": "It was the last day of February."},
    {"received": "2026-03-01", "narrative": "On 3 May 2027 a tall man punched her."},
    {"received": "2026-03-01", "narrative": "It was in summer 2027."},
]
RESTING: list[dict[str, Any]] = [
    {"occurred.from": "2026"},
    {"occurred.from": "spring 2026"},
    {"narrative": "On 3 May 2027 a tall man punched her."},
    {"narrative": "He came at some time in 2026."},
]


@each_row("values", LASTING)
def test_a_row_whose_dates_are_past_is_the_same_on_every_later_day(values: dict[str, Any]) -> None:
    first = read(**values)
    assert [one.report_id for one in first.readings] == ["A"]
    for today in LATER:
        assert read(today, **values).reports == first.reports


@each_row("values", RESTING)
def test_a_row_with_a_date_that_reaches_today_is_to_be_read_again(values: dict[str, Any]) -> None:
    for _ in range(2):  # what is remembered of dates remembers this too
        assert read(**values).readings == []


def test_rows_that_rest_on_today_are_another_later_or_could_be() -> None:
    assert any(read(LATER[-1], **values).reports != read(**values).reports for values in RESTING)


def test_a_row_that_was_refused_in_part_is_to_be_read_again() -> None:
    batch = read(narrative="A tall man.", consent_police="perhaps")
    assert (len(batch.reports), len(batch.rejects), batch.readings) == (1, 1, [])


def test_a_row_in_which_details_were_masked_is_remembered_as_it_was_read() -> None:
    batch = read(mask=True, narrative="My name is Mary Jones, call me on 07700 900123. A tall man punched me.")
    assert batch.details["A"] > 0
    (reading,) = batch.readings
    assert reading.masked
    assert "07700" not in repr(reading.row.values)
    assert "07700" in batch.masked["A"]


def test_what_is_recalled_is_not_read_and_stands_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [RawRow("a.csv", 2 + at, {"report_id": name, "narrative": "A man."}) for at, name in enumerate("ABCA")]
    whole = read_items([("a.csv", rows)], today=TODAY)
    known = {1: Recalled(whole.reports[1], 2)}
    monkeypatch.setattr("linkage.intake.batch.assemble", lambda *_: pytest.fail("no row may be read"))
    everything = {at: Recalled(whole.reports[at % 3]) for at in range(4)}
    again = read_items([("a.csv", rows)], today=TODAY, recall=lambda *_: everything)
    assert (again.reports, again.counts, again.readings) == (whole.reports, whole.counts, [])
    monkeypatch.undo()
    part = read_items([("a.csv", rows)], today=TODAY, recall=lambda *_: known)
    assert (part.reports, part.counts) == (whole.reports, whole.counts)
    assert [one.report_id for one in part.readings] == ["A", "C"]
    assert part.details == {"B": 2}


def test_a_mark_is_of_the_values_the_masking_and_the_key() -> None:
    row = RawRow("a.csv", 2, {"report_id": "A", "narrative": "A man."})
    marks = [
        mark_of(row, KEY, True),
        mark_of(row, KEY, False),
        mark_of(row, b"another" * 4, True),
        mark_of(replace(row, values={**row.values, "weapons": "knife"}), KEY, True),
        mark_of(replace(row, made_id=True), KEY, True),
    ]
    assert len(set(marks)) == 5
    assert mark_of(replace(row, file="b.csv", row=9), KEY, True) == marks[0]
