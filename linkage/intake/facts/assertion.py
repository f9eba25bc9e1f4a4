"""How a phrase of a weapon or an offence is told: by whom, and whether it was denied, tried, threatened, supposed."""

from __future__ import annotations

from dataclasses import dataclass

from linkage.intake.document.actors import REACH, actor, is_passive
from linkage.intake.document.words import Words
from linkage.intake.facts.phrase_finder import Occurrence

_REALITY = {"threatened": "threat", "attempted": "tried", "nearly": "unreal", "hypothetical": "unreal"}
"""What a kind of context makes of a phrase that it governs, the first that holds."""
_SUBJECTS = frozenset(("she", "i", "we"))


@dataclass(frozen=True, slots=True)
class Assertion:
    """`actor` is "him", "her", "other" or None where that is not told; `reality` is "real", "tried", "threat" or
    "unreal" (wished, asked, supposed)."""

    actor: str | None
    denied: bool
    reality: str


def assertion(found: Occurrence, words: Words, kinds: frozenset[str]) -> Assertion:
    """How the phrase `found` is told, where `kinds` of context (`document.cues`) govern its first word."""
    inside = {"not", "no"}.intersection(words.stems[found.first : found.last + 1]) and not found.phrase.denies
    reality = next((meant for kind, meant in _REALITY.items() if kind in kinds), "real")
    return Assertion(_actor(found, words), bool(inside) or "negated" in kinds, reality)


def _actor(found: Occurrence, words: Words) -> str | None:
    opens, _ = words.sentence(found.first)
    acts = actor(found.first - 1, words) if found.first > opens else "nobody"
    if is_passive(found.first, found.last, words):
        return "him" if acts == "her" else None
    # a noun may be whom it is done to: "approached a woman, pulled"
    named = acts == "her" and _SUBJECTS.isdisjoint(words.forms[max(opens, found.first - REACH) : found.first])
    return None if named or acts == "nobody" else acts
