"""The clauses of a text as the numbers of pieces of words that the sentence encoder reads.

A word is cut from the left into the longest pieces that the encoder's vocabulary holds (WordPiece; Wu et al. 2016,
as in Devlin et al. 2019). `word_pieces.txt` is that vocabulary, of all-MiniLM-L6-v2 (Apache-2.0), one piece a line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.intake.behaviours.features import Read
from linkage.intake.behaviours.meaning import ORIGIN
from linkage.intake.patterns import compiled
from linkage.vocabulary import load

PIECES = Path(__file__).with_name("word_pieces.txt")
LONGEST = 126
"""Pieces that the encoder reads at once [G]: a sentence of more is read in parts."""
AT_ONCE = 384
"""Pieces that are read together [G]: every one is multiplied with every other, and few need more calls."""
_LETTERS = 40
"""Letters from which a word is unknown, whatever it is cut into [G]: cutting takes time with their square."""
_NAME = 4
"""Letters of a word that is hidden as one of origin [G]."""
_PARTS = compiled(r"[^\W_]+|[^\w\s]|_")

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces that are read together, between the marks of begin and end: their numbers, and the clause of each."""

    pieces: list[int]
    clauses: list[int]


def windows(read: Read, sentences: Container[int] | None = None) -> list[Window]:
    """The given sentences of a text (None: all) in order, each of one window or, where it is long, of several; words
    for an origin are hidden in them."""
    made, words = list[Window](), read.words
    for sentence, parts in groupby(enumerate(read.clauses), key=lambda one: one[1].sentence):
        if sentences is not None and sentence not in sentences:
            continue
        pieces, of = list[int](), list[int]()
        for number, part in parts:
            for at in range(part.first, part.end):
                if at > part.first and words.starts[at] == words.starts[at - 1]:
                    continue  # "he'll" is two words of one place
                hidden = words.forms[at].removesuffix("s") in _origins()
                text = read.text[words.starts[at] : words.ends[at]]
                found = (vocabulary()["[MASK]"],) if hidden else pieces_of(text)
                pieces += found
                of += [number] * len(found)
        cuts = range(0, len(pieces), LONGEST)
        made += [Window(pieces[at : at + LONGEST], of[at : at + LONGEST]) for at in cuts]
    return made


class Pack(NamedTuple):
    """Windows side by side: numbers of pieces with the marks of begin and end of each, their places in their windows
    and the numbers of these, shape (1, pieces) each; and the clause of each piece, -1 for a mark."""

    pieces: Ints
    places: Ints
    windows: Ints
    clauses: Ints


def packs(some: Iterable[Window]) -> Iterator[Pack]:
    """All windows, so many together that little is multiplied in vain."""
    together, size = list[Window](), 0
    for one in some:
        if together and size + len(one.pieces) + 2 > AT_ONCE:
            yield _pack(together)
            together, size = [], 0
        together.append(one)
        size += len(one.pieces) + 2
    if together:
        yield _pack(together)


def _pack(some: Sequence[Window]) -> Pack:
    begin, end = vocabulary()["[CLS]"], vocabulary()["[SEP]"]
    sizes = [len(one.pieces) + 2 for one in some]
    return Pack(
        np.array([[at for one in some for at in (begin, *one.pieces, end)]]),
        np.concatenate([np.arange(size) for size in sizes])[None],
        np.repeat(np.arange(len(some)), sizes)[None],
        np.array([at for one in some for at in (-1, *one.clauses, -1)]),
    )


@cache
def _origins() -> frozenset[str]:
    """Words for where somebody is from, and for how such people look or speak, without an s at the end; shorter ones
    mean other things too."""
    entries = [entry for name in ORIGIN for entry in load(name).entries.values()]
    words = {word for one in entries for word in (one.key, one.label.lower(), *one.synonyms)}
    return frozenset(word.removesuffix("s") for word in words if len(word) >= _NAME)


@lru_cache(maxsize=65_536)
def pieces_of(word: str) -> tuple[int, ...]:
    """The numbers of the pieces of a word, at least one."""
    plain = "".join(one for one in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(one))
    parts = _PARTS.findall(plain)
    return tuple(number for part in parts for number in _cut(part)) or (vocabulary()["[UNK]"],)


def _cut(word: str) -> list[int]:
    """The longest known pieces from the left; a word of which a part is in no piece is unknown as a whole."""
    known, found, at = vocabulary(), list[int](), 0
    if len(word) > _LETTERS:
        return [known["[UNK]"]]
    while at < len(word):
        mark = "##" if at else ""
        stop = next((stop for stop in range(len(word), at, -1) if mark + word[at:stop] in known), None)
        if stop is None:
            return [known["[UNK]"]]
        found.append(known[mark + word[at:stop]])
        at = stop
    return found


@cache
def vocabulary() -> dict[str, int]:
    """Piece -> its number, which is its line."""
    return {piece: number for number, piece in enumerate(PIECES.read_text(encoding="utf-8").split("\n"))}
