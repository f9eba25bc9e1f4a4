"""How an incident becomes a report: what the reporter's form asks, what their style tells, and what could be seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from benchmarks.otherworld import witness
from benchmarks.otherworld.careers import Incident
from benchmarks.otherworld.constants import between, constants, pick, some, whole
from benchmarks.otherworld.habits import domain_of
from benchmarks.otherworld.reporters import Reporter
from benchmarks.otherworld.roads import scattered, sector, towns, within

LOOKS = ("age", "height", "build", "ethnicity", "hair", "facial_hair", "eyes", "marks", "clothing")
VEHICLE = ("make", "model", "colour", "body", "registration", "features")


def report_of(rng: Random, incident: Incident, reporter: Reporter) -> dict[str, Any]:
    """One report of the incident in the contract's form, without a number of its own; no narrative is written."""
    present, absent = behaviours(rng, incident, reporter)
    day = _first_day() + timedelta(days=incident.day)
    received = day + timedelta(days=_delay(rng))
    reported = set(present)
    row: dict[str, Any] = {
        "report_type": _kind(rng, reporter),
        "received": str(received),
        "source": {"kind": reporter.form.channel},
        "consent": {"alert": rng.random() < 0.8, "police": rng.random() < 0.4, "scas": rng.random() < 0.5},
        "occurred": _occurred(rng, incident, reporter, received),
        "place": _place(rng, incident, reporter),
        "behaviours": {"present": present, "absent": absent},
        "suspects": _people(rng, incident, reporter),
    }
    if told(rng, reporter, "contact"):
        row["contact"] = {"method": incident.contact}
    if told(rng, reporter, "offences"):
        row["offences"] = [name for name, items in constants("offences").items() if reported & set(items)]
    if incident.weapons and told(rng, reporter, "weapons"):
        row["weapons"] = list(incident.weapons)
    if incident.speech and told(rng, reporter, "speech"):
        row["speech"] = list(incident.speech)
    return row | _traces(rng, incident, reporter)


def told(rng: Random, reporter: Reporter, field: str, times: float = 1.0) -> bool:
    """Does this reporter tell the field, where it is known?"""
    how = constants("telling")
    asked = 1.0 if field in reporter.form.fields else how["unasked_field"]
    chance: float = how["fields"][field] * constants("styles")["tells"][reporter.style] * asked * times
    return rng.random() < chance


def behaviours(rng: Random, incident: Incident, reporter: Reporter) -> tuple[list[str], list[str]]:
    """What is reported as done, and what the form asked and is denied. All else is silence, by form and by style."""
    how, styles = constants("telling"), constants("styles")
    tells, denies = styles["tells"][reporter.style], styles["denies"][reporter.style]
    present, absent = [], []
    for item, domain in domain_of().items():
        asked, drawn = item in reporter.form.items, rng.random()
        if item in incident.items:
            volunteered = how["volunteered_item"].get(item, how["volunteered"][domain])
            if drawn < tells * (how["asked_item"] if asked else volunteered):
                present.append(_neighbour(rng, item, domain) if rng.random() < how["neighbour"] else item)
        elif drawn < how["invented"]:
            present.append(item)
        elif asked and rng.random() < denies:
            absent.append(item)
    present = list(dict.fromkeys(present))
    return present, [item for item in absent if item not in present]


def _neighbour(rng: Random, item: str, domain: str) -> str:
    return rng.choice([other for other, its in domain_of().items() if its == domain and other != item])


def _people(rng: Random, incident: Incident, reporter: Reporter) -> list[dict[str, Any]]:
    people = [_person(rng, incident, reporter, incident.seen)]
    if incident.companion is not None:
        people.append(_person(rng, incident, reporter, incident.companion))
    return people


def _person(rng: Random, incident: Incident, reporter: Reporter, seen: Mapping[str, Any]) -> dict[str, Any]:
    how, errors, light = constants("telling"), constants("errors"), incident.light
    times = how["light_of_looks"][light] * (how["surprise_of_looks"] if incident.surprise else 1.0)
    values: dict[str, Any] = {
        "age": witness.age(rng, seen["age"], light),
        "height": witness.height(rng, seen["height"]),
        "build": witness.build(rng, seen["build"]),
        "ethnicity": witness.mistaken(
            rng, seen["ethnicity"], errors["ethnicity_confused"], errors["ethnicity_wrong"]
        ),
        "hair": witness.hair(rng, seen, light),
        "facial_hair": [witness.mistaken(rng, seen["beard"], errors["beard_confused"], errors["beard_wrong"])],
        "eyes": seen["eyes"],
        "marks": witness.marks(rng, seen["marks"], light),
        "clothing": some(rng, seen["clothes"], whole(rng, [1, 3])),
    }
    row: dict[str, Any] = {name: values[name] for name in LOOKS if told(rng, reporter, name, times) and values[name]}
    if told(rng, reporter, "glasses", times * (1.0 if seen["glasses"] else how["no_glasses"])):
        row["glasses"] = seen["glasses"]
    if told(rng, reporter, "accent"):
        row["accent"] = [witness.accent(rng, seen["accent"])]
    if seen["name"] and told(rng, reporter, "names_used"):
        row["names_used"] = [seen["name"]]
    return row | {"sex": "male"}


def _traces(rng: Random, incident: Incident, reporter: Reporter) -> dict[str, Any]:
    row: dict[str, Any] = {}
    if incident.car is not None:
        times = constants("telling")["vehicle_seen"][incident.light]
        fields = [name for name in VEHICLE if told(rng, reporter, name, times)]
        car = witness.vehicle(rng, incident.car, incident.light, fields)
        row["vehicles"] = [car] if car else []
    used = {"phone": incident.phone, "username": incident.username}
    identifiers = [
        {"kind": kind, "value": witness.phone(rng, value) if kind == "phone" else value}
        for kind, value in used.items()
        if value and told(rng, reporter, kind)
    ]
    return row | ({"identifiers": identifiers} if identifiers else {})


def _kind(rng: Random, reporter: Reporter) -> str:
    how = constants("telling")
    if rng.random() < how["third_party"]:
        return "third_party"
    return "partial" if reporter.style == "terse" and rng.random() < how["partial"] else "full"


def _first_day() -> date:
    return date.fromisoformat(constants("time")["first_day"])


def _delay(rng: Random) -> int:
    how = constants("time")
    return whole(rng, how[pick(rng, how["received_kinds"])])


def _occurred(rng: Random, incident: Incident, reporter: Reporter, received: date) -> dict[str, str]:
    how, day = constants("errors"), _first_day() + timedelta(days=incident.day)
    exact = rng.random() < constants("styles")["exact"][reporter.style]
    if not exact:
        before, after = whole(rng, how["vague_days"]), whole(rng, how["vague_days"])
        return {"from": str(day - timedelta(days=before)), "to": str(min(received, day + timedelta(days=after)))}
    if rng.random() < how["day_wrong"]:
        day = min(received, day + timedelta(days=rng.choice([-1, 1])))
    if not told(rng, reporter, "hour"):
        return {"from": str(day)}
    midnight = datetime(day.year, day.month, day.day)
    felt = witness.hour(rng, incident.hour, rng.random() < constants("styles")["exact"][reporter.style])
    when = midnight + timedelta(hours=felt)
    return {"from": when.isoformat(timespec="minutes") if when.date() <= received else str(received)}


def _place(rng: Random, incident: Incident, reporter: Reporter) -> dict[str, Any]:
    how, town = constants("errors"), incident.stop.town
    if rng.random() < how["wrong_next_town"]:
        town = min((row for row in within(town, 0.1, 60.0)), default=town)
    row: dict[str, Any] = {"text": towns()[town].name}
    if told(rng, reporter, "venue"):
        row["venue"] = incident.venue
    exact = rng.random() < constants("styles")["exact"][reporter.style]
    kind = pick(rng, how["place_kinds"]) if exact and town == incident.stop.town else "town"
    point = scattered(rng, incident.stop.point, how["place_scatter_km"])
    if kind == "point":
        radius = round(between(rng, how["place_radius_m"]))
        row |= {"lat": round(point[0], 5), "lon": round(point[1], 5), "radius_m": radius}
    elif kind == "sector":
        row["postcode"] = sector(point)
    return row
