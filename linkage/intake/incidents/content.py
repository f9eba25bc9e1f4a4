"""What two reports have in common, and in what they differ, as far as it tells of one incident.

Every feature is a number, 0 where a side does not say; `same_incident.toml` tells what each is and what it weighs.
Perceived ethnicity and complexion are in none.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from linkage.geography import distance_km
from linkage.intake.assemble.vehicles import vehicles_differ
from linkage.intake.incidents.model import names
from linkage.intake.values.people.describe import gap
from linkage.report import Person, Report

LONGEST = 3
"""Days a report's date may span to be one of those of a day; a wider one is compared like none [G]."""

_ALIKE = 90.0
"""rapidfuzz ratio from which two texts, two utterances are one [G]."""
_TEXT_COUNTS, _SPEECH_COUNTS = 60, 12
"""Characters from which a text, an utterance is telling [G]."""
_HOURS_NEAR, _WORKING_HOURS, _MOST_HOURS = 1.0, 12.0, 4.0
"""Gap of clock times that is none; hours in which reports fall; the largest gap that counts [G]."""
_SLACK_KM, _AREA_KM, _MOST_RADII = 1.0, 30.0, 5.0
"""Doubt beyond both radii; what lies near by chance; radii apart that count at most [G]."""
_NEAREST = 1.5
"""Most that the same spot counts [G]."""
_YEAR, _WEEK, _SOONEST, _LATEST = 365.0, 7.0, 1.5, -0.5
"""Days that are neither soon nor late, days that are no delay, and bounds of how soon an account was made [G]."""
_AGES_APART, _HEIGHTS_APART = 12.0, 15.0
"""Gaps (years, cm) that two witnesses of one man are not allowed [G]; wider than for one witness."""
_MOST_SHARED, _MOST_CLOTHES, _MOST_DENIED = 6.0, 3.0, 4.0
"""Most that shared particulars, garments and denials count [G]: they go together."""
_SECOND = {"follow_up": 1.0, "third_party": 0.4, "partial": 0.2}
"""How much each kind of report is likely a second account [G]."""
_IDENTITY = ("plate", "phone", "email", "username", "website", "other", "name", "mark", "model")
_DEEDS = ("did", "weapon")


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


@dataclass(frozen=True, slots=True)
class Account:
    """A report, and its particulars, laid out once for many comparisons."""

    report: Report
    said: frozenset[str]

    @classmethod
    def of(cls, report: Report) -> Account:
        """Lay a report out."""
        return cls(report, frozenset(particulars(report)))


def feature_table(pairs: Sequence[tuple[Account, Account]], rarity: Rarity) -> NDArray[np.float64]:
    """Features of many pairs, shape (pairs, features), in the order of `incident_model.names`."""
    order = names()
    table = np.zeros((len(pairs), len(order)))
    for row, (one, other) in enumerate(pairs):
        known = features(one, other, rarity)
        table[row] = [known[name] for name in order]
    return table


def features(one: Account, other: Account, rarity: Rarity) -> dict[str, float]:
    """Features of one pair by name; the same whichever report comes first."""
    a, b = one.report, other.report
    shared = sorted(one.said & other.said)

    def worth(kinds: Sequence[str], most: float) -> float:
        """Summed rarity of the shared particulars of these kinds."""
        return min(most, sum(rarity.weight(item) for item in shared if item.partition(" ")[0] in kinds))

    near, apart = _clocks(a, b)
    spot, away, named = _places(a, b)
    agree, differ = _best_persons(a.suspects, b.suspects)
    vehicles = [(x, y) for x in a.vehicles for y in b.vehicles]
    denied = set(a.behaviours.present) & set(b.behaviours.absent) | set(b.behaviours.present) & set(
        a.behaviours.absent
    )
    return {
        "clock_near": near,
        "clock_apart": apart,
        "undated": float(vague(a) or vague(b)),
        "many_days": float(vague(a) or vague(b)),
        "received_near": _made_soon(a, b),
        "day_wide": math.log10(max(1.0, _width(a), _width(b))),
        "place_near": spot,
        "place_apart": away,
        "place_named_apart": named,
        "setting": float(sum(item.partition(" ")[0] in ("contact", "venue") for item in shared)),
        "setting_apart": float(len({a.contact.method, b.contact.method} - {None}) > 1),
        "text": float(_same_text(a, b)),
        "speech": float(_same_speech(a, b)),
        "identity": worth(_IDENTITY, _MOST_SHARED),
        "clothing": worth(("wore",), _MOST_CLOTHES),
        "looks": float(agree),
        "looks_apart": float(differ),
        "vehicle_apart": float(bool(vehicles) and all(vehicles_differ(x, y) for x, y in vehicles)),
        "deeds": worth(_DEEDS, _MOST_SHARED),
        "deeds_denied": min(_MOST_DENIED, float(len(denied))),
        "weapons_apart": float(bool(a.weapons and b.weapons and not set(a.weapons) & set(b.weapons))),
        "second_account": max(_SECOND.get(a.report_type or "", 0.0), _SECOND.get(b.report_type or "", 0.0)),
    }


def vague(report: Report) -> bool:
    """Whether a report has no date, or one so wide that it names no day."""
    days = report.occurred.days
    return days is None or days[1] - days[0] > LONGEST


def _width(report: Report) -> float:
    """Days that a date spans; 1 where it is vague, for then the crowd is that of all its days."""
    days = report.occurred.days
    return 1.0 if days is None or vague(report) else float(days[1] - days[0] + 1)


def _made_soon(one: Report, other: Report) -> float:
    """How soon after each other two accounts of which one names no day were made, as far as is known."""
    days = [_known_day(report) for report in (one, other)]
    if days[0] is None or days[1] is None or not (vague(one) or vague(other)):
        return 0.0
    near = math.log10(_YEAR / (abs(days[0] - days[1]) + _WEEK))
    return min(_SOONEST, max(_LATEST, near))


def _known_day(report: Report) -> int | None:
    """The day a report tells of, else the day on which it was made."""
    if not vague(report) and report.occurred.days is not None:
        return report.occurred.days[0]
    return date.fromisoformat(report.received[:10]).toordinal() if report.received else None


def _same_text(one: Report, other: Report) -> bool:
    a, b = one.narrative or "", other.narrative or ""
    return min(len(a), len(b)) >= _TEXT_COUNTS and fuzz.ratio(a, b, score_cutoff=_ALIKE) > 0


def _same_speech(one: Report, other: Report) -> bool:
    return any(
        min(len(a), len(b)) >= _SPEECH_COUNTS and fuzz.ratio(a.lower(), b.lower()) >= _ALIKE
        for a in one.speech
        for b in other.speech
    )


def _window(report: Report) -> tuple[float, float] | None:
    low, high = report.occurred.hour_min, report.occurred.hour_max
    if low is None:
        return None
    high = low if high is None else high
    return low, high if high >= low else high + 24.0


def _clocks(one: Report, other: Report) -> tuple[float, float]:
    """How telling it is that two clock windows meet, and by how many hours they do not."""
    a, b = _window(one), _window(other)
    if a is None or b is None:
        return 0.0, 0.0
    apart = min(max(0.0, a[0] + turn - b[1], b[0] - a[1] - turn) for turn in (-24.0, 0.0, 24.0))
    if apart > _HOURS_NEAR:
        return 0.0, min(_MOST_HOURS, apart - _HOURS_NEAR)
    covered = (a[1] - a[0]) + (b[1] - b[0]) + _HOURS_NEAR
    return max(0.0, math.log10(_WORKING_HOURS / covered)), 0.0


def _places(one: Report, other: Report) -> tuple[float, float, float]:
    """How telling it is that two circles meet, by how many radii they do not, and whether their names differ."""
    a, b = one.place, other.place
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return 0.0, 0.0, 0.0
    allowed = ((a.radius_m or 0.0) + (b.radius_m or 0.0)) / 1000 + _SLACK_KM
    away = float(distance_km(a.lat, a.lon, b.lat, b.lon)) - allowed
    if away > 0:
        return 0.0, min(_MOST_RADII, away / allowed), 0.0
    return min(_NEAREST, max(0.0, math.log10(_AREA_KM / allowed))), 0.0, float(_named_apart(one, other))


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


def _best_persons(one: Sequence[Person], other: Sequence[Person]) -> tuple[int, int]:
    """In how much the best agreeing two persons agree and differ; nothing where a side has nobody."""
    found = [_persons(a, b) for a in one for b in other]
    return max(found, key=lambda pair: (pair[0] - 2 * pair[1], pair)) if found else (0, 0)


def _persons(one: Person, other: Person) -> tuple[int, int]:
    agree, differ = 0, 0
    if one.sex and other.sex:
        agree, differ = int(one.sex == other.sex), int(one.sex != other.sex)
    for a, b, allowed in (
        (one.age, other.age, _AGES_APART),
        (one.height_cm, other.height_cm, _HEIGHTS_APART),
    ):
        if a and b:
            apart = gap(a, b)
            agree, differ = agree + (apart == 0), differ + (apart > allowed)
    slim, big = {"slim"}, {"large", "stocky"}
    builds = set(one.build), set(other.build)
    differ += bool((builds[0] <= slim and builds[1] <= big) or (builds[1] <= slim and builds[0] <= big)) and all(
        builds
    )
    agree += bool(builds[0] & builds[1]) + bool(set(one.facial_hair) & set(other.facial_hair))
    if one.hair and other.hair:
        agree += bool(set(one.hair.colour) & set(other.hair.colour))
        agree += bool(set(one.hair.style) & set(other.hair.style))
    return agree, differ
