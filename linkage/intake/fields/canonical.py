"""Rows that already are in canonical form, as `Report.to_json` writes them: taken as they are, if they are sound."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from linkage.intake.document.pieces import parts_of
from linkage.intake.limits import limit, too_long
from linkage.intake.readers.column_names import fold_name
from linkage.intake.reject import is_personal
from linkage.report import LATER, Report
from linkage.vocabulary.loader import load

_LISTED = {
    "sex": "sexes",
    "build": "builds",
    "ethnicity": "ethnicities",
    "facial_hair": "facial_hair",
    "colour": "colours",
    "report_type": "report_types",
}
"""Fields that hold keys of a vocabulary, and which."""
_ENDS = {"age": (5, 110), "height_cm": (100, 240)}
"""Fields that hold a range, and its least and most: years, centimetres [G]."""
_FIELDS = frozenset(name for name in Report.model_fields if name not in ("raw", "spans", *LATER))


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
            is_personal(fold_name(str(key))) or _unfit(item, f"{name}.{key}" if name else str(key))
            for key, item in value.items()
        )
    return isinstance(value, list) and (len(value) > limit("items") or any(_unfit(item, name) for item in value))


def _sound(report: Report) -> bool:
    place, plates = report.place, [one.registration for one in report.vehicles if one.registration is not None]
    return (
        bool(report.report_id.strip())
        and all(_in_lists(part) for part in (report, *report.suspects, *report.vehicles))
        and all(plate == plate.upper() and " " not in plate for plate in plates)
        and all(map(_sound_date, (report.received, report.occurred.from_, report.occurred.to)))
        and (place.lat is None) == (place.lon is None)
    )


def _in_lists(part: Any) -> bool:
    """Whether the values of a report, person or vehicle are those of their vocabularies, and its ranges possible."""
    for name, vocabulary in _LISTED.items():
        given = getattr(part, name, None) or []
        if not load(vocabulary).entries.keys() >= set([given] if isinstance(given, str) else given):
            return False
    ranges = ((getattr(part, name, None), ends) for name, ends in _ENDS.items())
    ends = [(end, *within) for span, within in ranges if span for end in (span.min, span.max) if end is not None]
    return all(low <= end <= high for end, low, high in ends)


def _sound_date(words: str | None) -> bool:
    if words is None:
        return True
    try:
        day = datetime.fromisoformat(words).date()
    except ValueError:
        return False
    return date(1950, 1, 1) <= day <= date(2100, 1, 1) and words[:10] == day.isoformat()
