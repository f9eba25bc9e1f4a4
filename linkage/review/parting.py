"""Reports together as one series, or apart as two: what a member taken out, a split or a merge would come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from linkage.models.cohesion import SeriesExplanation
from linkage.models.set_weights import SetPart
from linkage.review.series_words import EVEN, reports_words, times_words

Explain = Callable[[Sequence[str]], SeriesExplanation | None]
"""Explains a series of these reports; None where they are of one incident."""


@dataclass(frozen=True, slots=True)
class Parting:
    """Two groups of reports as one series against two: prior + the parts' weights = strength (log10 odds), above 0
    where together is likelier. `sides` explain the groups by themselves, None for a single incident."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    prior: float
    strength: float
    parts: tuple[SetPart, ...]
    sides: tuple[SeriesExplanation | None, SeriesExplanation | None]


def parting(explain: Explain, first: Sequence[str], second: Sequence[str]) -> Parting | None:
    """What speaks for and against two groups of reports being one series; None where all are of one incident.

    An explained series is set against as many people as it has incidents, so that what its sides have of their own
    is taken away from the whole.
    """
    whole, sides = explain([*first, *second]), (explain(first), explain(second))
    if whole is None:
        return None
    own = [{part.name: part.weight for part in side.parts} for side in sides if side is not None]
    parts = tuple(
        SetPart(
            part.name,
            part.group,
            part.label,
            part.weight - sum(weights[part.name] for weights in own),
            part.sensitive,
        )
        for part in whole.parts
    )
    prior = whole.prior - sum(side.prior for side in sides if side is not None)
    strength = whole.strength - sum(side.strength for side in sides if side is not None)
    return Parting(tuple(first), tuple(second), prior, strength, parts, sides)


def parting_words(found: Parting) -> str:
    """Together against apart, in one sentence."""
    both = f"{reports_words(found.second)} and {reports_words(found.first)}"
    if abs(found.strength) < EVEN:
        return f"{both}: one series and two are about equally likely."
    likelier = "One series is" if found.strength > 0 else "Two series are"
    other = "two" if found.strength > 0 else "one"
    return f"{both}: {likelier} {times_words(found.strength)} likelier than {other}."
