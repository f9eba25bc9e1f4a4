"""JSON Lines, a JSON array, or one JSON object -> raw rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from linkage.intake.readers.items import RawRow, ReadItem
from linkage.intake.reject import Reject, withhold

_WRAPPERS = ("reports", "records", "data", "items", "rows")


def read_json(name: str, text: str) -> Iterator[ReadItem]:
    """One row for each line; a broken line is one refusal and the rest goes on.

    A file that is one JSON array (or an object that wraps one under "reports") gives one row for each element, and
    one that holds a single object over several lines gives one row; rows are then counted by element.
    """
    whole = _whole(text)
    if whole is not None:
        for number, value in enumerate(whole, 1):
            yield _row(name, number, value, "element")
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _line(name, number, line)


def _whole(text: str) -> list[Any] | None:
    """Elements of a file that is one JSON value, or None when it is read by the line."""
    start = text.lstrip()[:1]
    lines = sum(1 for line in text.split("\n", 3) if line.strip())
    if start == "{" and (lines == 1 or _parses(text.lstrip().split("\n", 1)[0])):
        return _unwrap(text) if lines == 1 else None
    value, error = parse(text)
    if error is not None:
        return None
    if isinstance(value, dict):
        return _wrapped(value) or [value]
    return value if isinstance(value, list) else None


def _unwrap(line: str) -> list[Any] | None:
    value, _ = parse(line)
    return _wrapped(value) if isinstance(value, dict) else None


def _wrapped(value: dict[str, Any]) -> list[Any] | None:
    if "report_id" in value:
        return None
    return next((value[key] for key in _WRAPPERS if isinstance(value.get(key), list)), None)


def _parses(text: str) -> bool:
    return parse(text)[1] is None


def parse(text: str) -> tuple[Any, str | None]:
    """The JSON value of `text` and None, or None and what is wrong with it."""
    try:
        return json.loads(text), None
    except json.JSONDecodeError as error:
        return None, f"{error.msg} at character {error.pos + 1}"
    except RecursionError:
        return None, "nested too deeply"
    except ValueError:
        return None, "a number in it is too long"


def _line(name: str, number: int, line: str) -> ReadItem:
    value, error = parse(line)
    if error is None:
        return _row(name, number, value, "line")
    reason = f"not valid JSON: {error}; each line must be one whole report in braces"
    return Reject(name, number, None, "", withhold(line), reason)


def _row(name: str, number: int, value: Any, unit: str) -> ReadItem:
    if isinstance(value, dict):
        return RawRow(name, number, value)
    kind = type(value).__name__ if value is not None else "null"
    reason = f"this {unit} is a JSON {kind}, not an object; write one report in braces with its report_id"
    return Reject(name, number, None, "", withhold(json.dumps(value)), reason)
