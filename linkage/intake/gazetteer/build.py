"""Turns a downloaded OS Open Names into the user's own table of streets and settlements."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from linkage.geography import osgb36_to_wgs84
from linkage.vocabulary.tables import table

HEADER = ("name", "kind", "lat", "lon", "radius_m", "town", "district")
"""Columns of the table written: WGS84 degrees, metres, the populated place it lies in, its postcode district."""

# Positions in OS Open Names' 34 columns (OS Open Names technical specification, "CSV format").
_NAME, _OTHER_NAME, _LOCAL_TYPE = 2, 4, 7
_AT, _BOX = slice(8, 10), slice(12, 16)
_POSTCODE_DISTRICT, _POPULATED_PLACE = 16, 18
_LEAST_COLUMNS = 19
_CHUNK = 20_000
_READ: dict[str, Any] = {"encoding": "utf-8-sig", "newline": "", "errors": "replace"}

_KINDS: dict[str, tuple[str, float]] = table("places/open_names")
"""LOCAL_TYPE -> kind of place and its radius in metres where the row has no bounding box."""


def build_from_os_open_names(path: Path, out: Path) -> int:
    """Write streets and settlements of OS Open Names (the CSV zip, its unpacked folder, or one CSV) to `out`.

    Coordinates go from OSGB36 eastings and northings to WGS84. Returns the number of rows written. Rows of other
    kinds, and rows without a name or usable coordinates, are passed over. Raises FileNotFoundError when `path` is not
    there and ValueError when it holds no OS Open Names rows; `out` is then left as it was.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path}: not found; give the OS Open Names CSV download (a .zip)")
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.with_name(out.name + ".part")
    written = 0
    try:
        with draft.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(HEADER)
            rows = _usable_rows(path)
            while chunk := list(islice(rows, _CHUNK)):
                lat, lon = osgb36_to_wgs84([row[2] for row in chunk], [row[3] for row in chunk])
                for (name, kind, _, _, radius, town, district), a, b in zip(chunk, lat, lon, strict=True):
                    writer.writerow((name, kind, f"{a:.5f}", f"{b:.5f}", f"{radius:.0f}", town, district))
                written += len(chunk)
        if not written:
            raise ValueError(f"{path}: no roads or settlements of OS Open Names in it; is it the CSV download?")
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    return written


Row = tuple[str, str, float, float, float, str, str]


def _usable_rows(path: Path) -> Iterator[Row]:
    for row in _csv_rows(path):
        if len(row) < _LEAST_COLUMNS or row[_LOCAL_TYPE] not in _KINDS or not row[_NAME].strip():
            continue
        kind, radius = _KINDS[row[_LOCAL_TYPE]]
        at, box = _numbers(row[_AT]), _numbers(row[_BOX])
        if at is None:
            continue
        if box is not None:  # half the diagonal: every point of the thing lies within it
            west, south, east, north = box
            radius = max(50.0, math.hypot(east - west, north - south) / 2)
        for name in filter(None, (row[_NAME].strip(), row[_OTHER_NAME].strip())):
            yield name, kind, at[0], at[1], radius, row[_POPULATED_PLACE].strip(), row[_POSTCODE_DISTRICT].strip()


def _csv_rows(path: Path) -> Iterator[list[str]]:
    """The rows of each CSV with data; the header file in Doc/ has none of a known type."""
    if not path.is_dir() and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if name.lower().endswith(".csv"):
                    with archive.open(name) as packed:
                        yield from csv.reader(io.TextIOWrapper(packed, **_READ))
        return
    for part in sorted(path.rglob("*.csv")) if path.is_dir() else [path]:
        with part.open(**_READ) as lines:
            yield from csv.reader(lines)


def _numbers(words: list[str]) -> list[float] | None:
    """The numbers that words are; None unless all of them are finite ones."""
    try:
        values = [float(word) for word in words]
    except ValueError:
        return None
    return values if all(map(math.isfinite, values)) else None
