"""Reads the committed place tables into one index of names, postcodes and jurisdictions."""

from __future__ import annotations

import csv
import math
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from string import ascii_uppercase, digits
from typing import Any, NamedTuple

import numpy as np

from linkage.disk_cache import cached, digest_of_files, name_of
from linkage.geography import distance_km
from linkage.intake.patterns import PatternTable
from linkage.vocabulary.loader import fold
from linkage.vocabulary.tables import table

AREA_POPULATION = 30_000
"""What an urban district counts for against towns of the same name: about two wards [G]."""

_CODE = digest_of_files(
    "linkage.intake",
    "linkage.intake.gazetteer",
    "linkage.vocabulary",
    "linkage.vocabulary/data/places",
    "linkage/geography.py",
)
_LARGE = 5_500
"""People from which a town is called by the first part of its name [G]: "Barton" is not Barton on Sea."""
_SAID = PatternTable("places")
_USER_TABLE = "LINKAGE_GAZETTEER"


class Entry(NamedTuple):
    """A named place: `kind` area, town, region or street; `town` it lies in; `radius_m` holds about 90 % of it."""

    name: str
    kind: str
    lat: float
    lon: float
    radius_m: float
    town: str | None = None
    population: int = 0
    force: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class Tables:
    """All tables. `names` and `streets` go by folded name; `longest`: first word -> words in its longest name."""

    postcodes: dict[str, tuple[float, float, float]]
    jurisdictions: dict[str, tuple[tuple[str, ...], str]]
    names: dict[str, tuple[Entry, ...]]
    streets: dict[str, tuple[Entry, ...]]
    longest: dict[str, int]


folded = lru_cache(maxsize=1 << 16)(fold)
"""`fold`, remembering the last 65,536 words: tokens of free text repeat."""


def town_radius_m(population: float) -> float:
    """Metres that hold about 90 % of a town's people: a disc at 4,000 people/km2, at least 700 m [G]."""
    return max(700.0, round(1000 * math.sqrt(0.9 * population / 4000 / math.pi), -2))


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a committed table under vocabulary/data/places."""
    text = files("linkage.vocabulary").joinpath(f"data/places/{name}").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


@cache
def words() -> dict[str, str]:
    """The steering word lists (words.toml)."""
    return table("places/words")


def expand(codes: str) -> Iterator[str]:
    """'M CH41-43' as 'M', 'CH41', 'CH42', 'CH43'. Raises ValueError on anything else."""
    for code in codes.split():
        parts = _SAID["codes"].match(code)
        if parts and parts[3]:
            yield from (f"{parts[1]}{n}" for n in range(int(parts[2]), int(parts[3]) + 1))
        elif re.fullmatch(r"[A-Z]{1,2}(\d[A-Z\d]?)?", code):
            yield code
        else:
            raise ValueError(f"{code!r} is no postcode area, district or range of districts")


@cache
def load_tables() -> Tables:
    """Every table, read once; the user's own street table too when LINKAGE_GAZETTEER names one."""
    postcodes, jurisdictions, plain = cached(name_of("places", np.__version__, _CODE), _committed)
    names = {name: list(map(Entry._make, entries)) for name, entries in plain.items()}
    streets = _user_table(names)
    fixed = {name: tuple(entries) for name, entries in names.items()}
    longest = {
        name.partition(" ")[0]: 1 + name.count(" ") for name in sorted(fixed, key=lambda name: name.count(" "))
    }
    return Tables(postcodes, jurisdictions, fixed, streets, longest)


def _committed() -> tuple[dict[str, Any], dict[str, Any], dict[str, list[tuple[Any, ...]]]]:
    """Postcodes, jurisdictions and the names' entries as plain tuples, of the tables that come with the package."""
    postcodes = {
        row["code"]: (float(row["lat"]), float(row["lon"]), float(row["radius_m"]))
        for table in ("postcodes.csv", "other_postcodes.csv")
        for row in rows(table)
    }
    jurisdictions = {
        code: (tuple(row["police_force"].split(";")), row["region"])
        for row in rows("police_forces.csv")
        for code in expand(row["codes"])
    }
    names: dict[str, list[Entry]] = defaultdict(list)
    for entry in (*_regions(postcodes, jurisdictions), *_towns()):
        names[fold(entry.name)].append(entry)
    _add_areas(names, postcodes)
    _add_other_names(names)
    return postcodes, jurisdictions, {name: list(map(tuple, entries)) for name, entries in names.items()}


def _add_other_names(names: dict[str, list[Entry]]) -> None:
    """Aliases, and larger towns by the sea under what people call them ("Gorleston" for Gorleston-on-Sea), where no
    other place is called so."""
    for row in rows("regions.csv"):
        for alias in filter(None, row["aliases"].split(";")):
            names[fold(alias)].insert(0, names[fold(row["name"])][0])
    for row in rows("aliases.csv"):
        known = [entry for entry in names[fold(row["name"])] if entry.kind != "region"]
        names[fold(row["alias"])].append(max(known, key=lambda entry: entry.population))
    large = [entry for entries in names.values() for entry in entries if entry.population >= _LARGE]
    for entry in large:
        names.setdefault(fold(_SAID["by_the_sea"].sub("", entry.name)), [entry])


def _towns() -> Iterator[Entry]:
    for row in rows("towns.csv"):
        people = int(row["population"])
        place = float(row["lat"]), float(row["lon"]), town_radius_m(people)
        kind = "area" if row["within"] else "town"
        yield Entry(row["name"], kind, *place, row["within"] or row["name"], people)


def _regions(postcodes: dict[str, Any], jurisdictions: dict[str, Any]) -> Iterator[Entry]:
    """Regions and counties from the sectors they hold: mean centre, and the radius of 90 % of them."""
    districts = finest_codes(postcodes)
    homes = [jurisdiction(jurisdictions, code) for code in districts]
    where = np.array([postcodes[code][:2] for code in districts])
    keys: dict[str, list[int]] = defaultdict(list)
    for i, (code, (forces, region)) in enumerate(zip(districts, homes, strict=True)):
        outward = code.split()[0]
        for key in (f"force:{forces[0]}", f"region:{region}", outward, outward[: 1 + outward[1].isalpha()]):
            keys[key].append(i)
    for row in rows("regions.csv"):
        parts = row["members"].split(";") if ":" in row["members"] else list(expand(row["members"]))
        chosen = sorted({i for part in parts for i in keys.get(part, ())})
        lat, lon = map(float, where[chosen].mean(axis=0))
        radius = float(np.quantile(distance_km(lat, lon, *where[chosen].T), 0.9)) * 1000
        place = round(lat, 4), round(lon, 4), max(2000.0, round(radius, -2))
        likeliest, regions = {homes[i][0][0] for i in chosen}, {homes[i][1] for i in chosen}
        force, lies_in = (one.pop() if len(one) == 1 else None for one in (likeliest, regions))
        yield Entry(row["name"], "region", *place, population=10_000_000, force=force, region=lies_in)


def finest_codes(postcodes: Iterable[str]) -> list[str]:
    """The sectors among postcodes, and the districts of which no sector is known."""
    return [code for code in postcodes if " " in code or code[:2] in ("BT", "IM", "JE", "GY")]


def _add_areas(names: dict[str, list[Entry]], postcodes: dict[str, Any]) -> None:
    """Curated urban districts in the middle of their postcode districts, with a radius that covers them all; a
    GeoNames settlement of the same name inside the same districts lends its point.

    Raises KeyError for a postcode district that the table lacks.
    """
    for row in rows("areas.csv"):
        spots = np.array([postcodes[code] for code in row["codes"].split()])
        lat, lon = map(float, spots[:, :2].mean(axis=0))
        radius = round(float((distance_km(lat, lon, spots[:, 0], spots[:, 1]) * 1000 + spots[:, 2]).max()), -1)
        entry = Entry(row["name"], "area", round(lat, 4), round(lon, 4), radius, row["town"], AREA_POPULATION)
        known = names.setdefault(fold(row["name"]), [])
        for other in known:
            near = distance_km(entry.lat, entry.lon, other.lat, other.lon) * 1000 < entry.radius_m + 3000
            if other.kind in ("area", "town") and near:
                radius = min(entry.radius_m, max(other.radius_m, 1000.0))
                people = max(other.population, AREA_POPULATION)
                entry = entry._replace(lat=other.lat, lon=other.lon, radius_m=radius, population=people)
                known.remove(other)
                break
        known.append(entry)


def jurisdiction(table: dict[str, tuple[tuple[str, ...], str]], code: str) -> tuple[tuple[str, ...], str]:
    """Police forces (likeliest first) and region of a postcode: by its district, else by its area."""
    outward = code.partition(" ")[0]
    without_letter, letters = outward.rstrip(ascii_uppercase), outward.rstrip(ascii_uppercase).rstrip(digits)
    return table.get(outward) or table.get(without_letter) or table.get(letters) or ((), "")


def user_table_path() -> Path:
    """The user's own street table: LINKAGE_GAZETTEER, else linkage/gazetteer.csv in the user's data folder."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(os.environ.get(_USER_TABLE) or Path(base) / "linkage/gazetteer.csv")


def _user_table(names: dict[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    """Streets of the user's table; its settlements go into `names` unless one of that name stands within 5 km."""
    streets: dict[str, list[Entry]] = {}
    path = user_table_path()
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            place = float(row["lat"]), float(row["lon"]), float(row["radius_m"])
            entry = Entry(row["name"], row["kind"], *place, row["town"] or None)
            if entry.kind == "street":
                streets.setdefault(fold(entry.name), []).append(entry)
                continue
            known = names.setdefault(fold(entry.name), [])
            if all(distance_km(entry.lat, entry.lon, e.lat, e.lon) > 5 for e in known):
                known.append(entry)
    return {name: tuple(entries) for name, entries in streets.items()}


@cache
def region_names() -> tuple[str, ...]:
    """The regions that a place may lie in, by name."""
    return tuple(sorted({row["region"] for row in rows("police_forces.csv")}))
