"""Towns, areas and postcode districts for the world's map, read from the vocabulary's place tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

_NARROWER = 0.36  # cos(53 degrees) squared: a degree of longitude in the middle of England
_NATIONS = ("ENG", "WLS", "SCT", "NIR")


@dataclass(frozen=True, slots=True)
class Town:
    """A town where somebody may live."""

    name: str
    region: str
    population: int
    lat: float
    lon: float

    @property
    def point(self) -> tuple[float, float]:
        """(lat, lon) of its centre."""
        return self.lat, self.lon


@dataclass(frozen=True, slots=True)
class District:
    """A postcode district and its median centre."""

    code: str
    lat: float
    lon: float


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("linkage.vocabulary").joinpath(f"data/places/{name}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


@cache
def districts() -> tuple[District, ...]:
    """All postcode districts of the United Kingdom."""
    rows = [row for name in ("postcodes", "other_postcodes") for row in _rows(name) if " " not in row["code"]]
    return tuple(District(row["code"], float(row["lat"]), float(row["lon"])) for row in rows)


@cache
def areas() -> dict[str, tuple[tuple[str, str], ...]]:
    """Postcode district -> (area, town) of the well-known areas that lie in it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in _rows("areas"):
        for code in row["codes"].split():
            found.setdefault(code, []).append((row["name"], row["town"]))
    return {code: tuple(names) for code, names in found.items()}


@cache
def towns(people: int) -> tuple[Town, ...]:
    """Towns of at least so many people that are not a part of another, largest first."""
    centres = np.array([(district.lat, district.lon) for district in districts()])
    found = []
    for row in _rows("towns"):
        if row["nation"] not in _NATIONS or row["within"] or int(row["population"]) < people:
            continue
        lat, lon = float(row["lat"]), float(row["lon"])
        away = (centres[:, 0] - lat) ** 2 + (centres[:, 1] - lon) ** 2 * _NARROWER
        region = region_of(districts()[int(np.argmin(away))].code)
        if row["name"] == "London" or region != "London":
            found.append(Town(row["name"], region, int(row["population"]), lat, lon))
    return tuple(found)


@cache
def _regions() -> dict[str, str]:
    """Postcode area -> region, by the first row of the table of police forces that names the whole area or a part."""
    whole: dict[str, str] = {}
    part: dict[str, str] = {}
    for row in _rows("police_forces"):
        for code in row["codes"].split():
            letters = code.rstrip("0123456789-")
            part.setdefault(_letters(code), row["region"])
            if letters == code:
                whole.setdefault(code, row["region"])
    return part | whole


def _letters(code: str) -> str:
    return code[: next((i for i, sign in enumerate(code) if sign.isdigit()), len(code))]


def region_of(code: str) -> str:
    """English region, Wales, Scotland or Northern Ireland of a postcode district."""
    return _regions().get(_letters(code), "")
