"""Where an incident happened: a place's fields to canonical form, and place names found in free text."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from linkage.geography import distance_km
from linkage.intake.gazetteer.place_words import POSTCODE
from linkage.intake.gazetteer.resolution import Resolution, gazetteer
from linkage.intake.patterns import compiled
from linkage.intake.values.places.place_in_text import find
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
_DEGREES = compiled(r"\s*([-+]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEWnsew])?\s*$")
_LENGTH = compiled(
    r"\s*(?:~|about|c\.?)?\s*(\d+(?:[.,]\d+)?)\s*(m|metres?|meters?|km|kilometres?|kms|miles?|mi|yards?|yds?)?\s*$"
)
_PAIR = compiled(
    r"\(?\s*([-+]?\d{1,2}\.\d{2,}\s*°?\s*[NSns]?)\s*[,;/ ]\s*([-+]?\d{1,3}\.\d{2,}\s*°?\s*[EWew]?)\s*\)?"
)
_METRES = {"k": 1000.0, "mi": 1609.344, "y": 0.9144}
_MOST_DEGREES = {"lat": 90.0, "lon": 180.0}


def normalise(fields: dict[str, Any]) -> tuple[Place, list[Problem]]:
    """Canonical place of raw `text`, `postcode`, `lat`, `lon`, `radius_m`, `venue`; any may be missing or a string.

    Given coordinates win; then the postcode; then the words. Values that cannot be used are left out and come back
    as problems. Canonical fields (`precision`, `town`, `admin`, `raw`) are kept, so a canonical place stays itself.
    Coordinates outside the British Isles are kept without town or police force.
    """
    problems: list[Problem] = []
    pair = _PAIR.fullmatch(str(fields.get("text") or "").strip())
    if pair and not _given(fields.get("lat")) and not _given(fields.get("lon")):
        fields = {**fields, "text": None, "lat": pair[1], "lon": pair[2]}
    raw = {k: str(fields[k]).strip() for k in ("text", "postcode", "lat", "lon", "radius_m") if _given(fields.get(k))}
    text, code = raw.get("text"), _postcode(raw.get("postcode"), problems)
    point = _point(fields, problems)
    radius = _radius(fields.get("radius_m"), problems)
    named = _resolve(text, code)
    code = code or (named.postcode if named else None)
    venue = str(fields["venue"]).strip() if _given(fields.get("venue")) else None
    place = Place(text=text, postcode=code, venue=venue, raw=raw)
    if point:
        _settle_point(place, point, radius, named, problems)
    elif named:
        _settle_named(place, named, radius)
    elif text:
        place.raw["resolved"] = "not in the gazetteer: kept as words"
    _keep_canonical(place, fields, problems)
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
    found = POSTCODE.fullmatch(" ".join(words.split())) or POSTCODE.fullmatch("".join(words.split()))
    code = f"{found['outward']} {found['sector'] or ''}{found['unit'] or ''}".strip().upper() if found else None
    if code is not None and gazetteer().postcode(code) is not None:
        return code
    unknown = "no such postcode district is known; check it or leave it out"
    reason = unknown if code else "not a UK postcode, district or sector; write for example M14 or M14 5"
    problems.append(("postcode", words, reason))
    return None


def _degrees(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    parts = _DEGREES.match(str(value))
    if parts is None:
        return None
    number = float(parts[1].replace(",", "."))
    return -abs(number) if (parts[2] or "").upper() in ("S", "W") and parts[2] else number


def _point(fields: dict[str, Any], problems: list[Problem]) -> tuple[float, float] | None:
    """Latitude and longitude when both are usable; otherwise says why not."""
    given = {name: fields[name] for name in _MOST_DEGREES if _given(fields.get(name))}
    usable: list[float] = []
    for name, most in _MOST_DEGREES.items() if given else ():
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
        problems.append((name, given.get(name), reason))
    if len(usable) < 2:
        return None
    lat, lon = usable
    if lat == 0 and lon == 0:
        problems.append(("lat", fields["lat"], "0, 0 is a filler, not a place; leave both empty when not known"))
        return None
    if _in_british_isles(lon, lat) and not _in_british_isles(lat, lon):
        reason = "latitude and longitude look swapped; put the one near 50-60 into lat"
        problems.append(("lat", fields["lat"], reason))
        return None
    return lat, lon


def _in_british_isles(lat: float, lon: float) -> bool:
    return 49.0 <= lat <= 61.5 and -11.0 <= lon <= 3.0


def _radius(value: Any, problems: list[Problem]) -> float | None:
    """Metres of "500", "500m", "2 km" or "a mile" figures; None with a problem when unusable."""
    if not _given(value):
        return None
    parts = _LENGTH.match(str(value).lower())
    if parts is None or isinstance(value, bool):
        problems.append(("radius_m", value, "not a length; write metres, for example 500"))
        return None
    unit = parts[2] or "m"
    factor = next((metres for start, metres in _METRES.items() if unit.startswith(start)), 1.0)
    metres = float(parts[1].replace(",", ".")) * factor
    if metres > 2_000_000:
        problems.append(("radius_m", value, "wider than the country; write metres, for example 500"))
        return None
    return metres


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


def _settle_named(place: Place, named: Resolution, radius: float | None) -> None:
    place.lat, place.lon, place.precision, place.town = named.lat, named.lon, named.precision, named.town
    place.radius_m = named.radius_m if radius is None or named.radius_m is None else max(radius, named.radius_m)
    _admin(place, named.forces, named.region)
    if named.note:
        place.raw["resolved"] = named.note


def _admin(place: Place, forces: tuple[str, ...], region: str | None) -> None:
    """Likeliest force; at a border every force it may be is kept in `raw`."""
    place.admin = Admin(police_force=forces[0] if forces else None, region=region)
    if len(forces) > 1:
        place.raw["police_force"] = " or ".join(forces)


def _keep_canonical(place: Place, fields: dict[str, Any], problems: list[Problem]) -> None:
    precision, town, admin, raw = (fields.get(name) for name in ("precision", "town", "admin", "raw"))
    if precision in _PRECISIONS:
        place.precision = precision
        place.town = None if precision == "region" else place.town
    elif _given(precision):
        problems.append(("precision", precision, f"not one of {', '.join(_PRECISIONS)}"))
    if _given(town):
        place.town = str(town)
    if _given(admin):
        try:
            given = Admin.model_validate(admin)
        except ValidationError:
            problems.append(("admin", admin, "not an object with police_force and region"))
        else:
            force, region = given.police_force or place.admin.police_force, given.region or place.admin.region
            place.admin = Admin(police_force=force, region=region)
    if isinstance(raw, dict):
        place.raw = {**place.raw, **{str(name): str(words) for name, words in raw.items()}}
