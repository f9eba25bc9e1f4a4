"""What a run of the linker may choose, checked when it is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from linkage.arguments import NotScoredError, number, one_of, whole
from linkage.models.model import ModelError


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
    said = record.get("settings")
    names = sorted(one.name for one in fields(Settings))
    if not isinstance(said, Mapping) or not said.keys() <= set(names):
        raise ModelError(f"the record of the run, settings: {said!r} are not {', '.join(names)}; give run.json whole")
    return Settings(**said)


MADE = {
    "score": ("incidents_", "same_incident_", "prior_", "run_record_"),
    "cluster": ("ambiguous_", "conflicts_"),
}
"""Which call makes what."""


class Unscored:
    """What says of a result that is not there yet what makes it."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Raises NotScoredError, which is an AttributeError."""
            made = [maker for maker, names in MADE.items() if name in names]
            cure = f"call {made[0]} first" if made else "there is nothing of this name"
            raise NotScoredError(f"{type(self).__name__}.{name} is not there: {cure}")
