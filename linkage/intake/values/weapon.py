"""Weapons: which one, and whether it was used, shown, threatened with or only claimed."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.document.words import Words
from linkage.intake.finding import Finding
from linkage.intake.judge.weapons import AROUND, is_weapon
from linkage.intake.phrases import lookup
from linkage.intake.phrases.lookup import Assertion
from linkage.intake.phrases.phrase_finder import Occurrence
from linkage.vocabulary.english import stem, words

_NONE = frozenset(("none", "no", "no weapon", "no weapons", "nil", "n/a", "na", "not known", "unknown", "not used"))
_ANSWERED_NO = ("no", "none", "nil", "not", "never", "nothing")
"""What stands behind "Weapon:" where there was none; "unknown" is no denial."""
_UNSURE = frozenset(("if", "whether"))
_ANSWERS = (":", "?", "-", "–")


@lru_cache(maxsize=65_536)
def normalise(said: str) -> str | None:
    """Key of the weapon that short words name ("kitchen knife" -> "knife"); None for "none" or unknown words."""
    return None if said.strip().lower().rstrip(".") in _NONE else lookup.named("weapons", said, find, 6)


def find(text: str) -> list[Finding]:
    """Weapons in `text`. The rule says how it comes in: "used", "threatened", "claimed" or "seen", then the words.

    A thing that is none, or the harmed person's, is left out (`judge.weapons`); "did not have a knife" is negated. A
    general word ("weapon") is left out where a named one stands in the same text.
    """
    found = lookup.find("weapons", "weapon", text, _judge)
    specific = any(f.value != "unspecified_weapon" and not f.negated for f in found)
    return [f for f in found if f.value != "unspecified_weapon" or f.negated or not specific]


def _judge(occurrence: Occurrence, how: Assertion, text_words: Words) -> tuple[str, float, bool] | None:
    first, last, surface = occurrence.first, occurrence.last, occurrence.phrase.surface
    opens, closes = text_words.sentence(first)
    near = text_words.stems[max(opens, first - AROUND) : min(closes, last + 1 + AROUND)]
    before = text_words.stems[max(opens, first - AROUND) : last + 1]
    used, threat = not words("weapon", "use").isdisjoint(near), not words("weapon", "threat").isdisjoint(before)
    if is_denied(occurrence, how, text_words):
        return f"denied: {surface}", 0.9, True
    if not is_weapon(occurrence, how, text_words):
        return None
    # "it is not known whether he was armed"
    if how.reality == "unreal" and (not threat or not _UNSURE.isdisjoint(before)):
        return None
    if threat or how.reality == "threat":
        return f"threatened: {surface}", 0.9, False
    claimed = not used and not words("weapon", "claim").isdisjoint(before)
    return (
        (f"claimed: {surface}", 0.6, False) if claimed else (f"{'used' if used else 'seen'}: {surface}", 0.9, False)
    )


def is_denied(occurrence: Occurrence, how: Assertion, text_words: Words) -> bool:
    """Whether it is denied by what governs it or by more: "nothing suggests that he carried any weapon", "a weapon
    was not used", "Weapon: none", "Weapon used? No"."""
    if how.denied:
        return True
    first, last, stems, forms = occurrence.first, occurrence.last, text_words.stems, text_words.forms
    _, closes = text_words.sentence(first)
    if forms[first - 1 : first] == ["any"]:
        return not words("voice", "deny").isdisjoint(stems[max(0, first - AROUND) : first])
    told = last + 1 + (not words("weapon", "told").isdisjoint(stems[last + 1 : last + 2]))
    if forms[told : told + 1] and forms[told] in _ANSWERS:
        return not {*_ANSWERED_NO}.isdisjoint(forms[told + 1 : told + 2])
    clause = stems[last + 1 : min(closes, last + 6)]
    return "not" in clause and clause[0] in ("be", stem("have")) and not words("weapon", "told").isdisjoint(clause)
