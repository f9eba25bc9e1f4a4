"""What a run of the linker may choose, checked when it is chosen, and what it is told of pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from linkage.arguments import ArgumentError, number, one_of, shown, whole
from linkage.models.model import Model, ModelError

RECORD = "the record of the run"
"""How errors name it."""

DECIDED = ("must_link", "cannot_link", "soft_link", "same_incident", "other_incident")
"""What is decided of pairs, in the order in which calls take it."""

LISTED_PROBABILITY = 0.01
"""Pairs at least this probable are listed however many partners there are (contract section 4); less counts as 0."""

CORE = 0.5
"""Mean probability with the other members from which a report is core; below, it is an edge of the series."""

STOP = 1 / 3
"""Mean probability at which a series stops growing: a missed link costs twice a false one [G] (Binder 1978)."""

SECOND = 0.2
"""Mean probability with another series' members from which a report may belong there too [G]: one in five."""


@dataclass(frozen=True)
class Settings:
    """What a run may choose. `sensitive` lets sensitive items carry weight; `far_km` is where the far lane begins and
    `far_top` how many partners a report has in it. `seed` fixes the draws of the series inference. ArgumentError for
    a value that none of these can have."""

    sensitive: bool = False
    seed: int = 0
    far_km: float = 50.0
    far_top: int = 10

    def __post_init__(self) -> None:
        one_of("sensitive", self.sensitive, (bool, np.bool_), "give True or False")
        plain = {
            "sensitive": bool(self.sensitive),
            "seed": whole("seed", self.seed, 0),
            "far_km": number("far_km", self.far_km, 0.0),
            "far_top": whole("far_top", self.far_top, 0),
        }
        for name, value in plain.items():  # runs are written as JSON, which knows no number of numpy
            object.__setattr__(self, name, value)


def settings_of(record: Mapping[str, Any]) -> Settings:
    """The settings of a run, from its record. ModelError where it has none, or others than these."""
    said = _part(record, "settings")
    names = sorted(one.name for one in fields(Settings))
    if not said.keys() <= set(names):
        raise _amiss("settings", said, f"are not {', '.join(names)}")
    try:
        return Settings(**said)
    except ArgumentError as error:
        raise ModelError(f"{RECORD}, settings.{error}") from error


def weights_of(record: Mapping[str, Any]) -> tuple[Model, float]:
    """The weights of a run and what it scaled evidence by, from its record. ModelError where it has none."""
    apart = {name: _part(record, name) for name in ("weights", "tempers", "series_tempers")}
    model = Model.from_json({**_part(record, "model"), **apart}, RECORD)
    scale = _part(record, "series", {}).get("scale", 1.0)
    try:
        return model, number("scale", scale, 0.0)
    except ArgumentError as error:
        raise ModelError(f"{RECORD}, series.{error}") from error


def _part(record: Mapping[str, Any], name: str, default: object = None) -> Mapping[str, Any]:
    part = record.get(name, default)
    if not isinstance(part, Mapping):
        raise _amiss(name, part, "is no object")
    return part


def _amiss(name: str, value: object, why: str) -> ModelError:
    return ModelError(f"{RECORD}, {name}: {shown(value)} {why}; give run.json whole")
