"""Vehicles: fields and free phrases to canonical values, and vehicles found in a text.

What is read is never more than what was said: a body is not filled in from the model (`usual_body` tells the
scorer), a make is filled in from the model because the model implies it.
"""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz.distance import OSA

from linkage.intake.facts import registration
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.vehicle_look import (
    DAMAGE,
    colour_share,
    confusable_colours,
    feature_of,
    feature_pattern,
    features,
    normalise_body,
    normalise_colour,
    shade,
)
from linkage.intake.facts.vehicle_mentions import colour_belongs, context, mentions
from linkage.intake.facts.vehicle_names import (
    Name,
    compact,
    make_share,
    model_share,
    normalise_make,
    normalise_model,
    sisters,
    usual_body,
)
from linkage.intake.facts.vehicle_scan import Label, Tokens, label, tokens_of

__all__ = [
    "colour_share",
    "confusable_colours",
    "features",
    "find",
    "find_vehicles",
    "make_share",
    "model_share",
    "normalise_body",
    "normalise_colour",
    "normalise_fields",
    "normalise_make",
    "normalise_model",
    "normalise_words",
    "sisters",
    "usual_body",
]

_MAKE_SLIPS = 2  # slips of the pen by which a make that contradicts its model is still meant for the model's [G]
_NEAR = 80  # characters between a vehicle and a feature that needs one [G]
_PHRASE_CONTEXT = 3  # a phrase given as a vehicle is itself the context of every word but the most everyday ones
_BARE = 0.4  # confidence in "the car", "a taxi" with nothing said about it [G]: it may be anybody's
_SHADED = re.compile(
    r"\b(?:dark|light|pale|bright)[ -]?(?:colou?r(?:ed)?)[ -](?=(?:\w+ ){0,2}?(?:car|van|vehicle|4 ?x ?4|estate|"
    r"saloon|hatchback|taxi|lorry))|"
    r"\btwo[ -]tone(?:d)?\b",
    re.IGNORECASE,
)
_PLATE_START = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z]{1,2})?\b")  # no cue is needed in a phrase about a vehicle
_UNKNOWN = re.compile(
    r"\s*(?:unknown|unk|n/?[ak]|none|not (?:known|seen|sure|recorded|given|stated|noted)|unsure|nil|no|\?+|-+|"
    r"can'?t remember|don'?t know|did ?n[o']t see)?\s*",
    re.IGNORECASE,
)


def find_vehicles(text: str) -> list[list[Finding]]:
    """Findings of each mention of a vehicle in a text, in order; features go to the nearest mention."""
    return _vehicles(text, strict=True)


def find(text: str) -> list[Finding]:
    """Make, model, colour, body and features of vehicles in a text, each with the span of its own words, in order.

    A model alone also gives its make, on the same span (rule "make_of_model"). A bare "car" or "taxi" is found with
    low confidence. Registrations are found by `registration.find`.
    """
    return sorted((each for group in find_vehicles(text) for each in group), key=lambda each: (each.start, each.end))


def _vehicles(text: str, strict: bool) -> list[list[Finding]]:
    tokens = tokens_of(text)
    groups = []
    for group in mentions(tokens, label(tokens, strict)):
        kept = _credible(tokens, group, 0 if strict else _PHRASE_CONTEXT)
        found = _findings(tokens, kept, strict)
        if found:
            groups.append(found)
    _attach_features(text, groups, strict)
    return sorted(groups, key=lambda found: found[0].start)


def _credible(tokens: Tokens, group: list[Label], given: int) -> list[Label]:
    """The labels of a mention whose everyday words have vehicle enough around them."""
    kept = [
        each
        for each in group
        if each.caution
        <= max(given, context(tokens, group, each) + (1 if each.caution and tokens.capital(each.first) else 0))
    ]
    return kept if len(kept) == len(group) or not kept else _credible(tokens, kept, given)


def _findings(tokens: Tokens, group: list[Label], strict: bool) -> list[Finding]:
    found: list[Finding] = []
    makes = {each.value.make for each in group if each.kind == "make" and isinstance(each.value, Name)}
    for at, each in enumerate(group):
        start, end = tokens.spans[each.first][0], tokens.spans[each.last - 1][1]
        if each.kind == "colour":
            if not strict or colour_belongs(tokens, group, at):
                found += [Finding("colour", colour, start, end, "colour_word") for colour in _words(each)]
        elif each.kind == "body":
            found.append(Finding("body", _words(each)[0], start, end, "body_word", 0.9 if len(group) > 1 else _BARE))
        elif isinstance(each.value, Name):
            if each.value.model is None:
                found.append(Finding("make", each.value.make, start, end, "make_name"))
                continue
            if each.value.make not in makes:
                found.append(Finding("make", each.value.make, start, end, "make_of_model"))
            found.append(Finding("model", each.value.model, start, end, "model_name"))
    return found


def _words(each: Label) -> tuple[str, ...]:
    return each.value if isinstance(each.value, tuple) else ()


def _attach_features(text: str, groups: list[list[Finding]], strict: bool) -> None:
    """Adds each feature to the nearest mention; one that needs a vehicle near by and has none is left out."""
    anchors = [(found[0].start, found[-1].end) for found in groups]
    taken: list[Finding] = []
    for feature, sure in _feature_findings(text):
        if any(feature.start < other.end and other.start < feature.end for other in taken):
            continue
        distance = [max(start - feature.end, feature.start - end, 0) for start, end in anchors]
        nearest = min(range(len(anchors)), key=distance.__getitem__, default=None)
        if nearest is not None and (distance[nearest] <= _NEAR or sure or not strict):
            groups[nearest].append(feature)
        elif sure or not strict:
            groups.append([feature])
        else:
            continue
        taken.append(feature)


def _feature_findings(text: str) -> list[tuple[Finding, bool]]:
    lower = text.lower() if len(text.lower()) == len(text) else text
    found: list[tuple[Finding, bool]] = []
    for each in DAMAGE.finditer(lower):
        value = feature_of(each[0])
        found.append((Finding("features", value[0] if value else each[0], *each.span(), "damage"), False))
    for each in feature_pattern().finditer(lower):
        known = feature_of(each[0])
        if known:
            found.append((Finding("features", known[0], *each.span(), "feature_phrase"), known[1]))
    for each in _SHADED.finditer(lower):
        value_of = shade(each[0])
        if value_of:
            found.append(
                (
                    Finding("features", value_of, each.start(), each.start() + len(each[0].rstrip(" -")), "shade"),
                    False,
                )
            )
    return found


def normalise_words(words: str) -> dict[str, Any]:
    """One vehicle from one free phrase ("old red Fiesta, dented wing, reg something like K5").

    Keys make, model, colour (list), body, registration, features (list); only those that the phrase names are there.
    """
    plates = registration.find(words) or [
        Finding("registration", plate, *start.span(), "plate_start")
        for start in _PLATE_START.finditer(words)
        if (plate := registration.normalise(start[0]))
    ]
    rest = words
    for found in plates:
        rest = rest[: found.start] + "," + " " * (found.end - found.start - 1) + rest[found.end :]
    vehicle = _collected([each for group in _vehicles(rest, strict=False) for each in group])
    if plates:
        vehicle["registration"] = plates[0].value
    return vehicle


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


_ABOUT_PLATE = re.compile(r"\b(?:plates?|reg(?:istration|istered)?)\b", re.IGNORECASE)
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
