"""What the encoder of whole texts says of the behaviours in each clause."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from linkage.intake.behaviours.features import Floats, Read
from linkage.intake.document.document import Document, read_document
from linkage.intake.encoder.encoder import encoded, encoder
from linkage.intake.encoder.windows import Ints

LEAST, MOST = -8.0, 20.0
"""The least log odds that it gives a clause [R]: of -30, -8 and -5 the first two read authors left out alike; and
those at a piece above which it is not surer [G]."""


@dataclass(frozen=True, slots=True)
class WholeText:
    """Log odds of each sub-item, in the order of the encoder's keys, being `told` as done and being `denied` in each
    clause that it `read`, shape (clauses read, sub-items); `read` (clauses,) says which those are."""

    read: NDArray[np.bool_]
    told: Floats
    denied: Floats

    @classmethod
    def of(cls, read: Read) -> WholeText:
        """What it says of the clauses of a text."""
        document = read_document(read.text)
        said = encoded(document)
        clause = clause_of_tokens(read, document, said.tokens)
        real = clause >= 0
        begin = np.flatnonzero(np.diff(clause[real], prepend=-1))
        there = np.zeros(len(read.clauses), bool)
        there[clause[real][begin]] = True
        return cls(there, *(_of_clauses(odds[real], begin) for odds in (said.told, said.denied)))

    def told_or(self, keys: tuple[str, ...], odds: Floats) -> Floats:
        """Log odds of the sub-items `keys` being told as done in each clause, shape (clauses, sub-items); the given
        ones in a clause that it did not read, and of a sub-item that it was not tuned for."""
        return self._or(self.told, keys, odds)

    def denied_or(self, keys: tuple[str, ...], odds: Floats) -> Floats:
        """The same of being denied."""
        return self._or(self.denied, keys, odds)

    def _or(self, said: Floats, keys: tuple[str, ...], odds: Floats) -> Floats:
        own, theirs = _columns(encoder().keys, keys)
        found = odds.copy()
        found[np.ix_(self.read, theirs)] = said[:, own]
        return found


def _of_clauses(odds: Floats, begin: Ints) -> Floats:
    """Log odds in clauses, whose pieces begin at `begin`, from those at pieces: their odds add up."""
    if not begin.size:
        return odds
    found: Floats = np.log(np.maximum(np.add.reduceat(np.exp(np.minimum(odds, MOST)), begin), np.exp(LEAST)))
    return found


def clause_of_tokens(read: Read, document: Document, tokens: Ints) -> Ints:
    """The clause of each of the given tokens of the document of a text, -1 where it stands in none."""
    firsts = np.array([read.words.starts[part.first] for part in read.clauses], np.int64)
    starts = np.array([*document.starts, -1], np.int64)[tokens]  # what is no token has the number -1
    clause: Ints = np.searchsorted(firsts, starts, "right") - 1
    return clause


@cache
def _columns(keys: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[Ints, Ints]:
    """Where what is both in `keys` and `wanted` stands in each."""
    pairs = [(keys.index(key), at) for at, key in enumerate(wanted) if key in keys]
    own, theirs = np.array(pairs, np.int64).reshape(-1, 2).T
    return own, theirs
