"""An index over everything a report says in words: which piece of which report holds which stem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from linkage.report import Report
from linkage.search.scripts import as_they_stand, folded, is_of_other_script, stems
from linkage.vocabulary import load

_PIECE = re.compile(r"(?<=[.!?;:])\s+|\n+|\s/\s")
"""Where a narrative falls into pieces: a thing said is said within one of them."""

NONE = np.zeros(0, dtype=np.int32)


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


class WordIndex:
    """Pieces are numbered report by report, so that a report's pieces stand together."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        held: dict[str, list[int]] = {}
        starts, piece = [], 0
        for report in reports:
            starts.append(piece)
            for text in texts(report):
                for stem in {stem for stem, _ in stems(text)}:
                    held.setdefault(stem, []).append(piece)
                piece += 1
            piece += 1  # a report without words keeps a place
        self._starts = np.array(starts, dtype=np.int32)
        self._report_of = np.repeat(np.arange(len(starts), dtype=np.int32), np.diff([*starts, piece]))
        self._pieces = {stem: np.array(pieces, dtype=np.int32) for stem, pieces in held.items()}
        self._rows: dict[str, NDArray[np.int32]] = {}
        self._standing: dict[int, dict[str, str]] = {}
        self.stems = list(self._pieces)
        self._others = [stem for stem in self.stems if is_of_other_script(stem)]

    def __contains__(self, stem: str) -> bool:
        return stem in self._pieces

    def rows(self, stem: str) -> NDArray[np.int32]:
        """Reports that hold a stem, ascending."""
        if stem not in self._pieces:
            return NONE
        if stem not in self._rows:
            of = self._report_of[self._pieces[stem]]
            self._rows[stem] = of[np.concatenate(([True], of[1:] != of[:-1]))]
        return self._rows[stem]

    def within(self, word: str) -> list[str]:
        """Words of its script that hold a word of another script: some put the article before it without a space,
        some have no spaces."""
        return [stem for stem in self._others if word in stem and word != stem] if is_of_other_script(word) else []

    def standing(self, row: int, stems: Iterable[str]) -> list[str]:
        """Words with any of these stems as they stand in a report, each once."""
        if row not in self._standing:
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
        total = np.zeros(len(self._report_of), dtype=np.float32)
        for word in shares:
            pieces = [(self._pieces[stem], worth) for stem, worth in word.items() if stem in self._pieces]
            if len(pieces) == 1:
                total[pieces[0][0]] += pieces[0][1]
            elif pieces:
                best = np.zeros(len(total), dtype=np.float32)
                for found, worth in pieces:
                    best[found] = np.maximum(best[found], worth)
                total += best
        if not len(self._starts):
            return np.zeros(0)
        return np.maximum.reduceat(total, self._starts).astype(np.float64)

    def in_order(self, phrase: str) -> NDArray[np.int32]:
        """Reports in which the words of a phrase stand in this order."""
        words = folded(phrase)
        if not words:
            return NONE
        candidates = [self.rows(stem) for stem, _ in stems(phrase)]
        rows = min(candidates, key=len) if candidates else np.arange(len(self.reports), dtype=np.int32)
        wanted = f" {words} "
        found = [row for row in rows.tolist() if any(wanted in f" {folded(t)} " for t in _whole(self.reports[row]))]
        return np.array(found, dtype=np.int32)


def _whole(report: Report) -> Iterator[str]:
    """The texts of a report with the narrative in one piece."""
    yield report.narrative or ""
    yield from texts(report)
