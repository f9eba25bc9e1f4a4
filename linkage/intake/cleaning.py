"""A raw row made safe to keep: characters that no store keeps are taken out, and details of the reporter masked.

Whatever changes the narrative moves the spans of a row in canonical form with it, so that they name the same words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from linkage.intake.names import locate
from linkage.intake.readers.encoding import clean, unkeepable
from linkage.intake.readers.items import RawRow
from linkage.intake.reporter_details import REMOVED, private_details, without

Edit = tuple[int, int, int]
"""Start and end of a stretch of a text, and the length of what takes its place."""

_NARRATIVE, _TRANSLATION = ("narrative",), ("translation",)


def cleaned(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without characters that no store keeps (NUL, control characters, halves of surrogate pairs)."""
    if not _unclean(row):
        return dict(row)
    edits = [(at, at + 1, 0) for at in unkeepable(str(row.get("narrative") or ""))]
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
    found, first = _masked_narrative(row)
    values, second = _masked_translation(found.values)
    return (replace(found, values=values) if second else found), first + second


def _masked_translation(values: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    masked, count = dict(values), 0
    for name, value in values.items():
        slot = locate(name)
        if slot is None or slot.path[:1] != _TRANSLATION:
            continue
        if isinstance(value, Mapping):
            masked[name], more = _masked_translation({f"translation.{key}": item for key, item in value.items()})
            masked[name] = {key.removeprefix("translation."): item for key, item in masked[name].items()}
            count += more
        elif isinstance(value, str) and slot.path[1:] == ("text",):
            details = private_details(value)
            masked[name] = without(value, details)
            count += len(details)
    return masked, count


def _masked_narrative(row: RawRow) -> tuple[RawRow, int]:
    column = _narrative_column(row)
    if column is None:
        return row, 0
    text: str = row.values[column]
    details = private_details(text)
    if not details:
        return row, 0
    parts, at = list[str](), 0
    for one in details:
        parts += [text[at : one.start], REMOVED]
        at = one.end
    values = {**row.values, column: "".join((*parts, text[at:]))}
    edits = [(one.start, one.end, len(REMOVED)) for one in details]
    return replace(row, values=moved_spans(values, edits)), len(details)


def narrative_of(row: RawRow) -> str:
    """The narrative of a row as it came; empty where it has none."""
    column = _narrative_column(row)
    return row.values[column] if column is not None else ""


def _narrative_column(row: RawRow) -> str | None:
    return next((name for name, value in row.values.items() if isinstance(value, str) and _is_narrative(name)), None)


def _is_narrative(name: str) -> bool:
    slot = locate(name)
    return slot is not None and slot.path == _NARRATIVE


def moved_spans(value: Any, edits: Sequence[Edit]) -> Any:
    """A row whose narrative was edited, with every span where its words now are; one whose words went is left out.

    `edits` are in order and apart, by places of the text before.
    """
    if isinstance(value, list):
        return [moved_spans(item, edits) for item in value]
    if not isinstance(value, Mapping):
        return value
    moving = _Moving(edits)
    return {
        key: moving.all_of(item) if key == "spans" and isinstance(item, Mapping) else moved_spans(item, edits)
        for key, item in value.items()
    }


class _Moving:
    """Where a place of the text before stands now."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._ends = [end for _, end, _ in edits]
        self._edits = edits
        self._by = [0]
        for start, end, length in edits:
            self._by.append(self._by[-1] + length - (end - start))

    def all_of(self, spans: Mapping[str, Any]) -> dict[str, Any]:
        """The spans of one part; those of words that were taken out are left out."""
        moved = {
            name: [span for one in given if (span := self._span(one)) is not None]
            if isinstance(given, list)
            else given
            for name, given in spans.items()
        }
        return {name: given for name, given in moved.items() if given}

    def _span(self, given: Any) -> Any:
        if not (isinstance(given, list | tuple) and len(given) == 2 and all(type(end) is int for end in given)):
            return given
        start, end = given
        first, last = bisect_left(self._ends, start + 1), bisect_left(self._ends, end)
        if first < len(self._edits) and self._edits[first][0] < end and self._edits[first][2]:
            return None  # its words were taken out
        moved = [start + self._by[first], end + self._by[self._before(end, last)]]
        return moved if moved[0] < moved[1] else None

    def _before(self, end: int, last: int) -> int:
        """How many edits are over at `end`."""
        return last + 1 if last < len(self._edits) and self._edits[last][1] <= end else last
