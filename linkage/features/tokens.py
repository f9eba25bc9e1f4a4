"""Words of reports: the stems that are compared, how often each is used, and by which rows."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from linkage.features.readings import Readings
from linkage.vocabulary import english, fold

_WORD = re.compile(r"[a-z0-9]{2,}")

R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class WordReadings(Readings[R]):
    """Readings of which sets of words are compared."""

    @property
    @abstractmethod
    def words_by_row(self) -> Sequence[frozenset[str]]:
        """The words of each row."""

    @cached_property
    def frequency(self) -> Counter[str]:
        """How many rows use each word, in the order of the words."""
        counted = Counter(word for words in self.words_by_row for word in words)
        return Counter(dict(sorted(counted.items())))

    @cached_property
    def recorded(self) -> NDArray[np.bool_]:
        """Per row: are there any words?"""
        return np.array([bool(words) for words in self.words_by_row], dtype=bool)

    @cached_property
    def total(self) -> int:
        """How many rows have words."""
        return int(self.recorded.sum())

    @cached_property
    def entries(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Every use of a word: its row, and the place of the word in `frequency`; both (uses,)."""
        place = {word: at for at, word in enumerate(self.frequency)}
        uses = [(row, place[word]) for row, words in enumerate(self.words_by_row) for word in words]
        row, word = np.array(uses, dtype=np.int32).reshape(-1, 2).T.copy()
        return row, word


class Phrases(NamedTuple):
    """What one report tells in phrases: of how many people or vehicles, the phrases, and the words compared."""

    owners: int
    phrases: tuple[str, ...]
    words: frozenset[str]


@dataclass(frozen=True, eq=False)
class PhraseReadings(WordReadings[Phrases]):
    """Phrases and their words, row by row."""

    @cached_property
    def words_by_row(self) -> Sequence[frozenset[str]]:
        """The words of each row."""
        return [row.words for row in self.rows]

    @cached_property
    def tries(self) -> NDArray[np.float64]:
        """log10 of each row's number of people or vehicles."""
        found: NDArray[np.float64] = np.log10([max(1, row.owners) for row in self.rows])
        return found


def tokens(phrase: str) -> list[str]:
    """Stems of the content words of a phrase, in order."""
    return [stem for stem, _ in stemmed(phrase)]


def stemmed(phrase: str) -> list[tuple[str, str]]:
    """Stem and written form of the content words of a phrase, in order."""
    pairs = ((english.stem(word), word) for word in _WORD.findall(fold(phrase)))
    return [(stem, word) for stem, word in pairs if stem not in _light()]


@lru_cache(maxsize=100_000)
def content_stem(word: str) -> str:
    """Stem of one folded word; empty for a light one."""
    stem = english.stem(word)
    return "" if stem in _light() else stem


def distinct_stems(phrase: str) -> set[str]:
    """Stems of the content words of a phrase, each once."""
    return set(map(content_stem, _WORD.findall(fold(phrase)))) - {""}


def as_written(phrases: Sequence[Sequence[str]], shared: frozenset[str]) -> dict[str, str]:
    """The shortest written form of each shared stem in these phrases: a stem need not be a word."""
    forms = sorted((word for told in phrases for phrase in told for word in stemmed(phrase)), key=lambda f: len(f[1]))
    found: dict[str, str] = {}
    for stem, word in forms:
        if stem in shared:
            found.setdefault(stem, word)
    return found


@cache
def _light() -> frozenset[str]:
    return english.words("words", "light") | english.words("words", "kept")
