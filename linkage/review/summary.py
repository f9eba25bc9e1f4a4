"""A report as an analyst reads it first: neutral items with their values and the words each was read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from linkage.features.accounts import told_state
from linkage.features.item_states import SAID
from linkage.report import Part, Person, Report, Vehicle
from linkage.review.facts import label_of, range_words
from linkage.vocabulary import load

NOT_MENTIONED = "not mentioned"
_CODE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
"""A key of the vocabulary, which a structured file may give: nobody's words, so never quoted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One item. `raw` holds the words it was read from, empty when the report gave the value itself; `masked`
    values are shown in part until asked for. `each` has the values of a list one by one with their words, those
    without words of their own together and first; together they are the line."""

    label: str
    value: str
    raw: str = ""
    masked: bool = False
    each: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Items under one heading."""

    title: str
    lines: list[Line]


def summarise(report: Report) -> list[Section]:
    """The structured summary of a report; what is not recorded says "not mentioned", which is not "none"."""
    people = [_person(report, person, number) for number, person in enumerate(report.suspects, start=1)]
    vehicles = [_vehicle(vehicle, number) for number, vehicle in enumerate(report.vehicles, start=1)]
    return [
        Section("When and where", _setting(report)),
        Section("What happened", _events(report)),
        *(people or [Section("Reported person", [Line("Description", NOT_MENTIONED)])]),
        *(vehicles or [Section("Vehicle", [Line("Vehicle", NOT_MENTIONED)])]),
        Section("Contact details used by the reported person", _identifiers(report)),
        Section("About the report", _about(report)),
    ]


def _line(part: Part, field: str, label: str, value: str, masked: bool = False) -> Line:
    return Line(label, value or NOT_MENTIONED, _quoted(part.raw.get(field, "")), masked and bool(value))


def _listed(report: Report, field: str, label: str, items: list[str]) -> Line:
    """A list, with the words that it or any of its items was read from."""
    own, known = _own_words(report, field, len(items)), "; ".join(items)
    of_all = _quoted(report.raw.get(field, ""), but=known)
    said = _quoted("; ".join([report.raw.get(field, ""), *own]), but=known)
    together = "; ".join(item for item, words in zip(items, own, strict=True) if not words)
    each = [(together, of_all)] if together else []
    each += [(item, _quoted(words, but=known)) for item, words in zip(items, own, strict=True) if words]
    return Line(label, known or NOT_MENTIONED, said, each=tuple(each))


def _own_words(report: Report, field: str, items: int) -> list[str]:
    """The words that each item of a list was read from by itself; empty where only the list as a whole has any."""
    return [report.raw.get(f"{field}.{number}", "") for number in range(1, items + 1)]


def words_of_items(report: Report, field: str, keys: Sequence[str], labels: Sequence[str]) -> list[str]:
    """The words that each item of a list was read from: its own, else those of the whole list that are no item's
    value. Empty for an item that the list gives as its value, key or label: those are nobody's words."""
    whole = report.raw.get(field, "")
    given = {part.strip(" ,") for part in whole.split(";")}
    left = _quoted(whole, but="; ".join(labels))
    own = _own_words(report, field, len(keys))
    return [
        _quoted(words) if words else "" if {key, label} & given else left
        for words, key, label in zip(own, keys, labels, strict=True)
    ]


def _quoted(words: str, but: str = "") -> str:
    """Words as a quotation: each part once, without keys, and without what stands in `but` anyway."""
    parts = dict.fromkeys(part.strip(" ,") for part in words.split(";"))
    known = {part.strip(" “”") for part in but.split(";")}
    return "; ".join(part for part in parts if part and part not in known and not _CODE.fullmatch(part))


def _setting(report: Report) -> list[Line]:
    when, where = report.occurred, report.place
    clock = ""
    if when.hour_min is not None:
        clock = _clock(when.hour_min)
        if when.hour_max is not None and when.hour_max != when.hour_min:
            clock += f" to {_clock(when.hour_max)}"
    raw_when = _quoted("; ".join(filter(None, (when.raw.get("from"), when.raw.get("to")))))
    doubt = f" ({within_words(where.radius_m)})" if where.radius_m else ""
    named = where.text or where.town or where.postcode or ""
    area = ", ".join(words for words in (where.admin.police_force, where.admin.region) if words)
    return [
        Line("Date", date_words(report), raw_when),
        Line("Weekday as told", when.weekday or NOT_MENTIONED, when.raw.get("weekday", "")),
        Line("Clock time", clock or NOT_MENTIONED, when.raw.get("hour_min", "")),
        _line(where, "text", "Place", named + doubt if named else ""),
        Line("Area", area or NOT_MENTIONED),
        _line(where, "venue", "Kind of place", label_of("venues", where.venue) if where.venue else ""),
        _line(
            report.contact,
            "method",
            "Contact made by",
            label_of("contact_methods", report.contact.method) if report.contact.method else "",
        ),
        _line(report.contact, "place", "Contact made at", report.contact.place or ""),
    ]


def date_words(report: Report) -> str:
    """The date or range of dates of an incident, as people write it."""
    first, last = report.occurred.from_, report.occurred.to
    if first is None:
        return NOT_MENTIONED
    return day_words(first) if last is None or last[:10] == first[:10] else f"{day_words(first)} to {day_words(last)}"


def within_words(radius_m: float) -> str:
    """How uncertain a place is, in two figures: nobody knows it more exactly."""
    return f"within about {float(f'{radius_m / 1000:.2g}'):g} km"


def day_words(words: str) -> str:
    """The day of an ISO date or time, as people write it."""
    day = date.fromisoformat(words[:10])
    return f"{day.day} {day:%B %Y}"


def _clock(hour: float) -> str:
    minutes = round(hour * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _events(report: Report) -> list[Line]:
    said = report.behaviours
    present = [SAID[told_state(said, item)].format(label_of("behaviours", item)) for item in said.present]
    absent = [label_of("behaviours", item) for item in report.behaviours.absent]
    return [
        _listed(report, "offences", "Offences", [label_of("offences", item) for item in report.offences]),
        _listed(report, "behaviours.present", "Did", present),
        _listed(report, "behaviours.absent", "Said not to have happened", absent),
        _listed(report, "weapons", "Weapons", [label_of("weapons", item) for item in report.weapons]),
        _listed(report, "speech", "Said", [f"“{words}”" for words in report.speech]),
    ]


def _person(report: Report, person: Person, number: int) -> Section:
    hair = "; ".join([*person.hair.colour, *person.hair.style]) if person.hair else ""
    glasses = {None: "", True: "yes", False: "no"}[person.glasses]
    names = report.names_of(person)
    values: list[tuple[str, str, Any]] = [
        ("sex", "Sex", person.sex),
        ("age", "Age", range_words(person.age) if person.age else None),
        ("height_cm", "Height", range_words(person.height_cm, " cm") if person.height_cm else None),
        ("build", "Build", " or ".join(person.build)),
        ("ethnicity", "Ethnicity (perceived)", " or ".join(label_of("ethnicities", one) for one in person.ethnicity)),
        ("complexion", "Complexion (perceived)", person.complexion),
        ("hair", "Hair", hair),
        ("facial_hair", "Facial hair", "; ".join(person.facial_hair)),
        ("eyes", "Eyes", person.eyes),
        ("glasses", "Glasses", glasses),
        ("accent", "Accent", "; ".join(person.accent)),
        ("marks", "Marks", "; ".join(person.marks)),
        ("clothing", "Clothing", "; ".join(person.clothing)),
        ("names_used", "Names given", "; ".join(names)),
        ("other", "Other", person.other),
    ]
    lines = [_line(person, field, label, str(value or "")) for field, label, value in values]
    if accounts := [name for name in person.names_used if name not in names]:
        lines = [replace(line, raw="") if line.label == "Names given" else line for line in lines]
        lines.append(Line("Account name given", "; ".join(accounts), masked=True))
    return Section(f"Reported person {number} (as perceived)", lines)


def _vehicle(vehicle: Vehicle, number: int) -> Section:
    return Section(
        f"Vehicle {number}",
        [
            _line(vehicle, "make", "Make", vehicle.make or ""),
            _line(vehicle, "model", "Model", vehicle.model or ""),
            _line(vehicle, "colour", "Colour", " or ".join(vehicle.colour)),
            _line(vehicle, "body", "Body", label_of("bodies", vehicle.body) if vehicle.body else ""),
            _line(vehicle, "registration", "Registration", vehicle.registration or "", masked=True),
            _line(vehicle, "features", "Details", "; ".join(vehicle.features)),
        ],
    )


def _identifiers(report: Report) -> list[Line]:
    found = [_line(item, "value", item.kind.capitalize(), item.value, masked=True) for item in report.identifiers]
    return found or [Line("Contact details", NOT_MENTIONED)]


def _about(report: Report) -> list[Line]:
    source, consent = report.source, report.consent
    grades = " ".join(str(g) for g in (source.evaluation, source.assessment, source.handling) if g is not None)
    allowed = [
        name for name, yes in (("alert", consent.alert), ("police", consent.police), ("SCAS", consent.scas)) if yes
    ]
    return [
        Line("Kind of report", (report.report_type or "").replace("_", " ") or NOT_MENTIONED),
        Line("Follows report", report.follows or "none"),
        Line("Received", day_words(report.received) if report.received else NOT_MENTIONED),
        Line("Source", source.kind or NOT_MENTIONED),
        Line("Grading (3x5x2)", grades or NOT_MENTIONED),
        Line("Consent to share with", ", ".join(allowed) or "nobody (missing consent means no)"),
        *(Line("Noticed while reading", words) for words in report.warnings),
    ]


def content_labels(report: Report) -> list[str]:
    """Brief kinds of what a narrative tells ("sexual violence", "weapon"): said before it is opened, no more.

    Short labels do no harm, detailed warnings raise anxiety (Simister et al. 2024, of images) [V].
    """
    known = load("behaviours").entries
    domains = {known[item].data.get("domain") for item in report.behaviours.present if item in known}
    offences = " ".join(label_of("offences", item) for item in report.offences)
    found = [
        ("sexual violence", "sexual" in domains or "rape" in offences or "sexual" in offences),
        ("violence", bool(domains & {"violence", "control"}) or "violence" in offences or "assault" in offences),
        ("weapon", "weapon" in domains or bool(report.weapons)),
    ]
    return [label for label, holds in found if holds]


def marked_spans(report: Report) -> list[tuple[int, int]]:
    """Character spans of the narrative that values were read from, in order and without overlap."""
    text = report.narrative or ""
    parts: list[Part] = [report, report.occurred, report.place, report.contact]
    parts += [*report.suspects, *report.vehicles, *report.identifiers]
    spans = sorted({span for part in parts for found in part.spans.values() for span in found})
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
