"""The words of a text that may speak of a vehicle, and what a reading of some of them is."""

from __future__ import annotations

from dataclasses import dataclass

from linkage.intake.facts.surface import plain
from linkage.intake.facts.vehicle_names import Name, compact
from linkage.intake.facts.word_places import words_at
from linkage.intake.patterns import compiled
from linkage.vocabulary import load

_TOKEN = compiled(r"[^\W_]+")


def context_words(key: str) -> frozenset[str]:
    """Words of one entry of `vehicle_context.toml`."""
    return frozenset(load("vehicle_context").entries[key].synonyms)


@dataclass(frozen=True, slots=True)
class Label:
    """One reading of tokens [first, last) of a text. `value` is a Name, or a tuple of words."""

    kind: str
    value: Name | tuple[str, ...]
    first: int
    last: int
    caution: int


@dataclass(slots=True)
class Tokens:
    """The words of a text: spans, lower-case forms, and the text itself."""

    text: str
    spans: list[tuple[int, int]]
    words: list[str]

    def gap(self, left: int, right: int) -> str:
        """The characters between two tokens."""
        return self.text[self.spans[left][1] : self.spans[right][0]]

    def capital(self, at: int) -> bool:
        """Whether a token has a capital that is not owed to the start of a sentence or a text in capitals."""
        start, end = self.spans[at]
        if not self.text[start:end][:1].isupper() or self.text.isupper():
            return False
        before = self.text[:start].rstrip(" \"'“‘(")
        return bool(before) and before[-1] not in ".!?\n"


def tokens_of(text: str) -> Tokens:
    """Cut a text into words of letters and digits."""
    if text.isascii():
        said, starts = words_at(plain(text))  # in which an underscore parts words too
        pairs = [(word, start) for word, start in zip(said, starts, strict=False) if word]
        return Tokens(text, [(start, start + len(word)) for word, start in pairs], [word for word, _ in pairs])
    spans, words = [], []
    for found in _TOKEN.finditer(text):
        spans.append(found.span())
        words.append(found[0].lower() if found[0].isascii() else compact(found[0]) or found[0])
    return Tokens(text, spans, words)
