"""Whether a vehicle is one that a reported person used: the rules' decision, judged by what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from linkage.intake.belief import wording
from linkage.intake.belief.learned import Learned
from linkage.intake.belief.vehicle_surroundings import Vehicles
from linkage.intake.facts.finding import Finding
from linkage.intake.mention import REPORTED
from linkage.intake.whose import Whose

USED = 0.55
"""Chance from which a vehicle is a reported person's [G]: one wrongly given harms more than one missed, and F1 of
authors left out of the learning falls from .845 to .836 between .45 and .55 (docs/decisions/0018)."""


@cache
def _learned() -> Learned:
    return Learned.load("vehicles")


def used(
    text: str,
    groups: Sequence[Sequence[Finding]],
    told: Sequence[bool],
    findings: Sequence[Finding],
    given: Sequence[bool],
    whose: Whose,
) -> list[bool]:
    """Whether a reported person used each vehicle, after what the rules `told`.

    `findings` are the facts of people in the order of the text and `given` whether each is a reported person's. Where
    the text names nobody but the reported people and its writer, the rules decide.
    """
    if not groups or all(one.role == REPORTED or one.kind == "i" for one in whose.people):
        return list(told)
    around = Vehicles(text, whose, findings, given, groups, told)
    numbers = range(len(groups))
    words = (wording.of_fact(around.kind(number), around.said(number)) for number in numbers)
    return [float(chance) >= USED for chance in _learned().chances([around.of(n) for n in numbers], words)]
