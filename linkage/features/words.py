"""Words: marks, clothing, names, things said and narratives compared by the rare words they share.

Two reports that share a word with document frequency p, where a person repeats a word with probability rho, have
ratio 1 + rho (1-p)/p for it, as for any behaviour both show (SCIENCE.md 0.5). Not using a word says little, so the
rest is one constant: both sides recorded and nothing shared weighs minus log10 of the mean ratio of unrelated
reports, 1 + rho sum p(1-p), so that the ratio averages to 1. Words of one phrase travel together; `temper` scales
their sum and `cap` bounds it. Words of several people or vehicles are pooled and pay for the tries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from linkage.features.evidence import MILLIBAN, Detail, Encode, Evidence, Fitted, Newcomer, count_words
from linkage.features.packing import SparsePiece
from linkage.features.parameters import Parameters
from linkage.features.tree import TreeColumn
from linkage.report import Report
from linkage.vocabulary import english, fold

_WORD = re.compile(r"[a-z0-9]{2,}")


RARE, RARE_STRENGTH = 0.01, 20.0
"""Share of reports that use a word before any is counted, and how many reports that belief is worth [G]."""


@dataclass
class SparseColumn(TreeColumn):
    """A default weight for any two known rows, and listed exceptions.

    `exceptions` is a symmetric integer matrix (n, n) of what is added to `default`, both in millibans. `at_most` is
    the most that two rows may be said to do, "agrees" or "close".
    """

    recorded: NDArray[np.bool_]
    default: int
    exceptions: csr_array
    words: list[str]
    explain: Callable[[int, int], str]
    at_most: Callable[[int, int], str] = lambda _a, _b: "agrees"

    def __post_init__(self) -> None:
        self.n = len(self.recorded)

    def known(self) -> NDArray[np.bool_]:
        """Per row: is anything recorded?"""
        return self.recorded

    def piece(self, temper: float) -> SparsePiece:
        """Default and additions, tempered."""
        additions = self.exceptions.copy()
        additions.data = np.rint(temper * additions.data).astype(np.int32)
        return SparsePiece(self.recorded, round(temper * self.default), additions)

    def millibans(self, left: NDArray[np.intp], right: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """Tempered default and additions of listed pairs."""
        piece = self.piece(temper)
        both = self.recorded[left] & self.recorded[right]
        return np.where(both, piece.default + lookup(piece.additions, left, right), 0)

    def agreeing(self, rows: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """What a row shares most with another, else the usual such weight of the column, else, where nobody shares,
        that of a value which two reports of all have [G]."""
        added = np.asarray(self.exceptions.max(axis=1).todense()).ravel().astype(np.float64)
        usual = np.median(added[added > 0]) if (added > 0).any() else np.log10(max(self.n, 2) / 2) * MILLIBAN
        best = np.where(added[rows] > 0, added[rows], usual)
        found: NDArray[np.int64] = np.rint(temper * (self.default + best)).astype(np.int64)
        return found

    def known_pair_weights(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Pair weights of known rows."""
        added = lookup(self.exceptions, left, right)
        weights: NDArray[np.float64] = (self.default + added) / MILLIBAN
        return weights

    def describe(self, a: int, b: int) -> Detail:
        """Both sides in words, and what is shared. Other words for one thing agree from a weight of .5 on [G]."""
        if not (self.recorded[a] and self.recorded[b]):
            return Detail(self.words[a], self.words[b], "not known", "")
        weight = float(self.known_pair_weights(np.array([a]), np.array([b]))[0])
        shared = self.explain(a, b)
        same = self.words[a] == self.words[b]
        says = "agrees" if same or weight > 0.5 else "close" if shared or weight > 0 else "differs"
        if says == "agrees" and self.at_most(a, b) == "close":
            says = "close"
        return Detail(self.words[a], self.words[b], says, shared)


def lookup(matrix: csr_array, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.int64]:
    """Entries of a sparse matrix with sorted indices at listed places, 0 where nothing is stored."""
    width = np.int64(matrix.shape[1])
    keys = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr)) * width + matrix.indices
    wanted = np.asarray(left, dtype=np.int64) * width + right
    at = np.searchsorted(keys, wanted)
    found = np.zeros(len(wanted), dtype=np.int64)
    inside = at < len(keys)
    stored = inside.copy()
    stored[inside] = keys[at[inside]] == wanted[inside]
    found[stored] = matrix.data[at[stored]]
    return found


def tokens(phrase: str) -> list[str]:
    """Stems of the content words of a phrase, in order."""
    return [stem for stem, _ in stemmed(phrase)]


def stemmed(phrase: str) -> list[tuple[str, str]]:
    """Stem and written form of the content words of a phrase, in order."""
    pairs = ((english.stem(word), word) for word in _WORD.findall(fold(phrase)))
    return [(stem, word) for stem, word in pairs if stem not in _light()]


def as_written(phrases: Sequence[Sequence[str]], shared: frozenset[str]) -> dict[str, str]:
    """The shortest written form of each shared stem in these phrases: a stem need not be a word."""
    forms = sorted((word for told in phrases for phrase in told for word in stemmed(phrase)), key=lambda f: len(f[1]))
    found: dict[str, str] = {}
    for stem, word in forms:
        if stem in shared:
            found.setdefault(stem, word)
    return found


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

    def fit(
        self, reports: Sequence[Report], parameters: Parameters, base: Sequence[Report] | None = None
    ) -> SparseColumn:
        """Document frequencies over the reports that record the field, and all pairs that share a rare word."""
        read = [self.read_phrases(report) for report in reports]
        phrases = [[phrase for owner in owners for phrase in owner] for owners in read]
        held = self.words_of(reports)
        tries = np.log10([max(1, len(owners)) for owners in read])
        counted = held if base is None else self.words_of(base)
        frequency = Counter(token for found in held for token in found)
        total = sum(map(bool, held))
        kept, weights, default = shared_word_weights(counted, held, self.name, parameters)
        return SparseColumn(
            recorded=np.array([bool(found) for found in held], dtype=bool),
            default=round(MILLIBAN * default),
            exceptions=shared_weights(held, kept, weights, (parameters.get(self.name, "cap"), tries)),
            words=["; ".join(value) or "not known" for value in phrases],
            explain=lambda a, b: rarest_shared(
                held[a] & held[b], frequency, total, as_written([phrases[a], phrases[b]], held[a] & held[b])
            ),
        )

    def words_of(self, reports: Sequence[Report]) -> list[frozenset[str]]:
        """The words of each report that are compared."""
        left_out = self.left_out()
        return [
            frozenset(
                token for phrases in self.read_phrases(report) for phrase in phrases for token in tokens(phrase)
            )
            - left_out
            - self.elsewhere(report)
            for report in reports
        ]

    def newcomers(self, fitted: Fitted) -> Encode:
        """Lay the words of one more report beside the rows that use them."""
        column, reports, parameters = fitted.column, fitted.reports, fitted.parameters
        assert isinstance(column, SparseColumn)
        place: dict[str, int] = {}
        owners = np.array([max(1, len(self.read_phrases(report))) for report in reports], dtype=float)
        entries = []
        for row, found in enumerate(self.words_of(reports)):
            entries += [(place.setdefault(token, len(place)), row) for token in sorted(found)]
        word, rows = np.array(sorted(entries), dtype=np.int32).reshape(-1, 2).T.copy()
        start, tries = np.searchsorted(word, np.arange(len(place) + 1)), np.log10(owners)
        total, most = int(column.recorded.sum()), round(parameters.get(self.name, "cap") * MILLIBAN)

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report; None where it tells no token that counts."""
            read = self.read_phrases(report)
            phrases = [phrase for owner in read for phrase in owner]
            (own,) = self.words_of([report])
            if not own:
                return None
            at = np.array(sorted(place[token] for token in own if token in place), dtype=np.int64)
            weights = joined_weights(start[at + 1] - start[at], total, self.name, parameters)
            at, weights = at[weights > 0], np.rint(weights[weights > 0] * MILLIBAN)
            added = np.zeros(column.n)
            for word, weight in zip(at.tolist(), weights.tolist(), strict=True):
                added[rows[start[word] : start[word + 1]]] += weight
            paid = np.rint(MILLIBAN * (tries + np.log10(max(1, len(read)))))
            added = np.maximum(np.minimum(added, most) - paid, 0.0)
            return Newcomer(np.where(column.recorded, (column.default + added) / MILLIBAN, 0.0), "; ".join(phrases))

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
    counted: Sequence[frozenset[str]], held: Sequence[frozenset[str]], name: str, parameters: Parameters
) -> tuple[dict[str, int], NDArray[np.float64], float]:
    """As `word_weights`, for the words of `held` under the frequencies among `counted`.

    What two reports share at least two tell, so a word that fewer of the counted ones use weighs as one that two do.
    """
    frequency, total = Counter(token for found in counted for token in found), sum(map(bool, counted))
    kept, weights, default = word_weights(frequency, total, name, parameters)
    if counted is held:
        return kept, weights, default
    new = sorted({token for found in held for token in found if frequency[token] < 2})
    more = word_weights(Counter(dict.fromkeys(new, 2)), total, name, parameters)[1]
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


def shared_weights(
    held: Sequence[frozenset[str]],
    kept: dict[str, int],
    weights: NDArray[np.float64],
    bounds: tuple[float, NDArray[np.float64]],
) -> csr_array:
    """Millibans of shared words for all pairs that share at least one, symmetric, without the diagonal.

    `bounds` = (most that shared words may say, log10 of each row's number of people or vehicles).
    """
    cap, tries = bounds
    entries = [(row, kept[token]) for row, found in enumerate(held) for token in found if token in kept]
    size = len(held)
    if not entries:
        return empty_matrix(size)
    rows, columns = np.array(entries).T
    shape = (size, len(kept))
    present = csr_array((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=shape)
    units = np.rint(weights * MILLIBAN).astype(np.int32)
    weighted = csr_array((units[columns], (rows, columns)), shape=shape)
    product = csr_array(weighted @ present.T)
    product.setdiag(0)
    product.eliminate_zeros()
    paid = tries[np.repeat(np.arange(size), np.diff(product.indptr))] + tries[product.indices]
    said = np.minimum(product.data, round(cap * MILLIBAN)) - np.rint(MILLIBAN * paid)
    product.data = np.maximum(said, 0).astype(np.int32)
    product.sort_indices()
    return product


def empty_matrix(size: int) -> csr_array:
    """No additions for any pair of `size` rows."""
    none = np.zeros(0, dtype=np.int32)
    return csr_array((none, (none, none)), shape=(size, size))


@cache
def _light() -> frozenset[str]:
    return english.words("words", "light") | english.words("words", "kept")
