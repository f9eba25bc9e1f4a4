"""An index over everything a report says in words: which piece of which report holds which stem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.report import Report
from linkage.search.postings import NONE, Postings
from linkage.search.scripts import as_they_stand, distinct_stems, folded, is_of_other_script, stems
from linkage.vocabulary import load

_PIECE = re.compile(r"(?<=[.!?;:])\s+|\n+|\s/\s")
"""Where a narrative falls into pieces: a thing said is said within one of them."""

STANDING = 5_000
"""Reports whose words are remembered as they stand [G]."""

REMEMBERED = 8
"""Sets of words whose pieces are remembered [G]: a question asks for the same words in several ways."""


def texts(report: Report) -> Iterator[str]:
    """Everything a report says in words, piece by piece; identifiers and plates are not words."""
    if report.narrative:
        yield from _PIECE.split(report.narrative)
    yield from filter(None, (report.place.text, report.place.town, report.contact.place))
    yield from report.speech
    yield from _labels("behaviours", report.behaviours.present)
    yield from _labels("weapons", report.weapons)
    yield from _labels("offences", report.offences)
    yield from _labels("venues", [report.place.venue] if report.place.venue else [])
    for person in report.suspects:
        yield from (*person.marks, *person.clothing, *person.names_used, *person.accent)
        yield from filter(None, (person.other, person.complexion))
    for vehicle in report.vehicles:
        yield from (*vehicle.features, *vehicle.colour)
        yield from filter(None, (vehicle.make, vehicle.model, vehicle.body))


def _labels(vocabulary: str, keys: Sequence[str]) -> list[str]:
    entries = load(vocabulary).entries
    return [entries[key].label if key in entries else key for key in keys]


def stems_of_pieces(reports: Sequence[Report]) -> tuple[Postings, NDArray[np.int32]]:
    """Stems over the pieces of reports, numbered report by report, and how many numbers each report has (n,): one
    more than it has pieces, so that one without words keeps a place."""
    pieces: dict[str, list[int]] = {}
    lengths, piece = [], 0
    for report in reports:
        first = piece
        for text in texts(report):
            for stem in distinct_stems(text):
                pieces.setdefault(stem, []).append(piece)
            piece += 1
        piece += 1
        lengths.append(piece - first)
    return Postings.by_value(pieces, piece), np.array(lengths, dtype=np.int32)


class _SomePieces(NamedTuple):
    """Pieces that hold any of some words: how many there are, the places among them of those of each word's stems,
    the reports that they are of, and the place of the first piece of each of these."""

    many: int
    places: list[list[NDArray[np.int32]]]
    row: NDArray[np.int32]
    first: NDArray[np.intp]


class WordIndex:
    """`words` are stems over pieces, of which each report has `pieces` (n,), as `stems_of_pieces` gives both."""

    def __init__(self, reports: Sequence[Report], words: Postings, pieces: NDArray[np.int32]) -> None:
        self.reports = reports
        self._words = words
        self._report_of = np.repeat(np.arange(len(pieces), dtype=np.int32), pieces)
        self._rows: dict[str, NDArray[np.int32]] = {}
        self._standing: dict[int, dict[str, str]] = {}
        self.stems = words.known
        self._lock = Lock()
        self._marked = np.zeros(len(self._report_of), dtype=bool)
        self._place = np.zeros(len(self._report_of), dtype=np.int32)
        self._some = lru_cache(maxsize=REMEMBERED)(self._find_some)
        self._others = [stem for stem in self.stems if is_of_other_script(stem)]

    @classmethod
    def of(cls, reports: Sequence[Report]) -> WordIndex:
        """Read the words of reports."""
        return cls(reports, *stems_of_pieces(reports))

    def __contains__(self, stem: str) -> bool:
        return stem in self._words

    def rows(self, stem: str) -> NDArray[np.int32]:
        """Reports that hold a stem, ascending."""
        if stem not in self._rows:
            self._rows[stem] = _each(self._report_of[self._words.rows(stem)])
        return self._rows[stem]

    def within(self, word: str) -> list[str]:
        """Words of its script that hold a word of another script: some put the article before it without a space,
        some have no spaces."""
        return [stem for stem in self._others if word in stem and word != stem] if is_of_other_script(word) else []

    def standing(self, row: int, stems: Iterable[str]) -> list[str]:
        """Words with any of these stems as they stand in a report, each once."""
        if row not in self._standing:
            while len(self._standing) >= STANDING:
                self._standing.pop(next(iter(self._standing)))
            self._standing[row] = as_they_stand(" / ".join(texts(self.reports[row])))
        held = self._standing[row]
        return list(dict.fromkeys(held[stem] for stem in stems if stem in held))

    def count(self, stem: str) -> int:
        """How many reports hold a stem."""
        return len(self.rows(stem))

    def together(self, shares: Sequence[dict[str, float]]) -> NDArray[np.float64]:
        """Most that one piece of each report holds of several words, shape (reports,).

        Each word is its stems with what each is worth; a piece has a word's best stem, once.
        """
        some = self._some(tuple(tuple(word) for word in shares))
        total = np.zeros(some.many, dtype=np.float32)
        for word, places in zip(shares, some.places, strict=True):
            if len(word) == 1:
                total[places[0]] += np.float32(next(iter(word.values())))
                continue
            best = np.zeros(some.many, dtype=np.float32)
            for at, worth in zip(places, word.values(), strict=True):
                best[at] = np.maximum(best[at], worth)
            total += best
        found = np.zeros(len(self.reports))
        if some.many:
            found[some.row] = np.maximum.reduceat(total, some.first)
        return found

    def _find_some(self, words: tuple[tuple[str, ...], ...]) -> _SomePieces:
        held = [[self._words.rows(stem) for stem in word] for word in words]
        found = [of_stem for word in held for of_stem in word if len(of_stem)]
        if len(found) == 1:
            every = np.arange(len(found[0]), dtype=np.int32)
            return self._of_reports(found[0], [[every[: len(of_stem)] for of_stem in word] for word in held])
        with self._lock:
            for of_stem in found:
                self._marked[of_stem] = True
            pieces = np.flatnonzero(self._marked)
            self._marked[pieces] = False
            self._place[pieces] = np.arange(len(pieces), dtype=np.int32)
            places = [[self._place[of_stem] for of_stem in word] for word in held]
        return self._of_reports(pieces, places)

    def _of_reports(self, pieces: NDArray[Any], places: list[list[NDArray[np.int32]]]) -> _SomePieces:
        row = self._report_of[pieces]
        first = np.flatnonzero(np.concatenate(([True], row[1:] != row[:-1])))[: len(row)]
        return _SomePieces(len(pieces), places, row[first], first)

    def in_order(self, phrase: str) -> NDArray[np.int32]:
        """Reports in which the words of a phrase stand in this order."""
        words = folded(phrase)
        if not words:
            return NONE
        rows: NDArray[np.int32] = np.arange(len(self.reports), dtype=np.int32)
        for of_stem in sorted((self.rows(stem) for stem, _ in stems(phrase)), key=len):
            rows = rows[np.isin(rows, of_stem, assume_unique=True)]
        wanted = f" {words} "
        found = [row for row in rows.tolist() if any(wanted in f" {folded(t)} " for t in _whole(self.reports[row]))]
        return np.array(found, dtype=np.int32)


def _each(ascending: NDArray[np.int32]) -> NDArray[np.int32]:
    """Each of several numbers once."""
    first = np.ones(len(ascending), dtype=bool)
    first[1:] = ascending[1:] != ascending[:-1]
    found: NDArray[np.int32] = ascending[first]
    return found


def _whole(report: Report) -> Iterator[str]:
    """The texts of a report with the narrative in one piece."""
    yield report.narrative or ""
    yield from texts(report)
