"""Offences: words to keys, and the offences that a narrative names or plainly describes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from linkage.intake.document.words import Words
from linkage.intake.finding import Finding
from linkage.intake.phrases import lookup
from linkage.intake.phrases.lookup import Assertion
from linkage.intake.phrases.phrase_finder import Occurrence
from linkage.vocabulary import load

_ATTEMPTS = {"rape": "attempted_rape", "murder": "attempted_murder"}
"""Offences whose attempt is a key of its own; of the others an attempt is the offence with less confidence."""


@lru_cache(maxsize=65_536)
def normalise(said: str) -> str | None:
    """Key of the offence that short words name ("non payment" -> "fraud_nonpayment"); None for unknown words."""
    return lookup.named("offences", said, find, 6)


def find(text: str) -> list[Finding]:
    """Offences in `text`, in order: attempts at lower confidence, threats of violence as `threats`."""
    return [replace(f, value=_as_meant(f)) for f in lookup.find("offences", "offence", text, _judge)]


def _judge(occurrence: Occurrence, how: Assertion, _: Words) -> tuple[str, float, bool] | None:
    entry = load("offences").entries[occurrence.phrase.key]
    surface = occurrence.phrase.surface
    if how.actor == "her":
        return None
    if how.denied:
        return surface, 0.9, True
    if how.reality == "threat":
        threat = entry.key == "threats" or "threatened" in entry.data
        return (f"threat: {surface}", 0.8, False) if threat else None
    if how.reality == "unreal":
        return (surface, 0.7, False) if entry.data.get("spoken", False) else None
    if how.reality == "tried":
        return f"tried: {surface}", 0.6, False
    return surface, 0.8 if occurrence.first == occurrence.last else 0.9, False


def _as_meant(found: Finding) -> str:
    if found.rule.startswith("threat: "):
        return "threats"
    key = str(found.value)
    return _ATTEMPTS.get(key, key) if found.rule.startswith("tried: ") else key
