"""A report as plain facts that can be laid side by side: what it says about each attribute, in words.

Two kinds of attribute behave differently when reports are compared. Of a *single* one (build, make, hair colour) a
person has one value at a time, so two different values disagree. Of an *open* one (marks, clothing, speech) any
number may hold, and a report that names others says nothing about this one: that is not known, never a difference.
Behaviours say for themselves whether they were present or absent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from linkage.report import Person, Range, Report, Vehicle
from linkage.vocabulary import load

DAY_PARTS = ((5, "night (22:00-05:00)"), (12, "morning (05:00-12:00)"), (18, "afternoon (12:00-18:00)"),
             (22, "evening (18:00-22:00)"), (24, "night (22:00-05:00)"))  # fmt: skip
"""End hour and name of each part of the day [G]."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a report. `open` as above; `sensitive` is shown as perceived and carries no weight by default;
    `masked` values are shown in part until somebody asks for them."""

    key: str
    label: str
    read: Callable[[Report], Sequence[str]]
    open: bool = False
    sensitive: bool = False
    masked: bool = False


def _people(read: Callable[[Person], Sequence[str]]) -> Callable[[Report], list[str]]:
    return lambda report: [value for person in report.suspects for value in read(person)]


def _vehicles(read: Callable[[Vehicle], Sequence[str]]) -> Callable[[Report], list[str]]:
    return lambda report: [value for vehicle in report.vehicles for value in read(vehicle)]


def _one(value: str | None) -> list[str]:
    return [value] if value else []


def _glasses(person: Person) -> list[str]:
    return [] if person.glasses is None else ["wears glasses" if person.glasses else "no glasses"]


def _make(vehicle: Vehicle) -> list[str]:
    return _one(" ".join(word for word in (vehicle.make, vehicle.model) if word))


def day_part(report: Report) -> list[str]:
    """Part of the day an incident was in; empty when no clock time is known."""
    hour = report.occurred.hour_min
    return [] if hour is None else [next(name for end, name in DAY_PARTS if hour < end or end == 24)]


def weekday(report: Report) -> list[str]:
    """Weekday of an incident whose date is known to the day, or as the report gives it."""
    days = report.occurred.days
    if days is not None and days[0] == days[1]:
        return [WEEKDAYS[date.fromordinal(days[0]).weekday()]]
    return _one(report.occurred.weekday)


def label_of(vocabulary: str, key: str) -> str:
    """A vocabulary key in words; own words stay as they are."""
    entry = load(vocabulary).entries.get(key)
    return entry.label if entry else key


def _labels(vocabulary: str, keys: Sequence[str]) -> list[str]:
    return [label_of(vocabulary, key) for key in keys]


ATTRIBUTES: tuple[Attribute, ...] = (
    Attribute("sex", "Sex", _people(lambda p: _one(p.sex))),
    Attribute("build", "Build", _people(lambda p: p.build)),
    Attribute(
        "ethnicity", "Ethnicity (perceived)", _people(lambda p: _labels("ethnicities", p.ethnicity)), sensitive=True
    ),
    Attribute("complexion", "Complexion (perceived)", _people(lambda p: _one(p.complexion)), sensitive=True),
    Attribute("hair_colour", "Hair colour", _people(lambda p: p.hair.colour if p.hair else [])),
    Attribute("hair_style", "Hair style", _people(lambda p: p.hair.style if p.hair else [])),
    Attribute("facial_hair", "Facial hair", _people(lambda p: p.facial_hair)),
    Attribute("eyes", "Eyes", _people(lambda p: _one(p.eyes))),
    Attribute("glasses", "Glasses", _people(_glasses)),
    Attribute("accent", "Accent", _people(lambda p: p.accent), open=True, sensitive=True),
    Attribute("marks", "Mark", _people(lambda p: p.marks), open=True),
    Attribute("clothing", "Clothing", _people(lambda p: p.clothing), open=True),
    Attribute("names_used", "Name given", lambda r: [name for p in r.suspects for name in r.names_of(p)], open=True),
    Attribute("make", "Make and model", _vehicles(_make)),
    Attribute("colour", "Vehicle colour", _vehicles(lambda v: v.colour)),
    Attribute("body", "Vehicle body", _vehicles(lambda v: _labels("bodies", _one(v.body)))),
    Attribute("features", "Vehicle detail", _vehicles(lambda v: v.features), open=True),
    Attribute("registration", "Registration", _vehicles(lambda v: _one(v.registration)), open=True, masked=True),
    Attribute(
        "identifiers", "Contact detail used", lambda r: [i.value for i in r.identifiers], open=True, masked=True
    ),
    Attribute("speech", "Said", lambda r: r.speech, open=True),
    Attribute("contact", "Contact", lambda r: _labels("contact_methods", _one(r.contact.method))),
    Attribute("venue", "Kind of place", lambda r: _labels("venues", _one(r.place.venue))),
    Attribute("day_part", "Time of day", day_part),
    Attribute("weekday", "Weekday", weekday),
    Attribute("offences", "Offence", lambda r: _labels("offences", r.offences), open=True),
    Attribute("weapons", "Weapon", lambda r: _labels("weapons", r.weapons), open=True),
)
"""In the order in which they are shown."""


def ages(report: Report) -> list[Range]:
    """Age ranges of the reported people, years."""
    return [person.age for person in report.suspects if person.age]


def heights(report: Report) -> list[Range]:
    """Height ranges of the reported people, centimetres."""
    return [person.height_cm for person in report.suspects if person.height_cm]


@dataclass(frozen=True, slots=True)
class RangeAttribute:
    """An attribute whose values are intervals, with its unit in words."""

    key: str
    label: str
    read: Callable[[Report], Sequence[Range]]
    unit: str


RANGES: tuple[RangeAttribute, ...] = (
    RangeAttribute("age", "Age", ages, ""),
    RangeAttribute("height", "Height", heights, " cm"),
)
"""The interval attributes, in the order in which they are shown."""


def range_words(value: Range, unit: str = "") -> str:
    """An interval as people read it: "33-37", "over 180 cm", "under 25"."""
    low, high = value.min, value.max
    if low is None and high is None:
        return "not known"
    if high is None:
        return f"{low:g} or more{unit}"
    if low is None:
        return f"up to {high:g}{unit}"
    return f"{low:g}{unit}" if low == high else f"{low:g}-{high:g}{unit}"


def overlap(a: Range, b: Range) -> bool:
    """Do two intervals share a value?"""

    def ends(value: Range) -> tuple[float, float]:
        """Both ends of an interval; an open end is infinite."""
        low = float("-inf") if value.min is None else value.min
        return low, float("inf") if value.max is None else value.max

    (low_a, high_a), (low_b, high_b) = ends(a), ends(b)
    return max(low_a, low_b) <= min(high_a, high_b)
