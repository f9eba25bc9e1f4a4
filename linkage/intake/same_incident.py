"""Whether two reports of one day are on one incident: precision before completeness.

One man may attack twice in a night, and then everything about him agrees. So what he looks like never decides alone:
something must tie the *occasion* (the clock, the very spot with what was done there, the words written or said),
enough rare particulars must agree, and nothing may contradict.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from linkage.geography import distance_km
from linkage.intake.describe import gap
from linkage.intake.vehicles import vehicles_differ
from linkage.report import Person, Report

LONGEST = 3
"""Days a report's date may span to be compared at all [G]."""

ENOUGH = 3.0
"""Sum of -log10 frequencies of agreeing particulars from which a pair is proposed [G]: one chance in a thousand."""

_SAME_TEXT, _SAME_SPEECH = 90.0, 90.0
"""rapidfuzz ratios at which two texts, two utterances are one [G]."""
_TEXT_COUNTS, _SPEECH_COUNTS = 60, 12
"""Characters from which a text, an utterance is telling [G]."""
_HOURS_NEAR, _HOURS_APART = 1.0, 2.0
"""Gap of clock times that ties one occasion, and that tells two apart [G]."""
_SPOT_M = 500.0
"""Radius up to which a place is a spot rather than an area, metres [G]."""
_SLACK_KM = 1.0
"""Beyond both radii, how far apart two reports may put one incident [G]."""
_KM_A_DEGREE = 110.5
"""A degree of latitude is nowhere shorter, kilometres (WGS84) [V]; a cheap first test."""
_AGES_APART, _HEIGHTS_APART = 12.0, 15.0
"""Gaps (years, cm) that two witnesses of one man are not allowed [G]; wider than for one witness."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How common each particular is among the reports at hand; add-one smoothed, so that a first one is not proof."""

    counts: Counter[str]
    total: int

    @classmethod
    def of(cls, reports: Iterable[Report]) -> Rarity:
        """Count every particular once for each report."""
        counts: Counter[str] = Counter()
        total = 0
        for report in reports:
            counts.update(set(particulars(report)))
            total += 1
        return cls(counts, total)

    def weight(self, particular: str) -> float:
        """-log10 of the particular's frequency, at most 2: a hundred reports are no measure of one in a million
        [G]."""
        return min(2.0, -math.log10((self.counts[particular] + 1) / (self.total + 2)))


def particulars(report: Report) -> Iterator[str]:
    """What a report says, one word a thing, for counting what two reports share."""
    for vehicle in report.vehicles:
        if vehicle.model:
            yield f"model {vehicle.make} {vehicle.model}"
        if vehicle.registration:
            yield f"plate {vehicle.registration}"
    yield from (f"{one.kind} {one.value}" for one in report.identifiers)
    yield from (f"did {key}" for key in report.behaviours.present)
    yield from (f"weapon {key}" for key in report.weapons)
    for person in report.suspects:
        yield from (f"mark {phrase}" for phrase in person.marks)
        yield from (f"name {name.lower()}" for name in person.names_used)
        yield from (f"wore {phrase}" for phrase in person.clothing)
    if report.contact.method:
        yield f"contact {report.contact.method}"
    if report.place.venue:
        yield f"venue {report.place.venue}"


def one_incident(one: Report, other: Report, rarity: Rarity) -> float | None:
    """Strength with which two reports are proposed as one incident, or None when they are not."""
    if one.occurred.days is None or other.occurred.days is None:
        return None
    text, said = _same_text(one, other), _same_speech(one, other)
    if not (text or said or _clocks_meet(one, other) or _same_spot(one, other)) or contradict(one, other):
        return None
    if not text and (one.place.lat is None or other.place.lat is None):
        return None
    shared = set(particulars(one)) & set(particulars(other))
    strength = sum(rarity.weight(one_shared) for one_shared in sorted(shared)) + 3.0 * text + 1.5 * said
    return strength if strength >= ENOUGH else None


def _same_text(one: Report, other: Report) -> bool:
    a, b = one.narrative or "", other.narrative or ""
    return min(len(a), len(b)) >= _TEXT_COUNTS and fuzz.ratio(a, b, score_cutoff=_SAME_TEXT) > 0


def _same_speech(one: Report, other: Report) -> bool:
    return any(
        min(len(a), len(b)) >= _SPEECH_COUNTS and fuzz.ratio(a.lower(), b.lower()) >= _SAME_SPEECH
        for a in one.speech
        for b in other.speech
    )


def _clock_gap(one: Report, other: Report) -> float | None:
    """Hours between two clock windows of the same day, 0 when they overlap; None when either is not known."""
    a, b = _window(one), _window(other)
    if a is None or b is None:
        return None
    return min(max(0.0, a[0] + turn - b[1], b[0] - a[1] - turn) for turn in (-24.0, 0.0, 24.0))


def _window(report: Report) -> tuple[float, float] | None:
    low, high = report.occurred.hour_min, report.occurred.hour_max
    if low is None:
        return None
    high = low if high is None else high
    return low, high if high >= low else high + 24.0


def _clocks_meet(one: Report, other: Report) -> bool:
    """Whether two narrow clock windows are near; a window of a whole evening ties nothing."""
    a, b = _window(one), _window(other)
    narrow = a is not None and b is not None and max(a[1] - a[0], b[1] - b[0]) <= 2 * _HOURS_NEAR
    apart = _clock_gap(one, other)
    return narrow and apart is not None and apart <= _HOURS_NEAR


def _same_spot(one: Report, other: Report) -> bool:
    radii = (one.place.radius_m, other.place.radius_m)
    return all(radius is not None and radius <= _SPOT_M for radius in radii) and bool(
        set(one.behaviours.present) & set(other.behaviours.present)
    )


def contradict(one: Report, other: Report) -> bool:
    """Whether two reports cannot be on one incident: day, clock, place, plate, vehicle, person or what was done."""
    return (
        _days_apart(one, other)
        or (_clock_gap(one, other) or 0.0) > _HOURS_APART
        or _places_apart(one, other)
        or _vehicles_apart(one, other)
        or _people_apart(one, other)
        or _deeds_apart(one, other)
    )


def _days_apart(one: Report, other: Report) -> bool:
    a, b = one.occurred.days, other.occurred.days
    return a is not None and b is not None and (a[0] > b[1] or b[0] > a[1])


def _places_apart(one: Report, other: Report) -> bool:
    a, b = one.place, other.place
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    allowed = ((a.radius_m or 0.0) + (b.radius_m or 0.0)) / 1000 + _SLACK_KM
    if abs(a.lat - b.lat) * _KM_A_DEGREE > allowed:
        return True
    return float(distance_km(a.lat, a.lon, b.lat, b.lon)) > allowed or _named_apart(one, other)


def _named_apart(one: Report, other: Report) -> bool:
    """Two streets of one town resolve to the town: their names tell them apart."""
    a, b = one.place, other.place
    coarse = "town" in (a.precision, b.precision) or "district" in (a.precision, b.precision)
    words_a, words_b = (a.text or "").lower(), (b.text or "").lower()
    return (
        coarse
        and a.precision == b.precision
        and bool(words_a and words_b)
        and fuzz.token_set_ratio(words_a, words_b) < 70
    )


def _vehicles_apart(one: Report, other: Report) -> bool:
    pairs = [(a, b) for a in one.vehicles for b in other.vehicles]
    return bool(pairs) and all(vehicles_differ(a, b) for a, b in pairs)


def _people_apart(one: Report, other: Report) -> bool:
    pairs = [(a, b) for a in one.suspects for b in other.suspects]
    return bool(pairs) and all(_persons_apart(a, b) for a, b in pairs)


def _persons_apart(one: Person, other: Person) -> bool:
    if one.sex and other.sex and one.sex != other.sex:
        return True
    if one.age and other.age and gap(one.age, other.age) > _AGES_APART:
        return True
    if one.height_cm and other.height_cm and gap(one.height_cm, other.height_cm) > _HEIGHTS_APART:
        return True
    if {"slim"} in (set(one.build), set(other.build)) and {"large", "stocky"} & {*one.build, *other.build}:
        return True
    return bool(one.ethnicity and other.ethnicity and not set(one.ethnicity) & set(other.ethnicity))


def _deeds_apart(one: Report, other: Report) -> bool:
    a, b = one.behaviours, other.behaviours
    denied = set(a.present) & set(b.absent) | set(b.present) & set(a.absent)
    agreed = set(a.present) & set(b.present)
    methods = {one.contact.method, other.contact.method} - {None}
    return (
        len(methods) > 1
        or len(denied) > max(1, len(agreed))
        or bool(one.weapons and other.weapons and not set(one.weapons) & set(other.weapons))
    )
