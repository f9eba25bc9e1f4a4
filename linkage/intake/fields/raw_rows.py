"""Raw rows made safe to keep, and those that are reports already.

Characters that no store keeps are taken out, details of the reporter masked. Whatever changes the narrative moves the
spans of a row in canonical form with it, so that they name the same words. A row as `Report.to_json` writes it is
taken as it is, if it is sound.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import accumulate
from typing import Any

from pydantic import ValidationError

from linkage.intake.document.pieces import parts_of
from linkage.intake.fields.parts import BELIEVED
from linkage.intake.fields.reporter_details import REMOVED, Private, private_details, without
from linkage.intake.limits import limit, too_long
from linkage.intake.readers import RawRow
from linkage.intake.readers.column_names import is_personal, locate
from linkage.intake.reject import UNKEEPABLE, clean
from linkage.report import LATER, Report
from linkage.vocabulary.loader import load

Edit = tuple[int, int, int]
"""Start and end of a stretch of a text, and the length of what takes its place."""
_LISTED = {
    "sex": "sexes",
    "build": "builds",
    "ethnicity": "ethnicities",
    "facial_hair": "facial_hair",
    "colour": "colours",
    "report_type": "report_types",
}
"""Fields that hold keys of a vocabulary, and which."""
_OWN_WORDS = (("place",), ("identifiers",))
"""Fields in which people write who they are, besides the texts."""
_FEWEST_WORDS = 4
"""Words of "my name is Ann"."""
_FIELDS = frozenset(name for name in Report.model_fields if name not in ("raw", "spans", *LATER))


def cleaned(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without characters that no store keeps (NUL, control characters, halves of surrogate pairs)."""
    edits = [(at.start(), at.end(), 0) for at in UNKEEPABLE.finditer(str(row.get("narrative") or ""))]
    values: dict[str, Any] = _each_text(row, clean)
    return moved_spans(values, edits) if edits else values


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {change(key) if isinstance(key, str) else key: _each_text(item, change) for key, item in value.items()}
    return [_each_text(item, change) for item in value] if isinstance(value, list | tuple) else value


def masked(row: RawRow) -> tuple[RawRow, int]:
    """The row with details of the person who reports or was harmed taken out of its narrative, of its translation and
    of what names its place and its identifiers, and how many were."""
    values, edits, count = dict(row.values), list[Edit](), 0
    for name, value in row.values.items():
        slot = locate(name)
        path = slot.path if slot else ()
        if isinstance(value, Mapping) and path[:1] == ("translation",):
            inner, more = masked(replace(row, values={f"translation.{key}": item for key, item in value.items()}))
            values[name] = {key.removeprefix("translation."): item for key, item in inner.values.items()}
            count += more
        elif isinstance(value, str) and path in (("narrative",), ("translation", "text")):
            details = private_details(value)
            values[name] = without(value, details)
            count += len(details)
            if path == ("narrative",) and not edits:
                edits = [(one.start, one.end, len(REMOVED)) for one in details]
        elif path[:1] in _OWN_WORDS:
            named = list[Private]()
            values[name] = _each_text(value, partial(_unnamed, named))
            count += len(named)
    return (replace(row, values=moved_spans(values, edits) if edits else values) if count else row), count


def _unnamed(found: list[Private], words: str) -> str:
    """The words of a field without the details in them, which are noted; those in which nobody is named are as plain
    as the field asks for, a number or a place."""
    details = private_details(words) if len(words.split()) >= _FEWEST_WORDS else []
    if not any(one.kind == "name" for one in details):
        return words
    found += details
    return without(words, details)


def narrative_of(values: Mapping[str, Any]) -> str | None:
    """The narrative of a row as it came, under whatever name; None where it has none."""
    texts = ((locate(name), value) for name, value in values.items() if isinstance(value, str))
    return next((value for slot, value in texts if slot and slot.path == ("narrative",)), None)


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
            return [here for one in item if (here := span(one)) is not None] if of_spans else list(map(moved, item))
        if not isinstance(item, Mapping):
            return item
        if of_spans:
            return {name: value for name, given in item.items() if (value := moved(given, True))}
        return {key: moved(part, key == "spans" and isinstance(part, Mapping)) for key, part in item.items()}

    return moved(value)


def as_canonical(row: Mapping[str, Any]) -> Report | None:
    """The report of a row that holds every canonical field and only canonical values; None for any other row.

    Somebody may have edited such a file: a value that is out of its list, a date that is none or a personal column
    sends the row the way of any other, where each value is judged on its own.
    """
    if not _FIELDS.issubset(row) or not isinstance(row.get("warnings"), list) or _unfit(row, ""):
        return None
    try:
        report = Report.model_validate(row)
    except (ValidationError, RecursionError):
        return None
    return report if _sound(report) else None


def without_false_spans(report: Report) -> list[str]:
    """Take away every span that names no words of the narrative, in place; returns their dotted names."""
    length = len(report.narrative or "")
    gone: list[str] = []
    for path, part in parts_of(report):
        for name, spans in list(part.spans.items()):
            sound = [span for span in spans if 0 <= span[0] < span[1] <= length]
            if len(sound) < len(spans):
                gone.append(".".join(filter(None, (path, "spans", name))))
            if sound:
                part.spans[name] = sound
            else:
                del part.spans[name]
    return gone


def _unfit(value: Any, name: str) -> bool:
    """Whether a row holds a personal name, a longer text or list than its field may, or a number that is none."""
    if isinstance(value, str):
        return len(value) > limit("value.follows") and too_long(name, len(value)) is not None
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, Mapping):
        return any(
            is_personal(str(key)) or _unfit(item, f"{name}.{key}" if name else str(key))
            for key, item in value.items()
        )
    return isinstance(value, list) and (len(value) > limit("items") or any(_unfit(item, name) for item in value))


def _sound(report: Report) -> bool:
    place, when = report.place, report.occurred
    plates = [one.registration for one in report.vehicles if one.registration is not None]
    return (
        bool(report.report_id.strip())
        and all(_in_lists(part) for part in (report, *report.suspects, *report.vehicles))
        and all(plate == plate.upper() and " " not in plate for plate in plates)
        and all(words is None or _is_date(words) for words in (report.received, when.from_, when.to))
        and (place.lat is None) == (place.lon is None)
    )


def _in_lists(part: Any) -> bool:
    """Whether the values of a report, person or vehicle are those of their vocabularies, and its ranges possible."""
    for name, vocabulary in _LISTED.items():
        given = getattr(part, name, None) or []
        if not load(vocabulary).entries.keys() >= set([given] if isinstance(given, str) else given):
            return False
    ranges = ((getattr(part, name, None), ends) for name, ends in BELIEVED.items())
    return all(
        low <= end <= high for span, (low, high) in ranges if span for end in (span.min, span.max) if end is not None
    )


def _is_date(words: str) -> bool:
    try:
        day = datetime.fromisoformat(words).date()
    except ValueError:
        return False
    return date(1950, 1, 1) <= day <= date(2100, 1, 1) and words[:10] == day.isoformat()
