"""Rows that already are in canonical form, as `Report.to_json` writes them: taken as they are, if they are sound."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from linkage.intake.limits import limit, too_long
from linkage.intake.names import fold_name
from linkage.intake.pieces import parts_of
from linkage.intake.reject import is_personal
from linkage.report import LATER, Person, Report, Vehicle

_SEXES = frozenset(("male", "female", "other"))
_BUILDS = frozenset(("slim", "medium", "athletic", "muscular", "stocky", "large"))
_ETHNICITIES = frozenset(
    ("white", "black", "asian", "east_asian", "middle_eastern", "mixed", "eastern_european", "other")
)
_FACIAL_HAIR = frozenset(("clean-shaven", "stubble", "beard", "moustache", "goatee", "sideburns"))
_COLOURS = frozenset(
    ("black", "white", "silver", "grey", "blue", "red", "green", "brown", "beige", "yellow", "orange", "purple",
     "gold", "pink")
)  # fmt: skip
_FIELDS = frozenset(name for name in Report.model_fields if name not in ("raw", "spans", *LATER))


def as_canonical(row: Mapping[str, Any]) -> Report | None:
    """The report of a row that holds every canonical field and only canonical values; None for any other row.

    Somebody may have edited such a file: a value that is out of its list, a date that is none or a personal column
    sends the row the way of any other, where each value is judged on its own.
    """
    if not _FIELDS.issubset(row) or not isinstance(row.get("warnings"), list) or _holds_personal(row):
        return None
    if _beyond_limits(row, ""):
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


def _beyond_limits(value: Any, name: str) -> bool:
    """Whether a row holds a longer text or list than its field may, or a number that is none."""
    if isinstance(value, str):
        return len(value) > limit("value.follows") and too_long(name, len(value)) is not None
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, Mapping):
        return any(_beyond_limits(item, f"{name}.{key}" if name else str(key)) for key, item in value.items())
    if isinstance(value, list):
        return len(value) > limit("items") or any(_beyond_limits(item, name) for item in value)
    return False


def _holds_personal(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(is_personal(fold_name(str(key))) or _holds_personal(item) for key, item in value.items())
    return isinstance(value, list) and any(
        _holds_personal(item) for item in value if isinstance(item, Mapping | list)
    )


def _sound(report: Report) -> bool:
    return (
        bool(report.report_id.strip())
        and all(map(_sound_person, report.suspects))
        and all(map(_sound_vehicle, report.vehicles))
        and all(map(_sound_date, (report.received, report.occurred.from_, report.occurred.to)))
        and report.report_type in (None, "full", "partial", "follow_up", "third_party")
        and (report.place.lat is None) == (report.place.lon is None)
    )


def _sound_person(person: Person) -> bool:
    return (
        (person.sex is None or person.sex in _SEXES)
        and _BUILDS.issuperset(person.build)
        and _ETHNICITIES.issuperset(person.ethnicity)
        and _FACIAL_HAIR.issuperset(person.facial_hair)
        and all(
            end is None or low <= end <= high
            for span, low, high in ((person.age, 5, 110), (person.height_cm, 100, 240))
            if span
            for end in (span.min, span.max)
        )
    )


def _sound_vehicle(vehicle: Vehicle) -> bool:
    plate = vehicle.registration
    return _COLOURS.issuperset(vehicle.colour) and (plate is None or (plate == plate.upper() and " " not in plate))


def _sound_date(words: str | None) -> bool:
    if words is None:
        return True
    try:
        day = datetime.fromisoformat(words).date()
    except ValueError:
        return False
    return date(1950, 1, 1) <= day <= date(2100, 1, 1) and words[:10] == day.isoformat()
