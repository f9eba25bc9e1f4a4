"""What reports tell, deny and leave open of what was done, read once for all domains of behaviour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.features.item_states import ABSENT, DOUBT, FAINT, GRADES, LIKELY, POSSIBLE, PRESENT, READ, WITHHELD
from linkage.features.readings import Readings
from linkage.features.telling import Telling, kind_of
from linkage.report import Behaviours, Report


class Account(NamedTuple):
    """One report: what it is alike in how much it tells (`kind_of`), and keys or own words of what it says.

    `present` is what its fields say, the next four what is read from its narrative (`features.items`).
    """

    kind: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    withheld: frozenset[str]
    read: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    faint: tuple[str, ...] = ()

    @property
    def read_as_done(self) -> tuple[str, ...]:
        """All that it is taken to tell as done."""
        return (*self.present, *self.read, *self.likely, *self.possible)


@dataclass(frozen=True, eq=False)
class AccountReadings(Readings[Account]):
    """What each report says of behaviours of all domains."""

    @cached_property
    def kinds(self) -> list[str]:
        """The kind of each report."""
        return [row.kind for row in self.rows]

    @cached_property
    def count(self) -> NDArray[np.int64]:
        """How many behaviours each tells of as done, those among them that count as not known (n,)."""
        return np.array([len(row.read_as_done) + len(row.withheld) for row in self.rows], dtype=np.int64)

    @cached_property
    def denies(self) -> NDArray[np.bool_]:
        """Does each deny anything? (n,)"""
        return np.array([bool(row.absent) for row in self.rows], dtype=bool)

    @cached_property
    def telling(self) -> Telling:
        """How much these reports tell."""
        return Telling.of(self.kinds, self.count, self.denies)

    @cached_property
    def level(self) -> NDArray[np.int64]:
        """Level of each report among these (n,)."""
        return self.level_among(self)

    def level_among(self, counted: AccountReadings) -> NDArray[np.int64]:
        """Level of each report beside those `counted` (n,)."""
        return counted.telling.levels(self.kinds, self.count, self.denies)

    @cached_property
    def tally(self) -> Counter[str]:
        """How many reports say of each item, by key or in own words, that it was or was not done."""
        return Counter(item for row in self.rows for item in {*row.read_as_done, *row.absent})

    @cached_property
    def uses(self) -> tuple[list[str], dict[int, tuple[NDArray[np.int32], NDArray[np.int32]]]]:
        """All items, and for each thing said of them the rows that say it and the places of the items said of."""
        names = sorted(
            {item for row in self.rows for item in (*row.read_as_done, *row.faint, *row.absent, *row.withheld)}
        )
        place = {item: at for at, item in enumerate(names)}
        said = {
            WITHHELD: "withheld",
            FAINT: "faint",
            ABSENT: "absent",
            POSSIBLE: "possible",
            LIKELY: "likely",
            READ: "read",
            PRESENT: "present",
        }
        found = {}
        for mark, name in said.items():
            uses = [(at, place[item]) for at, row in enumerate(self.rows) for item in getattr(row, name)]
            rows, items = np.array(uses, dtype=np.int32).reshape(-1, 2).T.copy()
            found[mark] = rows, items
        return names, found

    def states(self, items: Sequence[str]) -> NDArray[np.int8]:
        """What reports say of items, shape (n, items). An item both present and absent counts as present."""
        names, uses = self.uses
        place = {item: column for column, item in enumerate(items)}
        column = np.array([place.get(name, -1) for name in names], dtype=np.int64)
        state = np.zeros((len(self), len(items)), dtype=np.int8)
        for mark, (rows, said) in uses.items():
            at = column[said]
            state[rows[at >= 0], at[at >= 0]] = mark
        return state


def accounts_of(reports: Sequence[Report]) -> AccountReadings:
    """What reports say of behaviours."""
    return AccountReadings(tuple(_account(report) for report in reports))


def _account(report: Report) -> Account:
    """One report; what a narrative tells is as sure as its reading is, what stands in a field is sure."""
    said, graded = report.behaviours, {state: list[str]() for state in (PRESENT, *GRADES.values())}
    for item in said.present:
        graded[told_state(said, item)].append(item)
    known = {*said.present, *said.absent, *said.withheld}
    # where a report tells nothing, nothing is hinted at either: what it leaves out says nothing
    graded[FAINT] = [item for item in said.probability if item not in known] if known else []
    present, *read = (tuple(items) for items in graded.values())
    return Account(kind_of(report), present, tuple(said.absent), said.withheld, *read)


def told_state(said: Behaviours, item: str) -> int:
    """In which state an item is that is given as told: PRESENT in a field, else by how surely it was read."""
    sure = said.probability.get(item)
    return PRESENT if sure is None else min(_grade(sure), POSSIBLE)


def doubt_of(said: Behaviours, item: str) -> str | None:
    """What is said of an item that is given as told but was not read surely; None of one that was."""
    return DOUBT.get(told_state(said, item))


def _grade(sure: float) -> int:
    """The state of an item that is read with this probability."""
    return next((state for least, state in GRADES.items() if sure >= least), FAINT)
