"""Plain text -> one raw row for each alert."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePath

from linkage.intake.alerts import alert_spans
from linkage.intake.limits import limit
from linkage.intake.patterns import compiled
from linkage.intake.readers.items import RawRow, ReadItem, too_many_rows

_NUMBER = compiled(
    r"\b(?:No|Ref|Reference|Alert|Report)\b\.?\s*(?:no\.?|number)?\s*[:#]\s*([A-Za-z]{0,6}-?\d{1,12})\b", re.I
)


def read_alerts(name: str, text: str) -> Iterator[ReadItem]:
    """One row for each alert: its words as `narrative`, and a `report_id` of file name and number.

    The number is the alert's own ("No: 456") where it has one, else its place in the file. `row` is the alert's
    first line.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    stem = PurePath(name).stem or "text"
    seen: set[str] = set()
    line, counted = 1, 0
    for position, (start, end) in enumerate(alert_spans(text), 1):
        if position > limit("rows"):
            yield too_many_rows(name)
            return
        words = text[start:end]
        own = _NUMBER.findall(words)
        report_id = f"{stem}-{own[-1]}" if own else f"{stem}-{position}"
        if report_id in seen:
            report_id = f"{report_id}-{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:6]}"
        seen.add(report_id)
        line, counted = line + text.count("\n", counted, start), start
        yield RawRow(name, line, {"report_id": report_id, "narrative": words}, not own)
