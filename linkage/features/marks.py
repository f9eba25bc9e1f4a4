"""Lasting marks compared by the words they share, where side and part of the body allow them to be one mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import MILLIBAN, Encode, Fitted
from linkage.features.newcomer import ByHolder, Newcomer
from linkage.features.parameters import Parameters
from linkage.features.readings import Readings
from linkage.features.sites import Marks, agreement, shared_tokens
from linkage.features.sparse import SparseColumn, said_of, stored_at
from linkage.features.tokens import PhraseReadings, as_written
from linkage.features.words import TokenEvidence, joined_weights, rarest_shared, shared_word_weights
from linkage.report import Report


class Contradicted(NamedTuple):
    """Two rows `row` and `other` (pairs,) of which a mark of one cannot be that of the other, and the words of those
    marks of theirs that may be one: the `pair` and the place of the `word` in `frequency` (uses,)."""

    row: NDArray[np.intp]
    other: NDArray[np.intp]
    pair: NDArray[np.intp]
    word: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class MarkReadings(PhraseReadings):
    """Marks row by row, and which rows' marks cannot be those of another."""

    @cached_property
    def marks(self) -> Marks:
        """The marks of every row."""
        return Marks(row.phrases for row in self.rows)

    @cached_property
    def contradicted(self) -> Contradicted:
        """All rows of which a mark of one cannot be that of the other."""
        of, place = self.marks.of, {word: at for at, word in enumerate(self.frequency)}
        pairs = [(row, other) for row, told in enumerate(of) for other in self.marks.contradicted(told)]
        shared = (shared_tokens(of[row], of[other]) for row, other in pairs)
        uses = [(at, place[word]) for at, words in enumerate(shared) for word in words if word in place]
        row, other = np.array(pairs, dtype=np.intp).reshape(-1, 2).T.copy()
        pair, word = np.array(uses, dtype=np.intp).reshape(-1, 2).T.copy()
        return Contradicted(row, other, pair, word)


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
        row, other, pair, word = read.contradicted
        said = np.bincount(pair, weights=worth[word], minlength=len(row))
        paid = np.rint(MILLIBAN * (read.tries[row] + read.tries[other]))
        weighs = np.maximum(np.minimum(said, round(parameters.get(self.name, "cap") * MILLIBAN)) - paid, 0.0)
        additions = column.exceptions
        stored, at = stored_at(additions, row, other)
        additions.data[at] = weighs[stored]
        additions.eliminate_zeros()

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
