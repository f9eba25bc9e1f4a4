"""What somebody said, written down without quotation marks: candidates, whoever said it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from linkage.intake.facts.surface import caseless
from linkage.intake.patterns import compiled

_WHO = (
    r"(?:(?<!she )(?<!I )(?:and|then|n|&)|he|they|(?:the\s+)?(?:"
    r"man|male|client|punter|customer|driver|caller|guy|bloke|lad|(?:older|younger|other|first|second|main)\s+(?:one|1)))"
)
_SAY = (
    r"said|says?|sed|told|tells?|shouted|shouts|shouting|yelled|yells|yelling|saying|warned|went|goes|hissed|texted"
    r"|whispered|growled|snarled|muttered|replied|screamed|screaming"
)
_TO = r"\s+(?:(?:to\s+)?(?:her|me|him|them|us|the\s+\w+)\s+)?(?:that\s+)?"
_SAYING = (
    r"(?:then\s+|also\s+|kept\s+|just\s+|repeatedly\s+|later\s+|has\s+|had\s+)?"
    rf"(?:{_SAY}|(?:was|were|is|wos)\s+like){_TO}"
)
_END = (
    r"(?=[.!?\n]|,?\s+(?:and|but|then|n)\s+(?:then\s+)?(?:he|she|I|they|the\s+(?:woman|man|worker))?\s*"
    r"(?:drove|left|grabbed|ran|pulled|pushed|punched|took|got|started|began|managed|hit|slapped)\b|$)"
)
_ORDER = (
    r"(?:(?:its|it['’]s|thats|that['’]s|ur|you['’]re|youre|u|we['’]re|we['’]ll|i['’]m|i['’]ll"
    r"|this(?!\s+(?:news\w+|paper|reporter|website|project|programme|column|service|scheme|station))|get"
    r"|do|be|go|shut|stop|don['’]?t|give|keep|sit|lie|look|make|come|hand|let|take|hurry|leave|drop|wait|stand|open"
    r"|turn|(?:nobody|no\s?one)(?!\s+(?:would|had|was|could))|sorry(?=\s+(?:sorry|but|i|love|babe|mate|pet|darling|about)\b|,|\s*[.!?\n])|ta|thanks|cheers|oi|hello|hiya|bye|listen|nah|relax|pay|tell|try|strip|suck|move|ring|text|call|you|ya|u)\b)"
)
"""How an order or words in the first or second person begin."""
_PLAIN = compiled(
    r"(?:(?<=[.!?,;:]\s)|(?<=\n)|^|\b"
    + _WHO
    + r"\s+|\bthe\s+\w+\s+|&\s*)"
    + _SAYING
    + rf"(?P<words>{_ORDER}[^.!?\n“”\"]{{2,160}}?)"
    r"(?=[.!?\n]|,?\s+(?:I|she|he|they)\s+(?:said|told|then|got|ran|left|asked|grabbed|took|pushed)\b"
    r"|,?\s+(?:and|then|n)\s+(?:then\s+)?(?:he\s+)?(?:walked|left|drove|ran|went|grabbed|pushed|laughed|legged|hung|threw)\b|\s+but\s+i\s+(?:think|thought)\b|$)",
    re.I,
)
"""An order or words in the first or second person, written down without quotation marks ("said dont tell anyone")."""
_INSULT = compiled(
    r"\bcall(?:ed|ing|s)\s+(?:her|me|him|them|us|the\s+(?:woman|worker|victim|girl))\s+an?\s+"
    r"(?P<words>(?:[a-z-]+\s+){0,3}?(?:slags?|sluts?|whores?|bitch|cow|tart|cunt|tease|freak|queer|poof|home-?wrecker|"
    r"slapper|scrubber|faggot|witch|dyke|junkie|smackhead))\b",
    re.I,
)
"""A name that somebody was called to the face, without quotation marks."""
_YOU = r"(?=[^.!?\n“”\"]{0,80}\b(?:you|your|youre|you['’]re|ur|u|ya)\b)"
_TO_HER = compiled(
    rf"\b{_WHO}\s+{_SAYING}(?!(?:he|she|they|his|her|him|the|an?|that|to|it\s+was|nothing|something|about|so)\b)"
    rf"(?P<words>{_YOU}[^.!?\n“”\"]{{4,160}}?)" + _END,
    re.I,
)
"""Words to "you": told as they were said, since what is only reported would speak of "her" or "me"."""
_UNQUOTED = compiled(rf"(?:{_SAY}|like){_TO}(?:{_ORDER}|{_YOU})")
"""Stands, in lower case, wherever one of these two does."""
_EDGES = " \t\r\n\"'“”‘’,;:-–—"
_SPACES = compiled(r"\s+")


@lru_cache(maxsize=65_536)
def normalise(words: str) -> str | None:
    """The words said, without quotation marks, outer punctuation and doubled spaces; None when nothing is left."""
    cleaned = _SPACES.sub(" ", words).strip(_EDGES)
    return cleaned if any(c.isalnum() for c in cleaned) else None


def unquoted(text: str) -> Iterator[tuple[int, int]]:
    """The characters [start, end) of words written down without quotation marks; they may overlap. Most texts hold
    none, which is seen at once in lower case."""
    low = caseless(text)
    if low is None or _UNQUOTED.search(low) is not None:
        yield from (found.span("words") for grammar in (_PLAIN, _TO_HER) for found in grammar.finditer(text))
    if low is None or "call" in low:
        yield from (found.span("words") for found in _INSULT.finditer(text))
