"""A text cut once: tokens, sentences, quotations and sections, with the form in which models see each word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from linkage.intake.document.headings import Section, sections
from linkage.intake.document.quotations import lower, spoken
from linkage.intake.document.sentences import sentence_starts
from linkage.intake.document.spans import inside
from linkage.intake.document.tokens import Token, tokens
from linkage.intake.patterns import compiled

NAME, NUMBER = "Name", "0"
"""What stands for any name and any figure where models look: nobody is judged by a name or a town."""

_FIGURES = compiled(r"\d+")
_OPENS = frozenset('"“‘’:.!?')
"""Behind these a capital letter tells of no name."""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One text. `words` are its tokens as models see them, `starts` and `ends` the characters of each token;
    `sentences` the characters at which sentences begin, `first_words` the tokens that open them."""

    text: str
    low: str
    tokens: Sequence[Token]
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    sentences: Sequence[int]
    first_words: Sequence[int]
    quotations: Sequence[tuple[int, int]]
    sections: Sequence[Section]

    def sentence_at(self, start: int) -> int:
        """The number of the sentence in which a character stands."""
        return bisect_right(self.sentences, start) - 1

    def token_at(self, start: int) -> int:
        """The number of the first token that begins at a character or after it."""
        return bisect_left(self.starts, start)

    def bounds(self, sentence: int) -> tuple[int, int]:
        """The first token of a sentence and the one behind its last; an empty stretch outside the text."""
        if not 0 <= sentence < len(self.sentences):
            return 0, 0
        return self.first_words[sentence], self.first_words[sentence + 1]

    def section_at(self, start: int) -> Section | None:
        """What a character stands under, if anything."""
        return next((one for one in self.sections if one.start <= start < one.end), None)

    def quoted(self, start: int) -> bool:
        """Whether a character stands in quotation marks that describe nobody."""
        return inside(start, self.quotations)


@lru_cache(maxsize=8)
def read_document(text: str) -> Document:
    """The text, cut; a few are remembered, for each reader asks for the same."""
    low = lower(text)
    quotations = spoken(low)
    found = tokens(text)
    starts = [one.start for one in found]
    sentences = sentence_starts(text, quotations)
    first_words = [bisect_left(starts, start) for start in sentences]
    return Document(
        text,
        low,
        found,
        _masked(found, {*first_words}),
        starts,
        [one.end for one in found],
        sentences,
        [*first_words, len(found)],
        quotations,
        sections(text),
    )


def _masked(found: Sequence[Token], opening: set[int]) -> list[str]:
    """Tokens in lower case; any name as one word, and any figure."""
    words: list[str] = []
    for at, token in enumerate(found):
        capital = token.text[0].isupper() and token.text[1:2].islower()
        if capital and at not in opening and found[at - 1].text[0] not in _OPENS:
            words.append(NAME)
        elif token.low.isalpha():
            words.append(token.low)
        else:
            words.append(_FIGURES.sub(NUMBER, token.low))
    return words
