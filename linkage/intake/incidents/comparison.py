"""What two reports have in common, in what they differ, and the probability that they tell of one incident.

Every feature is a number, 0 where a side does not say; `same_incident.toml` tells what each is and what it weighs.
Perceived ethnicity and complexion are in none. Three things may be so: one incident; another incident of the same
person; nothing in common. In log10 odds against the last, with x the features,

    one incident            log10(share / crowd) + sum of all weights * x
    same person, another    log10(again / crowd) + sum of the weights * x that speak of the person, or of `again`

where `crowd` is how many reports there are of one day and place, and one more that nobody may have made [G]: among
few, two are sooner one. Where a report names no day, they are those of the place on any day, and another attack of
the same person is one of any day too, which is far likelier than one of the same day (`undated`); what he does, where
and at which hour then speaks of him too (`habit`). What a man looks like
never decides alone, because he may strike twice in a night; what ties the occasion (clock, spot, deeds, words) does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from linkage.geography import distance_km
from linkage.intake.incidents.candidates import Account, vague
from linkage.intake.values.people.describe import gap
from linkage.report import Person, Place, Report
from linkage.vocabulary.tables import table

PROPOSED = 0.5
"""Probability from which two reports are proposed as one incident, and their pair is no suggested link [G]."""
SHOWN = 0.01
"""Probability below which a pair is not worth telling [G]."""
LARGEST = 1e-6
"""Probabilities are kept this far from 0 and 1 [G]: only `follows` and a decision make one incident certain."""
_SLIM, _BIG = {"slim"}, {"large", "stocky"}
_IDENTITY = ("plate", "phone", "email", "username", "website", "other", "name", "mark", "model")
_DEEDS = ("did", "weapon")


@cache
def defaults() -> dict[str, Any]:
    """`same_incident.toml` as it stands: `bounds`, `share`, `again`, and `weights` by the name of their feature."""
    return table("same_incident")


_SECOND: dict[str | None, float] = defaults()["second_account"]
_BOUNDS = SimpleNamespace(**defaults()["bounds"])


def feature_table(pairs: Iterable[tuple[Account, Account]]) -> NDArray[np.float64]:
    """Features of many pairs, shape (pairs, features), in the order of `names`."""
    known = (features(one, other) for one, other in pairs)
    return np.array([[of[name] for name in names()] for of in known]).reshape(-1, len(names()))


def features(one: Account, other: Account) -> dict[str, float]:
    """Features of one pair by name; the same whichever report comes first."""
    a, b = one.report, other.report
    shared = [(item.partition(" ")[0], one.said[item]) for item in sorted(one.said.keys() & other.said)]

    def worth(kinds: Sequence[str], most: float) -> float:
        """Summed rarity of the shared particulars of these kinds."""
        return min(most, sum(weight for kind, weight in shared if kind in kinds))

    near, apart = _clocks(a, b)
    spot, away, named = _places(a, b)
    agree, differ = _best_persons(a.suspects, b.suspects)
    vehicles = [(x, y) for x in a.vehicles for y in b.vehicles]
    denied = [set(x.behaviours.present) & set(y.behaviours.absent) for x, y in ((a, b), (b, a))]
    undated = float(vague(a) or vague(b))
    return {
        "clock_near": near,
        "clock_apart": apart,
        "undated": undated,
        "many_days": undated,
        "received_near": _made_soon(a, b) if undated else 0.0,
        "day_wide": math.log10(max(1.0, _width(a), _width(b))),
        "place_near": spot,
        "place_apart": away,
        "place_named_apart": named,
        "setting": float(sum(kind in ("contact", "venue") for kind, _ in shared)),
        "setting_apart": float(len({a.contact.method, b.contact.method} - {None}) > 1),
        "text": float(_alike(a.narrative or "", b.narrative or "", _BOUNDS.text_characters)),
        "speech": float(
            any(_alike(x.lower(), y.lower(), _BOUNDS.speech_characters) for x in a.speech for y in b.speech)
        ),
        "identity": worth(_IDENTITY, _BOUNDS.most_shared),
        "clothing": worth(("wore",), _BOUNDS.most_clothes),
        "looks": float(agree),
        "looks_apart": float(differ),
        "vehicle_apart": float(bool(vehicles) and all(x.differs(y) for x, y in vehicles)),
        "deeds": worth(_DEEDS, _BOUNDS.most_shared),
        "deeds_denied": min(_BOUNDS.most_denied, float(len(set().union(*denied)))),
        "weapons_apart": float(bool(a.weapons and b.weapons and not set(a.weapons) & set(b.weapons))),
        "second_account": max(_SECOND.get(of.report_type, 0.0) for of in (a, b)),
    }


def _width(report: Report) -> float:
    """Days that a date spans; 1 where it is vague, for then the crowd is that of all its days."""
    days = report.occurred.days
    return 1.0 if days is None or vague(report) else float(days[1] - days[0] + 1)


def _made_soon(one: Report, other: Report) -> float:
    """How soon after each other two accounts of which one names no day were made, as far as is known: by the day
    that is told, else that on which the report was made."""
    days: list[int] = []
    for report in (one, other):
        if report.occurred.days and not vague(report):
            days.append(report.occurred.days[0])
        elif report.received:
            days.append(date.fromisoformat(report.received[:10]).toordinal())
    if len(days) < 2:
        return 0.0
    soon = math.log10(_BOUNDS.days_neither / (abs(days[0] - days[1]) + _BOUNDS.days_soon))
    return float(min(_BOUNDS.most_soon, max(_BOUNDS.least_soon, soon)))


def _alike(one: str, other: str, least: int) -> bool:
    """Whether two texts of so many characters at least are one."""
    return min(len(one), len(other)) >= least and fuzz.ratio(one, other, score_cutoff=_BOUNDS.alike) > 0


def _clocks(one: Report, other: Report) -> tuple[float, float]:
    """How telling it is that two clock windows meet, and by how many hours they do not."""
    windows = [(of.hour_min, of.hour_max) for of in (one.occurred, other.occurred)]
    known = [(low, low if high is None else high) for low, high in windows if low is not None]
    if len(known) < 2:
        return 0.0, 0.0
    a, b = ((low, high if high >= low else high + 24.0) for low, high in known)
    apart = min(max(0.0, a[0] + turn - b[1], b[0] - a[1] - turn) for turn in (-24.0, 0.0, 24.0))
    if apart > _BOUNDS.hours_near:
        return 0.0, min(_BOUNDS.most_hours, apart - _BOUNDS.hours_near)
    covered = (a[1] - a[0]) + (b[1] - b[0]) + _BOUNDS.hours_near
    return max(0.0, math.log10(_BOUNDS.hours_working / covered)), 0.0


def _places(one: Report, other: Report) -> tuple[float, float, float]:
    """How telling it is that two circles meet, by how many radii they do not, and whether their names differ."""
    a, b = one.place, other.place
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return 0.0, 0.0, 0.0
    allowed = ((a.radius_m or 0.0) + (b.radius_m or 0.0)) / 1000 + _BOUNDS.slack_km
    away = float(distance_km(a.lat, a.lon, b.lat, b.lon)) - allowed
    if away > 0:
        return 0.0, min(_BOUNDS.most_radii, away / allowed), 0.0
    return min(_BOUNDS.most_place, max(0.0, math.log10(_BOUNDS.area_km / allowed))), 0.0, float(_named_apart(a, b))


def _named_apart(one: Place, other: Place) -> bool:
    """Two streets of one town resolve to the town: their names tell them apart."""
    coarse = one.precision == other.precision and one.precision in ("town", "district")
    named = one.text and other.text and coarse
    return bool(named) and fuzz.token_set_ratio((one.text or "").lower(), (other.text or "").lower()) < 70


def _best_persons(one: Sequence[Person], other: Sequence[Person]) -> tuple[int, int]:
    """In how much the best agreeing two persons agree and differ; nothing where a side has nobody."""
    found = [_persons(a, b) for a in one for b in other]
    return max(found, key=lambda pair: (pair[0] - 2 * pair[1], pair)) if found else (0, 0)


def _persons(one: Person, other: Person) -> tuple[int, int]:
    agree, differ = 0, 0
    if one.sex and other.sex:
        agree, differ = int(one.sex == other.sex), int(one.sex != other.sex)
    ages, heights = (one.age, other.age, _BOUNDS.years_apart), (one.height_cm, other.height_cm, _BOUNDS.cm_apart)
    for a, b, allowed in (ages, heights):
        if a and b:
            agree, differ = agree + (gap(a, b) == 0), differ + (gap(a, b) > allowed)
    builds = set(one.build), set(other.build)
    differ += any(a and b and a <= _SLIM and b <= _BIG for a, b in (builds, builds[::-1]))
    alike = [(one.build, other.build), (one.facial_hair, other.facial_hair)]
    if one.hair and other.hair:
        alike += [(one.hair.colour, other.hair.colour), (one.hair.style, other.hair.style)]
    return agree + sum(not set(a).isdisjoint(b) for a, b in alike), differ


def names() -> tuple[str, ...]:
    """The features, in their order."""
    return tuple(defaults()["weights"])


def _elicited() -> dict[str, float]:
    return {name: float(row["value"]) for name, row in defaults()["weights"].items()}


@dataclass(frozen=True)
class IncidentModel:
    """Weights (log10) by feature, and shares of reports that are a second account (`share`) or of another attack of
    the same day (`again`). `pairs` counts the labelled pairs of one incident behind it, 0 when it is elicited."""

    weights: Mapping[str, float] = field(default_factory=_elicited)
    share: float = field(default_factory=lambda: float(defaults()["share"]["value"]))
    again: float = field(default_factory=lambda: float(defaults()["again"]["value"]))
    pairs: int = 0

    def probabilities(self, features: NDArray[np.float64], crowd: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of one incident, and of another incident of the same person, shape (pairs, 2), from features (pairs,
        features) and the number of reports of that day and place (pairs,)."""
        known = np.array([self.weights[name] for name in names()])
        rows = defaults()["weights"].values()
        of, habit = np.array([row["of"] for row in rows]), np.array([row.get("habit", 0.0) for row in rows])
        undated = features[:, names().index("undated")]
        crowded = np.log10(np.maximum(crowd, 0.0) + 1.0)
        one = np.log10(self.share) - crowded + features @ (known * (of != "again"))
        other = np.log10(self.again) - crowded + features @ (known * (of != "one"))
        other += undated * (features @ (known * habit))
        odds = 10.0 ** np.clip(np.stack([one, other], axis=1), -30, 30)
        found: NDArray[np.float64] = odds / (1.0 + odds.sum(axis=1, keepdims=True))
        return found

    def one_incident(self, features: NDArray[np.float64], crowd: NDArray[np.float64]) -> NDArray[np.float64]:
        """The first of `probabilities`, (pairs,), never quite certain."""
        return np.clip(self.probabilities(features, crowd)[:, 0], LARGEST, 1.0 - LARGEST)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        weights = dict(sorted(self.weights.items()))
        return {"weights": weights, "share": self.share, "again": self.again, "pairs": self.pairs}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> IncidentModel:
        """Inverse of `to_json`; what models did not weigh before reports without a date were compared is elicited.
        ValueError for features that this program does not have, or lacks, or no numbers."""
        since = {name: _elicited()[name] for name in ("undated", "many_days", "received_near")}
        weights = since | {str(name): float(value) for name, value in plain["weights"].items()}
        share, again = float(plain["share"]), float(plain["again"])
        if weights.keys() != set(names()):
            raise ValueError(f"same incident: {sorted(weights.keys() ^ set(names()))[0]} in one of the two only")
        if not (0 < share < 1 and 0 < again < 1 and np.isfinite(list(weights.values())).all()):
            raise ValueError("same incident: a share that is not between 0 and 1, or a weight that is no number")
        return cls(weights, share, again, int(plain["pairs"]))
