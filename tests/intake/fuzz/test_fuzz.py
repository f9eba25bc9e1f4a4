"""Whatever a reader or free text is given, it gives rows, refusals and reports that every store keeps.

In the suite each target runs for seconds. `make fuzz` runs them for as long as LINKAGE_FUZZ_EXAMPLES says, with
other draws each time; an input that fails is shown by hypothesis, and is then kept as a line of found.jsonl.
"""

from __future__ import annotations

import base64
import io
import json
import os
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from linkage.intake import extract_report
from linkage.intake.assemble.extract import assemble
from linkage.intake.document.pieces import parts_of
from linkage.intake.fields.raw_rows import masked
from linkage.intake.fields.reporter_details import private_details
from linkage.intake.limits import limit
from linkage.intake.readers import RawRow, ReadItem
from linkage.intake.readers.column_names import COLUMNS, TABLES
from linkage.intake.readers.rows import read_content
from linkage.report import Report
from linkage.store.imports import body_of
from tests.rows import each_row

TODAY = date(2026, 3, 1)
FOUND = Path(__file__).with_name("found.jsonl")
EXAMPLES = int(os.environ.get("LINKAGE_FUZZ_EXAMPLES", "25"))
LONG = os.environ.get("LINKAGE_FUZZ_EXAMPLES") is not None
fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

WORDS = [
    "man", "he", "she", "white", "Ford Focus", "Leeds", "AB12 CDE", "07700 900123", "30", "5ft 10", "on 3 May",
    "at 9pm", "my name is", "No: 12", "\n", "\n\n", ". ", ", ", "=", "\x00", "\ud800", "\u202e", "\ufeff", "é", "😀",
    "“", '"', "'", "[removed]", "call me on", "Miss", "hit her", "with a knife", "two men", "the other", "reg", "?",
    "W?? 4X?", "-", "(",
]  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.builds(lambda unit, times: unit * times, st.text(min_size=1, max_size=12), st.integers(1, 400)),
    st.text(st.characters(), max_size=200),
)
leaves = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(10**39, 10**60), st.floats(), texts,
    st.sampled_from(["2026-01-01T10:00+25:00", "0000-00-00", "9999-99-99", "1e999", "Infinity", "51.5N", "mid 30s"]),
)  # fmt: skip
values = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)
names = st.one_of(
    st.sampled_from([*COLUMNS, *TABLES, "victim_name"]),
    st.sampled_from([f"{table}.1.{field}" for table, fields in TABLES.items() for field in fields]),
    texts,
)
rows = st.dictionaries(names, values, max_size=8)


def sound(report: Report) -> None:
    """What holds for every report, whatever it was read from."""
    body_of(report).encode()
    assert "\\u0000" not in body_of(report)
    json.dumps(report.to_json(), allow_nan=False)
    length = len(report.narrative or "")
    for _, part in parts_of(report):
        assert all(0 <= a < b <= length for spans in part.spans.values() for a, b in spans)
    Report.model_validate(report.to_json())


def read(data: bytes, suffix: str) -> None:
    for item in read_content(f"f{suffix}", data, suffix):
        assert isinstance(item, ReadItem)
        if isinstance(item, RawRow):
            assembled(item)


def assembled(row: RawRow) -> None:
    safe, count = masked(row)
    report, rejects = assemble(safe, TODAY)
    assert report is not None or rejects
    assert count == 0 or "[removed]" in str(safe.values)
    if report is not None:
        sound(report)
    for reject in rejects:
        assert reject.reason
        "".join((reject.field, reject.value, reject.reason)).encode()


def found_before() -> list[Any]:
    return [json.loads(line) for line in FOUND.read_text(encoding="utf-8").splitlines()]


@each_row("case", found_before())
def test_what_was_found_before_is_read(case: dict[str, str]) -> None:
    read(base64.b64decode(case["data"]), case["suffix"])


@given(st.binary(max_size=400), st.sampled_from(["", ".csv", ".jsonl", ".txt", ".xlsx", ".json"]))
@example(b"PK\x03\x04xl/", ".xlsx")
@fuzz
def test_any_bytes(data: bytes, suffix: str) -> None:
    read(data, suffix)


@given(st.lists(rows, max_size=3), st.booleans())
@fuzz
def test_any_json(given_rows: list[dict[str, Any]], ascii_only: bool) -> None:
    lines = "\n".join(json.dumps(row, ensure_ascii=ascii_only) for row in given_rows)
    read(lines.encode("utf-8", "surrogatepass"), ".jsonl")


@given(rows, rows)
@fuzz
def test_any_change_of_a_canonical_row(top: dict[str, Any], inner: dict[str, Any]) -> None:
    row = extract_report("A white man of 30 hit her in Leeds on 3 May.", "R1", today=TODAY).to_json()
    row["suspects"][0] |= inner
    assembled(RawRow("f", 1, row))
    assembled(RawRow("f", 1, row | top))


@given(st.lists(st.lists(texts, max_size=6), max_size=5), st.sampled_from(",;\t|"))
@fuzz
def test_any_table(cells: list[list[str]], delimiter: str) -> None:
    lines = ["report_id,narrative,suspects.1.age,place".replace(",", delimiter), *map(delimiter.join, cells)]
    read("\n".join(lines).encode("utf-8", "surrogatepass"), ".csv")


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(),
                st.text(
                    st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"], max_codepoint=0xFFFD),
                    max_size=30,
                ),
            ),
            max_size=5,
        ),
        max_size=5,
    ),
    st.binary(max_size=60),
    st.integers(0, 6000),
)
@fuzz
def test_any_workbook(cells: list[list[Any]], over: bytes, at: int) -> None:
    book = Workbook()
    for row in [["report_id", "narrative", "suspects.1.age"], *cells]:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    data = file.getvalue()
    read(data, ".xlsx")
    read(data[:at] + over + data[at + len(over) :], ".xlsx")


@given(texts)
@fuzz
def test_any_text(text: str) -> None:
    sound(extract_report(text, "R1", today=TODAY))
    details = private_details(text)
    assert all(text[one.start : one.end] == one.words for one in details)
    assert all(a.end <= b.start for a, b in pairwise(details))


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
@settings(fuzz, max_examples=max(3, EXAMPLES // 8))
def test_any_phrase_again_and_again(unit: str) -> None:
    times = limit("whole_characters") // len(unit) + 2
    sound(extract_report(unit * times, "R1", today=TODAY))
