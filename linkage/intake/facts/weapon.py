"""Weapons: which one, and whether it was used, shown, threatened with or only claimed."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from linkage.intake.document.words import Words
from linkage.intake.facts import lookup
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.lookup import Assertion
from linkage.intake.facts.phrase_finder import Occurrence
from linkage.vocabulary import load
from linkage.vocabulary.english import stem, words

_AROUND = 8
"""Words on either side of an everyday thing in which a word of use or threat makes it a weapon [G]."""
_NONE = frozenset(("none", "no", "no weapon", "no weapons", "nil", "n/a", "na", "not known", "unknown", "not used"))
_HERS = frozenset(("her", "my", "me"))
_HELD_TO = ("to", "at", "against")
"""Before her, behind a thing that is held to her body: "a screwdriver to her thigh"."""
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

    A weapon of the harmed person is left out; "did not have a knife" is negated. A general word ("weapon") is left
    out where a named one stands in the same text.
    """
    found = lookup.find("weapons", "weapon", text, _judge)
    specific = any(f.value != "unspecified_weapon" and not f.negated for f in found)
    return [f for f in found if f.value != "unspecified_weapon" or f.negated or not specific]


def _judge(occurrence: Occurrence, how: Assertion, text_words: Words) -> tuple[str, float, bool] | None:
    first, last, surface = occurrence.first, occurrence.last, occurrence.phrase.surface
    entry = load("weapons").entries[occurrence.phrase.key]
    opens, closes = text_words.sentence(first)
    near = text_words.stems[max(opens, first - _AROUND) : min(closes, last + 1 + _AROUND)]
    before = text_words.stems[max(opens, first - _AROUND) : last + 1]
    used, threat = not words("weapon", "use").isdisjoint(near), not words("weapon", "threat").isdisjoint(before)
    if surface in entry.synonyms and surface not in entry.data.get("patterns", ()) and entry.data.get("context"):
        threats = words("weapon", "clear_threat" if entry.data.get("worn") else "threat")
        if not used and threats.isdisjoint(near):
            return None
    if _is_deed(occurrence, text_words) or _is_hers(occurrence, how, before, text_words):
        return None
    if how.denied or _denied_around(first, last, closes, text_words):
        return f"denied: {surface}", 0.9, True
    # "it is not known whether he was armed"
    if how.reality == "unreal" and (not threat or not _UNSURE.isdisjoint(before)):
        return None
    if threat or how.reality == "threat":
        return f"threatened: {surface}", 0.9, False
    claimed = not used and not words("weapon", "claim").isdisjoint(before)
    return (
        (f"claimed: {surface}", 0.6, False) if claimed else (f"{'used' if used else 'seen'}: {surface}", 0.9, False)
    )


def _is_deed(occurrence: Occurrence, text_words: Words) -> bool:
    """Whether a single word tells what was done, with no such thing: "hammered her with his fists"."""
    surface, form = occurrence.phrase.surface, text_words.forms[occurrence.first]
    named = " " in surface or surface.rstrip("!").endswith(("ed", "ing"))
    return occurrence.first == occurrence.last and form.endswith(("ed", "ing")) and not named


def _is_hers(occurrence: Occurrence, how: Assertion, before: list[str], text_words: Words) -> bool:
    """Whether the person harmed has the thing: her own, or what she hit him with."""
    first, last, forms = occurrence.first, occurrence.last, text_words.forms
    owned = first > 0 and forms[first - 1] in ("my", "her")
    if owned and load("weapons").entries[occurrence.phrase.key].data.get("worn") and "with" not in before:
        return True  # "chucked my shoes out"
    at_her = (
        forms[last + 1 : last + 2]
        and forms[last + 1] in _HELD_TO
        and not _HERS.isdisjoint(forms[last + 2 : last + 3])
    )
    undergone = stem("have") in before and not words("weapon", "use").isdisjoint(
        text_words.stems[last + 1 : last + 3]
    )
    if how.actor != "her" or undergone or at_her or not _HERS.isdisjoint(forms[first + 1 : last + 1]):
        return False
    using = words("weapon", "use") | words("sets", "hit")
    hit_him = any(after == "him" and one in using for one, after in pairwise(before))
    done_to_her = {"with", "be"} & {*before} and not hit_him
    return (owned or not done_to_her) and words("voice", "perceive").isdisjoint(before)


def _denied_around(first: int, last: int, closes: int, text_words: Words) -> bool:
    """Whether it is denied by more than what governs it: "nothing suggests that he carried any weapon", "a weapon was
    not used", "Weapon: none", "Weapon used? No"."""
    stems, forms = text_words.stems, text_words.forms
    if forms[first - 1 : first] == ["any"]:
        return not words("voice", "deny").isdisjoint(stems[max(0, first - _AROUND) : first])
    told = last + 1 + (not words("weapon", "told").isdisjoint(stems[last + 1 : last + 2]))
    if forms[told : told + 1] and forms[told] in _ANSWERS:
        return not {*_ANSWERED_NO}.isdisjoint(forms[told + 1 : told + 2])
    clause = stems[last + 1 : min(closes, last + 6)]
    return "not" in clause and clause[0] in ("be", stem("have")) and not words("weapon", "told").isdisjoint(clause)
