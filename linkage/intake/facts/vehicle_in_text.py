"""Vehicles found in a text, and one free phrase about a vehicle."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from linkage.intake.facts import registration
from linkage.intake.facts.caseless import may_hold
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.lookbehind import last_words
from linkage.intake.facts.vehicle_look import (
    DAMAGE,
    feature_of,
    feature_pattern,
    may_tell_damage,
    normalise_colour,
    shade,
)
from linkage.intake.facts.vehicle_mentions import article_before, colour_belongs, context, mentions, shaded
from linkage.intake.facts.vehicle_names import (
    Name,
)
from linkage.intake.facts.vehicle_scan import label
from linkage.intake.facts.vehicle_tokens import Label, Tokens, context_words, tokens_of
from linkage.intake.facts.vehicle_traps import cycle_makes, of_cycles
from linkage.intake.patterns import compiled

_NEAR = 80  # characters between a vehicle and a feature that needs one [G]
_PHRASE_CONTEXT = 3  # a phrase given as a vehicle is itself the context of every word but the most everyday ones
_BARE = 0.4  # confidence in "the car", "a taxi" with nothing said about it [G]: it may be anybody's
_SHADED_BODY = 0.7  # confidence in "a dark saloon" [G]
_USED = 0.6  # confidence in "on a moped", "in a van" [G]
_DENIED = compiled(
    r"\b(?:no|without (?:an?|any)|(?:did ?n[o']t|didnt|never) (?:see|saw|have|had|drive|drove|notice)"
    r" (?:an?|any|the)|"
    r"not (?:in |on |driving )?(?:an?|the|any))\s+(?:\w+\s)?$",
    re.IGNORECASE,
)
_DENIED_WORDS = 5
"""Words of the longest thing that `_DENIED` finds: "did not see the old"."""
_ELSEWHERE_SAID = {
    "cab": (context_words("of_lorries"), "lorry"),
    "bike": (context_words("of_motorcycles"), "motorcycle"),
}
"""Word for a body -> words anywhere in the text that tell it apart, and what it then is: a lorry's cab is no taxi."""
_BIKE_MAKES = frozenset(
    (
        "KTM",
        "Ducati",
        "Harley-Davidson",
        "Lambretta",
        "Aprilia",
        "Royal Enfield",
        "Lexmoto",
        "Husqvarna",
        "Vespa",
        "Piaggio",
        "Yamaha",
        "Kawasaki",
    )
)
_ON_A = compiled(r"\b(?:on|riding|rode|astride)\s+(?:an?|his|their|the)\s+$", re.IGNORECASE)
_ANYBODYS = frozenset(("car", "taxi", "bus"))
_RIDDEN = compiled(
    r"(?:\b(?:on|in|by|from|out of|into|uses?|using|had|has|riding|rode|rides?|driv\w+|drove|w|with|n|and)|^|"
    r"[.,;:]\s*|\ba)\s*"
    r"(?:an?|his|their|two|three|the)?\s*(?:[a-z'’&-]+\s){0,2}$",
    re.IGNORECASE,
)
_SHADED = compiled(
    r"\b(?:dark|light|pale|bright)[ -]?(?:colou?r(?:ed)?)[ -](?=(?:\w+ ){0,2}?(?:car|van|vehicle|4 ?x ?4|estate|"
    r"saloon|hatchback|taxi|lorry))|"
    r"\btwo[ -]tone(?:d)?\b",
    re.IGNORECASE,
)
_SHADED_WORDS = ("colour", "color", "tone")
"""Of which one stands in everything that `_SHADED` finds."""
_IT_WAS = compiled(
    r"\s*[.,;(-]\s*(?:(?:it|this|which|that)(?:'?s|\s+was|\s+is|\s+looked)|its|"
    r"colou?r(?:\s+was)?\s*:?)\s+(?:(?:an?|kind of|sort of|maybe|"
    r"i think|like)\s+)*"
    r"(?P<colour>(?:(?:dark|light|pale|bright|metallic|dirty|deep|dk|lt)[\s-]+)?[a-z]{3,10}(?:(?:\s(?:and|or)\s|/)[a-z]{3,10})?)(?=\s*(?:[.,;)!\n]|"
    r"$)|\s+(?:and|with|in|i|one|maybe|"
    r"colou?r(?:ed)?)\b)",
    re.IGNORECASE,
)
_PLATE_START = compiled(r"\b[A-Z]{2}\d{2}(?: ?[A-Z]{1,2})?\b")  # no cue is needed in a phrase about a vehicle


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
        kept = _credible(tokens, of_cycles(group, tokens), 0 if strict else _PHRASE_CONTEXT)
        found = _findings(tokens, kept, strict)
        if strict and found and all(one.field != "colour" for one in found):
            found += _colour_in_next_clause(text, max(one.end for one in found))
        if found and strict and _denied(text, found[0].start):
            found = [replace(one, negated=True) for one in found]
        if found:
            groups.append(found)
    _attach_features(text, groups, strict)
    return sorted(groups, key=lambda found: found[0].start)


def _denied(text: str, start: int) -> bool:
    return _DENIED.search(text, last_words(text, start, _DENIED_WORDS), start) is not None


def _colour_in_next_clause(text: str, end: int) -> list[Finding]:
    """The colour that the next clause gives to a vehicle just named: "a car. It was dark green"."""
    said = _IT_WAS.match(text, end)
    colours = normalise_colour(said["colour"]) or [] if said else []
    return [Finding("colour", one, *said.span("colour"), "colour_in_next_clause") for one in colours] if said else []


def _credible(tokens: Tokens, group: list[Label], given: int) -> list[Label]:
    """The labels of a mention whose everyday words have vehicle enough around them."""
    kept = [
        each for each in group if each.caution <= max(given, context(tokens, group, each) + _capital(tokens, each))
    ]
    return kept if len(kept) == len(group) or not kept else _credible(tokens, kept, given)


def _capital(tokens: Tokens, each: Label) -> int:
    """What a capital inside a sentence adds to the context of an everyday word: "a Focus", "his old Note"."""
    if not isinstance(each.value, Name) or not each.caution or not tokens.capital(each.first):
        return 0
    return 2 if article_before(tokens, each) else 1


def _findings(tokens: Tokens, group: list[Label], strict: bool) -> list[Finding]:
    found: list[Finding] = []
    makes = {each.value.make for each in group if each.kind == "make" and isinstance(each.value, Name)}
    for at, each in enumerate(group):
        start, end = tokens.spans[each.first][0], tokens.spans[each.last - 1][1]
        if each.kind == "colour":
            if not strict or colour_belongs(tokens, group, at):
                found += [Finding("colour", colour, start, end, "colour_word") for colour in _words(each)]
        elif each.kind == "body":
            sure = 0.9 if len(group) > 1 else _lone_body(tokens, each)
            found.append(Finding("body", _body(tokens, each), start, end, "body_word", sure))
        elif isinstance(each.value, Name):
            if each.value.model is None:
                found.append(Finding("make", each.value.make, start, end, "make_name"))
                continue
            if each.value.make not in makes:
                found.append(Finding("make", each.value.make, start, end, "make_of_model"))
            found.append(Finding("model", each.value.model, start, end, "model_name"))
    return found + _ridden(tokens, group, found)


def _ridden(tokens: Tokens, group: list[Label], found: list[Finding]) -> list[Finding]:
    """The body of what is ridden though no word names it: "on a black and orange KTM"."""
    made = next((one for one in found if one.field == "make"), None)
    if made is None or any(one.field == "body" for one in found):
        return []
    if made.value in cycle_makes():
        return [Finding("body", cycle_makes()[made.value], made.start, made.end, "ridden", 0.8)]
    if made.value not in _BIKE_MAKES:
        return []
    first = tokens.spans[group[0].first][0]
    before = tokens.text[max(0, first - 24) : first]
    return [Finding("body", "motorcycle", made.start, made.end, "ridden", 0.8)] if _ON_A.search(before) else []


def _body(tokens: Tokens, each: Label) -> str:
    """The body that a label tells, where words elsewhere in the text may tell it apart."""
    word = tokens.words[each.first] if each.last - each.first == 1 else ""
    among, other = _ELSEWHERE_SAID.get(word, (frozenset(), ""))
    return other if not among.isdisjoint(tokens.words) else _words(each)[0]


def _lone_body(tokens: Tokens, each: Label) -> float:
    """Confidence in a body of which nothing else is told, but perhaps that it was dark."""
    if shaded(tokens, each):
        return _SHADED_BODY
    return _BARE if each.caution else _bare_body(tokens, each)


def _bare_body(tokens: Tokens, each: Label) -> float:
    """Confidence in a body with nothing said about it: a moped that somebody came on is his, "the car" anybody's."""
    before = tokens.text[max(0, tokens.spans[each.first][0] - 40) : tokens.spans[each.first][0]]
    return _USED if _words(each)[0] not in _ANYBODYS and _RIDDEN.search(before) else _BARE


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
    for each in DAMAGE.finditer(lower) if may_tell_damage(text) else ():
        value = feature_of(each[0])
        found.append((Finding("features", value[0] if value else each[0], *each.span(), "damage"), False))
    for each in feature_pattern().finditer(lower):
        known = feature_of(each[0])
        if known:
            found.append((Finding("features", known[0], *each.span(), "feature_phrase"), known[1]))
    for each in _SHADED.finditer(lower) if may_hold(text, _SHADED_WORDS) else ():
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
