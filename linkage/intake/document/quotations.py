"""Words inside quotation marks: what somebody said describes nobody, unless it is told of the reported person."""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.document.context_phrases import cue
from linkage.intake.patterns import compiled

_HE_WAS = compiled(
    r"[\"“‘'](?:he|they|the (?:man|men)|it)(?:'s|\s+(?:was|is|were|had|has|looked|seemed|wore|spoke))\b"
)
_OPENING = ('"', "“")
_MARKS = compiled(r"[\"“”]")
_LED_UP = 200
"""Characters before quotation marks in which it is told whose words stand in them [G]."""

_QUOTES = compiled(
    r"“(?P<a>[^“”\n]{2,400}?)[”\"]"
    r"|\"(?<!\d\")(?<!\d['’]\")(?P<b>[^\"“”\n]{2,400}?)[\"”]"
    r"|‘(?<![\w’']‘)(?P<c>[^‘\n]{2,400}?)’(?!\w)"
    r"|'(?<![\w’']')(?P<d>[^\"\n]{2,400}?)'(?!\w)"
)
"""All that stands in quotation marks, of whatever kind."""
_NARRATES = compiled(
    r"\b(?:he|they)(?:['’]d|\s+had)?\s+(?:then\s+|also\s+|just\s+|never\s+|even\s+|only\s+)?(?:was|were|had|did|said|told|went"
    r"|goes|says|took|got|came|made|put|broke|hit|held|left|ran|drove|kept|began|wore|knew|wrote|gave|seemed|\w{3,}ed)\b"
    r"|\b(?:he|she)['’]s\s+(?:\w+ing|the|a|an)\b(?![^“”\"]*\byou\b)",
    re.I,
)
_SPOKEN_TO = compiled(r"^\W*(?:you|your|i['’](?:ll|m)|don['’]?t|shut|get|give|keep|if\s+you)\b", re.I)
"""How words to somebody's face begin: "if you tell them what he did"."""
_FEWEST = 5
"""Words from which a quotation can tell a story [G]."""
_MOST_QUOTED = 0.7
"""Share of a text from which quotation marks only enclose the whole report [G]."""


@lru_cache(maxsize=8)
def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """The characters [start, end) of all words in quotation marks, in order, whoever they are of. A quotation that
    tells the story ('He broke a bottle,' said the prosecutor) is left out: it is read as the rest of the text is."""
    spans = (found.span(found.lastgroup or "a") for found in _QUOTES.finditer(text))
    short = ((start, end) for start, end in spans if end - start < _MOST_QUOTED * len(text))
    return tuple((start, end) for start, end in short if not _narrates(text[start:end]))


def _narrates(words: str) -> bool:
    """Whether quoted words speak of him and of what he did, as no speaker speaks of himself."""
    return len(words.split()) >= _FEWEST and _NARRATES.search(words) is not None and not _SPOKEN_TO.match(words)


def spoken(low: str) -> list[tuple[int, int]]:
    """Where words stand in quotation marks that describe nobody, in lower-case text, in order, with their marks."""
    return [
        (start - 1, end + 1)
        for start, end in quoted(low)
        if not cue("told_in_quotes").search(low, max(0, start - 1 - _LED_UP), start - 1)
        and not (_HE_WAS.match(low, start - 1) and cue("told_after_quotes").match(low, end + 1))
        and not _describes(low, start, end)
    ]


def _describes(low: str, start: int, end: int) -> bool:
    """Whether a quotation tells of the reported person: an officer's, one over several paragraphs, a description."""
    goes_on = low[end - 1] not in ".!?"  # else a sentence of its own follows
    if goes_on and cue("officer_after_quotes").match(low, end + 1):
        return True
    if cue("description_in_quotes").search(low, start - 1, end + 1):
        return True
    newline = low.rfind("\n", 0, start - 1)
    if newline < 0 or low[newline : start - 1].strip():
        return False
    before = low[:newline].rstrip().rpartition("\n")[-1].strip()
    return before[:1] in _OPENING and len(_MARKS.findall(before)) % 2 == 1


def lower(text: str) -> str:
    """The text in lower case, each character where it was."""
    lowered = text.lower().replace("’", "'")
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")
