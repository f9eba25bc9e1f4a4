"""Vehicles: fields and free phrases to canonical values, and what a text tells of one.

What is read is never more than what was said: a body is not filled in from the model (`usual_body` tells the
scorer), a make is filled in from the model because the model implies it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from linkage.intake.fields.plain_row import Notes, raw_of, said
from linkage.intake.finding import Finding
from linkage.intake.judge.plates import find_plates
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.surface import plain
from linkage.intake.values.vehicles import registration
from linkage.intake.values.vehicles.vehicle_look import (
    attach_features,
    features,
    normalise_body,
    normalise_colour,
    shade,
)
from linkage.intake.values.vehicles.vehicle_mentions import findings, mentions
from linkage.intake.values.vehicles.vehicle_names import compact, normalise_make, normalise_model
from linkage.intake.values.vehicles.vehicle_words import EVERYDAY, Label, tokens_of
from linkage.report import Vehicle
from linkage.vocabulary.tables import table

_MAKE_SLIPS = 2  # slips of the pen by which a make that contradicts its model is still meant for the model's [G]
_SAID = PatternTable("vehicles")
_ONLY_DENIES = "says only what it was not; write what it was, or leave it empty"
_DENIABLE = frozenset(("make", "model", "colour", "body"))
_SEVERAL = ("colour", "features")
_BETWEEN = {"features": "; ", "colour": " or "}
"""What stands between the values of a list that is read as words."""
_REASONS: dict[str, str] = table("field_names")["refused_vehicle"]
"""The fields of a vehicle in the order in which they are read -> why the words of one are refused."""


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
    for field, reason in _REASONS.items():
        words = str(fields.get(field) or "").strip()
        if not words or _SAID["unknown"].fullmatch(words):
            continue
        if field in _DENIABLE and _only_denies(words):
            refused.append((field, words, _ONLY_DENIES))
            continue
        value, other = _read(field, words, fields)
        if value:
            own[field] = value
        spilled = {**other, **spilled}
        if not value and not other:
            refused.append((field, words, reason))
    _settle_names(own, fields, refused)
    _spill(own, spilled)
    return own, refused


def _only_denies(words: str) -> bool:
    """Whether a field names something of a vehicle and denies all that it names ("not a van")."""
    named = [one for group in mentions(tokens_of(words), strict=False) for one in group]
    return bool(named) and all(one.denied for one in named)


def _read(field: str, words: str, fields: dict[str, str]) -> tuple[Any, dict[str, Any]]:
    """(the field's own value or None, whatever else the words hold)."""
    if field == "registration":
        plate = registration.normalise(words)
        return plate, {"features": features(words)} if plate is None and _SAID["about_plate"].search(words) else {}
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
        for start in _SAID["plate_start"].finditer(words)
        if (plate := registration.normalise(start[0]))
    ]
    rest = words
    for found in plates:
        rest = rest[: found.start] + "," + " " * (found.end - found.start - 1) + rest[found.end :]
    tokens = tokens_of(rest)
    groups = [told for group in mentions(tokens, strict=False) if (told := findings(tokens, _of_phrase(group)))]
    attach_features(plain(rest), groups, strict=False)
    counting = _counting(each for group in groups for each in group)
    vehicle = {field: _value(field, found) for field, found in counting.items()}
    return {**vehicle, "registration": plates[0].value} if plates else vehicle


def _of_phrase(group: list[Label]) -> list[Label]:
    """The labels of a phrase given as a vehicle: it is itself what everyday words need, but for the most everyday."""
    sure = any(one.kind != "colour" and one.caution < EVERYDAY for one in group)
    return [one for one in group if sure or one.caution < EVERYDAY]


def _counting(found: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings that count for one vehicle, by field: all colours and features, of another field the first; of
    bodies any rather than a car."""
    counting: dict[str, list[Finding]] = {}
    for each in sorted(found, key=lambda one: one.start):
        before = counting.setdefault(each.field, [])
        if not before or each.field in _SEVERAL or (each.field == "body" and before[-1].value == "car"):
            before.append(each)
    return counting


def _value(field: str, found: list[Finding]) -> Any:
    """What the findings of a field say: each colour and feature once, of another field the last."""
    return list(dict.fromkeys(one.value for one in found)) if field in _SEVERAL else found[-1].value


def vehicle_of(findings: list[Finding], text: str) -> Vehicle:
    """A vehicle from the findings of one mention in `text`, with words and spans."""
    read = Vehicle()
    for field, found in _counting(findings).items():
        setattr(read, field, _value(field, found))
        read.spans[field] = list(dict.fromkeys((one.start, one.end) for one in found))
        read.raw[field] = "; ".join(dict.fromkeys(text[a:b] for a, b in read.spans[field]))
    return read


def read_vehicle(given: dict[str, Any], path: str, notes: Notes) -> Vehicle:
    """One vehicle; words that cannot be used stay in `raw`."""
    fields = {
        name: _BETWEEN.get(name, " ").join(value) if isinstance(value, list) else str(value)
        for name, value in given.items()
        if name not in ("raw", "spans", "words")
    }
    canonical, refused = _vehicle(tuple(sorted(fields.items())), given.get("words"))
    for name, value, reason in refused:
        notes.refuse(f"{path}.{name}", value, reason)
    read = Vehicle.model_validate(canonical)
    read.raw = {**{name: said(given[name]) for name in fields}, **raw_of(given)}
    if "words" in given:
        read.raw.setdefault("words", str(given["words"]))
        if not canonical:
            unnamed = "no vehicle is named in these words; they are kept"
            notes.refuse(path, given["words"], _ONLY_DENIES if _only_denies(str(given["words"])) else unnamed)
    return read


@lru_cache(maxsize=65_536)
def _vehicle(
    fields: tuple[tuple[str, str], ...], words: str | None
) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    canonical, refused = normalise_fields(dict(fields))
    return {**(normalise_words(words) if words else {}), **canonical}, refused
