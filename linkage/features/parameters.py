"""Parameters of the evidence models, each with its value, its origin and its source.

Elicited defaults stand in `elicited.toml`; learning replaces values and says so in `origin`. The whole set is
written to JSON that a person can read and compare.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

PROBABILITIES = frozenset(
    {"body_exact", "colour_exact", "common", "consistency", "elsewhere", "exact", "make_exact", "misread"}
    | {"long", "model_exact", "more", "most", "reach", "reliance", "rho", "share"}
)
"""Parameters that lie between 0 and 1; so does every `rho KEY` and `reach KM`."""

SHARES = frozenset({"temper"})
"""Parameters from 0 to 1, both of them allowed."""

POSITIVE = frozenset({"cap", "deviation", "median", "partners", "population", "scale", "sigma", "spread", "strength"})
"""Parameters over 0."""


QUANTILE_90 = 1.645
"""Half width of a 90 % interval of a normal, in standard deviations [D]."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of one evidence model.

    `tag` is V, S, D, R, M or G as in SCIENCE.md; `origin` is "elicited" or "learned"; `n` counts the labelled
    links behind a learned value; `low` and `high` bound it at about 90 % when it was learned.
    """

    value: float
    tag: str
    source: str
    origin: str = "elicited"
    n: int = 0
    low: float | None = None
    high: float | None = None

    def learned(self, value: float, n: int, low: float | None, high: float | None) -> Parameter:
        """The same parameter with a value learned from `n` labelled links."""
        return replace(self, value=value, origin="learned", n=n, low=low, high=high)


@dataclass(frozen=True)
class Parameters:
    """All parameters, keyed by evidence name and then parameter name."""

    values: dict[str, dict[str, Parameter]]

    def get(self, evidence: str, name: str) -> float:
        """Value of one parameter. KeyError, which says where to declare it, when the evidence does not."""
        if (found := self.values.get(evidence, {}).get(name)) is None:
            raise KeyError(f"{evidence} has no {name}: give its value, tag and source in features/elicited.toml")
        return found.value

    def with_value(self, evidence: str, name: str, parameter: Parameter) -> Parameters:
        """A copy in which one parameter is replaced."""
        inner = {**self.values.get(evidence, {}), name: parameter}
        return Parameters({**self.values, evidence: inner})

    def to_json(self) -> dict[str, Any]:
        """Plain nested dict: evidence -> parameter -> value, tag, source, origin, n, low, high."""
        return {
            evidence: {name: asdict(parameter) for name, parameter in sorted(inner.items())}
            for evidence, inner in sorted(self.values.items())
        }

    @staticmethod
    def from_json(plain: dict[str, Any]) -> Parameters:
        """Inverse of `to_json`. TypeError when a parameter lacks a field or has one that is not known."""
        return Parameters(
            {evidence: {name: Parameter(**row) for name, row in inner.items()} for evidence, inner in plain.items()}
        )


def amiss(name: str, value: object) -> str:
    """What is wrong with the value of a parameter, in words; empty when nothing is."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= sys.float_info.max:
        return "is no finite number"
    if name.split(" ", 1)[0] in PROBABILITIES and not 0.0 < value < 1.0:
        return "is not between 0 and 1"
    if name in SHARES and not 0.0 <= value <= 1.0:
        return "is not within 0 and 1"
    return "is not over 0" if name in POSITIVE and value <= 0.0 else ""


@cache
def elicited() -> Parameters:
    """The shipped defaults of `elicited.toml`."""
    text = files(__package__).joinpath("elicited.toml").read_text(encoding="utf-8")
    return Parameters(
        {
            evidence: {name: Parameter(**row) for name, row in inner.items()}
            for evidence, inner in tomllib.loads(text).items()
        }
    )
