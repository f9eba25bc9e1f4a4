"""Conditions of place and time. What is known too vaguely to decide is kept, and said to be unsure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import count_words
from linkage.features.place import place_words
from linkage.features.time import date_words
from linkage.geography import ellipsoid_km
from linkage.report import Report
from linkage.search.condition import AGREES, CLOSE, DIFFERS, NOT_KNOWN, Condition, rarity_weight
from linkage.search.query import Circle, Hours, Window

DAY = 24.0

OUTSIDE = -0.5
"""Weight of lying outside a place or period that was only mentioned [G]: about a third as likely."""


class Located:
    """Where every report was: degrees (nan where not known), doubt in km, and whether only a region is known; by the
    `numbers` of an index. Distances are worked out once for each of the places."""

    def __init__(self, reports: Sequence[Report], numbers: Mapping[str, NDArray[Any]]) -> None:
        self.reports = reports
        self.doubt_km, self.vague = numbers["doubt_km"], numbers["vague"]
        places, self._place_of = _distinct(numbers["lat"], numbers["lon"])
        self._lat, self._lon = places

    def away(self, lat: float, lon: float) -> NDArray[np.float64]:
        """Distance of every report from a place in km, nan where its place is not known."""
        km: NDArray[np.float64] = ellipsoid_km(lat, lon, self._lat, self._lon).reshape(len(self._lat))
        return km[self._place_of]


def _distinct(
    lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> tuple[tuple[NDArray[np.float64], NDArray[np.float64]], NDArray[np.int32]]:
    """Latitudes and longitudes of each place once, and which of them is that of each report."""
    order = np.lexsort((lon, lat))
    here, there = lat[order], lon[order]
    known = ~np.isnan(here) & ~np.isnan(there)
    same = (here[1:] == here[:-1]) & (there[1:] == there[:-1])
    first = np.concatenate(([True], ~(same | ~(known[1:] | known[:-1]))))[: len(order)]
    place_of = np.empty(len(order), dtype=np.int32)
    place_of[order] = np.cumsum(first) - 1
    return (here[first], there[first]), place_of


class Dated:
    """First and last possible day of every report and the day it was received, as ordinals; 0 where not known. First
    and last hour (0-24, nan where not known); by the `numbers` of an index."""

    def __init__(self, reports: Sequence[Report], numbers: Mapping[str, NDArray[Any]]) -> None:
        self.reports = reports
        self.first, self.last, self.received = (numbers[name] for name in ("first", "last", "received"))
        self.hour_min = numbers["hour_min"]
        self.hour_max = np.where(np.isnan(numbers["hour_max"]), self.hour_min, numbers["hour_max"])


def place_condition(circles: Sequence[Circle], where: Located, regions: bool = True) -> Condition:
    """Distance from the place asked for against the radius, with each report's own uncertainty; of several places,
    of which any will do, that counts in whose circle a report lies deepest. ValueError for no place.

    Inside: agrees. Within reach of its uncertainty: close. Certainly further: differs. A report whose place is not
    known, or known only as a region that reaches into the circle, is not known; without `regions` it is left out.
    """
    doubt, vague, reports = where.doubt_km, where.vague, where.reports
    aways = np.stack([where.away(one.lat, one.lon) for one in circles])
    radii = np.array([one.km for one in circles])
    nearest = np.argmin(aways - radii[:, np.newaxis], axis=0)
    away, km = np.take_along_axis(aways, nearest[np.newaxis], axis=0)[0], radii[nearest]
    inside, reach = away <= km, away - doubt <= km
    says = np.where(inside, AGREES, np.where(reach, CLOSE, DIFFERS)).astype(np.int8)
    says[np.isnan(away) | (vague & reach)] = NOT_KNOWN
    inside_n, known_n = int(np.count_nonzero(says == AGREES)), int(np.count_nonzero(says))
    full = rarity_weight(inside_n, known_n)
    # nearer counts for more: half of the weight at the edge of the circle [G]
    near = full * (1.0 - 0.5 * np.minimum(np.nan_to_num(away, nan=0.0) / km, 1.0))
    strict, far = any(one.strict for one in circles), _any_of(f"{one.km:g}" for one in circles)
    return Condition(
        field="near",
        label="Place",
        asked=_any_of(
            f"within {size:g} km of {_any_of(one.words for one in circles if one.km == size)}"
            for size in dict.fromkeys(one.km for one in circles)
        ),
        weights=_weights(says, near, 0.3 * full),
        says=says,
        words=lambda row: _place_words(reports[row], float(away[row]), bool(vague[row])),
        strict=strict,
        keeps_unknown=regions or not strict,
        count=f"{count_words(inside_n, known_n)} within {far} km",
    )


def elsewhere_condition(circle: Circle, where: Located) -> Condition:
    """A place at which it should not have been: what certainly lies in the circle differs and is left out, what
    certainly lies outside agrees; what may lie in it, or is at no known place, is not known."""
    away, reports = where.away(circle.lat, circle.lon), where.reports
    sure = ~np.isnan(away) & ~where.vague
    outside = sure & (away - where.doubt_km > circle.km)
    says = np.where(outside, AGREES, np.where(sure & (away <= circle.km), DIFFERS, NOT_KNOWN)).astype(np.int8)
    outside_n, known_n = int(np.count_nonzero(outside)), int(np.count_nonzero(says))
    return Condition(
        field="near",
        label="Place",
        asked=f"not: within {circle.km:g} km of {circle.words}",
        weights=np.where(outside, rarity_weight(outside_n, known_n), 0.0),
        says=says,
        words=lambda row: _place_words(reports[row], float(away[row]), bool(where.vague[row])),
        strict=True,
        count=f"{count_words(outside_n, known_n)} further away",
    )


def _any_of(words: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(words))


def _place_words(report: Report, away: float, vague: bool) -> str:
    if np.isnan(away):
        words = place_words(report)
        return "not known" if words == "not known" else f"{words}: where that is, is not known"
    if vague:
        return f"{place_words(report)}: known only by region, unsure"
    return f"{place_words(report)}, {away:.0f} km away"


def time_condition(windows: Sequence[Window], when: Dated, unsure: bool = True) -> Condition:
    """Possible days of the incident against the period asked for, or any of several. ValueError for no period.

    All days inside: agrees. Some: close, the date is unsure. None: differs. Without a date a report is not known,
    unless it was received before the period began. Without `unsure` only the first are kept.
    """
    first, last, reports = when.first, when.last, when.reports
    dated = first > 0
    too_early = (when.received > 0) & (when.received < min(one.first for one in windows))
    inside = np.any([(first >= one.first) & (last <= one.last) for one in windows], axis=0)
    touching = np.any([(first <= one.last) & (last >= one.first) for one in windows], axis=0)
    strict = any(one.strict for one in windows)
    says = np.where(inside, AGREES, np.where(touching, CLOSE, DIFFERS)).astype(np.int8)
    says[~dated] = np.where(too_early[~dated], DIFFERS, NOT_KNOWN)
    full = rarity_weight(int(np.count_nonzero(says == AGREES)), int(np.count_nonzero(dated)))
    return Condition(
        field="dates",
        label="Date",
        asked=_any_of(one.words for one in windows),
        weights=_weights(says, np.full(len(reports), full), 0.5 * full),
        says=says,
        words=lambda row: _time_words(reports[row], int(says[row])),
        strict=strict,
        keeps_unknown=unsure or not strict,
        keeps_close=unsure or not strict,
        count=f"{count_words(int(np.count_nonzero(says == AGREES)), int(np.count_nonzero(dated)))} in that period",
    )


def hours_condition(hours: Hours, when: Dated, unsure: bool = True) -> Condition:
    """Possible hours of the incident against a part of the day: all inside agree, some are close, none differs."""
    first, last = when.hour_min, when.hour_max
    known = ~np.isnan(first)
    length, asked = (last - first) % DAY, (hours.last - hours.first) % DAY
    into = (first - hours.first) % DAY
    inside = into + length <= asked + 1e-9
    touching = (into <= asked) | ((hours.first - first) % DAY <= length)
    says = np.where(inside, AGREES, np.where(touching, CLOSE, DIFFERS)).astype(np.int8)
    says[~known] = NOT_KNOWN
    full = rarity_weight(int(np.count_nonzero(says == AGREES)), int(np.count_nonzero(known)))
    return Condition(
        field="day_part",
        label="Time of day",
        asked=hours.words,
        weights=_weights(says, np.full(len(says), full), 0.5 * full),
        says=says,
        words=lambda row: _hour_words(float(first[row]), float(last[row])),
        strict=True,
        keeps_unknown=unsure,
        keeps_close=unsure,
        count=count_words(int(np.count_nonzero(says == AGREES)), int(np.count_nonzero(known))),
    )


def _hour_words(first: float, last: float) -> str:
    if np.isnan(first):
        return "not known"
    ends = [f"{int(hour % DAY):02}:{round(hour % 1 * 60) % 60:02}" for hour in (first, last)]
    return ends[0] if ends[0] == ends[1] else "-".join(ends)


def _time_words(report: Report, says: int) -> str:
    words = date_words(report)
    if report.occurred.days is None and says == DIFFERS:
        return f"not known, but received {(report.received or '')[:10]}"
    return f"{words}: unsure" if says == CLOSE else words


def _weights(says: NDArray[np.int8], agreeing: NDArray[np.float64], close: float) -> NDArray[np.float64]:
    weights = np.where(says == AGREES, agreeing, np.where(says == CLOSE, close, 0.0))
    found: NDArray[np.float64] = np.where(says == DIFFERS, OUTSIDE, weights)
    return found
