"""What `linkage extract` reads and gives: the texts of a file to canonical JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from linkage.intake.assemble.extract import extract_report
from linkage.intake.fields.columns import SPREADSHEET_ERROR, is_spreadsheet_error
from linkage.intake.fields.plain_row import Notes, is_unknown
from linkage.intake.fields.raw_rows import narrative_of
from linkage.intake.fields.report_fields import received as received_of
from linkage.intake.processes import in_chunks
from linkage.intake.readers import FileNote, RawRow
from linkage.intake.readers.column_names import fold_name
from linkage.intake.readers.rows import TooLargeError, read_bounded, read_content, text_of
from linkage.intake.reject import Reject, clean

_SUFFIXES = (".jsonl", ".ndjson", ".json")
_IDS = ("id", "report_id")


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
    is `{"id", "file", "error"}`. `tell` is given, a line each, what had to be assumed of a file, as which sheet of a
    workbook is read. `why` adds to each what speaks for its facts (`reasons.why_of`). Raises OSError when the file
    cannot be opened.
    """
    name = str(source)
    try:
        data = read_bounded(sys.stdin.buffer if name == "-" else Path(name))
    except TooLargeError as error:
        yield {"id": None, "file": name, "error": str(error)}
        return
    shown, suffix = "text" if name == "-" else Path(name).name, Path(name).suffix.lower()
    json = suffix in _SUFFIXES or (text_of(data) or "").lstrip()[:1] in ("{", "[")
    items = list(read_content(shown, data, suffix))
    for item in items:
        if tell and isinstance(item, FileNote):
            tell(str(item))
    told = [item for item in items if isinstance(item, RawRow | Reject)]
    rows = [item for item in told if isinstance(item, RawRow)]
    by_line = json and any(item.row is not None for item in told)
    if not by_line and not any(narrative_of(row.values) for row in rows):
        refused = [item.reason for item in told if isinstance(item, Reject)]
        without = "no column narrative; name the one with the words so, or read the file with linkage import"
        nothing = "no report stands in it" if json else without
        yield {"id": None, "file": shown, "error": without if rows else (refused or [nothing])[0]}
        return
    for item in told:
        if tell and isinstance(item, Reject) and item.row is None:
            tell(f"{item.file}: {item.field}: {item.reason}")
    # what of a line was refused costs no value of its own, and what is told of the whole file is none
    without_value = {None, *(row.row for row in rows if json)}
    told = [item for item in told if isinstance(item, RawRow) or item.row not in without_value]
    read = partial(_chunk, unit="line" if json else "row", today=today, why=why)
    yield from chain.from_iterable(in_chunks(read, told))


def _chunk(items: Sequence[RawRow | Reject], unit: str, today: date | None, why: bool) -> list[dict[str, Any]]:
    return [
        _extracted(one.values, f"{unit} {one.row}", unit == "row", today, why)
        if isinstance(one, RawRow)
        else {"id": one.report_id, "error": f"{unit} {one.row}: {one.reason}"}
        for one in items
    ]


def _extracted(
    values: Mapping[str, Any], where: str, of_table: bool, today: date | None, why: bool
) -> dict[str, Any]:
    """The report of one item under its id, with what speaks for its facts where that is asked for. A cell of a
    table may hold no words but a spreadsheet's error, or a sign that nothing is known."""
    named = {fold_name(column): value for column, value in values.items()}
    own = next((named[key] for key in _IDS if named.get(key) is not None), None)
    words, received = narrative_of(values), named.get("received")
    if words is None or (of_table and is_unknown(words)):
        return {"id": own, "error": f'{where} has no text; give it as "text"'}
    if of_table and is_spreadsheet_error(words):
        return {"id": own, "error": f"{where}, narrative “{words.strip()}”: {SPREADSHEET_ERROR}"}
    report_id = where.replace(" ", "-") if own is None else clean(str(own))
    notes = Notes(today or date.today())
    day = received_of(received, notes) if isinstance(received, str) and not is_unknown(received) else None
    report = extract_report(words, report_id, day, today)
    report.warnings += [f"received: “{one.value}” {one.reason}" for one in notes.refusals]
    found = {"id": report_id if own is None else own, **report.to_json()}
    if why:
        from linkage.intake.assemble.reasons import why_of  # what few ask for

        found["why"] = why_of(report)
    return found
