"""Splink's settings from `splink.toml`, and the table it reads from reports."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa

from linkage.evaluation.baselines.columns import columns_of
from linkage.evaluation.baselines.fields import CATEGORIES, NUMBERS, SENSITIVE, Values, plates
from linkage.report import Report

AREA_DEGREES = 0.5
"""Side of the squares by which pairs are kept where all are too many, degrees [G]: about 55 by 33 km."""

MACROS = (
    # haversine (Sinnott 1984) on a sphere of mean radius
    "CREATE MACRO km_between(a, b, c, d) AS 2 * 6371.009 * asin(least(1, sqrt(pow(sin(radians(c - a) / 2), 2) "
    "+ cos(radians(a)) * cos(radians(c)) * pow(sin(radians(d - b) / 2), 2))))",
)
"""What the settings use beside DuckDB's own functions."""


@cache
def configuration() -> dict[str, Any]:
    """The published configuration, `splink.toml`."""
    return tomllib.loads(files(__package__).joinpath("splink.toml").read_text(encoding="utf-8"))


def settings(sensitive: bool, prior: float, reports: int) -> dict[str, Any]:
    """A Splink settings dictionary with nothing trained; every pair is scored up to the set number of reports."""
    told = configuration()
    model, prediction = told["model"], told["prediction"]
    lists = [field for field in told["list"] if sensitive or field["name"] not in SENSITIVE]
    rules: list[Any] = [{"blocking_rule": "1=1"}]
    if reports > model["all_pairs_up_to"]:
        rules = [{"blocking_rule": rule} for rule in prediction["rules"]]
        rules += [
            {"blocking_rule": f"l.{name} = r.{name}", "arrays_to_explode": [name]} for name in prediction["overlap"]
        ]
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "row",
        "probability_two_random_records_match": prior,
        "comparisons": [*map(_comparison, told["comparison"]), *map(_list_comparison, lists)],
        "blocking_rules_to_generate_predictions": rules,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def table(reports: Sequence[Report]) -> pa.Table:
    """One row a report, in order, numbered by `row`; null where a value is not known."""
    columns = columns_of(reports)
    plate = [_clearest(plates(report)) for report in reports]
    found: dict[str, pa.Array] = {
        "row": pa.array(range(len(reports)), pa.int32()),
        "lat": pa.array([report.place.lat for report in reports], pa.float64()),
        "lon": pa.array([report.place.lon for report in reports], pa.float64()),
        "area": pa.array([_area(report) for report in reports], pa.string()),
        "day": pa.array(columns.day, from_pandas=True),
        "hour": pa.array(columns.hour, from_pandas=True),
        "plate": pa.array(plate, pa.string()),
        "plate_like": pa.array([p and p.replace("?", "_").replace("*", "%") for p in plate], pa.string()),
        "behaviours": _lists([frozenset(report.behaviours.present) for report in reports]),
    }
    for name, number in NUMBERS.items():
        found[name] = pa.array(np.array([number(report) for report in reports]), from_pandas=True)
    for name, read in CATEGORIES.items():
        held = [read(report) for report in reports]
        found[name] = _lists(held)
        found[f"{name}_text"] = pa.array(["; ".join(sorted(values)) or None for values in held], pa.string())
    return pa.table(found)


def _comparison(told: dict[str, Any]) -> dict[str, Any]:
    unknown = " or ".join(f"{column}_{side} is null" for column in told["columns"] for side in "lr")
    return {
        "output_column_name": told["name"],
        "comparison_levels": [
            {"sql_condition": unknown, "label_for_charts": "not known", "is_null_level": True},
            *(_level(*level) for level in told["levels"]),
            {"sql_condition": "ELSE", "label_for_charts": "other"},
        ],
    }


def _list_comparison(told: dict[str, Any]) -> dict[str, Any]:
    name = told["name"]
    same = ["the same", f"{name}_text_l = {name}_text_r", *([f"{name}_text"] if told.get("frequency") else [])]
    some = ["some of the same", f"list_has_any({name}_l, {name}_r)"]
    levels = [same] if told.get("single") else [same, some]
    return _comparison({"name": name, "columns": [name], "levels": levels})


def _level(label: str, sql: str, frequency: str | None = None) -> dict[str, Any]:
    level: dict[str, Any] = {"sql_condition": sql, "label_for_charts": label}
    return level | ({"tf_adjustment_column": frequency} if frequency else {})


def _lists(held: Sequence[Values]) -> pa.Array:
    return pa.array([sorted(values) or None for values in held], pa.list_(pa.string()))


def _clearest(found: Values) -> str | None:
    """The registration with the most known characters."""
    return max(found, key=lambda plate: (sum(map(str.isalnum, plate)), plate), default=None)


def _area(report: Report) -> str | None:
    lat, lon = report.place.lat, report.place.lon
    return None if lat is None or lon is None else f"{lat // AREA_DEGREES:.0f} {lon // AREA_DEGREES:.0f}"
