"""Where an incident happened: a place's fields to canonical form, and place names found in free text."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from linkage.geography import distance_km
from linkage.intake.gazetteer.resolution import Resolution, gazetteer
from linkage.intake.patterns import PatternTable
from linkage.intake.values.place_in_text import find
from linkage.report import Admin, Place

__all__ = ["Problem", "find", "normalise"]

Problem = tuple[str, Any, str]
"""Field, its value, and why it was not used (or, where the reason says so, was kept with doubt)."""
POINT_RADIUS_M = 250.0
"""Radius of coordinates that come without one [G]: a pin on a map put down by somebody who was there."""
CONTRADICTION_KM = 100.0
"""Coordinates further than this from the named place contradict it."""
NAMESAKE_RADIUS_M = 3000.0
"""A UK place smaller than this may well be the namesake of a town abroad: it does not contradict points there [G]."""

_PRECISIONS = ("address", "street", "district", "town", "region")
_STEPS = ((100.0, "address"), (1000.0, "street"), (4000.0, "district"), (20_000.0, "town"))
_SAID = PatternTable("places")
_WIDEST_M = 2_000_000
_METRES = {"k": 1000.0, "mi": 1609.344, "y": 0.9144}
_MOST_DEGREES = {"lat": 90.0, "lon": 180.0}


def normalise(fields: dict[str, Any]) -> tuple[Place, list[Problem]]:
    """Canonical place of raw `text`, `postcode`, `lat`, `lon`, `radius_m`, `precision`; each may be missing or words.

    Given coordinates win; then the postcode; then the words. Values that cannot be used are left out and come back
    as problems. A precision that is known is kept, and so are words in `raw`. Coordinates outside
    the British Isles are kept without town or police force.
    """
    problems: list[Problem] = []
    given = {name: value for name, value in fields.items() if _given(value)}
    pair = _SAID["pair_of_degrees"].fullmatch(str(given.get("text", "")).strip())
    if pair and not given.keys() & _MOST_DEGREES.keys():
        given |= {"lat": pair[1], "lon": pair[2]}
        del given["text"]
    raw = {name: str(given[name]).strip() for name in ("text", "postcode", "lat", "lon", "radius_m") if name in given}
    text, code = raw.get("text"), _postcode(raw.get("postcode"), problems)
    point, radius = _point(given, problems), _radius(given.get("radius_m"), problems)
    named = _resolve(text, code)
    place = Place(text=text, postcode=code or (named.postcode if named else None), raw=raw)
    if point:
        _settle_point(place, point, radius, named, problems)
    elif named:
        place.lat, place.lon, place.precision, place.town = named.lat, named.lon, named.precision, named.town
        place.radius_m = named.radius_m if radius is None or named.radius_m is None else max(radius, named.radius_m)
        _admin(place, named.forces, named.region)
        if named.note:
            place.raw["resolved"] = named.note
    elif text:
        place.raw["resolved"] = "not in the gazetteer: kept as words"
    _keep_canonical(place, given, problems)
    return place, problems


def _given(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and math.isnan(value)) and str(value).strip() != ""


@lru_cache(maxsize=1 << 16)
def _resolve(text: str | None, code: str | None) -> Resolution | None:
    """What postcode and words name: the postcode, else the words."""
    by_code = gazetteer().resolve(code) if code else None
    return by_code or (gazetteer().resolve(text) if text else None)


def _postcode(words: str | None, problems: list[Problem]) -> str | None:
    if words is None:
        return None
    found = _SAID["postcode"].fullmatch(" ".join(words.split())) or _SAID["postcode"].fullmatch(
        "".join(words.split())
    )
    code = f"{found['outward']} {found['sector'] or ''}{found['unit'] or ''}".strip().upper() if found else None
    if code is not None and gazetteer().postcode(code) is not None:
        return code
    unknown = "no such postcode district is known; check it or leave it out"
    reason = unknown if code else "not a UK postcode, district or sector; write for example M14 or M14 5"
    problems.append(("postcode", words, reason))
    return None


def _degrees(value: Any) -> float | None:
    if isinstance(value, int | float):
        return None if isinstance(value, bool) else float(value)
    parts = _SAID["degrees"].match(str(value))
    number = float(parts[1].replace(",", ".")) if parts else None
    return -abs(number) if parts and number and (parts[2] or "").upper() in ("S", "W") else number


def _point(given: dict[str, Any], problems: list[Problem]) -> tuple[float, float] | None:
    """Latitude and longitude when both are usable; otherwise says why not."""
    usable: list[float] = []
    for name, most in _MOST_DEGREES.items() if given.keys() & _MOST_DEGREES.keys() else ():
        degrees = _degrees(given.get(name))
        if name not in given:
            reason = "missing beside the other coordinate; give both or neither"
        elif degrees is None:
            reason = "not a number of degrees; write for example 53.48"
        elif not -most <= degrees <= most:
            reason = f"outside -{most:.0f} to {most:.0f} degrees; check the decimal point"
        else:
            usable.append(degrees)
            continue
        problems.append((name, given.get(name, ""), reason))
    if len(usable) < 2:
        return None
    lat, lon = usable
    if (lat, lon) == (0, 0):
        problems.append(("lat", given["lat"], "0, 0 is a filler, not a place; leave both empty when not known"))
    elif _in_british_isles(lon, lat) and not _in_british_isles(lat, lon):
        reason = "latitude and longitude look swapped; put the one near 50-60 into lat"
        problems.append(("lat", given["lat"], reason))
    else:
        return lat, lon
    return None


def _in_british_isles(lat: float, lon: float) -> bool:
    return 49.0 <= lat <= 61.5 and -11.0 <= lon <= 3.0


def _radius(value: Any, problems: list[Problem]) -> float | None:
    """Metres of "500", "500m", "2 km" or "a mile" figures; None with a problem when unusable."""
    if value is None:
        return None
    parts = None if isinstance(value, bool) else _SAID["length"].match(str(value).lower())
    factor = next((metres for unit, metres in _METRES.items() if parts and (parts[2] or "").startswith(unit)), 1.0)
    metres = float(parts[1].replace(",", ".")) * factor if parts else None
    if metres is not None and metres <= _WIDEST_M:
        return metres
    reason = "not a length" if metres is None else "wider than the country"
    problems.append(("radius_m", value, f"{reason}; write metres, for example 500"))
    return None


def _settle_point(
    place: Place, point: tuple[float, float], radius: float | None, named: Resolution | None, problems: list[Problem]
) -> None:
    """Coordinates win; the gazetteer adds what lies around them, and doubt when the words name somewhere else."""
    place.lat, place.lon = point
    place.radius_m = POINT_RADIUS_M if radius is None else radius
    place.precision = next((name for limit, name in _STEPS if place.radius_m <= limit), "region")
    around = gazetteer().nearest(*point)
    _admin(place, around.forces, around.region)
    place.town = None if place.precision == "region" else around.town
    if named is None or named.lat is None or named.lon is None:
        return
    apart = float(distance_km(*point, named.lat, named.lon))
    doubtful_abroad = around.region is None and (named.radius_m or 0.0) < NAMESAKE_RADIUS_M
    if apart > CONTRADICTION_KM + (named.radius_m or 0.0) / 1000 and not doubtful_abroad:
        words = place.text or place.postcode
        reason = f"kept, but {apart:.0f} km from {words}; check which of the two is right"
        problems.append(("lat", f"{point[0]}, {point[1]}", reason))
    elif around.region and named.precision in ("district", "town") and named.town:
        place.town = named.town


def _admin(place: Place, forces: tuple[str, ...], region: str | None) -> None:
    """Likeliest force; at a border every force it may be is kept in `raw`."""
    place.admin = Admin(police_force=forces[0] if forces else None, region=region)
    if len(forces) > 1:
        place.raw["police_force"] = " or ".join(forces)


def _keep_canonical(place: Place, given: dict[str, Any], problems: list[Problem]) -> None:
    precision, raw = given.get("precision"), given.get("raw")
    if precision in _PRECISIONS:
        place.precision = precision
        place.town = None if precision == "region" else place.town
    elif precision is not None:
        problems.append(("precision", precision, f"not one of {', '.join(_PRECISIONS)}"))
    if isinstance(raw, dict):
        place.raw = {**place.raw, **{str(name): str(words) for name, words in raw.items()}}
