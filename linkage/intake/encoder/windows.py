"""A text as windows of pieces of words, each read as a whole.

A word is cut from the left into the longest pieces that the encoder's vocabulary holds (WordPiece; Wu et al. 2016,
as in Devlin et al. 2019). `word_pieces.txt` is that vocabulary, of all-MiniLM-L6-v2 (Apache-2.0), one piece a line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.intake.document.document import Document
from linkage.intake.patterns import compiled
from linkage.vocabulary import load

PIECES = Path(__file__).with_name("word_pieces.txt")
_LETTERS = 40
"""Letters from which a word is unknown, whatever it is cut into [G]: cutting takes time with their square."""
_PARTS = compiled(r"[^\W_]+|[^\w\s]|_")
ORIGIN = ("ethnicities", "languages", "accents")
"""Vocabularies whose words mean nothing here: what somebody did, or that somebody did it, is not to be guessed from
what people of one origin are written of (docs/decisions/0069, 0088)."""
LONGEST = 254
"""Pieces that are read at once [G]: of 42,044 texts and sentences that it was tuned on 198 have more, and are
read in parts."""
AT_ONCE = 384
"""Pieces that are read together [G]: every one is multiplied with every other, and few need more calls."""
NO_TOKEN = -1
_LINE = "[unused1]"
"""The piece that stands for the end of a line: the encoder was taught none, and forms and lists are made of lines."""
_NAME = 4
"""Letters of a word that is hidden as one of origin [G]."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces that are read together, between the marks of begin and end: their numbers, and the token of the document
    that each belongs to (`NO_TOKEN`: the end of a line)."""

    pieces: list[int]
    tokens: list[int]


def windows(document: Document) -> list[Window]:
    """A text as one window or, where it is long, as several, cut where a sentence begins if one does; words for an
    origin are hidden in them."""
    pieces, of, opens = _pieces(document)
    made, start = list[Window](), 0
    while start < len(pieces):
        stop = min(start + LONGEST, len(pieces))
        if stop < len(pieces):
            stop = max((at for at in opens if start < at <= stop), default=stop)
        made.append(Window(pieces[start:stop], of[start:stop]))
        start = stop
    return made


def _pieces(document: Document) -> tuple[list[int], list[int], list[int]]:
    """All pieces of a text, the token of each, and where sentences open among them."""
    pieces, of, opens, end = list[int](), list[int](), list[int](), 0
    line, hidden, first = vocabulary()[_LINE], vocabulary()["[MASK]"], {*document.first_words}
    for number, token in enumerate(document.tokens):
        if number in first:
            opens.append(len(pieces))
        if document.text.find("\n", end, token.end) >= 0:
            pieces.append(line)
            of.append(NO_TOKEN)
        end = token.end
        if token.text[0] == "\n":
            continue
        found = (hidden,) if token.low.removesuffix("s") in _origins() else pieces_of(token.text)
        pieces += found
        of += [number] * len(found)
    return pieces, of, opens


def pieces_at(document: Document, tokens: Ints, start: int, end: int) -> Ints:
    """The numbers of the pieces, of which `tokens` holds the tokens, that hold any of the characters [start, end)."""
    first, behind = document.token_at(start), document.token_at(end)
    if first and document.ends[first - 1] > start:
        first -= 1
    return np.flatnonzero((tokens >= first) & (tokens < max(behind, first + 1)))


class Pack(NamedTuple):
    """Windows side by side: numbers of pieces with the marks of begin and end of each, their places in their windows
    and the numbers of these, shape (1, pieces) each; and the token of each piece, `NO_TOKEN` for a mark too."""

    pieces: Ints
    places: Ints
    windows: Ints
    tokens: Ints


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
        np.array([at for one in some for at in (NO_TOKEN, *one.tokens, NO_TOKEN)]),
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
