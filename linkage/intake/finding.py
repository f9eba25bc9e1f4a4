"""What a small grammar returns when it reads a fact off a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SURE = 0.5
"""Confidence below which a finding is left out [G]."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact with the words it was read from.

    `field` is the canonical field ("age", "height_cm", "make", "behaviour", ...); `value` its canonical value;
    `start`, `end` the character span in the text; `rule` names the pattern or vocabulary entry that read it;
    `confidence` is 0-1 (a guess by the author of the rule unless the rule says otherwise); `negated` means the
    text says that it is not so; `about` is the span of the words that tell whose fact it is, where those are not the
    fact's own ("calling himself" before a name in quotation marks).
    """

    field: str
    value: Any
    start: int
    end: int
    rule: str
    confidence: float = 0.9
    negated: bool = False
    about: tuple[int, int] | None = None

    def words(self, text: str) -> str:
        """The exact words in `text` this finding was read from."""
        return text[self.start : self.end]
