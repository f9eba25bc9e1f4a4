"""Small grammars kept in a vocabulary: regular expressions that tell one of its keys, surely or less so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linkage.vocabulary.loader import load

TOLD, HINTED = 0.9, 0.55
"""Confidence in what is told, and in what is only hinted at [G]."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern over `plain` text, the key it tells, and how surely."""

    key: str
    pattern: re.Pattern[str]
    name: str
    confidence: float


def rules(vocabulary: str, **places: str) -> tuple[Rule, ...]:
    """The rules of a vocabulary, with `{her}` and the like replaced by the patterns given under these names; a space
    stands for any white space. Raises re.error for a pattern that is none."""
    found: list[Rule] = []
    for entry in load(vocabulary).entries.values():
        for name, confidence in (("told", TOLD), ("hinted", HINTED)):
            patterns = [_filled(each, places) for each in entry.data.get(name, ())]
            if patterns:
                found.append(Rule(entry.key, re.compile("|".join(f"(?:{p})" for p in patterns)), name, confidence))
    return tuple(found)


def _filled(pattern: str, places: dict[str, str]) -> str:
    for name, words in places.items():
        pattern = pattern.replace(f"{{{name}}}", words)
    opening = r"\b" if re.match(r"[\w(]", pattern) and not pattern.startswith("(?<") else ""
    return opening + pattern.replace(" ", r"\s")
