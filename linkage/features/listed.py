"""Evidence that is a short list out of a closed vocabulary: offences, weapons.

Weighed as shared words are (`words.py`), each key being one word; reports with the same list share a code, so that
common keys cost nothing in the pair kernel.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import Detail, Encode, Evidence, Fitted, millibans
from linkage.features.newcomer import ByCode, Newcomer
from linkage.features.packing import TablePiece
from linkage.features.parameters import Parameters
from linkage.features.readings import Readings
from linkage.features.tokens import WordReadings
from linkage.features.tree import TreeColumn
from linkage.features.words import joined_weights, rarest_shared, shared_word_weights, word_weights
from linkage.report import Report
from linkage.vocabulary import load


@dataclass
class ListedColumn(TreeColumn):
    """Codes (n,) into distinct lists, 0 for not recorded, and weights of every two lists (distinct, distinct)."""

    codes: NDArray[np.uint16]
    table: NDArray[np.float64]
    lists: list[frozenset[str]]
    words: list[str]
    explain: Callable[[frozenset[str]], str]

    def __post_init__(self) -> None:
        self.n = len(self.codes)

    def known(self) -> NDArray[np.bool_]:
        """Per row: is anything recorded?"""
        return self.codes > 0

    def piece(self, temper: float) -> TablePiece:
        """Codes and the tempered table."""
        return TablePiece(self.codes, millibans(temper * self.table))

    def millibans(self, left: NDArray[np.intp], right: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """Tempered table entries of listed pairs."""
        return self.piece(temper).table[self.codes[left], self.codes[right]].astype(np.int64)

    def known_pair_weights(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Pair weights of known rows."""
        found: NDArray[np.float64] = self.table[self.codes[left], self.codes[right]]
        return found

    def words_at(self, row: int) -> str:
        """The list of one row in words."""
        return self.words[int(self.codes[row])]

    def describe(self, a: int, b: int) -> Detail:
        """Both lists, and the rarest shared keys."""
        one, other = int(self.codes[a]), int(self.codes[b])
        words = (self.words[one], self.words[other])
        if not one or not other:
            return Detail(*words, "not known", "")
        shared = self.lists[one] & self.lists[other]
        says = "agrees" if one == other else "close" if shared else "differs"
        return Detail(*words, says, self.explain(shared))


@dataclass(frozen=True, eq=False)
class ListedReadings(WordReadings[frozenset[str]]):
    """The keys of each report, and the distinct lists of them."""

    @property
    def words_by_row(self) -> Sequence[frozenset[str]]:
        """The keys of each row."""
        return self.rows

    @cached_property
    def lists(self) -> list[frozenset[str]]:
        """The distinct lists, the empty one first."""
        return [frozenset[str](), *sorted(set(self.rows) - {frozenset()}, key=sorted)]

    @cached_property
    def codes(self) -> NDArray[np.uint16]:
        """Per row: the place of its list among `lists`."""
        place = {keys: code for code, keys in enumerate(self.lists)}
        return np.fromiter((place[keys] for keys in self.rows), dtype=np.uint16, count=len(self.rows))


@dataclass(frozen=True)
class ListedEvidence(Evidence):
    """Keys of one vocabulary. Parameters: rho, temper, cap, common."""

    learnable: ClassVar[tuple[str, ...]] = ("rho",)
    read_keys: Callable[[Report], Sequence[str]] = lambda _: ()
    vocabulary: str = "offences"

    def readings(self, reports: Sequence[Report]) -> ListedReadings:
        """The keys of each report."""
        return ListedReadings(tuple(frozenset(self.read_keys(report)) for report in reports))

    def fit_readings(
        self, read: Readings[Any], parameters: Parameters, base: Readings[Any] | None = None
    ) -> ListedColumn:
        """Code the distinct lists and weigh every two of them."""
        assert isinstance(read, ListedReadings)
        counted = read if base is None else base
        assert isinstance(counted, ListedReadings)
        kept, weights, default = shared_word_weights(counted, read, self.name, parameters)
        lists = read.lists
        present = np.array([[key in keys for key in kept] for keys in lists]).reshape(len(lists), len(kept))
        shared = np.minimum((present * weights) @ present.T.astype(float), parameters.get(self.name, "cap"))
        table = shared + default
        table[0, :] = table[:, 0] = 0.0
        entries = load(self.vocabulary).entries
        labels = {key: entries[key].label if key in entries else key for key in read.frequency}
        named = Counter({labels[key]: count for key, count in read.frequency.items()})
        return ListedColumn(
            codes=read.codes,
            table=table,
            lists=lists,
            words=["; ".join(sorted(labels[key] for key in keys)) or "not known" for keys in lists],
            explain=lambda keys: rarest_shared(frozenset(labels[key] for key in keys), named, read.total),
        )

    def newcomers(self, fitted: Fitted) -> Encode:
        """Weigh its list against every distinct one."""
        column, parameters = fitted.column, fitted.parameters
        assert isinstance(column, ListedColumn)
        sizes = np.bincount(column.codes, minlength=len(column.lists))
        keys = sorted({key for keys in column.lists for key in keys})
        present = np.array([[key in keys for keys in column.lists] for key in keys], dtype=float)
        present = present.reshape(len(keys), len(column.lists))
        place, counts, total = {key: at for at, key in enumerate(keys)}, present @ sizes, int(sizes[1:].sum())
        cap, entries = parameters.get(self.name, "cap"), load(self.vocabulary).entries
        # the default is the one weight of two lists that share nothing; the table holds it wherever there are any
        frequency = Counter({key: int(count) for key, count in zip(keys, counts, strict=True)})
        default = word_weights(frequency, total, self.name, parameters)[2]

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report; None where it tells none of these words."""
            own = sorted(set(self.read_keys(report)))
            if not own:
                return None
            at = np.array([place[key] for key in own if key in place], dtype=np.int64)
            weights = joined_weights(counts[at], total, self.name, parameters) @ present[at]
            table = np.minimum(weights, cap) + default
            table[0] = 0.0
            words = sorted(entries[key].label if key in entries else key for key in own)

            def says(row: int) -> str:
                """Whether a row has the same list, or shares a key."""
                theirs = column.lists[column.codes[row]]
                return "agrees" if theirs == frozenset(own) else "close" if theirs & frozenset(own) else "differs"

            return Newcomer(column.n, ByCode(column.codes, table), "; ".join(words), says)

        return encode
