"""Vehicles: fields and free phrases to canonical values, and vehicles found in a text.

What is read is never more than what was said: a body is not filled in from the model (`usual_body` tells the
scorer), a make is filled in from the model because the model implies it.
"""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz.distance import OSA

from linkage.intake.finding import Finding
from linkage.intake.judge.plates import find_plates
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import plain
from linkage.intake.values.vehicles import registration
from linkage.intake.values.vehicles.vehicle_look import (
    attach_features,
    features,
    normalise_body,
    normalise_colour,
    shade,
)
from linkage.intake.values.vehicles.vehicle_names import compact, normalise_make, normalise_model, usual_body
from linkage.intake.values.vehicles.vehicle_words import (
    EVERYDAY,
    Label,
    findings,
    mentions,
    tokens_of,
)

__all__ = ["features", "normalise_body", "normalise_colour", "normalise_fields", "normalise_make", "normalise_model"]
__all__ += ["normalise_words", "usual_body"]

_MAKE_SLIPS = 2  # slips of the pen by which a make that contradicts its model is still meant for the model's [G]
_UNKNOWN = compiled(
    r"\s*(?:unknown|unk|n/?[ak]|none|not (?:known|seen|sure|recorded|given|stated|noted)|unsure|nil|no|\?+|-+|"
    r"can'?t remember|don'?t know|did ?n[o']t see)?\s*",
    re.IGNORECASE,
)
_PLATE_START = compiled(r"\b[A-Z]{2}\d{2}(?: ?[A-Z]{1,2})?\b")  # no cue is needed in a phrase about a vehicle
_ABOUT_PLATE = compiled(r"\b(?:plates?|reg(?:istration|istered)?)\b", re.IGNORECASE)
_FIELDS = ("registration", "model", "make", "colour", "body", "features")


def normalise_fields(fields: dict[str, str]) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """Canonical values of a vehicle's fields in people's words, and (field, value, reason) for what was not usable.

    A value in the wrong field is used where it belongs ("silver" as a model, "vauxal astra" as a make) unless that
    field has its own. A shade without a colour, a body that is none of the list and words about a plate without its
    characters ("foreign plates") are kept as features. A field that says "unknown" is simply not recorded. A model
    and a make that contradict each other are refused as to the make: the model is kept with the make that builds it.
    """
    own: dict[str, Any] = {}
    spilled: dict[str, Any] = {}
    refused: list[tuple[str, str, str]] = []
    for field in _FIELDS:
        words = str(fields.get(field) or "").strip()
        if not words or _UNKNOWN.fullmatch(words):
            continue
        value, other = _read(field, words, fields)
        if value:
            own[field] = value
        spilled = {**other, **spilled}
        if not value and not other:
            refused.append((field, words, _REASONS[field]))
    _settle_names(own, fields, refused)
    _spill(own, spilled)
    return own, refused


_REASONS = {
    "registration": "holds no character of a plate; write the known characters, ? for one unknown, * for any number",
    "make": "is no make that the vocabulary knows; correct the spelling or add it to makes.toml",
    "model": "is no model that the vocabulary knows, or a number without its make; give the make or add it to "
    "models.toml",
    "colour": "names no basic colour",
    "body": "names no kind of vehicle body",
    "features": "holds no words",
}


def _read(field: str, words: str, fields: dict[str, str]) -> tuple[Any, dict[str, Any]]:
    """(the field's own value or None, whatever else the words hold)."""
    if field == "registration":
        plate = registration.normalise(words)
        return plate, {"features": features(words)} if plate is None and _ABOUT_PLATE.search(words) else {}
    if field == "features":
        return features(words), {
            key: value for key, value in normalise_words(words).items() if key in ("colour", "registration")
        }
    other = normalise_words(words)
    if field == "model":
        make = str(fields.get("make") or "")
        model = normalise_model(words, make or None) or normalise_model(f"{make} {words}")
        own: Any = model
        other.pop("model", None)
    elif field == "make":
        own = normalise_make(words)
    elif field == "colour":
        own, tone = normalise_colour(words), shade(words)
        if tone and "features" not in other:
            other["features"] = [tone]
    else:
        own = normalise_body(words)
        if own is None and not other and re.search(r"[a-z]{3}", words, re.IGNORECASE):
            other["features"] = features(words)  # no body of the list ("caravan"), and yet something that was seen
    other.pop(field, None)
    return own, other


def _settle_names(own: dict[str, Any], fields: dict[str, str], refused: list[tuple[str, str, str]]) -> None:
    """The model, read as (make, model), against the make that was given."""
    if "model" not in own:
        in_make = normalise_model(str(fields.get("make") or ""))
        if in_make and own.get("make") == in_make[0]:
            own["model"] = in_make[1]
        return
    make, own["model"] = own["model"]
    if own.get("make", make) != make and OSA.distance(compact(str(fields["make"])), compact(make)) > _MAKE_SLIPS:
        refused.append(
            ("make", str(fields["make"]), f"contradicts the model: {own['model']} is by {make}, which is kept")
        )
    own["make"] = make


def _spill(own: dict[str, Any], spilled: dict[str, Any]) -> None:
    for key, value in spilled.items():
        if key == "features":
            own["features"] = own.get("features", []) + [one for one in value if one not in own.get("features", [])]
        elif (key == "make" and "make" in own) or (
            key == "model" and own.get("make") not in (None, spilled.get("make", own.get("make")))
        ):
            continue
        elif not own.get(key) or (key == "body" and own[key] == "car"):
            own[key] = value


def normalise_words(words: str) -> dict[str, Any]:
    """One vehicle from one free phrase ("old red Fiesta, dented wing, reg something like K5").

    Keys make, model, colour (list), body, registration, features (list); only those that the phrase names are there.
    """
    plates = find_plates(words) or [
        Finding("registration", plate, *start.span(), "plate_start")
        for start in _PLATE_START.finditer(words)
        if (plate := registration.normalise(start[0]))
    ]
    rest = words
    for found in plates:
        rest = rest[: found.start] + "," + " " * (found.end - found.start - 1) + rest[found.end :]
    tokens = tokens_of(rest)
    groups = [told for group in mentions(tokens, strict=False) if (told := findings(tokens, _of_phrase(group)))]
    attach_features(plain(rest), groups, strict=False)
    vehicle = _collected([each for group in groups for each in group])
    return {**vehicle, "registration": plates[0].value} if plates else vehicle


def _of_phrase(group: list[Label]) -> list[Label]:
    """The labels of a phrase given as a vehicle: it is itself what everyday words need, but for the most everyday."""
    sure = any(one.kind != "colour" and one.caution < EVERYDAY for one in group)
    return [one for one in group if sure or one.caution < EVERYDAY]


def _collected(found: list[Finding]) -> dict[str, Any]:
    vehicle: dict[str, Any] = {}
    for each in sorted(found, key=lambda one: one.start):
        if each.field in ("colour", "features"):
            values = vehicle.setdefault(each.field, [])
            if each.value not in values:
                values.append(each.value)
        elif each.field == "body" and vehicle.get("body") == "car":
            vehicle["body"] = each.value
        else:
            vehicle.setdefault(each.field, each.value)
    return vehicle
