"""Offences: words to keys, and the offences that a narrative names or plainly describes."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.document.words import Words
from linkage.intake.facts import lookup
from linkage.intake.facts.assertion import Assertion
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.phrase_finder import Occurrence
from linkage.vocabulary import load
from linkage.vocabulary.english import words

_ATTEMPTS = {"rape": "attempted_rape", "murder": "attempted_murder"}
"""Offences whose attempt is a key of its own; of the others an attempt is the offence with less confidence."""


_WORN = ("beat", "beaten", "battered", "bashed")
_BEFORE_STATE = ("a", "an", "the", "his", "old", "this", "that", "really", "very")
"""Before "beat up" where it tells what a thing looks like."""


@lru_cache(maxsize=65_536)
def normalise(said: str) -> str | None:
    """Key of the offence that short words name ("non payment" -> "fraud_nonpayment"); None for unknown words."""
    key = lookup.lexicon("offences").resolve(said)
    if key:
        return key
    found = [f for f in find(said) if not f.negated]
    return str(found[0].value) if found and len(said.split()) <= 6 else None


def find(text: str) -> list[Finding]:
    """Offences in `text`, in order: attempts at lower confidence, threats of violence as `threats`."""
    found = lookup.find("offences", "offence", text, _judge)
    return [_as_meant(f) for f in found]


def _judge(occurrence: Occurrence, how: Assertion, text_words: Words) -> tuple[str, float, bool] | None:
    entry = load("offences").entries[occurrence.phrase.key]
    surface = occurrence.phrase.surface
    if how.actor == "her" or _worn_out(occurrence, text_words):
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


def _worn_out(occurrence: Occurrence, text_words: Words) -> bool:
    """Whether the words tell the state of a thing: "a beat up green Corsa"."""
    first, last, forms = occurrence.first, occurrence.last, text_words.forms
    if first == 0 or forms[first] not in _WORN or forms[last] not in (forms[first], "up"):
        return False
    if forms[first - 1] not in _BEFORE_STATE:
        return False
    near = text_words.stems[last + 1 : last + 4]
    return bool(near) and near[0] not in (".", ",") and words("people", "her").isdisjoint(near)


def _as_meant(found: Finding) -> Finding:
    key = str(found.value)
    if found.rule.startswith("tried: ") and key in _ATTEMPTS:
        key = _ATTEMPTS[key]
    elif found.rule.startswith("threat: "):
        key = "threats"
    return Finding(found.field, key, found.start, found.end, found.rule, found.confidence, found.negated)
