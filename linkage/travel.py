"""A series as a journey: legs between incidents in time order, and whether one person can have made them.

Both the places and the times of reports are uncertain, so a leg is judged over all readings of both: the distance
may be shorter or longer by the two uncertainty radii, and each incident may lie anywhere in its time range.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from linkage.geography import CIRCUITY, ellipsoid_km, geodesic_km
from linkage.report import Occurred, Report

FAST_KMH = 95.0
"""Fastest door-to-door average by road, km/h: free-flowing motorway all the way [G]."""
SLOW_KMH = 50.0
"""Slow door-to-door average by road, km/h: town streets at both ends, some traffic [G]."""
NO_LIMIT_HOURS = 24.0
"""From a day on, time limits no journey by road inside Great Britain (Land's End to John o'Groats is 15 h) [G]."""
MOST_READINGS = 0.9
"""Share of the readings of uncertain times that must leave enough time for "feasible" [G]."""
AREA_KM = 15.0
"""Incidents within this straight distance of a neighbour, doubt taken off, count as one area [G]."""
FAR_KM = 50.0
"""From here on links are long-distance: the same border as the far lane of suggested links [G]."""
NO_PLACE = "place not known"
_STEPS = 49

NO_LIMIT, FEASIBLE, TIGHT, NOT_FEASIBLE, NOT_KNOWN = (
    "no shared time limit",
    "feasible",
    "tight",
    "not feasible",
    "not known",
)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where and when one incident was: point in WGS84 degrees, 90 % radius in km, earliest and latest local time."""

    report_id: str
    place: str
    lat: float | None
    lon: float | None
    radius_km: float
    earliest: datetime | None
    latest: datetime | None

    @property
    def located(self) -> bool:
        """Are coordinates known?"""
        return self.lat is not None and self.lon is not None

    @property
    def middle(self) -> datetime | None:
        """Middle of the time range."""
        if self.earliest is None or self.latest is None:
            return None
        return self.earliest + (self.latest - self.earliest) / 2


@dataclass(frozen=True, slots=True)
class Leg:
    """From one incident to the next in time.

    `straight_km` is between the middles of the two places, `doubt_km` how far it may be off; `road_km` is the
    expected distance by road. `days` is between the middles of the two times. `hours_between` and `hours_needed`
    are (least, most) over all readings. `order_certain` is False when the two time ranges overlap.
    """

    start: Stop
    end: Stop
    straight_km: float | None
    doubt_km: float
    road_km: float | None
    days: float | None
    hours_between: tuple[float, float] | None
    hours_needed: tuple[float, float] | None
    order_certain: bool
    verdict: str


@dataclass(frozen=True, slots=True)
class Mobility:
    """How far a series ranges.

    `kind` is "one area", "one region", "long distance" or "not known"; `areas` how many separate areas, `widest_km`
    the greatest straight distance between two incidents, `returns` whether an area was visited again after another.
    """

    kind: str
    areas: int
    widest_km: float | None
    returns: bool


def stop_of(report: Report) -> Stop:
    """The place and time of a report's incident."""
    place = report.place
    earliest, latest = time_range(report.occurred) or (None, None)
    return Stop(
        report_id=report.report_id,
        place=place.text or place.town or place.postcode or NO_PLACE,
        lat=place.lat,
        lon=place.lon,
        radius_km=(place.radius_m or 0.0) / 1000.0,
        earliest=earliest,
        latest=latest,
    )


def time_range(occurred: Occurred) -> tuple[datetime, datetime] | None:
    """Earliest and latest local time of an incident; None when no date is known.

    A date alone means any time of that day; a clock time narrows it when the date is one day.
    """
    if occurred.from_ is None:
        return None
    earliest = _moment(occurred.from_, last=False)
    latest = _moment(occurred.to or occurred.from_, last=True)
    one_day = occurred.to is None or occurred.to[:10] == occurred.from_[:10]
    if len(occurred.from_) == 10 and one_day and occurred.hour_min is not None:
        day = datetime.combine(earliest.date(), time.min)
        last_hour = occurred.hour_max if occurred.hour_max is not None else occurred.hour_min
        over_midnight = 24.0 if last_hour < occurred.hour_min else 0.0
        return day + timedelta(hours=occurred.hour_min), day + timedelta(hours=last_hour + over_midnight)
    return earliest, max(earliest, latest)


def _moment(words: str, last: bool) -> datetime:
    moment = datetime.fromisoformat(words).replace(tzinfo=None)
    return moment + timedelta(days=1) if last and len(words) == 10 else moment


def journey(reports: Sequence[Report]) -> list[Stop]:
    """Dated incidents in time order, then those without a date; give one report for each incident."""
    stops = [stop_of(report) for report in reports]
    return sorted(stops, key=lambda stop: (stop.middle is None, stop.middle or datetime.min, stop.report_id))


def legs(reports: Sequence[Report]) -> list[Leg]:
    """The legs of a series between dated incidents, in time order; give one report for each incident."""
    dated = [stop for stop in journey(reports) if stop.middle is not None]
    return [leg(start, end) for start, end in pairwise(dated)]


def leg(start: Stop, end: Stop) -> Leg:
    """One leg with its verdict: can the same person have been at both?"""
    straight, needed = None, None
    doubt = start.radius_km + end.radius_km
    if start.located and end.located:
        straight = geodesic_km(start.lat or 0.0, start.lon or 0.0, end.lat or 0.0, end.lon or 0.0)
        needed = _hours(max(0.0, straight - doubt), FAST_KMH), _hours(straight + doubt, SLOW_KMH)
    gaps = _gaps(start, end)
    between = None if gaps is None else (float(gaps.min()), float(gaps.max()))
    days = None
    if start.middle is not None and end.middle is not None:
        days = (end.middle - start.middle).total_seconds() / 86_400
    return Leg(
        start=start,
        end=end,
        straight_km=straight,
        doubt_km=doubt,
        road_km=None if straight is None else straight * CIRCUITY,
        days=days,
        hours_between=between,
        hours_needed=needed,
        order_certain=start.latest is not None and end.earliest is not None and start.latest <= end.earliest,
        verdict=_verdict(gaps, needed),
    )


def _hours(straight_km: float, kmh: float) -> float:
    return straight_km * CIRCUITY / kmh


def _gaps(start: Stop, end: Stop) -> NDArray[np.float64] | None:
    """Hours between the two incidents over an even grid of the readings of both time ranges."""
    if start.earliest is None or start.latest is None or end.earliest is None or end.latest is None:
        return None
    zero = min(start.earliest, end.earliest)

    def readings(earliest: datetime, latest: datetime) -> NDArray[np.float64]:
        """_STEPS moments from earliest to latest, in hours after `zero`."""
        first, last = ((moment - zero).total_seconds() / 3600 for moment in (earliest, latest))
        return np.linspace(first, last, _STEPS)

    gaps: NDArray[np.float64] = np.abs(
        readings(end.earliest, end.latest)[:, None] - readings(start.earliest, start.latest)[None, :]
    )
    return gaps


def _verdict(gaps: NDArray[np.float64] | None, needed: tuple[float, float] | None) -> str:
    if gaps is None:
        return NOT_KNOWN
    if float((gaps >= NO_LIMIT_HOURS).mean()) >= MOST_READINGS:
        return NO_LIMIT
    if needed is None:
        return NOT_KNOWN
    least, most = needed
    if float(gaps.max()) < least:
        return NOT_FEASIBLE
    return FEASIBLE if float((gaps >= most).mean()) >= MOST_READINGS else TIGHT


def mobility(reports: Sequence[Report]) -> Mobility:
    """How far a series ranges; distances less than both uncertainty radii count as none.

    Only where incidents happened is known, never where the person lives, so the classes "marauder" and "commuter"
    (Canter and Larkin 1993), which need a home, are not told apart.
    """
    stops = [stop for stop in journey(reports) if stop.located]
    if len(stops) < 2:
        return Mobility("not known", len(stops), None, False)
    lat, lon = (np.array([getattr(stop, name) for stop in stops], dtype=float) for name in ("lat", "lon"))
    straight = ellipsoid_km(lat[:, None], lon[:, None], lat[None, :], lon[None, :])
    radius = np.array([stop.radius_km for stop in stops])
    sure = np.maximum(0.0, straight - radius[:, None] - radius[None, :])
    area = _areas(sure <= AREA_KM)
    visits = [number for i, number in enumerate(area) if i == 0 or number != area[i - 1]]
    widest = float(sure.max())
    kind = "one area" if len(set(area)) == 1 else "one region" if widest <= FAR_KM else "long distance"
    return Mobility(kind, len(set(area)), float(straight.max()), len(visits) > len(set(visits)))


def _areas(near: NDArray[np.bool_]) -> list[int]:
    """Number of the area of each stop: stops that are near each other, also through others, share one."""
    area = list(range(len(near)))
    for i in range(len(near)):
        for j in range(i):
            if near[i, j] and area[i] != area[j]:
                old, new = max(area[i], area[j]), min(area[i], area[j])
                area = [new if number == old else number for number in area]
    return area
