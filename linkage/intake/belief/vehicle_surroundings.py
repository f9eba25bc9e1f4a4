"""What stands around a vehicle that a text tells of: the features by which it is judged whose it is.

A row is one mention of a vehicle, or one plate. It is looked at as a fact among the facts of people (`Surroundings`),
and beside the other vehicles of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from linkage.intake.belief.surroundings import Row, Surroundings
from linkage.intake.belief.wording import Said
from linkage.intake.facts.finding import Finding

if TYPE_CHECKING:
    from linkage.intake.whose import Whose

VEHICLE, PLATE = "vehicle", "plate"


@dataclass(slots=True)
class Vehicles:
    """The vehicles of one text: `groups` of findings in order, and for each whether the rules take it for one that a
    reported person used (`told`). `findings` are the facts of people in order, `given` as in `Surroundings`."""

    text: str
    whose: Whose
    findings: Sequence[Finding]
    given: Sequence[bool]
    groups: Sequence[Sequence[Finding]]
    told: Sequence[bool]
    _around: list[tuple[Surroundings, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for group, used in zip(self.groups, self.told, strict=True):
            one = _mention(group)
            at = sum((f.start, f.end) <= (one.start, one.end) for f in self.findings)
            findings = [*self.findings[:at], one, *self.findings[at:]]
            given = [*self.given[:at], used, *self.given[at:]]
            whose = self.whose
            around = Surroundings(self.text, whose.low, whose.breaks, whose.people, whose.count(), findings, given)
            self._around.append((around, at))

    def kind(self, number: int) -> str:
        """Whether it is a mention of a vehicle or a plate by itself."""
        return _mention(self.groups[number]).field

    def of(self, number: int) -> Row:
        """Features of the vehicle at this place in `groups`."""
        around, at = self._around[number]
        group, beside = self.groups[number], [n for n in range(len(self.groups)) if n != number]
        values = {str(f.value) for f in group}
        again = [n for n in beside if not values.isdisjoint(str(f.value) for f in self.groups[n])]
        row = around.of(at)
        row.update({f"tells {f.field}": 1.0 for f in group})
        row["confidence"], row["parts"] = max(f.confidence for f in group), len(group)
        row["number"], row["vehicles"] = number, len(self.groups)
        row["rule of others"] = sum(self.told[n] for n in beside)
        row["rule before"] = float(self.told[number - 1]) if number else 0.5
        row["again"], row["rule again"] = float(bool(again)), float(any(self.told[n] for n in again))
        return row

    def said(self, number: int) -> Said:
        """The words around it, and those that name the people around it."""
        around, at = self._around[number]
        return around.said(at)


def _mention(group: Sequence[Finding]) -> Finding:
    """All findings of a vehicle as one."""
    kind = PLATE if all(f.field == "registration" for f in group) else VEHICLE
    return Finding(kind, None, min(f.start for f in group), max(f.end for f in group), kind)
