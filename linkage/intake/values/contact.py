"""How contact was made: words to keys, and findings in a narrative."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from linkage.intake.document.quotations import quoted
from linkage.intake.document.spans import inside
from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases import lookup, vocabulary_grammar
from linkage.intake.phrases.surface import plain
from linkage.vocabulary.tables import table

_KNOWN_ONLY = 0.05
"""How much less sure than a way of making contact it is that somebody was known from before [G]."""
_BACK, _FAR = 60, 80
"""Characters before the words, and behind them, in which something counts against them [G]."""


@dataclass(frozen=True, slots=True)
class _Against:
    """A row of `contact_cues.toml`."""

    methods: frozenset[str]
    said: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]

    def holds(self, low: str, found: Finding) -> bool:
        """Whether all that the row gives holds of some words."""
        back = max(0, found.start - _BACK)
        return (
            (not self.methods or found.value in self.methods)
            and self.said.match(low, found.start) is not None
            and self.before.search(low, back, found.start) is not None
            and self.behind.match(low, found.end, found.end + _FAR) is not None
        )


@cache
def _against() -> tuple[_Against, ...]:
    sides = ("said", "before", "behind")
    return tuple(
        _Against(frozenset(row.get("methods", ())), *(compiled(row.get(side, "")) for side in sides))
        for row in table("contact_cues")["none"]
    )


@cache
def _grammar() -> vocabulary_grammar.Grammar:
    return vocabulary_grammar.grammar(
        "contact_methods", **table("contact_cues")["words"], car=vocabulary_grammar.car_words()
    )


@lru_cache(maxsize=65_536)
def normalise(said: str) -> str | None:
    """Key that short words stand for ("rang to book" -> "phone"); None for words the vocabulary does not know."""
    return lookup.named("contact_methods", said, find, 8)


def find(text: str) -> list[Finding]:
    """All findings in `text`, in order; of overlapping ones the surest, then the longest. The first need not be the
    main one. Calls to the police or the project, and what was written after the incident, are no contact."""
    low = plain(text)
    spoken_of = quoted(text)
    found: list[Finding] = []
    for one in vocabulary_grammar.find(_grammar(), "contact_method", low):
        if not inside(one.start, spoken_of) and not any(row.holds(low, one) for row in _against()):
            less = _KNOWN_ONLY if one.value == "returning" else 0.0
            found.append(replace(one, confidence=one.confidence - less))
    return vocabulary_grammar.surest(found)
