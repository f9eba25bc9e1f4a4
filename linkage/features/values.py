"""Values that reports give of a hidden true value: which there are, how often each is told, and how it is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from linkage.features.readings import Readings

Single = Hashable
Values = tuple[Single | None, ...]


@dataclass(frozen=True, eq=False)
class ValueReadings(Readings[Values]):
    """Values by row, sorted, empty where nothing is known; `say` and `vague` are those of the kind of evidence."""

    say: Callable[[Single], str]
    vague: Callable[[Single], bool]

    @cached_property
    def distinct(self) -> list[Values]:
        """The values that any report gives, "not known" first."""
        return [(), *sorted({value for value in self.rows if value}, key=repr)]

    @cached_property
    def codes(self) -> NDArray[np.uint16]:
        """Per row: the place of its value among the distinct ones."""
        place = {value: code for code, value in enumerate(self.distinct)}
        return np.fromiter((place[value] for value in self.rows), dtype=np.uint16, count=len(self.rows))

    @cached_property
    def tally(self) -> Counter[Any]:
        """How often each single value, of one person or vehicle, is told."""
        return Counter(single for value in self.rows for single in value if single is not None)

    @cached_property
    def singles(self) -> list[Single]:
        """All single values, sorted."""
        return sorted(self.tally, key=repr)

    @cached_property
    def counts(self) -> NDArray[np.float64]:
        """How often each of `singles` is told."""
        return np.array([float(self.tally[single]) for single in self.singles])

    @cached_property
    def words(self) -> list[str]:
        """The distinct values as an analyst reads them."""
        return ["not known", *(words_of(value, self.say) for value in self.distinct[1:])]

    @cached_property
    def left_open(self) -> tuple[int, ...]:
        """Codes of values that can still be asked about."""
        return tuple(code for code, value in enumerate(self.distinct) if value and all(map(self._open, value)))

    @cached_property
    def average(self) -> csr_array:
        """`averaging` of the distinct values over `singles`."""
        return averaging(self.distinct, self.singles)

    def unknown_to(self, base: ValueReadings) -> list[Single]:
        """Single values of these rows that `base` does not have, sorted."""
        return [] if base is self else sorted(self.tally.keys() - base.tally.keys(), key=repr)

    def _open(self, value: Single | None) -> bool:
        return value is None or self.vague(value)


def trimmed(values: Values) -> Values:
    """The values in one order, or none where none is known."""
    return tuple(sorted(values, key=repr)) if any(single is not None for single in values) else ()


def words_of(value: Values, say: Callable[[Single], str]) -> str:
    """The values of all people or vehicles in words."""
    return "; ".join("not known" if single is None else say(single) for single in value)


def averaging(values: Sequence[Values], singles: Sequence[Single]) -> csr_array:
    """Shares that turn ratios of single values into those of a report's values, shape (values, singles).

    A row sums to the share of the report's people or vehicles whose value is known; the rest has ratio 1.
    """
    place = {single: column for column, single in enumerate(singles)}
    entries = [
        (row, place[single], 1.0 / len(value))
        for row, value in enumerate(values)
        for single in value
        if single is not None
    ]
    shape = (len(values), len(singles))
    if not entries:
        return csr_array(shape, dtype=np.float64)
    rows, columns, shares = zip(*entries, strict=True)
    return csr_array((np.array(shares), (np.array(rows), np.array(columns))), shape=shape)
