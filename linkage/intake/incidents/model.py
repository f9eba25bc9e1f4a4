"""The probability that two reports tell of one incident, beside two other hypotheses.

Three things may be so: one incident; another incident of the same person; nothing in common. In log10 odds against
the last, with x the features of `same_incident.features`,

    one incident            log10(share / crowd) + sum of all weights * x
    same person, another    log10(again / crowd) + sum of the weights * x that speak of the person, or of `again`

where `crowd` is how many reports there are of one day and place, and one more that nobody may have made [G]: among
few, two are sooner one. Where a report names no day, they are those of the place on any day, and another attack of
the same person is one of any day too, which is far likelier than one of the same day (`undated`); what he does, where
and at which hour then speaks of him too (`habit`). What a man looks like
never decides alone, because he may strike twice in a night; what ties the occasion (clock, spot, deeds, words) does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

PROPOSED = 0.5
"""Probability from which two reports are proposed as one incident, and their pair is no suggested link [G]."""

SHOWN = 0.01
"""Probability below which a pair is not worth telling [G]."""

LARGEST = 1e-6
"""Probabilities are kept this far from 0 and 1 [G]: only `follows` and a decision make one incident certain."""


@cache
def defaults() -> dict[str, Any]:
    """`same_incident.toml` as it stands: `share`, `again`, and `weights` by the name of their feature."""
    return tomllib.loads(files(__package__).joinpath("same_incident.toml").read_text(encoding="utf-8"))


def names() -> tuple[str, ...]:
    """The features, in their order."""
    return tuple(defaults()["weights"])


def _elicited() -> dict[str, float]:
    return {name: float(row["value"]) for name, row in defaults()["weights"].items()}


@dataclass(frozen=True)
class IncidentModel:
    """Weights (log10) by feature, and shares of reports that are a second account (`share`) or of another attack of
    the same day (`again`). `pairs` counts the labelled pairs of one incident behind it, 0 when it is elicited."""

    weights: Mapping[str, float] = field(default_factory=_elicited)
    share: float = field(default_factory=lambda: float(defaults()["share"]["value"]))
    again: float = field(default_factory=lambda: float(defaults()["again"]["value"]))
    pairs: int = 0

    def probabilities(self, features: NDArray[np.float64], crowd: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of one incident, and of another incident of the same person, shape (pairs, 2), from features (pairs,
        features) and the number of reports of that day and place (pairs,)."""
        known = np.array([self.weights[name] for name in names()])
        rows = defaults()["weights"].values()
        of, habit = np.array([row["of"] for row in rows]), np.array([row.get("habit", 0.0) for row in rows])
        undated = features[:, names().index("undated")]
        crowded = np.log10(np.maximum(crowd, 0.0) + 1.0)
        one = np.log10(self.share) - crowded + features @ (known * (of != "again"))
        other = np.log10(self.again) - crowded + features @ (known * (of != "one"))
        other += undated * (features @ (known * habit))
        odds = 10.0 ** np.clip(np.stack([one, other], axis=1), -30, 30)
        found: NDArray[np.float64] = odds / (1.0 + odds.sum(axis=1, keepdims=True))
        return found

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        weights = dict(sorted(self.weights.items()))
        return {"weights": weights, "share": self.share, "again": self.again, "pairs": self.pairs}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> IncidentModel:
        """Inverse of `to_json`; what models did not weigh before reports without a date were compared is elicited.
        ValueError for features that this program does not have, or lacks, or no numbers."""
        since = {name: _elicited()[name] for name in ("undated", "many_days", "received_near")}
        weights = since | {str(name): float(value) for name, value in plain["weights"].items()}
        share, again = float(plain["share"]), float(plain["again"])
        if weights.keys() != set(names()):
            raise ValueError(f"same incident: {sorted(weights.keys() ^ set(names()))[0]} in one of the two only")
        if not (0 < share < 1 and 0 < again < 1 and np.isfinite(list(weights.values())).all()):
            raise ValueError("same incident: a share that is not between 0 and 1, or a weight that is no number")
        return cls(weights, share, again, int(plain["pairs"]))
