"""A text cut once: tokens, sentences, quotations and sections, with the form in which models see each word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from linkage.intake.document.tokens import Token, tokens
from linkage.intake.finding import inside
from linkage.intake.patterns import PatternTable, compiled

NAME, NUMBER = "Name", "0"
"""What stands for any name and any figure where models look: nobody is judged by a name or a town."""

_SAID = PatternTable("speech")
_FIGURES = compiled(r"\d+")
_OPENS = frozenset('"“‘’:.!?')
"""Behind these a capital letter tells of no name."""
_CUT = PatternTable("document")
_LED_UP = 200
"""Characters before quotation marks in which it is told whose words stand in them [G]."""

_FEWEST = 5
"""Words from which a quotation can tell a story [G]."""
_MOST_QUOTED = 0.7
"""Share of a text from which quotation marks only enclose the whole report [G]."""


class Section(NamedTuple):
    """The characters [start, end) that stand under a heading, and the heading in lower case."""

    start: int
    end: int
    heading: str


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
    low = _lower(text)
    quotations = _spoken(low)
    found = tokens(text)
    starts = [one.start for one in found]
    sentences = _sentence_starts(text, quotations)
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
        _sections(text),
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


def _sentence_starts(text: str, quotations: Sequence[tuple[int, int]]) -> list[int]:
    """The characters at which sentences begin, 0 first; a line's end ends one, a stop within a quotation does not."""
    starts = [0]
    for found in _CUT["sentence_end"].finditer(text):
        if inside(found.start(), quotations):
            continue
        if text[starts[-1] : found.end()].strip(" \t\n.!?"):
            starts.append(found.end())
        elif len(starts) > 1:  # nothing but the end of a line: the next sentence begins behind it
            starts[-1] = found.end()
    return starts


def _sections(text: str) -> list[Section]:
    """The parts of a text under headings, in order; empty when it has none. A blank line ends one."""
    found = list(_CUT["heading"].finditer(text)) if _CUT["sign_of_heading"].search(text) else []
    made: list[Section] = []
    for at, heading in enumerate(found):
        end = found[at + 1].start("words") if at + 1 < len(found) else len(text)
        blank = _CUT["blank_line"].search(text, heading.end(), end)
        words = " ".join(heading["words"].lower().replace("’", "'").split())
        made.append(Section(heading.start("words"), blank.start() if blank else end, words))
    return made


@lru_cache(maxsize=8)
def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """The characters [start, end) of all words in quotation marks, in order, whoever they are of. A quotation that
    tells the story ('He broke a bottle,' said the prosecutor) is left out: it is read as the rest of the text is."""
    spans = (found.span(found.lastgroup or "a") for found in _CUT["quotes"].finditer(text))
    short = ((start, end) for start, end in spans if end - start < _MOST_QUOTED * len(text))
    return tuple((start, end) for start, end in short if not _narrates(text[start:end]))


def _narrates(words: str) -> bool:
    """Whether quoted words speak of him and of what he did, as no speaker speaks of himself."""
    return (
        len(words.split()) >= _FEWEST
        and _SAID["narrates"].search(words) is not None
        and not _SAID["spoken_to"].match(words)
    )


def _spoken(low: str) -> list[tuple[int, int]]:
    """Where words stand in quotation marks that describe nobody, in lower-case text, in order, with their marks."""
    told = _SAID["told_in_quotes"]
    found = ((start - 1, end + 1) for start, end in quoted(low))
    return [one for one in found if not told.search(low, max(0, one[0] - _LED_UP), one[0])]


def _lower(text: str) -> str:
    """The text in lower case, each character where it was."""
    lowered = text.lower().replace("’", "'")
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")
