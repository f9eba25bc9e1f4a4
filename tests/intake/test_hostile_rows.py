"""Nothing of one row ends the others: each fault costs its field, is told with row, field, value and cure."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linkage.intake import Batch, extract_report, read_reports
from linkage.intake.assemble.extract import assemble
from linkage.intake.document.pieces import parts_of
from linkage.intake.fields.raw_rows import masked, moved_spans
from linkage.intake.limits import allowed, variable
from linkage.intake.readers import RawRow
from linkage.intake.reject import Reject
from linkage.report import Report
from linkage.store.imports import body_of

TODAY = date(2026, 3, 1)
WORDS = "A tall white man with a beard hit her in Leeds. His number was 07700 900123."
GOOD = '{"report_id": "good", "narrative": "A man hit her."}'


def batch_of(tmp_path: Path, *lines: str, **options: Any) -> Batch:
    file = tmp_path / "rows.jsonl"
    file.write_bytes("\n".join([*lines, GOOD]).encode("utf-8", "surrogatepass"))
    return read_reports(file, today=TODAY, **options)


def canonical(**changed: Any) -> dict[str, Any]:
    return extract_report(WORDS, "R1", today=TODAY).to_json() | changed


def kept(batch: Batch) -> list[str]:
    for report in batch.reports:
        body_of(report).encode()  # what no store keeps would end the import here
        assert "\0" not in body_of(report)
        assert "\\u0000" not in body_of(report)
        for _, part in parts_of(report):
            assert all(0 <= a < b <= len(report.narrative or "") for s in part.spans.values() for a, b in s)
    for reject in batch.rejects:
        "".join(str(getattr(reject, name)) for name in ("file", "field", "value", "reason", "report_id")).encode()
    return [report.report_id for report in batch.reports]


def refused(batch: Batch) -> dict[str, str]:
    return {reject.field: reject.reason for reject in batch.rejects}


@pytest.mark.parametrize("bad", ["\\ud800", "\\udfff", "\\u0000", "\\u0001", "\\ufeff"])
@pytest.mark.parametrize("where", ["report_id", "narrative", "series", "key"])
@pytest.mark.parametrize("form", ["canonical", "words"])
def test_a_character_that_no_store_keeps_is_taken_out(tmp_path: Path, bad: str, where: str, form: str) -> None:
    row = canonical() if form == "canonical" else {"report_id": "R1", "narrative": WORDS}
    row |= {"raw": {"BAD": "x"}} if where == "key" and form == "canonical" else {"BAD": "x"} if where == "key" else {}
    row |= {where: f"R1BAD{row.get(where) or ''}"} if where != "key" else {}
    assert len(kept(batch_of(tmp_path, json.dumps(row).replace("BAD", bad)))) == 2


def test_spans_move_with_a_narrative_that_was_cleaned(tmp_path: Path) -> None:
    row = canonical()
    further = [(0, 0, 3)]
    shifted = moved_spans(row, further)
    shifted["narrative"] = "\x00\x01\x02" + row["narrative"]
    batch = batch_of(tmp_path, json.dumps(shifted))
    assert batch.reports[0].to_json() == row


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".txt"])
def test_control_characters_of_one_row_do_not_end_the_others(tmp_path: Path, suffix: str) -> None:
    rows = {
        ".csv": b'report_id,narrative\nR1,"A man."\nR2,"A ' + bytes(300) + b'man."\nR3,"A man."\n',
        ".jsonl": GOOD.replace("good", "R1").encode() + b"\n\x01" + b"\x00" * 300 + b"\n" + GOOD.encode(),
        ".txt": b"No: 1\nA man.\n\nNo: 2\nA " + bytes(300) + b"man.\n\nNo: 3\nA man.\n",
    }
    file = tmp_path / f"a{suffix}"
    file.write_bytes(rows[suffix])
    read = [report.narrative or "" for report in read_reports(file, today=TODAY).reports]
    assert sum("A man" in narrative for narrative in read) == (2 if suffix == ".jsonl" else 3)


def test_a_nul_in_an_id_reaches_no_store(tmp_path: Path) -> None:
    assert kept(batch_of(tmp_path, '{"report_id": "R\\u00001", "narrative": "x"}')) == ["R1", "good"]


@pytest.mark.parametrize("number", ["Infinity", "-Infinity", "NaN", "1e999", "9" * 5000])
@pytest.mark.parametrize("form", ["canonical", "words"])
def test_a_number_that_is_none_costs_its_field(tmp_path: Path, number: str, form: str) -> None:
    row = canonical() if form == "canonical" else {"report_id": "R1", "narrative": WORDS}
    row["place"] = {**row.get("place", {}), "lat": 53.8, "lon": -1.5, "radius_m": "NUMBER"}
    batch = batch_of(tmp_path, json.dumps(row).replace('"NUMBER"', number))
    assert kept(batch) == ["R1", "good"]
    radius = batch.reports[0].place.radius_m
    assert radius is None or 0 < radius < 1e6
    assert number == "NaN" or any("radius_m" in field for field in refused(batch))


@pytest.mark.parametrize("spans", [[[0, 10**9]], [[-5, 3]], [[9, 2]], [[10**30, 10**31]]])
def test_a_span_outside_the_text_is_left_out_and_told(tmp_path: Path, spans: list[list[int]]) -> None:
    row = canonical()
    row["suspects"][0]["spans"]["sex"] = spans
    batch = batch_of(tmp_path, json.dumps(row))
    assert kept(batch) == ["R1", "good"]
    assert batch.reports[0].suspects[0].sex == "male"
    assert any("span" in field for field in refused(batch)) or "sex" not in batch.reports[0].suspects[0].spans


@pytest.mark.parametrize("field", ["received", "occurred"])
@pytest.mark.parametrize("when", ["2026-01-01T10:00+25:00", "2026-01-01T10:00:00-99:99"])
@pytest.mark.parametrize("form", ["canonical", "words"])
def test_an_offset_that_no_clock_has_costs_its_field_at_most(
    tmp_path: Path, field: str, when: str, form: str
) -> None:
    row = canonical() if form == "canonical" else {"report_id": "R1", "narrative": WORDS}
    row[field] = {"from": when, "to": None} if field == "occurred" else when
    batch = batch_of(tmp_path, json.dumps(row))
    assert kept(batch) == ["R1", "good"]
    assert not any("program failed" in one.reason for one in batch.rejects)


@pytest.mark.parametrize(
    ("row", "field", "limit"),
    [
        ({"place": {"text": "Leeds " * 20_000}}, "place.text", "500"),
        ({"vehicles": [{"make": "Ford " * 20_000}]}, "vehicles.1.make", "500"),
        ({"vehicles": [{"colour": ["blue " * 20_000]}]}, "vehicles.1.colour", "500"),
        ({"suspects": [{"hair": "brown " * 20_000}]}, "suspects.1.hair", "500"),
        ({"narrative": "x" * 1_000_001}, "narrative", "1,000,000"),
        ({"speech": ["x"] * 300}, "speech", "200"),
        ({"suspects": [{"sex": "male"}] * 300}, "suspects", "200"),
    ],
)
def test_a_value_has_a_limit_which_the_refusal_names(
    tmp_path: Path, row: dict[str, Any], field: str, limit: str
) -> None:
    started = time.process_time()
    batch = batch_of(tmp_path, json.dumps({"report_id": "R1", **row}))
    assert kept(batch) == ["R1", "good"]
    reason = refused(batch)[field]
    assert f"limit of {limit}" in reason
    assert "LINKAGE_LIMIT_" in reason
    assert time.process_time() - started < 30  # hours before


def test_canonical_rows_keep_to_the_limits_too(tmp_path: Path) -> None:
    row = canonical()
    row["place"]["text"] = "Leeds " * 20_000
    batch = batch_of(tmp_path, json.dumps(row))
    assert kept(batch) == ["R1", "good"]
    assert "limit of 500" in refused(batch)["place.text"]


def test_an_id_that_is_too_long_costs_its_row_and_is_told(tmp_path: Path) -> None:
    batch = batch_of(tmp_path, json.dumps({"report_id": "R" * 300, "narrative": "x"}))
    assert kept(batch) == ["good"]
    assert "limit of 200" in batch.rejects[0].reason


@pytest.mark.parametrize("processes", [1, 2])
def test_a_row_that_takes_too_long_is_kept_with_its_words_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    monkeypatch.setenv(variable("row_seconds"), "1")
    monkeypatch.setattr("linkage.intake.assemble.extract.read_setting", endless)
    rows = [json.dumps({"report_id": f"R{n}", "narrative": f"slow {n}" if n == 7 else "A man."}) for n in range(210)]
    batch = batch_of(tmp_path, *rows, processes=processes)
    assert len(batch.reports) == 211
    slow = next(report for report in batch.reports if report.report_id == "R7")
    assert slow.narrative == "slow 7"
    assert any("not read" in warning for warning in slow.warnings)
    told = [reject for reject in batch.rejects if reject.report_id == "R7"]
    assert [(one.field, "limit of 1 s" in one.reason) for one in told] == [("narrative", True)]


def test_in_a_thread_the_budget_holds_between_the_stages_of_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object) -> list[str]:
        ends = time.thread_time() + 1.2
        while time.thread_time() < ends:
            sum(range(1000))
        return []

    monkeypatch.setenv(variable("row_seconds"), "1")
    monkeypatch.setattr("linkage.intake.assemble.extract.read_setting", slow)
    with ThreadPoolExecutor(1) as threads:
        report = threads.submit(extract_report, WORDS, "R1", None, TODAY).result()
    assert report.narrative == WORDS
    assert report.suspects == []
    assert "not read" in report.warnings[0]


def test_in_a_thread_the_budget_holds_between_fields_and_their_items() -> None:
    def read() -> tuple[Report | None, list[Reject]]:
        behaviours = {"present": [f"he did {number}" for number in range(200)]}
        with allowed(0.0):
            return assemble(RawRow("f", 1, {"report_id": "R1", "narrative": WORDS, "behaviours": behaviours}), TODAY)

    with ThreadPoolExecutor(1) as threads:
        report, told = threads.submit(read).result()
    assert report is not None
    assert (report.narrative, report.behaviours.present) == (WORDS, [])
    assert "he did 99" in report.raw["behaviours"]
    assert [one.field for one in told] == ["(row)"]


def endless(_report: object, text: str, _today: date) -> list[str]:
    """A stage of reading that never asks for the time, within one match of an expression."""
    import re

    if text.startswith("slow"):
        re.fullmatch(r"(a*)*b", "a" * 40)
    return []


def test_details_of_the_reporter_are_masked_and_counted(tmp_path: Path) -> None:
    text = "My name is Anna Test. A tall man hit me in Leeds. Call me on 07700 900456."
    row = json.dumps({"report_id": "R1", "narrative": text})
    batch = batch_of(tmp_path, row, mask=True)
    assert batch.reports[0].narrative == "My name is [removed]. A tall man hit me in Leeds. Call me on [removed]."
    assert batch.details == {"R1": 2}
    assert batch_of(tmp_path, row).reports[0].narrative == text


def test_spans_of_a_canonical_row_stay_right_where_details_are_masked(tmp_path: Path) -> None:
    text = "My name is Anna Test. A tall white man hit me in Leeds."
    row = extract_report(text, "R1", today=TODAY).to_json()
    report = batch_of(tmp_path, json.dumps(row), mask=True).reports[0]
    assert "Anna" not in (report.narrative or "")
    for _, part in parts_of(report):
        for name, spans in part.spans.items():
            assert all((report.narrative or "")[a:b] in part.raw[name] for a, b in spans)


UNSEEN = ("\u200b", "\u200d", "\u202e", "\u2066", "\u00ad", "\u2060")


@pytest.mark.parametrize("form", ["bare", "canonical"])
def test_ids_that_look_alike_are_one_id_and_that_is_told(tmp_path: Path, form: str) -> None:
    for unseen in UNSEEN:
        names = {"report_id": f"A{unseen}1", "follows": f"B{unseen}1", "series": f"S{unseen}1"}
        row = canonical(**names) if form == "canonical" else {"narrative": "He ran.", **names}
        batch = batch_of(tmp_path, json.dumps(row), json.dumps({"report_id": "A1", "narrative": "He drove off."}))
        report, _ = batch.reports
        assert (report.report_id, report.follows, report.series) == ("A1", "B1", "S1")
        told = [one for one in batch.rejects if "cannot be seen" in one.reason]
        assert [one.field for one in told] == [*names]
        assert told[0].value == ascii(names["report_id"])
        assert any("another report read with it has the same report_id" in one.reason for one in batch.rejects)


def test_names_hold_nothing_unseen_and_a_narrative_stays_as_it_was_told(tmp_path: Path) -> None:
    words = "He said he was D\u200bave."
    row = {"report_id": "A", "narrative": words, "suspects": [{"names_used": ["Da\u200bve", "\u202eDave"]}]}
    report, _ = batch_of(tmp_path, json.dumps(row)).reports
    assert report.suspects[0].names_used == ["Dave"]
    assert report.narrative == words


def test_who_reports_is_taken_out_of_what_names_the_place_and_the_identifiers() -> None:
    row = {
        "place.text": "car park on Mill Lane, my name is Petra Novak",
        "identifiers": [
            {"kind": "other", "value": "I am Olga Smith my number 07700900777"},
            {"kind": "phone", "value": "07700 900 888"},
        ],
    }
    safe, count = masked(RawRow("f", 1, row))
    assert count == 3
    assert safe.values == {
        "place.text": "car park on Mill Lane, my name is [removed]",
        "identifiers": [
            {"kind": "other", "value": "I am [removed] my number [removed]"},
            {"kind": "phone", "value": "07700 900 888"},
        ],
    }
