"""What `linkage extract` reads and gives: alerts of a text, or lines of `{"id", "text"}`, to canonical JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from linkage.intake.assemble.extract import extract_report
from linkage.intake.processes import in_chunks
from linkage.intake.readers import FileNote, RawRow, ReadItem
from linkage.intake.readers.column_names import fold_name, locate
from linkage.intake.readers.jsonl import parse
from linkage.intake.readers.rows import TooLargeError, read_bounded, read_content, text_of
from linkage.intake.reject import Reject, clean
from linkage.report import Report

_SUFFIXES = (".jsonl", ".ndjson", ".json")
_IDS = ("id", "report_id")
T = TypeVar("T")


def extract_lines(
    source: str | Path,
    today: date | None = None,
    tell: Callable[[str], None] | None = None,
    why: bool = False,
) -> Iterator[dict[str, Any]]:
    """Canonical reports as JSON values, in order, each with its `id`.

    `source` is a file, or "-" for standard input. JSON Lines of `{"id", "text"}` (also `received`) give one value for
    each line; a line that cannot be read gives `{"id", "error"}`. A table (CSV, XLSX) with a column `narrative` gives
    one value for each row, other text one for each alert. Where nothing of the whole file can be read, the one value
    is `{"id", "file", "error"}`. `tell` is given, a line each, what had to be assumed of a file that is no JSON, as
    which sheet of a workbook is read. `why` adds `why` to each: what speaks
    for its facts (`reasons.why_of`). Raises OSError when the file cannot be opened.
    """
    name = str(source)
    try:
        data = read_bounded(sys.stdin.buffer if name == "-" else Path(name))
    except TooLargeError as error:
        yield {"id": None, "file": name, "error": str(error)}
        return
    text = text_of(data)
    suffix = Path(name).suffix.lower()
    json = text is not None and (suffix in _SUFFIXES or text.lstrip()[:1] == "{")
    if text is not None and json and text.strip():
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        yield from _of_each(partial(extract_line, today=today, why=why), lines)
        return
    shown = "text" if name == "-" else Path(name).name
    items = list(read_content(shown, data, suffix))
    for item in items:
        if tell and isinstance(item, FileNote):
            tell(str(item))
    rows = [item for item in items if isinstance(item, RawRow)]
    if not any(map(_narrative_of, rows)):
        refused = [item.reason for item in items if isinstance(item, Reject)]
        without = "no column narrative; name the one with the words so, or read the file with linkage import"
        yield {"id": None, "file": shown, "error": without if rows or not refused else refused[0]}
        return
    yield from _of_each(partial(_extract_row, today=today, why=why), items)


def _of_each(read: Callable[[T], dict[str, Any] | None], items: Sequence[T]) -> Iterator[dict[str, Any]]:
    """What is read of each item, by several processes where there are many."""
    for results in in_chunks(partial(_chunk, read), items):
        yield from results


def _chunk(read: Callable[[T], dict[str, Any] | None], items: Sequence[T]) -> list[dict[str, Any]]:
    return [found for item in items if (found := read(item)) is not None]


def _extract_row(item: ReadItem, today: date | None, why: bool) -> dict[str, Any] | None:
    """The report of an alert or a table's row, or what is wrong with it; None for what was assumed of the file."""
    if isinstance(item, Reject):
        return {"id": item.report_id, "error": f"row {item.row}: {item.reason}"}
    if not isinstance(item, RawRow):
        return None
    given = next((str(v) for k, v in item.values.items() if fold_name(k) in _IDS), None)
    report_id = given or f"row-{item.row}"
    words = _narrative_of(item)
    if words is None:
        return {"id": report_id, "error": f"row {item.row} has no narrative"}
    return {"id": report_id, **_with_reasons(extract_report(words, report_id, today=today), why)}


def _with_reasons(report: Report, why: bool) -> dict[str, Any]:
    """A report as plain values, with what speaks for its facts where that is asked for."""
    if not why:
        return report.to_json()
    from linkage.intake.assemble.reasons import why_of  # what few ask for

    return {**report.to_json(), "why": why_of(report)}


def _narrative_of(row: RawRow) -> str | None:
    return next((str(value) for column, value in row.values.items() if _is_narrative(column)), None)


def _is_narrative(column: str) -> bool:
    """Whether a column holds the words: `narrative` or another name for it, or `text`."""
    slot = locate(column)
    return fold_name(column) == "text" or (slot is not None and slot.path == ("narrative",))


def extract_line(numbered: tuple[int, str], today: date | None = None, why: bool = False) -> dict[str, Any]:
    """The report of one JSON line; its number names it where it has no `id`."""
    number, line = numbered
    given, wrong = parse(line)
    if wrong is not None:
        return {"id": None, "error": f'line {number} is not valid JSON: {wrong}; write {{"id": ..., "text": ...}}'}
    if not isinstance(given, dict):
        return {"id": None, "error": f'line {number} is no object; write {{"id": ..., "text": ...}}'}
    own = next((given[key] for key in _IDS if given.get(key) is not None), None)
    words = next((given[key] for key in ("text", "narrative") if isinstance(given.get(key), str)), None)
    if words is None:
        return {"id": own, "error": f'line {number} has no text; give it as "text"'}
    received = given.get("received")
    report_id = f"line-{number}" if own is None else clean(str(own))
    report = extract_report(words, report_id, received if isinstance(received, str) else None, today)
    return {"id": report_id if own is None else own, **_with_reasons(report, why)}
