"""The sector a report tells of (street, indoor, parlour, online), by the kind of place and the way of contact."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from linkage.report import Report


def sector_of(report: Report) -> str | None:
    """The sector by the first step of `sectors.toml` that knows the report's value; None where none does."""
    values = {"contact": report.contact.method, "venue": report.place.venue}
    for step in _steps():
        value = values[step["field"]]
        for name, known in step.items():
            if name != "field" and value in known:
                return str(name)
    return None


@cache
def _steps() -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = tomllib.loads(
        files(__package__).joinpath("sectors.toml").read_text(encoding="utf-8")
    )["step"]
    return steps
