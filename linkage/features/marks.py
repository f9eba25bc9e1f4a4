"""Lasting marks compared by the words they share, where side and part of the body allow them to be one mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from linkage.features.evidence import MILLIBAN, Encode, Fitted
from linkage.features.newcomer import ByHolder, Newcomer
from linkage.features.parameters import Parameters
from linkage.features.readings import Readings
from linkage.features.sites import Marks, agreement, shared_tokens
from linkage.features.sparse import SparseColumn, said_of
from linkage.features.tokens import PhraseReadings, as_written
from linkage.features.words import TokenEvidence, joined_weights, rarest_shared, shared_word_weights
from linkage.report import Report


class Contradicted(NamedTuple):
    """Two lists of marks, by their place among the distinct ones, of which a mark of one cannot be that of the other.

    `key` (pairs,) is the first times the number of lists plus the second, ascending. `pair` and `word` (uses,) are
    the words of those of their marks that may be one, by the place in `frequency`.
    """

    key: NDArray[np.int64]
    pair: NDArray[np.intp]
    word: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class MarkReadings(PhraseReadings):
    """Marks row by row, and which lists of marks cannot be those of another."""

    @cached_property
    def marks(self) -> Marks:
        """The marks of every row."""
        return Marks(row.phrases for row in self.rows)

    @cached_property
    def lists(self) -> dict[tuple[str, ...], int]:
        """The distinct lists of marks, numbered: many rows have the same few."""
        return {told: at for at, told in enumerate(dict.fromkeys(self.marks.of))}

    @cached_property
    def contradicted(self) -> Contradicted:
        """All lists of which a mark of one cannot be that of the other."""
        place, marks = {word: at for at, word in enumerate(self.frequency)}, Marks(self.lists)
        pairs = [(one, other) for one, told in enumerate(marks.of) for other in marks.contradicted(told)]
        shared = (shared_tokens(marks.of[one], marks.of[other]) for one, other in pairs)
        uses = [(at, place[word]) for at, words in enumerate(shared) for word in words if word in place]
        one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        pair, word = np.array(uses, dtype=np.intp).reshape(-1, 2).T.copy()
        return Contradicted(one * len(marks.of) + other, pair, word)


@dataclass(frozen=True)
class MarkEvidence(TokenEvidence):
    """As for other words, but a word that two reports share only for marks on different sides or parts of the body
    carries nothing. Parameters: those of `TokenEvidence`."""

    def readings(self, reports: Sequence[Report]) -> MarkReadings:
        """The marks of each report and the words of them that are compared."""
        return MarkReadings(super().readings(reports).rows)

    def fit_readings(
        self, read: Readings[Any], parameters: Parameters, base: Readings[Any] | None = None
    ) -> SparseColumn:
        """All pairs that share a rare word of what may be one mark."""
        assert isinstance(read, MarkReadings)
        counted = read if base is None else base
        assert isinstance(counted, PhraseReadings)
        column, marks = super().fit_readings(read, parameters, base), read.marks
        kept, weights, _ = shared_word_weights(counted, read, self.name, parameters)
        worth = np.array(
            [np.rint(weights[kept[word]] * MILLIBAN) if word in kept else 0.0 for word in read.frequency]
        )
        _weigh_contradicted(column.exceptions, read, worth, round(parameters.get(self.name, "cap") * MILLIBAN))

        def explain(a: int, b: int) -> str:
            """The rarest words of rows a and b that may be of one mark."""
            shared = shared_tokens(marks.of[a], marks.of[b])
            written = as_written([marks.of[a], marks.of[b]], shared)
            return rarest_shared(shared, read.frequency, read.total, written)

        return replace(column, explain=explain, at_most=lambda a, b: agreement(marks.of[a], marks.of[b]))

    def newcomers(self, fitted: Fitted) -> Encode:
        """Lay the marks of one more report beside the rows."""
        column, held, base = fitted.column, self.readings(fitted.reports), super().newcomers(fitted)
        assert isinstance(column, SparseColumn)
        marks, counts, tries, left_out = held.marks, held.frequency, held.tries, self.left_out()
        total, parameters = int(column.recorded.sum()), fitted.parameters
        most = round(parameters.get(self.name, "cap") * MILLIBAN)

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report; None where it tells no token that counts."""
            found = base(report)
            if found is None:
                return None
            own, against = self.read_one(report, left_out), found.against
            assert isinstance(against, ByHolder)
            rows, added = np.array(marks.contradicted(own.phrases), dtype=np.int64), []
            for row in rows.tolist():
                shared = sorted(shared_tokens(own.phrases, marks.of[row]))
                using = np.array([counts[token] for token in shared], dtype=float)
                said = np.rint(joined_weights(using, total, self.name, parameters) * MILLIBAN).sum()
                paid = np.rint(MILLIBAN * (tries[row] + np.log10(max(1, own.owners))))
                added.append(max(min(said, most) - paid, 0.0) / MILLIBAN)
            others = ~np.isin(against.rows, rows)
            against = replace(
                against,
                rows=np.concatenate([against.rows[others], rows]),
                added=np.concatenate([against.added[others], np.array(added, dtype=float)]),
            )

            def says(row: int) -> str:
                """Whether a row has the same marks, or what may be one of them."""
                weight = float(against.at(np.array([row]))[0])
                shared = bool(shared_tokens(own.phrases, marks.of[row]))
                said = said_of(column.words[row] == found.words, weight, shared)
                return agreement(own.phrases, marks.of[row]) if said == "agrees" else said

            return replace(found, against=against, says=says)

        return encode


def _weigh_contradicted(additions: csr_array, read: MarkReadings, worth: NDArray[np.float64], most: int) -> None:
    """Of the pairs that share a word let those whose marks contradict each other have, of `worth` (words,), only the
    words of marks that may be one, and `most` of it."""
    key, pair, word = read.contradicted
    if not len(key):
        return
    said = np.minimum(np.bincount(pair, weights=worth[word], minlength=len(key)), most)
    of = np.array([read.lists[told] for told in read.marks.of], dtype=np.int64)
    row = np.repeat(np.arange(len(of)), np.diff(additions.indptr))
    wanted = of[row] * len(read.lists) + of[additions.indices]
    at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
    found = np.flatnonzero(key[at] == wanted)
    paid = np.rint(MILLIBAN * (read.tries[row[found]] + read.tries[additions.indices[found]]))
    additions.data[found] = np.maximum(said[at[found]] - paid, 0.0)
    additions.eliminate_zeros()
