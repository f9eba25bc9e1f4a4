"""A raw row made safe to keep: characters that no store keeps are taken out, and details of the reporter masked.

Whatever changes the narrative moves the spans of a row in canonical form with it, so that they name the same words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from linkage.intake.fields.reporter_details import REMOVED, private_details, without
from linkage.intake.readers import RawRow
from linkage.intake.readers.column_names import locate
from linkage.intake.reject import UNKEEPABLE, clean

Edit = tuple[int, int, int]
"""Start and end of a stretch of a text, and the length of what takes its place."""


def cleaned(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without characters that no store keeps (NUL, control characters, halves of surrogate pairs)."""
    if not _unclean(row):
        return dict(row)
    edits = [(at.start(), at.end(), 0) for at in UNKEEPABLE.finditer(str(row.get("narrative") or ""))]
    kept: dict[str, Any] = _each_text(row, clean)
    return moved_spans(kept, edits) if edits else kept


def _unclean(value: Any) -> bool:
    if isinstance(value, str):
        return clean(value) is not value
    if isinstance(value, Mapping):
        return any(_unclean(key) or _unclean(item) for key, item in value.items())
    return isinstance(value, list | tuple) and any(map(_unclean, value))


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {change(key) if isinstance(key, str) else key: _each_text(item, change) for key, item in value.items()}
    return [_each_text(item, change) for item in value] if isinstance(value, list | tuple) else value


def masked(row: RawRow) -> tuple[RawRow, int]:
    """The row with details of the person who reports or was harmed taken out of its narrative and of its translation,
    and how many were."""
    values, count = _masked_translation(row.values)
    column = _narrative_column(row)
    if column is not None and (details := private_details(row.values[column])):
        values[column] = without(row.values[column], details)
        values = moved_spans(values, [(one.start, one.end, len(REMOVED)) for one in details])
        count += len(details)
    return (replace(row, values=values) if count else row), count


def _masked_translation(values: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    masked, count = dict(values), 0
    for name, value in values.items():
        slot = locate(name)
        if slot is None or slot.path[0] != "translation":
            continue
        if isinstance(value, Mapping):
            inner, more = _masked_translation({f"translation.{key}": item for key, item in value.items()})
            masked[name] = {key.removeprefix("translation."): item for key, item in inner.items()}
            count += more
        elif isinstance(value, str) and slot.path[1:] == ("text",):
            details = private_details(value)
            masked[name] = without(value, details)
            count += len(details)
    return masked, count


def narrative_of(row: RawRow) -> str:
    """The narrative of a row as it came; empty where it has none."""
    column = _narrative_column(row)
    return row.values[column] if column is not None else ""


def _narrative_column(row: RawRow) -> str | None:
    texts = (name for name, value in row.values.items() if isinstance(value, str))
    return next((name for name in texts if (slot := locate(name)) and slot.path == ("narrative",)), None)


def moved_spans(value: Any, edits: Sequence[Edit]) -> Any:
    """A row whose narrative was edited, with every span where its words now are; one whose words went is left out.

    `edits` are in order and apart, by places of the text before.
    """
    grown = [0, *accumulate(length - (end - start) for start, end, length in edits)]

    def place(at: int) -> int:
        return at + grown[bisect_right(edits, at, key=lambda edit: edit[1])]

    def span(given: Any) -> Any:
        if not (isinstance(given, list | tuple) and len(given) == 2 and all(type(end) is int for end in given)):
            return given
        first = bisect_right(edits, given[0], key=lambda edit: edit[1])
        if first < len(edits) and edits[first][0] < given[1] and edits[first][2]:
            return None  # its words were taken out
        moved = [place(given[0]), place(given[1])]
        return moved if moved[0] < moved[1] else None

    def moved(item: Any, of_spans: bool = False) -> Any:
        if isinstance(item, list):
            return [kept for one in item if (kept := span(one)) is not None] if of_spans else list(map(moved, item))
        if not isinstance(item, Mapping):
            return item
        if of_spans:
            return {name: kept for name, given in item.items() if (kept := moved(given, True))}
        return {key: moved(part, key == "spans" and isinstance(part, Mapping)) for key, part in item.items()}

    return moved(value)
