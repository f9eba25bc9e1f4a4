"""What of a report may leave once consent lets it: structured values, and what the reported person said.

A cleared report is a new report under an anonymous number. It holds no narrative, no words that a value was read
from, no source, nothing of who reported or when, no number of another report and no free account. A place that is
not open to everybody is made coarse. Whoever writes an export works on cleared reports only, so that nothing else
can come out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from linkage.intake.fields.reporter_details import private_details
from linkage.report import Behaviours, Contact, Identifier, Occurred, Person, Place, Report, Vehicle
from linkage.vocabulary import load

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_NUMBER = re.compile(r"(?:\d\W*){9,}")
"""A whole telephone number: nine figures are the fewest of one in full [G]."""
WITHHELD = "not named: it may be private"
"""Stands for a place that is known and that only its street or address would name."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of clearing.toml, which says what each means."""

    open_venues: frozenset[str]
    own_words: frozenset[str]
    decimals: int
    least_radius_m: float
    most_words: int
    most_spoken_words: int
    least_count: int


@cache
def rules() -> Rules:
    """The rules in force."""
    table = tomllib.loads((files("linkage.sharing") / "clearing.toml").read_text(encoding="utf-8"))
    return Rules(**table | {name: frozenset(table[name]) for name in ("open_venues", "own_words")})


@dataclass(frozen=True, slots=True)
class Cleared:
    """The `report` under its number, and how many values of it were left out (`dropped`) as no plain values."""

    report: Report
    dropped: int


def cleared(report: Report, number: str) -> Cleared:
    """What of a report may leave, under a number that stands for it. The consent gate comes before this."""
    drops: list[str] = []
    venue = _key("venues", report.place.venue, drops)
    plain = Report(
        report_id=number,
        report_type=report.report_type,
        occurred=Occurred(**_fields(report.occurred, "from_", "to", "weekday", "hour_min", "hour_max")),
        place=_place(report.place, venue, drops),
        contact=Contact(method=_key("contact_methods", report.contact.method, drops)),
        offences=_keys("offences", report.offences, drops),
        behaviours=_behaviours(report.behaviours, drops),
        suspects=[_person(person, drops) for person in report.suspects],
        vehicles=[_vehicle(vehicle, drops) for vehicle in report.vehicles],
        identifiers=_identifiers(report.identifiers, drops),
        weapons=_keys("weapons", report.weapons, drops),
        speech=_phrases(report.speech, rules().most_spoken_words, drops),
    )
    return Cleared(plain, len(drops))


def _behaviours(said: Behaviours, drops: list[str]) -> Behaviours:
    """What is told and denied, with how surely what is told was read, so that nobody takes a perhaps for a fact."""
    present = _keys("behaviours", said.present, drops)
    sure = {key: said.probability[key] for key in present if key in said.probability}
    return Behaviours(present=present, absent=_keys("behaviours", said.absent, drops), probability=sure)


def _fields(part: Any, *names: str) -> dict[str, Any]:
    return {("from" if name == "from_" else name): getattr(part, name) for name in names}


def _place(place: Place, venue: str | None, drops: list[str]) -> Place:
    """The place, coarse unless it was open to everybody and is named as nobody's own ("outside my house")."""
    public = not place.text or _is_public(place.text)
    drops += [] if public else ["place.text"]
    if venue in rules().open_venues and public:
        return Place(**_fields(place, "text", "postcode", "town", "lat", "lon", "radius_m", "precision"),
                     venue=venue, admin=place.admin.model_copy())  # fmt: skip
    district = (place.postcode or "").split(" ")[0] or None
    named = ", ".join(words for words in (place.town, district) if words) or _wide(place)
    if named is None and place != Place(admin=place.admin):
        named = WITHHELD
    coarse = {"lat": place.lat, "lon": place.lon}
    rounded = {name: None if value is None else round(value, rules().decimals) for name, value in coarse.items()}
    radius = None if place.lat is None else max(place.radius_m or 0.0, rules().least_radius_m)
    return Place(
        text=named, postcode=district, town=place.town, radius_m=radius, venue=venue, admin=place.admin.model_copy(),
        precision="district" if place.precision in ("address", "street") else place.precision, **rounded
    )  # fmt: skip


def _is_public(words: str) -> bool:
    own = rules().own_words.isdisjoint(_WORD.findall(words.lower().replace("’", "'")))
    return own and len(words.split()) <= rules().most_words and not private_details(words)


def _wide(place: Place) -> str | None:
    """The place as named, where what it names is no address or street."""
    wide = place.precision in ("district", "town", "region") and place.text and _is_public(place.text)
    return place.text if wide else None


def _identifiers(given: Sequence[Identifier], drops: list[str]) -> list[Identifier]:
    """Those that are what their kind says: a name with a whole telephone number in it is somebody's account."""
    plain = [one for one in given if one.kind in ("phone", "email", "website") or _is_plain(one.value)]
    drops += [one.value for one in given if one not in plain]
    return [Identifier(kind=one.kind, value=one.value) for one in plain]


def _is_plain(value: str) -> bool:
    numbered = _NUMBER.search(value) is not None and any(char.isalpha() for char in value)
    return not numbered and len(value.split()) <= rules().most_words and not private_details(value)


def _person(person: Person, drops: list[str]) -> Person:
    plain = _fields(person, "sex", "age", "height_cm", "glasses")
    lists = ("build", "ethnicity", "facial_hair", "names_used", "accent", "marks", "clothing")
    free = {name: _phrases(getattr(person, name), rules().most_words, drops) for name in lists}
    single = {name: _phrase(getattr(person, name), drops) for name in ("complexion", "eyes")}
    hair = person.hair.model_copy() if person.hair else None
    drops += ["other"] if person.other else []
    return Person(**plain, **free, **single, hair=hair)


def _vehicle(vehicle: Vehicle, drops: list[str]) -> Vehicle:
    plain = _fields(vehicle, "colour", "registration")
    single = {name: _phrase(getattr(vehicle, name), drops) for name in ("make", "model", "body")}
    return Vehicle(**plain, **single, features=_phrases(vehicle.features, rules().most_words, drops))


def _key(vocabulary: str, value: str | None, drops: list[str]) -> str | None:
    found = _keys(vocabulary, [value] if value else [], drops)
    return found[0] if found else None


def _keys(vocabulary: str, values: Sequence[str], drops: list[str]) -> list[str]:
    """The values that are keys of a vocabulary; own words may be somebody's account."""
    known = load(vocabulary).entries
    drops += [value for value in values if value not in known]
    return [value for value in values if value in known]


def _phrase(value: str | None, drops: list[str]) -> str | None:
    found = _phrases([value] if value else [], rules().most_words, drops)
    return found[0] if found else None


def _phrases(values: Sequence[str], most: int, drops: list[str]) -> list[str]:
    """Free values that are short, and hold nothing that seems to be of the person who reports."""
    fit = [value for value in values if len(value.split()) <= most and not private_details(value)]
    drops += [value for value in values if value not in fit]
    return fit
