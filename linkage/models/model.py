"""A learned model as a file: JSON that a person can read and compare, with where it comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linkage.errors import LinkageError
from linkage.features.catalogue import CATALOGUE
from linkage.features.parameters import Parameters, amiss, elicited
from linkage.intake.incidents.comparison import IncidentModel
from linkage.models.calibration import Calibration, shipped
from linkage.output.files import write_private

FORMAT = "linkage model"
VERSION = 6
"""Raised whenever an older file would mean something else; 1 is the record of runs from before there were files."""

_BEGINNING = re.compile(rf'\s*\{{\s*"format"\s*:\s*"{FORMAT}"'.encode())
_BEGINNING_BYTES = 200

MOST_TEMPER = 1.5
"""In a series evidence may count for up to this much more than its tree says [G]: a tree gathers little strength."""


class ModelError(LinkageError, ValueError):
    """A model file cannot be honoured; the message names file, field, value and cure."""


def is_saved(file: Path) -> bool:
    """Is this a file that `Model.save` wrote, in whatever version, or one without a byte, in which nothing is lost?
    OSError when it cannot be read."""
    with file.open("rb") as stream:
        begins = stream.read(_BEGINNING_BYTES)
    return not begins or _BEGINNING.match(begins) is not None


@dataclass(frozen=True)
class Model:
    """Everything that learning changes.

    `tempers` scale groups of comparisons (0 to 1, 1 where not named), `offset` is added to the prior (log10 odds);
    `series_tempers` scale them in whole series (as for pairs where not named), `calibration` is for what the series
    inference says; `incident` tells whether two reports are of one incident;
    `learned_from` says what from: counts of reports, series and links, empty when nothing was learned.
    """

    parameters: Parameters = field(default_factory=elicited)
    tempers: Mapping[str, float] = field(default_factory=dict)
    offset: float = 0.0
    series_tempers: Mapping[str, float] = field(default_factory=dict)
    calibration: Calibration = field(default_factory=shipped)
    learned_from: Mapping[str, Any] = field(default_factory=dict)
    incident: IncidentModel = field(default_factory=IncidentModel)

    @property
    def learned(self) -> bool:
        """Whether labels stand behind it."""
        return bool(self.learned_from)

    def to_json(self) -> dict[str, Any]:
        """Plain and sorted, so that two files can be compared line by line."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "learned_from": dict(sorted(self.learned_from.items())),
            "calibration": self.calibration.to_json(),
            "incident": self.incident.to_json(),
            "offset": self.offset,
            "series_tempers": dict(sorted(self.series_tempers.items())),
            "tempers": dict(sorted(self.tempers.items())),
            "weights": self.parameters.to_json(),
        }

    @classmethod
    def from_json(cls, plain: Any, name: str = "model") -> Model:
        """Inverse of `to_json`. ModelError when it is another version, or has what this program does not know."""
        if not isinstance(plain, dict) or plain.get("format") != FORMAT:
            raise ModelError(f"{name}, format: no model; give a file that `linkage link --save-model` wrote")
        if plain.get("version") != VERSION:
            raise ModelError(
                f"{name}, version: {plain.get('version')!r}, this program reads {VERSION}; learn it anew"
            )
        try:
            parameters = Parameters.from_json(plain["weights"])
            model = cls(
                parameters,
                {str(group): float(temper) for group, temper in plain["tempers"].items()},
                float(plain["offset"]),
                {str(group): float(temper) for group, temper in plain["series_tempers"].items()},
                Calibration.from_json(plain["calibration"]),
                dict(plain["learned_from"]),
                IncidentModel.from_json(plain["incident"]) if "incident" in plain else IncidentModel(),
            )
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise ModelError(f"{name}: incomplete or changed ({error}); learn it anew") from error
        model._check(name)
        return model

    def _check(self, name: str) -> None:
        """Refuse what would be passed over in silence, or would break the rules that hold everywhere."""
        known = elicited().values
        unknown = sorted(self.parameters.values.keys() ^ known.keys())
        unknown += sorted((self.tempers.keys() | self.series_tempers.keys()) - {kind.group for kind in CATALOGUE})
        if unknown:
            raise ModelError(f"{name}, {unknown[0]}: in the file or in this program alone; learn the model anew")
        for evidence, inner in known.items():
            if lacking := sorted(inner.keys() - self.parameters.values[evidence].keys()):
                raise ModelError(f"{name}, weights.{evidence}: no {lacking[0]}; learn the model anew")
        for group, temper in self.tempers.items():
            if not 0.0 <= temper <= 1.0:
                raise ModelError(f"{name}, tempers.{group}: {temper} is not within 0 and 1; learn the model anew")
        for group, temper in self.series_tempers.items():
            if not 0.0 <= temper <= MOST_TEMPER:
                most = f"0 and {MOST_TEMPER:g}"
                raise ModelError(
                    f"{name}, series_tempers.{group}: {temper} is not within {most}; learn the model anew"
                )
        numbers = {"offset": (self.offset, amiss("offset", self.offset))}
        for key, value in self.calibration.to_json().items():
            numbers[f"calibration.{key}"] = (value, amiss("scale" if key == "slope" else key, value))
        for evidence, inner in self.parameters.values.items():
            for key, number in inner.items():
                bounds = [bound for bound in (number.low, number.high) if bound is not None]
                judged = [(number.value, amiss(key, number.value)), *((bound, amiss("", bound)) for bound in bounds)]
                numbers[f"weights.{evidence}.{key}"] = next((pair for pair in judged if pair[1]), judged[0])
        for field_name, (value, words) in numbers.items():
            if words:
                raise ModelError(f"{name}, {field_name}: {value!r} {words}; learn the model anew")

    def save(self, path: str | Path) -> None:
        """Write the file, whole or not at all. OSError when it cannot be written."""
        write_private(Path(path), json.dumps(self.to_json(), indent=1, ensure_ascii=False) + "\n")

    @classmethod
    def load(cls, path: str | Path) -> Model:
        """Read a file. ModelError when it cannot be read or honoured."""
        try:
            plain = json.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise ModelError(f"{path}: cannot be read ({error}); give a file that --save-model wrote") from error
        return cls.from_json(plain, str(path))
