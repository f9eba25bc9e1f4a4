"""Tokens of a text with their spans: words, signs, dots that leave something out, and the ends of paragraphs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from linkage.intake.patterns import compiled

_TOKEN = compiled(r"[^\W_]+(?:['’`](?=[^\W\d_])[^\W_]+)*|[?*_#]+|\.{2,}|…|\n\s*\n|\S")
_SHORTENED = frozenset(
    ("no", "num", "nos", "reg", "regd", "poss", "prob", "approx", "tel", "mr", "mrs", "dr", "st", "veh")
)
_STOPS = frozenset(".!?;")


class Token(NamedTuple):
    """`text` at the characters [start, end), and the same in lower case."""

    text: str
    low: str
    start: int
    end: int


_START, _END = attrgetter("start"), attrgetter("end")
_new = tuple.__new__
"""Makes a token in half the time that its class takes."""


@lru_cache(maxsize=16)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of `text` in their order; nothing but white space stands between them."""
    return tuple(
        [
            _new(Token, ((said := word[0]), said.lower().replace("’", "'"), *word.span()))
            for word in _TOKEN.finditer(text)
        ]
    )


def ends_sentence(words: tuple[Token, ...], at: int) -> bool:
    """Whether a sentence ends with the token `at`: a stop that space follows, or the end of a paragraph."""
    word = words[at]
    if word.text[0] == "\n":
        return True
    if word.text == "." and at and words[at - 1].low in _SHORTENED:
        return False
    following = words[at + 1].start if at + 1 < len(words) else word.end + 1
    return word.text[0] in _STOPS and following > word.end and not word.text.startswith("..")


_FINE = compiled(r"\d+|ft(?=ish)|[^\W\d_]+(?:'(?=[a-z])[^\W\d_]+)?|''|\n|\S")


@lru_cache(maxsize=16)
def fine_tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text in lower case, with figures and letters apart ("5ft9" is three) and the ends of lines."""
    return tuple([_new(Token, ((said := word[0]), said, *word.span())) for word in _FINE.finditer(text)])


def span_of(words: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The tokens that begin in text[start:end], as the first and the index behind the last."""
    return bisect_left(words, start, key=_START), bisect_left(words, end, key=_END) + 1
