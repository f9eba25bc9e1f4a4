"""How urgent a suggestion is, and why in words: how serious, with what weapon, how recent, how far spread.

It orders the inbox and is evidence of nothing. What a report does not tell counts 0, never as harmless: a report of
which the kind of offence is not known is ordered by what it does tell.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.report import Report
from linkage.review.facts import label_of

UNKNOWN_DAY = np.iinfo(np.int64).min
"""Stands for the day of a report that has none."""

_KINDS_OF_IDENTIFIER = frozenset({"phone", "email"})


@cache
def tables() -> dict[str, dict[str, Any]]:
    """The tables of `risk.toml`."""
    return tomllib.loads(files(__package__).joinpath("risk.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Seriousness:
    """How serious what a report tells is (0 to 10), what of it, in words, and whether there was a weapon."""

    value: float
    words: str
    weapon: bool


def seriousness(report: Report) -> Seriousness:
    """The most serious of what a report tells; 0 and no words where it tells of none of it."""
    value, vocabulary, what = 0.0, "", ""
    for name, keys in (("offences", report.offences), ("behaviours", report.behaviours.present)):
        worth = tables()[name]
        for key in keys:
            if (own := worth.get(key, worth["otherwise"])) > value:
                value, vocabulary, what = own, name, key
    nothing = tables()["weapons"]["none"]
    weapon = any(key not in nothing for key in report.weapons)
    return Seriousness(float(value), label_of(vocabulary, what) if what else "", weapon)


def seriousness_word(value: float) -> str:
    """The word for a seriousness: very high, high, medium or low."""
    words: dict[str, float] = tables()["words"]
    return next(word for word, least in words.items() if value >= least)


@dataclass(frozen=True)
class Profiles:
    """What risk and filters need of each thing in the inbox: reports by id, then series, in the order of `index`.

    Arrays have one row for each. `day` is the day of the latest incident (proleptic ordinal, UNKNOWN_DAY where there
    is none) and `first_day` of the earliest, `received` when the newest report came in; `escalates` holds the words
    of an escalation within a series; `forces` and `regions` say for each area which rows lie in it.
    """

    index: Mapping[str, int]
    seriousness: NDArray[np.float64]
    what: Sequence[str]
    weapon: NDArray[np.bool_]
    day: NDArray[np.int64]
    first_day: NDArray[np.int64]
    received: NDArray[np.int64]
    new_identifier: NDArray[np.bool_]
    consent: Mapping[str, NDArray[np.bool_]]
    forces: Mapping[str, NDArray[np.bool_]]
    regions: Mapping[str, NDArray[np.bool_]]
    escalates: Sequence[str]
    size: NDArray[np.int64]


def profiles(reports: Mapping[str, Report], series: Mapping[str, Sequence[str]]) -> Profiles:
    """Lay reports and series out for the inbox; members that are no reports here are passed by."""
    names = list(reports)
    row = {name: number for number, name in enumerate(names)}
    groups = [[row[one] for one in members if one in row] for members in series.values()]
    found = [seriousness(report) for report in reports.values()]
    days = [_days(report) for report in reports.values()]
    first, last = (np.array([one[side] for one in days], dtype=np.int64) for side in (0, 1))
    came = np.array([_received(report, one[1]) for report, one in zip(reports.values(), days, strict=True)], np.int64)
    value = np.array([one.value for one in found])
    weapon = np.array([one.weapon for one in found], dtype=bool)
    fresh = _new_identifiers(list(reports.values()), came)
    admin = [report.place.admin for report in reports.values()]
    consents = {
        name: np.array([getattr(report.consent, name) for report in reports.values()], dtype=bool)
        for name in ("alert", "police", "scas")
    }
    most = [max(group, key=value.__getitem__, default=-1) for group in groups]
    join = _Join(groups)
    return Profiles(
        index=row | {name: len(names) + number for number, name in enumerate(series)},
        seriousness=join(value, np.maximum),
        what=[*(one.words for one in found), *(found[one].words if one >= 0 else "" for one in most)],
        weapon=join(weapon, np.logical_or),
        day=join(last, np.maximum, UNKNOWN_DAY),
        first_day=join(first, np.minimum, UNKNOWN_DAY),
        received=join(came, np.maximum, UNKNOWN_DAY),
        new_identifier=join(fresh, np.logical_or),
        consent={name: join(allowed, np.logical_and) for name, allowed in consents.items()},
        forces=_areas([one.police_force for one in admin], join),
        regions=_areas([one.region for one in admin], join),
        escalates=[""] * len(names)
        + [_escalation([(int(last[one]), found[one]) for one in group]) for group in groups],
        size=np.array([1] * len(names) + [len(group) for group in groups], dtype=np.int64),
    )


class _Join:
    """Puts the values of groups of reports behind those of the reports."""

    def __init__(self, groups: Sequence[Sequence[int]]) -> None:
        self.groups = len(groups)
        self.full = np.array([number for number, group in enumerate(groups) if group], dtype=np.int64)
        self.members = np.array([one for group in groups for one in group], dtype=np.int64)
        sizes = np.array([len(group) for group in groups if group], dtype=np.int64)
        self.starts = np.cumsum(sizes) - sizes

    def __call__(self, values: NDArray[Any], how: np.ufunc, empty: Any = 0) -> NDArray[Any]:
        """`values` of the reports, then of each group what `how` makes of its members'; `empty` where it has none."""
        rest = np.full(self.groups, empty, dtype=values.dtype)
        if len(self.full):
            rest[self.full] = how.reduceat(values[self.members], self.starts)
        return np.concatenate([values, rest])


def _areas(names: Sequence[str | None], join: _Join) -> dict[str, NDArray[np.bool_]]:
    areas, codes = np.unique(np.array([name or "" for name in names], dtype=str), return_inverse=True)
    return {str(area): join(codes == code, np.logical_or) for code, area in enumerate(areas) if area}


def _days(report: Report) -> tuple[int, int]:
    return report.occurred.days or (int(UNKNOWN_DAY), int(UNKNOWN_DAY))


def _received(report: Report, day: int) -> int:
    return date.fromisoformat(report.received[:10]).toordinal() if report.received else day


def _new_identifiers(reports: Sequence[Report], came: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Reports that have a telephone, e-mail or whole plate which no report that came before had."""
    seen: set[str] = set()
    fresh = np.zeros(len(reports), dtype=bool)
    for number in np.argsort(came, kind="stable"):
        report = reports[number]
        own = {one.value for one in report.identifiers if one.kind in _KINDS_OF_IDENTIFIER}
        own |= {one.registration for one in report.vehicles if one.registration}
        own = {value for value in own if not set(value) & {"?", "*"}}
        fresh[number] = bool(own - seen)
        seen |= own
    return fresh


def _escalation(members: Sequence[tuple[int, Seriousness]]) -> str:
    """The last step to something more serious than any incident before; empty where there is none."""
    points = tables()["points"]
    dated = sorted((one for one in members if one[0] != UNKNOWN_DAY), key=lambda one: one[0])
    words = ""
    for number, (day, found) in enumerate(dated):
        before = max((one for when, one in dated[:number] if when < day), key=lambda one: one.value, default=None)
        if before is None or not before.words or found.value < points["escalates_from"]:
            continue
        if found.value - before.value >= points["escalates_by"]:
            words = f"{before.words} to {found.words}"
    return words


def risk_points(
    laid: Profiles,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    belief: NDArray[np.float64],
    today: date,
) -> NDArray[np.float64]:
    """Points of each suggestion, whose two sides stand in the rows `left` and `right` of the profiles: what risk.toml
    adds up, times `belief` (0-1) to a power. For a single report or series both sides are the same row."""
    points = tables()["points"]
    worst = np.maximum(laid.seriousness[left], laid.seriousness[right])
    found = worst + points["weapon"] * (laid.weapon[left] | laid.weapon[right])
    found = found + points["escalation"] * _escalates(laid, left, right)
    day = np.maximum(laid.day[left], laid.day[right])
    age = np.where(day == UNKNOWN_DAY, np.inf, np.maximum(0.0, today.toordinal() - day.astype(np.float64)))
    found = found + points["recent"] * 0.5 ** (age / points["half_life_days"])
    forces = np.zeros(len(left), dtype=np.int64)
    for inside in laid.forces.values():
        forces += inside[left] | inside[right]
    found = found + points["forces"] * np.clip(forces - 1, 0, points["most_forces"])
    newer = np.where(laid.received[left] >= laid.received[right], left, right)
    new = today.toordinal() - laid.received[newer].astype(np.float64) <= points["new_days"]
    found = found + points["new_identifier"] * (laid.new_identifier[newer] & new)
    weighed: NDArray[np.float64] = found * np.clip(belief, 0.0, 1.0) ** points["belief_power"]
    return weighed


def _escalates(laid: Profiles, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Rows in which a later incident is more serious than any before, within a side or from one to the other."""
    points, within = tables()["points"], np.array([bool(words) for words in laid.escalates], dtype=bool)
    forth = laid.day[left] < laid.day[right]
    before, after = np.where(forth, left, right), np.where(forth, right, left)
    known = (laid.day[before] != UNKNOWN_DAY) & (laid.day[before] < laid.day[after]) & (laid.seriousness[before] > 0)
    rise = laid.seriousness[after] - laid.seriousness[before]
    enough = (rise >= points["escalates_by"]) & (laid.seriousness[after] >= points["escalates_from"])
    rises: NDArray[np.bool_] = within[left] | within[right] | (known & enough)
    return rises


def risk_reasons(laid: Profiles, ends: Sequence[int], today: date) -> tuple[str, ...]:
    """Why what stands in these rows of the profiles is put where risk puts it, in a few words each."""
    rows, points = list(ends), tables()["points"]
    worst = max(rows, key=laid.seriousness.__getitem__)
    reasons = [laid.what[worst]] if laid.what[worst] else []
    if laid.weapon[rows].any():
        reasons.append("weapon")
    words = next((laid.escalates[end] for end in rows if laid.escalates[end]), "") or _rises(laid, rows)
    if words:
        reasons.append(f"escalates from {words}")
    newest = int(laid.day[rows].max())
    if newest != UNKNOWN_DAY and 0 <= (age := today.toordinal() - newest) <= points["new_days"]:
        reasons.append(f"{age} d old")
    forces = sum(bool(inside[rows].any()) for inside in laid.forces.values())
    if forces > 1:
        reasons.append(f"{forces} police force areas")
    latest = max(rows, key=laid.received.__getitem__)
    if laid.new_identifier[latest] and today.toordinal() - int(laid.received[latest]) <= points["new_days"]:
        reasons.append("new id")
    return tuple(reasons)


def _rises(laid: Profiles, ends: Sequence[int]) -> str:
    """Words of the step between two things, the later of which is more serious; empty where it is not."""
    ordered, points = sorted(ends, key=laid.day.__getitem__), tables()["points"]
    before, after = ordered[0], ordered[-1]
    rise = laid.seriousness[after] - laid.seriousness[before]
    known = laid.what[before] and UNKNOWN_DAY < laid.day[before] < laid.day[after]
    enough = rise >= points["escalates_by"] and laid.seriousness[after] >= points["escalates_from"]
    return f"{laid.what[before]} to {laid.what[after]}" if known and enough else ""
