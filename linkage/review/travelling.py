"""What crosses a border: series that reach over police force areas or far, and suggestions that would make one.

A series is a journey that several forces each hold a part of. A suggestion here is a likely pair, far apart or of two
force areas, of reports that no series holds together yet: decided, it would make a series that travels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from linkage.report import Report
from linkage.review.risk import Profiles, risk_points, risk_reasons
from linkage.review.strength import counted
from linkage.review.travel_words import in_time_order
from linkage.travel import FAR_KM, Leg, Mobility, Stop, journey, legs, mobility

NO_FORCE = "force area not known"
KINDS: Mapping[str, str] = {
    "one area": "local",
    "one region": "commuter",
    "long distance": "traveller",
    "not known": "not known",
}
"""What each kind of linkage.travel is called: local stays in one area, a commuter goes between areas up to `FAR_KM`
apart, a traveller further. All go by where incidents were; where somebody lives is not known."""


@dataclass(frozen=True)
class Crossing:
    """A series, or a pair of reports that would make one, that crosses a border or reaches far.

    `series_id` is empty for a pair. `stops` and `legs` are of its incidents in time order, `forces` names the
    incidents (numbered from 1 in that order) that lie in each police force area. `probability` is the run's belief in
    a pair, or the mean of a series. `risk` are points (see risk.toml), `reasons` why in words.
    """

    series_id: str
    reports: tuple[str, ...]
    incidents: tuple[Report, ...]
    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]
    mobility: Mobility
    forces: Mapping[str, tuple[int, ...]]
    probability: float
    risk: float
    reasons: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How it is called."""
        return f"Series {self.series_id}" if self.series_id else " and ".join(self.reports)

    @property
    def longest(self) -> Leg | None:
        """The leg with the greatest distance; None where no distance is known."""
        known = [one for one in self.legs if one.straight_km is not None]
        return max(known, key=lambda one: one.straight_km or 0.0, default=None)

    @property
    def kind(self) -> str:
        """Local, commuter or traveller."""
        return KINDS[self.mobility.kind]

    @property
    def forces_in_words(self) -> tuple[str, ...]:
        """Each force with the incidents that it holds."""
        return tuple(f"{force}: {', '.join(map(str, numbers))}" for force, numbers in self.forces.items())


@dataclass(frozen=True, slots=True)
class Likely:
    """A suggested pair with the run's belief in it."""

    report_a: str
    report_b: str
    probability: float


def crossings(
    series: Mapping[str, tuple[Sequence[Report], float]],
    pairs: Iterable[Likely],
    reports: Mapping[str, Report],
    laid: Profiles,
    today: date,
) -> list[Crossing]:
    """All that crosses, the most urgent first. `series` holds of each its incidents (one report each) and the belief
    in it; `pairs` are suggestions of reports in no common series; `laid` has the reports and the series."""
    found = [_crossing(name, incidents, belief) for name, (incidents, belief) in series.items()]
    for pair in pairs:
        ends = [reports[one] for one in (pair.report_a, pair.report_b) if one in reports]
        found.append(_crossing("", ends, pair.probability))
    kept = [one for one in found if one is not None and crosses(one)]
    return sorted((_ranked(one, laid, today) for one in kept), key=lambda one: (-one.risk, one.name))


def crosses(one: Crossing) -> bool:
    """Does it lie in two known force areas, or reach `FAR_KM` or more?"""
    known = [force for force in one.forces if force != NO_FORCE]
    return len(known) > 1 or (one.mobility.widest_km or 0.0) >= FAR_KM


def span_words(one: Crossing) -> str:
    """From the first dated incident to the last, and the longest time between two."""
    dated = [stop.middle for stop in one.stops if stop.middle is not None]
    if len(dated) < 2:
        return "not known"
    longest = max((leg.days or 0.0 for leg in one.legs), default=0.0)
    whole = (dated[-1] - dated[0]).days
    longest_words = f", longest gap {longest:,.0f} days" if len(dated) > 2 else ""
    return f"{counted(whole, 'day')} from first to last{longest_words}"


def _crossing(series_id: str, incidents: Sequence[Report], belief: float) -> Crossing | None:
    if len(incidents) < 2:
        return None
    ordered = in_time_order(list(incidents))
    forces: dict[str, list[int]] = {}
    for number, report in enumerate(ordered, start=1):
        forces.setdefault(report.place.admin.police_force or NO_FORCE, []).append(number)
    return Crossing(
        series_id=series_id,
        reports=tuple(report.report_id for report in ordered),
        incidents=tuple(ordered),
        stops=tuple(journey(ordered)),
        legs=tuple(legs(ordered)),
        mobility=mobility(ordered),
        forces={force: tuple(numbers) for force, numbers in forces.items()},
        probability=belief,
        risk=0.0,
    )


def _ranked(one: Crossing, laid: Profiles, today: date) -> Crossing:
    """With its points of risk and why."""
    rows = [laid.index[one.series_id]] if one.series_id else [laid.index[name] for name in one.reports]
    left, right = np.array(rows[:1]), np.array(rows[-1:])
    risk = risk_points(laid, left, right, np.array([one.probability]), today)
    return replace(one, risk=float(risk[0]), reasons=risk_reasons(laid, rows, today))
