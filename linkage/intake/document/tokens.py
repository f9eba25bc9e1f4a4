"""Tokens of a text with their spans: words, signs, dots that leave something out, and the ends of paragraphs; and
phrases of a vocabulary right before or behind a place in a text, where places are tokens in lower case."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from linkage.intake.patterns import compiled
from linkage.vocabulary import load

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


Step = Callable[[int, str], int]
_Phrases = dict[str, list[tuple[list[str], str]]]


@cache
def phrases_of(vocabulary: str, side: str, *kinds: str) -> _Phrases:
    """The phrases listed under a side by some entries, or by all, with the entry of each, by the word next to the
    place, the longest first."""
    found: _Phrases = defaultdict(list)
    entries = load(vocabulary).entries
    for kind in kinds or entries:
        for phrase in entries[kind].data.get(side, ()) if kind in entries else ():
            words = [token.low for token in fine_tokens(phrase)]
            found[words[0 if side == "behind" else -1]].append((words, kind))
    return {word: sorted(phrases, key=lambda one: -len(one[0])) for word, phrases in found.items()}


def _past(words: Sequence[str], at: int, phrases: _Phrases) -> int:
    if at < len(words) and (here := phrases.get(words[at])) is not None:
        for phrase, _ in here:
            if words[at : at + len(phrase)] == phrase:
                return at + len(phrase)
    return at


def _ahead(words: Sequence[str], at: int, phrases: _Phrases) -> int:
    if at and (here := phrases.get(words[at - 1])) is not None:
        for phrase, _ in here:
            if len(phrase) <= at and words[at - len(phrase) : at] == phrase:
                return at - len(phrase)
    return at


def past(words: Sequence[str], at: int, vocabulary: str, *kinds: str) -> int:
    """The token behind a phrase of some kinds, or any, that begins with the token `at`; that itself for none."""
    return _past(words, at, phrases_of(vocabulary, "behind", *kinds))


def ahead(words: Sequence[str], at: int, vocabulary: str, *kinds: str) -> int:
    """The token at which phrases of some kinds, or any, begin that stand one by one before the token `at`."""
    phrases = phrases_of(vocabulary, "before", *kinds)
    while (first := _ahead(words, at, phrases)) != at:
        at = first
    return at


@lru_cache(maxsize=8)
def _words_of(low: str) -> list[str]:
    return [one.low for one in fine_tokens(low)]


@cache
def _of_field(vocabulary: str, field: str, side: str) -> dict[str, _Phrases]:
    """The phrases of every kind: those for all fields and those for this one."""
    kinds = {kind.removeprefix(f"{field}_") for kind in load(vocabulary).entries}
    return {kind: phrases_of(vocabulary, side, kind, f"{field}_{kind}") for kind in kinds}


class Context:
    """A text in lower case as seen from the words of a field: a kind of phrases is that of all fields and its own."""

    def __init__(self, low: str, vocabulary: str, field: str) -> None:
        self.low, self.tokens = low, fine_tokens(low)
        self._words = _words_of(low)
        self._behind, self._before = (_of_field(vocabulary, field, side) for side in ("behind", "before"))

    def past(self, at: int, kind: str) -> int:
        """The token behind the words of a kind that begin with the token `at`; that itself for none."""
        return _past(self._words, at, self._behind.get(kind, {}))

    def ahead(self, at: int, kind: str) -> int:
        """The token at which the words of a kind begin that end before the token `at`; that itself for none."""
        return _ahead(self._words, at, self._before.get(kind, {}))

    def leads_to(self, at: int, step: Step, kind: str, over: str) -> bool:
        """Whether words of a kind stand at the token `at`, going by `step`, or beyond words `over` which it goes."""
        while step(at, kind) == at:
            beyond = step(at, over)
            if beyond == at:
                return False
            at = beyond
        return True
