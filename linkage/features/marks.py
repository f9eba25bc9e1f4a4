"""Lasting marks compared by the words they share, where side and part of the body allow them to be one mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from linkage.features.evidence import MILLIBAN, Encode, Fitted, Newcomer
from linkage.features.parameters import Parameters
from linkage.features.sites import Marks, agreement, shared_tokens
from linkage.features.words import (
    SparseColumn,
    TokenEvidence,
    as_written,
    joined_weights,
    rarest_shared,
    shared_word_weights,
)
from linkage.report import Report


@dataclass(frozen=True)
class MarkEvidence(TokenEvidence):
    """As for other words, but a word that two reports share only for marks on different sides or parts of the body
    carries nothing. Parameters: those of `TokenEvidence`."""

    def fit(
        self, reports: Sequence[Report], parameters: Parameters, base: Sequence[Report] | None = None
    ) -> SparseColumn:
        """All pairs that share a rare word of what may be one mark."""
        column, marks = super().fit(reports, parameters, base), self._marks(reports)
        held = self.words_of(reports)
        counted = held if base is None else self.words_of(base)
        frequency, total = Counter(token for found in held for token in found), sum(map(bool, held))
        kept, weights, _ = shared_word_weights(counted, held, self.name, parameters)
        worth = {token: round(float(weights[at]) * MILLIBAN) for token, at in kept.items()}
        most = round(parameters.get(self.name, "cap") * MILLIBAN)
        tries = np.log10([max(1, len(self.read_phrases(report))) for report in reports])
        additions = column.exceptions
        for row, told in enumerate(marks.of):
            first, last = additions.indptr[row], additions.indptr[row + 1]
            for other in marks.contradicted(told):
                at = first + int(np.searchsorted(additions.indices[first:last], other))
                if at < last and additions.indices[at] == other:
                    said = sum(worth.get(token, 0) for token in shared_tokens(told, marks.of[other]))
                    paid = float(np.rint(MILLIBAN * (tries[row] + tries[other])))
                    additions.data[at] = max(min(said, most) - paid, 0)
        additions.eliminate_zeros()

        def explain(a: int, b: int) -> str:
            """The rarest words of rows a and b that may be of one mark."""
            shared = shared_tokens(marks.of[a], marks.of[b])
            return rarest_shared(shared, frequency, total, as_written([marks.of[a], marks.of[b]], shared))

        return replace(column, explain=explain, at_most=lambda a, b: agreement(marks.of[a], marks.of[b]))

    def newcomers(self, fitted: Fitted) -> Encode:
        """Lay the marks of one more report beside the rows."""
        column, marks, base = fitted.column, self._marks(fitted.reports), super().newcomers(fitted)
        assert isinstance(column, SparseColumn)
        counts = Counter(token for found in self.words_of(fitted.reports) for token in found)
        total, parameters = int(column.recorded.sum()), fitted.parameters
        most = round(parameters.get(self.name, "cap") * MILLIBAN)
        tries = np.log10([max(1, len(self.read_phrases(report))) for report in fitted.reports])

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report; None where it tells no token that counts."""
            found = base(report)
            if found is None:
                return None
            read = self.read_phrases(report)
            told = tuple(phrase for owner in read for phrase in owner)
            for row in marks.contradicted(told):
                shared = sorted(shared_tokens(told, marks.of[row]))
                held = np.array([counts[token] for token in shared], dtype=float)
                said = np.rint(joined_weights(held, total, self.name, parameters) * MILLIBAN).sum()
                paid = np.rint(MILLIBAN * (tries[row] + np.log10(max(1, len(read)))))
                found.weights[row] = (column.default + max(min(said, most) - paid, 0.0)) / MILLIBAN
            return found

        return encode

    def _marks(self, reports: Sequence[Report]) -> Marks:
        return Marks([phrase for owner in self.read_phrases(report) for phrase in owner] for report in reports)
