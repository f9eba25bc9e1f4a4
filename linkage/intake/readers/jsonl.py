"""JSON Lines, a JSON array, or one JSON object -> raw rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from linkage.intake.limits import how_to_raise, limit
from linkage.intake.names import fold_name
from linkage.intake.readers.items import RawRow, ReadItem, too_many_rows
from linkage.intake.readers.nesting import shallow
from linkage.intake.reject import WITHHELD, Reject, is_personal, names_somebody, shorten, withhold

_SPLIT = "split the file"
_WRAPPERS = ("reports", "records", "data", "items", "rows")


def read_json(name: str, text: str) -> Iterator[ReadItem]:
    """One row for each line; a broken line is one refusal and the rest goes on.

    A file that is one JSON array (or an object that wraps one under "reports") gives one row for each element, and
    one that holds a single object over several lines gives one row; rows are then counted by element. What a name
    that stands twice in an object held first, and what is nested too deeply, is refused, and its row goes on.
    """
    twice = _Twice(name)
    if (refused := _too_many_values(name, text)) is not None:
        yield refused
        return
    whole = _whole(text, twice)
    if whole is not None:
        yield from twice.told(None)
        for number, value in enumerate(whole, 1):
            if number > limit("rows"):
                yield too_many_rows(name)
                return
            yield from _row(name, number, value, "element")
        return
    twice.told(None)
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            count += 1
            if count > limit("rows"):
                yield too_many_rows(name)
                return
            yield from _line(name, number, line, twice)


def _too_many_values(name: str, text: str) -> Reject | None:
    """The refusal of a file that is one JSON value of more values than are read at once."""
    most = limit("json_values")
    if len(text) <= most or not (text.lstrip().startswith("[") or "\n" not in text.strip()):
        return None
    values = sum(map(text.count, "{[,"))
    if values <= most:
        return None
    cure = how_to_raise("json_values", "write each report on a line of its own (JSON Lines)")
    reason = f"the file is one JSON value of about {values:,} values, more than the limit of {most:,}; {cure}"
    return Reject(name, None, None, "", "", reason)


class _Twice:
    """Notes what is lost where a name stands twice in one JSON object: the last value is used."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._lost: list[tuple[str, Any]] = []

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """The object that the pairs of a JSON text make."""
        made = dict(pairs)
        if len(made) < len(pairs):
            seen: set[str] = set()
            for key, value in reversed(pairs):
                if key in seen:
                    self._lost.append((key, value))
                seen.add(key)
        return made

    def told(self, row: int | None, report_id: str | None = None) -> list[Reject]:
        """A refusal for each value that was lost since it was asked last."""
        lost, self._lost = self._lost[::-1], []
        reason = "the name stands twice in one object; the last value is used; take one out"
        return [Reject(self._file, row, report_id, shorten(key), _shown(key, value), reason) for key, value in lost]


def _shown(key: str, value: Any) -> str:
    private = is_personal(fold_name(key)) or names_somebody(fold_name(key))
    return WITHHELD if private or isinstance(value, dict | list) else shorten(value)


def _whole(text: str, twice: _Twice) -> list[Any] | None:
    """Elements of a file that is one JSON value, or None when it is read by the line."""
    start = text.lstrip()[:1]
    lines = sum(1 for line in text.split("\n", 3) if line.strip())
    by_line = len(text) > limit("json_values") and lines > 1
    if start == "{" and (by_line or lines == 1 or _parses(text.lstrip().split("\n", 1)[0])):
        return _unwrap(text, twice) if lines == 1 else None
    value, error = parse(text, twice)
    if error is not None:
        return None
    if isinstance(value, dict):
        return _wrapped(value) or [value]
    return value if isinstance(value, list) else None


def _unwrap(line: str, twice: _Twice) -> list[Any] | None:
    value, _ = parse(line, twice)
    return _wrapped(value) if isinstance(value, dict) else None


def _wrapped(value: dict[str, Any]) -> list[Any] | None:
    if "report_id" in value:
        return None
    return next((value[key] for key in _WRAPPERS if isinstance(value.get(key), list)), None)


def _parses(text: str) -> bool:
    return parse(text)[1] is None


def parse(text: str, pairs: Callable[[list[tuple[str, Any]]], Any] | None = None) -> tuple[Any, str | None]:
    """The JSON value of `text` and None, or None and what is wrong with it; `pairs` makes its objects.

    A number of more digits than the limit comes as its text.
    """
    try:
        return json.loads(text, object_pairs_hook=pairs, parse_int=_whole_number), None
    except json.JSONDecodeError as error:
        return None, f"{error.msg} at character {error.pos + 1}"
    except RecursionError:
        return None, "nested too deeply"
    except ValueError:
        return None, "a number in it is too long"


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= limit("digits") else digits


def _line(name: str, number: int, line: str, twice: _Twice) -> Iterator[ReadItem]:
    most = limit("line_characters")
    if len(line) > most:
        cure = how_to_raise("line_characters", _SPLIT)
        reason = f"the line has {len(line):,} characters, more than the limit of {most:,}; {cure}"
        yield Reject(name, number, None, "", withhold(line[:2000]), reason)
        return
    value, error = parse(line, twice)
    if error is None:
        given = value.get("report_id") if isinstance(value, dict) else None
        yield from twice.told(number, given if isinstance(given, str) else None)
        yield from _row(name, number, value, "line")
        return
    twice.told(None)
    reason = f"not valid JSON: {error}; each line must be one whole report in braces"
    yield Reject(name, number, None, "", withhold(line[:2000]), reason)


def _row(name: str, number: int, value: Any, unit: str) -> Iterator[ReadItem]:
    if isinstance(value, dict):
        row, deep = shallow(name, number, value)
        yield from deep
        yield RawRow(name, number, row)
        return
    kind = type(value).__name__ if value is not None else "null"
    reason = f"this {unit} is a JSON {kind}, not an object; write one report in braces with its report_id"
    yield Reject(name, number, None, "", _plain(value), reason)


def _plain(value: Any) -> str:
    """What stands where a row should, as far as it can be repeated."""
    try:
        return withhold(json.dumps(value)[:2000])
    except (RecursionError, ValueError):
        return ""
