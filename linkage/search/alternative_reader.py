"""Reads each alternative of a question by itself, with the words that stand around it and without the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from linkage.intake.document.document import read_document
from linkage.search.choices import Span
from linkage.search.query import Claims, Query, facts_at
from linkage.search.slang import Put

AROUND = 24
"""Words before and behind a choice that each of its alternatives is read with, within their sentence [G]."""

MOST_READ = 48
"""Texts that are read for the alternatives of one question [G]: each costs 10 to 20 ms, and a pasted text may take a
second."""

_WORD = re.compile(r"\S+")

Read = Callable[[Put], tuple[Query, Claims]]


class Told(NamedTuple):
    """What one alternative says by itself. Its words stand at `spans` of the question, and at `within` of the text
    that was read."""

    asked: Query
    claimed: Claims
    spans: list[Span]
    within: list[Span]

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of fact that its words were read as."""
        return frozenset(kind for _, _, kind in self.claims() if kind)

    def claims(self) -> Claims:
        """Where in the question the facts of its words stand."""
        return [
            (*span, kind)
            for span, within in zip(self.spans, self.within, strict=True)
            for kind in facts_at(within, self.claimed)
        ]


class AlternativeReader:
    """Reads words of one question (`put`) by `read`, each text once and no more than MOST_READ of them."""

    def __init__(self, put: Put, read: Read) -> None:
        self._put, self._read = put, read
        self._known: dict[tuple[str, tuple[Span, ...]], tuple[Query, Claims]] = {}

    def may_read(self, kept: Sequence[Sequence[Span]]) -> bool:
        """May the words `kept` of each alternative be read, or was too much read already?"""
        texts = {tuple(self._put.words[slice(*span)] for span in spans) for spans in kept}
        return len(self._known) + len(texts) <= MOST_READ

    def told(self, choice: Sequence[Sequence[Span]], option: list[Span], kept: Sequence[Span]) -> Told:
        """What an `option` of a choice says where of all its words only those `kept` stand there."""
        words = self._put.words
        start, end = choice[0][0][0], choice[-1][-1][1]
        first, last = _around(start, end, words)
        pieces = [(first, start), *sorted({*kept}), (end, last)]
        text, moved = "", list[tuple[Span, int]]()
        for number, piece in enumerate(pieces):
            text += " " if 1 < number < len(pieces) - 1 else ""
            moved.append((piece, len(text) - piece[0]))
            text += words[slice(*piece)]
        put = [(a + by, b + by) for a, b in self._put.spans for piece, by in moved if piece[0] <= a and b <= piece[1]]
        key = text, tuple(put)
        if key not in self._known:
            self._known[key] = self._read(Put(text, [], put))
        within = [(a + by, b + by) for a, b in option for piece, by in moved[1:-1] if piece[0] <= a and b <= piece[1]]
        return Told(*self._known[key], option, within)


def _around(start: int, end: int, words: str) -> Span:
    """Where the words begin and end that the alternatives of a choice are read with: no more of a long account is
    read for each of them."""
    document = read_document(words)
    begins = [*document.sentences, len(words)]
    first, last = begins[document.sentence_at(start)], begins[document.sentence_at(end - 1) + 1]
    before = [found.start() for found in _WORD.finditer(words, first, start)][-AROUND:]
    behind = [found.end() for found in _WORD.finditer(words, end, last)][:AROUND]
    return min(before, default=start), max(behind, default=end)
