"""Words: marks, clothing, names, things said and narratives compared by the rare words they share.

Two reports that share a word with document frequency p, where a person repeats a word with probability rho, have
ratio 1 + rho (1-p)/p for it, as for any behaviour both show (SCIENCE.md 0.5). Not using a word says little, so the
rest is one constant: both sides recorded and nothing shared weighs minus log10 of the mean ratio of unrelated
reports, 1 + rho sum p(1-p), so that the ratio averages to 1. Words of one phrase travel together; `temper` scales
their sum and `cap` bounds it. Words of several people or vehicles are pooled and pay for the tries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from linkage.features.evidence import MILLIBAN, Encode, Evidence, Fitted, count_words
from linkage.features.newcomer import ByHolder, Newcomer
from linkage.features.newcomer_sums import summed_over_holders
from linkage.features.packing import STRETCH, empty_matrix
from linkage.features.parameters import Parameters
from linkage.features.readings import Readings
from linkage.features.sparse import SparseColumn, said_of
from linkage.features.tokens import PhraseReadings, Phrases, WordReadings, as_written, tokens
from linkage.report import Report

RARE, RARE_STRENGTH = 0.01, 20.0
"""Share of reports that use a word before any is counted, and how many reports that belief is worth [G]."""


@dataclass(frozen=True)
class TokenEvidence(Evidence):
    """Phrases compared by the words they share.

    Parameters: rho, temper, cap, common (words in a larger share of reports than this carry nothing).
    `read_phrases` gives the phrases of each person or vehicle that has any; words of `left_out` are passed over, and
    in each report those that `elsewhere` says other comparisons read.
    """

    learnable: ClassVar[tuple[str, ...]] = ("rho",)
    read_phrases: Callable[[Report], Sequence[Sequence[str]]] = lambda _: ()
    left_out: Callable[[], frozenset[str]] = frozenset
    elsewhere: Callable[[Report], frozenset[str]] = lambda _: frozenset()

    def readings(self, reports: Sequence[Report]) -> PhraseReadings:
        """The phrases of each report and the words of them that are compared."""
        left_out = self.left_out()
        return PhraseReadings(tuple(self.read_one(report, left_out) for report in reports))

    def read_one(self, report: Report, left_out: frozenset[str]) -> Phrases:
        """The phrases of one report and the words of them that are compared; none of those `left_out`."""
        owners = self.read_phrases(report)
        phrases = tuple(phrase for owner in owners for phrase in owner)
        words = frozenset(token for phrase in phrases for token in tokens(phrase))
        return Phrases(len(owners), phrases, words - left_out - self.elsewhere(report) if words else words)

    def fit_readings(
        self, read: Readings[Any], parameters: Parameters, base: Readings[Any] | None = None
    ) -> SparseColumn:
        """Document frequencies over the reports that record the field, and all pairs that share a rare word."""
        assert isinstance(read, PhraseReadings)
        counted = read if base is None else base
        assert isinstance(counted, PhraseReadings)
        kept, weights, default = shared_word_weights(counted, read, self.name, parameters)
        rows, held = read.rows, read.words_by_row
        return SparseColumn(
            recorded=read.recorded,
            default=round(MILLIBAN * default),
            exceptions=shared_weights(read, kept, weights, parameters.get(self.name, "cap")),
            words=["; ".join(row.phrases) or "not known" for row in rows],
            explain=lambda a, b: rarest_shared(
                held[a] & held[b],
                read.frequency,
                read.total,
                as_written([rows[a].phrases, rows[b].phrases], held[a] & held[b]),
            ),
        )

    def newcomers(self, fitted: Fitted) -> Encode:
        """Lay the words of one more report beside the rows that use them."""
        column, parameters = fitted.column, fitted.parameters
        assert isinstance(column, SparseColumn)
        held, left_out = self.readings(fitted.reports), self.left_out()
        place, tries = {token: at for at, token in enumerate(held.frequency)}, held.tries
        row_of, word = held.entries
        rows = row_of[np.argsort(word, kind="stable")]
        start = np.concatenate([[0], np.cumsum(list(held.frequency.values()))]).astype(np.int64)
        total, most = int(column.recorded.sum()), round(parameters.get(self.name, "cap") * MILLIBAN)

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report; None where it tells no token that counts."""
            own = self.read_one(report, left_out)
            if not own.words:
                return None
            at = np.array(sorted(place[token] for token in own.words if token in place), dtype=np.int64)
            weights = joined_weights(start[at + 1] - start[at], total, self.name, parameters)
            weights = np.rint(weights * MILLIBAN)
            sharing, said = summed_over_holders(rows, start, at[weights > 0], weights[weights > 0], column.n)
            paid = np.rint(MILLIBAN * (tries[sharing] + np.log10(max(1, own.owners))))
            added = np.maximum(np.minimum(said, most) - paid, 0.0) / MILLIBAN
            against = ByHolder(column.recorded, column.default / MILLIBAN, sharing, added)
            words = "; ".join(own.phrases)

            def says(row: int) -> str:
                """Whether a row has the same words, or shares one."""
                weight = float(against.at(np.array([row]))[0])
                return said_of(column.words[row] == words, weight, not own.words.isdisjoint(held.words_by_row[row]))

            return Newcomer(column.n, against, words, says)

        return encode


def joined_weights(counts: NDArray[Any], total: int, name: str, parameters: Parameters) -> NDArray[np.float64]:
    """Weights of sharing words that `counts` of `total` reports use and one more does; 0 where they carry none."""
    rho, temper = parameters.get(name, "rho"), parameters.get(name, "temper")
    share = shrunk_share(np.asarray(counts, dtype=float) + 1.0, total + 1)
    told = np.asarray(counts) + 1 <= max(2.0, parameters.get(name, "common") * (total + 1))
    weights: NDArray[np.float64] = np.where(told, temper * np.log10(1 + rho * (1 - share) / share), 0.0)
    return weights


def word_weights(
    frequency: Counter[str], total: int, name: str, parameters: Parameters
) -> tuple[dict[str, int], NDArray[np.float64], float]:
    """Words that carry weight with their column, their tempered weights, and the weight of sharing none."""
    most = max(2.0, parameters.get(name, "common") * total)
    kept = {token: i for i, token in enumerate(sorted(t for t, count in frequency.items() if 2 <= count <= most))}
    rho, temper = parameters.get(name, "rho"), parameters.get(name, "temper")
    share = shrunk_share(np.array([frequency[token] for token in kept], dtype=float), total)
    weights = temper * np.log10(1 + rho * (1 - share) / share)
    return kept, weights, -temper * float(np.log10(1 + rho * np.sum(share * (1 - share))))


def shared_word_weights(
    counted: WordReadings[Any], held: WordReadings[Any], name: str, parameters: Parameters
) -> tuple[dict[str, int], NDArray[np.float64], float]:
    """As `word_weights`, for the words of `held` under the frequencies among `counted`.

    What two reports share at least two tell, so a word that fewer of the counted ones use weighs as one that two do.
    """
    kept, weights, default = word_weights(counted.frequency, counted.total, name, parameters)
    if counted is held:
        return kept, weights, default
    new = [token for token in held.frequency if counted.frequency[token] < 2]
    more = word_weights(Counter(dict.fromkeys(new, 2)), counted.total, name, parameters)[1]
    return kept | {token: len(kept) + at for at, token in enumerate(new)}, np.append(weights, more), default


def shrunk_share(counts: NDArray[np.float64], total: int) -> NDArray[np.float64]:
    """Share of `total` reports that use each word, shrunk to RARE so that a few reports do not make words common."""
    return (counts + RARE_STRENGTH * RARE) / (total + RARE_STRENGTH)


def rarest_shared(
    shared: frozenset[str], frequency: Counter[str], total: int, written: Mapping[str, str] | None = None
) -> str:
    """The three rarest shared words with their counts, as they were `written` where that is given."""
    rarest = sorted(shared, key=lambda token: (frequency[token], token))[:3]
    names = written or {}
    return "; ".join(f"{names.get(token, token)}: {count_words(frequency[token], total)}" for token in rarest)


def shared_weights(read: PhraseReadings, kept: dict[str, int], weights: NDArray[np.float64], cap: float) -> csr_array:
    """Millibans of shared words for all pairs that share at least one, symmetric, without the diagonal.

    `weights` are those of the words that are `kept`, by their place there; `cap` is the most that words may say.
    """
    row, word = read.entries
    size = len(read)
    column = np.array([kept.get(token, -1) for token in read.frequency], dtype=np.int32)[word]
    rows, columns = row[column >= 0].astype(np.int32), column[column >= 0]
    if not len(rows):
        return empty_matrix(size)
    units = np.rint(weights * MILLIBAN).astype(np.int32)
    weighted = csr_array((units[columns], (rows, columns)), shape=(size, len(kept)))
    users = csr_array((np.ones(len(rows), dtype=np.int32), (columns, rows)), shape=(len(kept), size))
    most = round(cap * MILLIBAN)
    parts = [
        _paid_for(csr_array(weighted[start : start + STRETCH] @ users), read.tries, start, most)
        for start in range(0, size, STRETCH)
    ]
    return csr_array(vstack(parts, format="csr"))


def _paid_for(said: csr_array, tries: NDArray[np.float64], start: int, most: int) -> csr_array:
    """What the words of the rows from `start` on say with every row, at `most`, less log10 of the tries of both;
    nothing of a row with itself."""
    row, other = start + np.repeat(np.arange(said.shape[0]), np.diff(said.indptr)), said.indices
    paid = np.rint(MILLIBAN * (tries[row] + tries[other]))
    left = np.maximum(np.minimum(said.data, most) - paid, 0)
    said.data = np.where(row == other, 0, left).astype(np.int32)
    said.eliminate_zeros()
    said.sort_indices()
    return said
