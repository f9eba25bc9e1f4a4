"""JSON Lines, a JSON array, or one JSON object -> raw rows."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from linkage.intake.limits import limit
from linkage.intake.readers import FileNote, RawRow, ReadItem, too_many_rows
from linkage.intake.readers.column_names import names_somebody
from linkage.intake.reject import WITHHELD, Reject, beyond, clean, refused, shorten, withhold

_WRAPPERS = ("reports", "records", "data", "items", "rows")
_Lost = list[tuple[str, Any]]
"""Names that stood twice in one object, and what they held before the last value, which is used."""
_ENDLESS = "not a number that can be read; write it in digits, or null where it is not known"


@dataclass(slots=True)
class _Cut:
    """What of one row is no value of a report: fields that are nested too deeply, fields that hold NaN, which tables
    write for an empty cell, and fields beyond every number."""

    deep: list[str] = field(default_factory=list)
    nans: list[str] = field(default_factory=list)
    endless: list[tuple[str, float]] = field(default_factory=list)


@dataclass(slots=True)
class _Nans:
    """How many rows of a file hold NaN, and where the first stands."""

    rows: int = 0
    first: str = ""

    def add(self, number: int, fields: list[str]) -> None:
        """Count one row's."""
        if fields:
            self.rows += 1
            self.first = self.first or f"row {number}, {shorten(fields[0])}"


def read_json(name: str, text: str) -> Iterator[ReadItem]:
    """One row for each line; a broken line is one refusal and the rest goes on.

    A file that is one JSON array (or an object that wraps one under "reports") gives one row for each element, and
    one that holds a single object over several lines gives one row; rows are then counted by element. What a name
    that stands twice in an object held first, what is nested too deeply and what is no finite number is refused, and
    its row goes on. NaN is read as not known, and told once for the file.
    """
    if (too_many := _too_many_values(text)) is not None:
        yield refused(name, too_many)
        return
    lost: _Lost = []
    nans = _Nans()
    whole = _whole(text, lost)
    if whole is not None:
        yield from _told(lost, name)
    lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    for count, (number, value) in enumerate(lines if whole is None else enumerate(whole, 1), 1):
        if count > limit("rows"):
            yield too_many_rows(name)
            break
        yield from _line(name, number, value, nans) if whole is None else _row(name, number, value, "element", nans)
    if nans.rows:
        many = "1 row" if nans.rows == 1 else f"{nans.rows:,} rows"
        said = f"NaN stands in {many} (first: {nans.first}); it is no JSON and was read as not known; write null"
        yield FileNote(name, said)


def _too_many_values(text: str) -> str | None:
    """Why a file is refused that is one JSON value of more values than are read at once."""
    most = limit("json_values")
    if len(text) <= most or not (text.lstrip().startswith("[") or "\n" not in text.strip()):
        return None
    values = sum(map(text.count, "{[,"))
    what = f"the file is one JSON value of about {values:,} values, more"
    cure = "write each report on a line of its own (JSON Lines)"
    return beyond(what, "json_values", cure) if values > most else None


def _object(lost: _Lost, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object that the pairs of a JSON text make."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            lost.append((key, made[key]))
        made[key] = value
    return made


def _told(lost: _Lost, file: str, row: int | None = None, report_id: str | None = None) -> Iterator[Reject]:
    reason = "the name stands twice in one object; the last value is used; take one out"
    for key, value in lost:
        private = names_somebody(key) or isinstance(value, dict | list)
        yield Reject(file, row, report_id, shorten(key), WITHHELD if private else shorten(value), reason)


def _whole(text: str, lost: _Lost) -> list[Any] | None:
    """Elements of a file that is one JSON value, or None when it is read by the line."""
    lines = [line for line in text.split("\n", 3) if line.strip()]
    if text.lstrip().startswith("{") and len(lines) > 1:
        first = text.lstrip().split("\n", 1)[0]
        if len(text) > limit("json_values") or _parsed(first, [])[1] is None:
            return None
    value, _ = _parsed(text, lost)
    if not isinstance(value, dict):
        return value if isinstance(value, list) else None
    wrapped = () if "report_id" in value else map(value.get, _WRAPPERS)
    alone = None if len(lines) == 1 else [value]
    return next((one for one in wrapped if isinstance(one, list)), alone) or alone


def _parsed(text: str, lost: _Lost) -> tuple[Any, str | None]:
    """The JSON value of `text` and None, or None and what is wrong with it; names that stand twice go to `lost`.

    A number of more digits than the limit comes as its text.
    """
    most = limit("digits")
    try:
        pairs, whole = partial(_object, lost), lambda digits: int(digits) if len(digits) <= most else digits
        return json.loads(text, object_pairs_hook=pairs, parse_int=whole), None
    except json.JSONDecodeError as error:
        return None, f"{error.msg} at character {error.pos + 1}"
    except RecursionError:
        return None, "nested too deeply"
    except ValueError:
        return None, "a number in it is too long"


def _line(name: str, number: int, line: str, nans: _Nans) -> Iterator[ReadItem]:
    if len(line) > limit("line_characters"):
        reason = beyond(f"the line has {len(line):,} characters, more", "line_characters", "split the file")
        yield refused(name, reason, number, withhold(line[:2000]))
        return
    lost: _Lost = []
    value, error = _parsed(line, lost)
    if error is not None:
        reason = f"not valid JSON: {error}; each line must be one whole report in braces"
        yield refused(name, reason, number, withhold(line[:2000]))
        return
    given = value.get("report_id") if isinstance(value, dict) else None
    yield from _told(lost, name, number, given if isinstance(given, str) else None)
    yield from _row(name, number, value, "line", nans)


def _row(name: str, number: int, value: Any, unit: str, nans: _Nans) -> Iterator[ReadItem]:
    if isinstance(value, dict):
        cut = _Cut()
        row = _usable(value, "", limit("levels"), cut)
        given = row.get("report_id")
        report_id = clean(given) if isinstance(given, str) else None
        reason = beyond("nested more deeply", "levels", "write it flat", " levels")
        for where in dict.fromkeys(cut.deep):
            yield Reject(name, number, report_id, where, "", reason)
        for where, number_ in cut.endless:
            yield Reject(name, number, report_id, where, json.dumps(number_), _ENDLESS)
        nans.add(number, cut.nans)
        yield RawRow(name, number, row)
        return
    kind = type(value).__name__ if value is not None else "null"
    reason = f"this {unit} is a JSON {kind}, not an object; write one report in braces with its report_id"
    try:
        shown = withhold(json.dumps(value)[:2000])
    except (RecursionError, ValueError):
        shown = ""
    yield refused(name, reason, number, shown)


def _usable(value: Any, name: str, left: int, cut: _Cut) -> Any:
    """`value` without what `cut` gets the dotted names of: what lies deeper than `left` more levels, and numbers that
    are not finite. What is nested is told by two steps of its name."""
    if isinstance(value, float) and not math.isfinite(value):
        if math.isnan(value):
            cut.nans.append(name)
        else:
            cut.endless.append((name, value))
        return None
    if not isinstance(value, dict | list):
        return value
    if left == 0:
        cut.deep.append(".".join(name.split(".")[:2]))
        return None
    if isinstance(value, dict):
        return {key: _usable(item, f"{name}.{key}".strip("."), left - 1, cut) for key, item in value.items()}
    return [_usable(item, f"{name}.{count}", left - 1, cut) for count, item in enumerate(value, 1)]
