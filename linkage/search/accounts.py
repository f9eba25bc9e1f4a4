"""What reports say of behaviours, from an index: as linking reads it, but told is told however surely it was read."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from linkage.features.accounts import AccountReadings
from linkage.features.item_states import ABSENT, PRESENT, WITHHELD
from linkage.search.report_index import ReportIndex

SAID = {WITHHELD: "withheld", ABSENT: "absent", PRESENT: "present"}
"""What is said of a behaviour, and what the index calls those of which it is; later ones overrule."""


class IndexedAccounts(AccountReadings):
    """The readings of an index. They have no rows of their own."""

    def __init__(self, index: ReportIndex) -> None:
        super().__init__(())
        object.__setattr__(self, "_index", index)  # a frozen class
        self._index: ReportIndex

    def __len__(self) -> int:
        return len(self._index.ids)

    @cached_property
    def kinds(self) -> list[str]:
        """The kind of each report."""
        held = self._index.values["kind"]
        return [held.known[code - 1] for code in held.codes().tolist()]

    @cached_property
    def count(self) -> NDArray[np.int64]:
        """How many behaviours each tells of as done, those among them that count as not known (n,)."""
        found: NDArray[np.int64] = self._index.numbers["behaviours"]
        return found

    @cached_property
    def denies(self) -> NDArray[np.bool_]:
        """Does each deny anything? (n,)"""
        found = np.zeros(len(self), dtype=bool)
        found[self._index.values["absent"].row] = True
        return found

    @cached_property
    def tally(self) -> Counter[str]:
        """How many reports say of each item, by key or in own words, that it was or was not done."""
        present, absent = self._index.values["present"], self._index.values["absent"]
        names = {*present.known, *absent.known}
        return Counter({one: len(np.union1d(present.rows(one), absent.rows(one))) for one in names})

    def states(self, items: list[str]) -> NDArray[np.int8]:  # type: ignore[override]
        """What reports say of items, shape (n, items). An item both present and absent counts as present."""
        return np.stack([self.state(item) for item in items], axis=1) if items else np.zeros((len(self), 0), np.int8)

    def state(self, item: str) -> NDArray[np.int8]:
        """What reports say of one item, shape (n,)."""
        found = np.zeros(len(self), dtype=np.int8)
        for said, name in SAID.items():
            found[self._index.values[name].rows(item)] = said
        return found
