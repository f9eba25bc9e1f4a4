"""Lasting marks compared by the words they share, where side and part of the body allow them to be one mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from linkage.features.evidence import MILLIBAN, Encode, Fitted, Newcomer
from linkage.features.parameters import Parameters
from linkage.features.readings import Readings
from linkage.features.sites import Marks, agreement, shared_tokens
from linkage.features.sparse import SparseColumn
from linkage.features.tokens import PhraseReadings, as_written
from linkage.features.words import TokenEvidence, joined_weights, rarest_shared, shared_word_weights
from linkage.report import Report


@dataclass(frozen=True, eq=False)
class MarkReadings(PhraseReadings):
    """Marks row by row, and which rows' marks cannot be those of another."""

    @cached_property
    def marks(self) -> Marks:
        """The marks of every row."""
        return Marks(row.phrases for row in self.rows)

    @cached_property
    def contradicted(self) -> list[tuple[int, int, frozenset[str]]]:
        """Two rows of which a mark of one cannot be that of the other, and the words of those that may be one."""
        of = self.marks.of
        return [
            (row, other, shared_tokens(told, of[other]))
            for row, told in enumerate(of)
            for other in self.marks.contradicted(told)
        ]


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
        worth = {token: round(float(weights[at]) * MILLIBAN) for token, at in kept.items()}
        most, tries = round(parameters.get(self.name, "cap") * MILLIBAN), read.tries
        additions = column.exceptions
        for row, other, shared in read.contradicted:
            first, last = additions.indptr[row], additions.indptr[row + 1]
            at = first + int(np.searchsorted(additions.indices[first:last], other))
            if at < last and additions.indices[at] == other:
                said = sum(worth.get(token, 0) for token in shared)
                paid = float(np.rint(MILLIBAN * (tries[row] + tries[other])))
                additions.data[at] = max(min(said, most) - paid, 0)
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
            own = self.read_one(report, left_out)
            for row in marks.contradicted(own.phrases):
                shared = sorted(shared_tokens(own.phrases, marks.of[row]))
                using = np.array([counts[token] for token in shared], dtype=float)
                said = np.rint(joined_weights(using, total, self.name, parameters) * MILLIBAN).sum()
                paid = np.rint(MILLIBAN * (tries[row] + np.log10(max(1, own.owners))))
                found.weights[row] = (column.default + max(min(said, most) - paid, 0.0)) / MILLIBAN
            return found

        return encode
