"""Why two reports are a suggested link: every comparison with its words, rarity and weight."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """One comparison. `says` is agrees, close, differs or not known; `weight` its part of the log10 ratio."""

    name: str
    group: str
    label: str
    words_a: str
    words_b: str
    says: str
    rarity: str
    weight: float
    sensitive: bool


@dataclass(frozen=True, slots=True)
class ContextPart:
    """What comes to a pair from outside it: `weight` is its part of the log10 odds.

    `kind` is series (the pair alone, weighed as series are), report (other `reports`, of one incident or decided),
    decided (held together or apart) or rest. `with_a` and `with_b` are how strongly other reports are tied to each
    report of the pair, log10 odds of the two alone as series weigh them.
    """

    kind: str
    label: str
    reports: tuple[str, ...]
    weight: float
    with_a: float | None = None
    with_b: float | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The evidence for and against one pair: prior + sum of the parts' weights = strength (log10 odds), and
    strength + sum of the weights of `context` = `final`, the log10 odds of `together`.

    `probability` is that of the pair alone; `together` the final one, with what all other reports say, None when the
    series have not been judged; `context` is empty then. `same_incident` says that both are told to be of one
    incident, or are proposed to be (which its probability, under 1, tells apart); `same_incident_probability` is 0
    for reports of another day or place, and None where that is not known.
    """

    report_a: str
    report_b: str
    prior: float
    weight: float
    strength: float
    probability: float
    distance_km: float | None
    days: float | None
    same_incident: bool
    parts: list[EvidencePart]
    together: float | None = None
    final: float | None = None
    context: tuple[ContextPart, ...] = ()
    same_incident_probability: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)
