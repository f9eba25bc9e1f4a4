"""What `linkage extract` reads and gives: alerts of a text, or lines of `{"id", "text"}`, to canonical JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from linkage.intake.extract import extract_report
from linkage.intake.readers.encoding import clean
from linkage.intake.readers.items import FileNote, RawRow
from linkage.intake.readers.rows import read_content, text_of
from linkage.intake.reject import Reject

_SUFFIXES = (".jsonl", ".ndjson", ".json")


def extract_lines(source: str | Path, today: date | None = None) -> Iterator[dict[str, Any]]:
    """Canonical reports as JSON values, in order, each with its `id`.

    `source` is a file, or "-" for standard input. JSON Lines of `{"id", "text"}` (also `received`) give one value for
    each line; a line that cannot be read gives `{"id", "error"}`. Other text gives one value for each alert. Raises
    OSError when the file cannot be read.
    """
    name = str(source)
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    text = text_of(data)
    suffix = Path(name).suffix.lower()
    if text is not None and (suffix in _SUFFIXES or text.lstrip()[:1] == "{"):
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield extract_line(line, number, today)
        return
    for item in read_content("text" if name == "-" else Path(name).name, data, ".txt"):
        if isinstance(item, RawRow):
            report_id = str(item.values["report_id"])
            yield {"id": report_id, **extract_report(item.values["narrative"], report_id, today=today).to_json()}
        elif isinstance(item, Reject):
            yield {"id": None, "error": item.reason}
        else:
            assert isinstance(item, FileNote)


def extract_line(line: str, number: int, today: date | None = None) -> dict[str, Any]:
    """The report of one JSON line; `number` names it where it has no `id`."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f'line {number} is not valid JSON ({error}); write {{"id": ..., "text": ...}}'}
    if not isinstance(given, dict):
        return {"id": None, "error": f'line {number} is no object; write {{"id": ..., "text": ...}}'}
    own = next((given[key] for key in ("id", "report_id") if given.get(key) is not None), None)
    words = next((given[key] for key in ("text", "narrative") if isinstance(given.get(key), str)), None)
    if words is None:
        return {"id": own, "error": f'line {number} has no text; give it as "text"'}
    received = given.get("received")
    report_id = f"line-{number}" if own is None else clean(str(own))
    report = extract_report(words, report_id, received if isinstance(received, str) else None, today)
    return {"id": report_id if own is None else own, **report.to_json()}
