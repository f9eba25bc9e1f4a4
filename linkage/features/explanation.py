"""Why two reports are a suggested link: every comparison with its words, rarity and weight."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """What one account of an incident says of a comparison, by itself."""

    report: str
    words: str


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """One comparison. `says` is agrees, close, differs, not mentioned (one report tells it, or neither does, and a
    report that tells what happened would have told it now and then) or not known; `weight` its part of the log10
    ratio, and `sd` its standard deviation if the base rates were counted in other reports (None: not worked out for
    this kind). `words_a` and `words_b` are those of the incidents; where one has several accounts, `told_a` or
    `told_b` says which of them tells what."""

    name: str
    group: str
    label: str
    words_a: str
    words_b: str
    says: str
    rarity: str
    weight: float
    sensitive: bool
    sd: float | None = None
    told_a: tuple[Told, ...] = ()
    told_b: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the strength of a pair alone would lie at most in nine of ten draws of as many reports: log10 odds from
    `low` to `high`. `without` are the comparisons with a weight of which that is not worked out."""

    low: float
    high: float
    without: tuple[str, ...]


_NINETY = 1.645  # half width of 90 % of a normal distribution, in standard deviations


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
    for reports of another day or place, and None where that is not known. `accounts_a` and `accounts_b` are all
    reports of the incidents that are compared, where there are several of one.
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
    accounts_a: tuple[str, ...] = ()
    accounts_b: tuple[str, ...] = ()

    @property
    def interval(self) -> Interval:
        """How far the strength is known, as far as it rests on counted base rates; parts are taken to move apart."""
        wide = _NINETY * math.sqrt(sum(part.sd**2 for part in self.parts if part.sd is not None))
        without = tuple(part.label for part in self.parts if part.sd is None and part.weight)
        return Interval(self.strength - wide, self.strength + wide, without)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self) | {"interval": asdict(self.interval)}
