"""What stands around a vehicle that a text tells of: the features by which it is judged whose it is.

A row is one mention of a vehicle, or one plate. All of a text are looked at as facts among the facts of people
(`Surroundings`), and each beside the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from linkage.intake.belief.surroundings import Row, Surroundings
from linkage.intake.belief.vehicle_signs import signs
from linkage.intake.belief.wording import Around, Said
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
    _around: Surroundings = field(init=False)
    _places: list[int] = field(init=False)
    _signs: list[Row] = field(init=False)

    def __post_init__(self) -> None:
        facts = zip(self.findings, self.given, strict=True)
        mentions = [(_mention(group), used) for group, used in zip(self.groups, self.told, strict=True)]
        every = sorted([*facts, *mentions], key=lambda one: (one[0].start, one[0].end))
        self._places = [next(at for at, (one, _) in enumerate(every) if one is mention) for mention, _ in mentions]
        whose, given = self.whose, [his for _, his in every]
        self._signs = signs(whose.low, whose.breaks, whose.people, self.groups)
        self._around = Surroundings(
            self.text, whose.low, whose.breaks, whose.people, whose.count(), [one for one, _ in every], given
        )

    def kind(self, number: int) -> str:
        """Whether it is a mention of a vehicle or a plate by itself."""
        return _mention(self.groups[number]).field

    def of(self, number: int) -> Row:
        """Features of the vehicle at this place in `groups`."""
        group, beside = self.groups[number], [n for n in range(len(self.groups)) if n != number]
        values = {str(f.value) for f in group}
        again = [n for n in beside if not values.isdisjoint(str(f.value) for f in self.groups[n])]
        row = self._around.of(self._places[number])
        row.update({f"tells {f.field}": 1.0 for f in group})
        row.update(self._signs[number])
        row["confidence"], row["parts"] = max(f.confidence for f in group), len(group)
        row["number"], row["vehicles"] = number, len(self.groups)
        row["rule of others"] = sum(self.told[n] for n in beside)
        row["rule before"] = float(self.told[number - 1]) if number else 0.5
        row["again"], row["rule again"] = float(bool(again)), float(any(self.told[n] for n in again))
        return row

    def said(self, number: int) -> Said:
        """The words around it, and those that name the people around it."""
        return self._around.said(self._places[number])

    def around(self, number: int) -> Around:
        """The words around it."""
        return self._around.around(self._places[number])

    def named(self, number: int) -> dict[str, str]:
        """The words that name the people around it."""
        return self._around.named(self._places[number])


def _mention(group: Sequence[Finding]) -> Finding:
    """All findings of a vehicle as one."""
    kind = PLATE if all(f.field == "registration" for f in group) else VEHICLE
    return Finding(kind, None, min(f.start for f in group), max(f.end for f in group), kind)
