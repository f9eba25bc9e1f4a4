"""What the reported person said, and what the narrative's rarer words share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from linkage.features.evidence import Encode, Evidence, Fitted, count_words
from linkage.features.newcomer import Newcomer
from linkage.features.parameters import Parameters
from linkage.features.readings import Readings
from linkage.features.sparse import Compared, Holders, SparseColumn, value_column
from linkage.features.structured_words import structured_words
from linkage.features.tokens import tokens
from linkage.features.words import TokenEvidence, shrunk_share
from linkage.report import Report
from linkage.vocabulary import load

SIMILAR = 0.5
"""Cosine of two phrases from which they count as alike [G]; retellings change words."""


Said = Sequence[tuple[str, ...]]
"""The phrases of each row."""


@dataclass(frozen=True)
class Alike:
    """Distinct phrases, the `cosines` (phrases, phrases) of those that are alike, in how many reports something like
    each is told (phrases,), two at least: who share it are two; and each pair that is alike once."""

    phrases: list[str]
    cosines: csr_array
    counts: NDArray[np.float64]
    pairs: list[tuple[int, int, float]]

    @classmethod
    def of(cls, held: Said, counted: Said) -> Alike:
        """The phrases of `held` and `counted`, counted in the latter."""
        known = sorted({phrase for values in counted for phrase in values})
        phrases = sorted({*known, *(phrase for values in held for phrase in values)})
        cosines = phrase_cosines(phrases, known)
        counts = np.maximum(2.0, count_alike(counted, phrases, cosines))
        left, right = cosines.nonzero()
        found = zip(left.tolist(), right.tolist(), cosines.data.tolist(), strict=True)
        return cls(phrases, cosines, counts, [(i, j, cosine) for i, j, cosine in found if i <= j])


@dataclass(frozen=True, eq=False)
class SpeechReadings(Readings[tuple[str, ...]]):
    """The distinct phrases of each report, sorted."""

    @cached_property
    def alike(self) -> Alike:
        """The phrases of these reports against each other."""
        return Alike.of(self.rows, self.rows)


@dataclass(frozen=True)
class SpeechEvidence(Evidence):
    """Things said, phrase against phrase.

    Two phrases are alike when the cosine of their words, weighted by inverse document frequency (Sparck Jones
    1972), is at least SIMILAR. With p the larger share of reports in which something like either was said and s the
    cosine, the ratio is 1 - rho + rho s/p: a phrase that many report says little, one that only two report says much.

    Parameters: rho.
    """

    learnable: ClassVar[tuple[str, ...]] = ("rho",)

    def readings(self, reports: Sequence[Report]) -> SpeechReadings:
        """The phrases that each report says were used."""
        return SpeechReadings(tuple(_said(report) for report in reports))

    def fit_readings(
        self, read: Readings[Any], parameters: Parameters, base: Readings[Any] | None = None
    ) -> SparseColumn:
        """Compare all distinct phrases."""
        assert isinstance(read, SpeechReadings)
        counted = read if base is None else base
        assert isinstance(counted, SpeechReadings)
        held, alike = read.rows, read.alike if counted is read else Alike.of(read.rows, counted.rows)
        rho = parameters.get(self.name, "rho")
        chance = shrunk_share(alike.counts, sum(map(bool, counted.rows)))
        phrases, total = alike.phrases, sum(map(bool, held))
        compared: Compared = {
            (phrases[i], phrases[j]): float(np.log10(1 - rho + rho * min(1.0, cosine) / max(chance[i], chance[j])))
            for i, j, cosine in alike.pairs
        }
        place = {phrase: i for i, phrase in enumerate(phrases)}

        def explain(a: int, b: int) -> str:
            """In how many reports the rarest thing said alike in rows a and b stands; nothing where none is alike."""
            pairs = [(place[one], place[other]) for one in held[a] for other in held[b]]
            alike_in = [max(alike.counts[i], alike.counts[j]) for i, j in pairs if alike.cosines[i, j] > 0]
            return f"something like it in {count_words(round(min(alike_in)), total)}" if alike_in else ""

        return value_column(held, compared, float(np.log10(1 - rho)), explain)

    def newcomers(self, fitted: Fitted) -> Encode:
        """Compare its phrases with all that are held."""
        column, reports, parameters = fitted.column, fitted.reports, fitted.parameters
        assert isinstance(column, SparseColumn)
        held = [_said(report) for report in reports]
        holders, rho = Holders(column, held), parameters.get(self.name, "rho")
        counts = count_alike(held, holders.values, phrase_cosines(holders.values))
        total, book = int(column.recorded.sum()) + 1, PhraseBook(holders.values)
        holding = csr_array((np.ones(len(holders.rows)), holders.rows, holders.start), shape=(len(counts), column.n))

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report, by what was said and what is said alike."""
            own = _said(report)
            near = book.cosines(own) if own else []
            more = np.zeros(len(counts))
            more[np.unique(np.concatenate([np.zeros(0, np.int64), *(at for at, _ in near)]))] = 1.0
            found: list[tuple[int, float]] = []
            for at, cosines in near:
                like_it = len(np.unique(holding[at].indices)) + 1
                chance = shrunk_share(np.maximum(counts[at] + more[at], like_it), total)
                weights = np.log10(1 - rho + rho * np.minimum(1.0, cosines) / chance)
                found += zip(at.tolist(), weights.tolist(), strict=True)
            return holders.newcomer(own, found)

        return encode


def _said(report: Report) -> tuple[str, ...]:
    return tuple(sorted({phrase for phrase in report.speech if tokens(phrase)}))


class PhraseBook:
    """Phrases laid out once, to find those that one more is like."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self.known = set(phrases)
        words = [Counter(tokens(phrase)) for phrase in phrases]
        self.place: dict[str, int] = {}
        entries = [
            (row, self.place.setdefault(word, len(self.place)))
            for row, counts in enumerate(words)
            for word in sorted(counts)
        ]
        self.row, self.word = np.array(entries, dtype=np.int64).reshape(-1, 2).T
        self.frequency = np.bincount(self.word, minlength=len(self.place)).astype(float)
        self.size = len(phrases)

    def cosines(self, phrases: Sequence[str]) -> list[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """For each phrase the held ones with a cosine of at least SIMILAR, those not yet held counted as held."""
        told = [sorted(set(tokens(phrase))) for phrase in phrases]
        new = [words for words, phrase in zip(told, phrases, strict=True) if phrase not in self.known]
        size, more = self.size + len(new), Counter(word for words in new for word in words)
        frequency = self.frequency.copy()
        for word, count in more.items():
            if word in self.place:
                frequency[self.place[word]] += count
        weights = np.log(1 + size / frequency)
        norms = np.sqrt(np.bincount(self.row, weights=weights[self.word] ** 2, minlength=self.size))
        found = []
        for words in told:
            at = [self.place[word] for word in words if word in self.place]
            unheard = sum(np.log(1 + size / more[word]) ** 2 for word in words if word not in self.place)
            inside = np.zeros(len(self.place))
            inside[at] = weights[at] ** 2
            shared = np.bincount(self.row, weights=inside[self.word], minlength=self.size)
            cosines = shared / (norms * np.sqrt(inside.sum() + unheard))
            near = np.flatnonzero(cosines >= SIMILAR)
            found.append((near, cosines[near]))
        return found


def phrase_cosines(phrases: Sequence[str], counted: Sequence[str] | None = None) -> csr_array:
    """Cosines of at least SIMILAR between phrases, shape (phrases, phrases), sorted, the diagonal included.

    Words weigh by how many of the `counted` phrases, by default these, have them: a word that none has as one of one.
    """
    words = [Counter(tokens(phrase)) for phrase in phrases]
    among = phrases if counted is None else counted
    frequency = Counter(word for phrase in among for word in set(tokens(phrase)))
    column = {word: i for i, word in enumerate(sorted({word for counts in words for word in counts}))}
    entries = [
        (row, column[word], np.log(1 + max(1, len(among)) / max(1, frequency[word])))
        for row, counts in enumerate(words)
        for word in sorted(counts)
    ]
    shape = (len(phrases), len(phrases))
    if not entries:
        return csr_array(shape, dtype=np.float64)
    rows, columns, values = (np.array(part) for part in zip(*entries, strict=True))
    norms = np.sqrt(np.bincount(rows, weights=values**2, minlength=len(phrases)))
    matrix = csr_array((values / norms[rows], (rows, columns)), shape=(len(phrases), len(column)))
    cosines = csr_array(matrix @ matrix.T)
    cosines.data[cosines.data < SIMILAR] = 0.0
    cosines.eliminate_zeros()
    cosines.sort_indices()
    return cosines


def count_alike(held: Sequence[tuple[str, ...]], phrases: Sequence[str], alike: csr_array) -> NDArray[np.float64]:
    """How many reports hold something like each phrase, shape (phrases,)."""
    place = {phrase: i for i, phrase in enumerate(phrases)}
    entries = [(row, place[phrase]) for row, values in enumerate(held) for phrase in values]
    if not entries:
        return np.zeros(len(phrases))
    said = csr_array((np.ones(len(entries)), np.array(entries).T), shape=(len(held), len(phrases)))
    near = csr_array(said @ (alike > 0).astype(float))
    return np.bincount(near.indices, minlength=len(phrases)).astype(float)


@cache
def sensitive_words() -> frozenset[str]:
    """Stems of the words that tell perceived ethnicity, complexion or an accent that stands for ethnicity.

    They are sensitive evidence of their own; shared in two narratives they must not carry weight by another door.
    """
    entries = [*load("ethnicities").entries.values(), *load("complexions").entries.values()]
    entries += [entry for entry in load("accents").entries.values() if entry.data.get("sensitive")]
    return frozenset(stem for entry in entries for words in (entry.label, *entry.synonyms) for stem in tokens(words))


def _narrative(report: Report) -> Sequence[Sequence[str]]:
    return [[report.narrative]] if report.narrative else []


SPEECH: list[Evidence] = [
    SpeechEvidence("speech", "Words used", "speech", "What the reported person said, phrase against phrase."),
    TokenEvidence(
        "narrative",
        "Narrative",
        "narrative",
        "The rarer words that two narratives share, those that no other comparison reads.",
        read_phrases=_narrative,
        left_out=sensitive_words,
        elsewhere=structured_words,
    ),
]
