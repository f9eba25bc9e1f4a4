"""Weapons: which one, and whether it was used, shown, threatened with or only claimed."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.document.words import Words
from linkage.intake.facts import lookup
from linkage.intake.facts.assertion import Assertion
from linkage.intake.facts.club_sense import gone_to
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.phrase_finder import Occurrence
from linkage.intake.facts.retaliation import hit_him
from linkage.vocabulary import load
from linkage.vocabulary.english import stem, words

_AROUND = 8
"""Words on either side of an everyday thing in which a word of use or threat makes it a weapon [G]."""

_NONE = frozenset(("none", "no", "no weapon", "no weapons", "nil", "n/a", "na", "not known", "unknown", "not used"))

_COMPOUNDS = {
    "strap": ("chin", "shoulder", "bra", "bag", "handbag", "watch", "camera", "dress"),
    "club": ("gentlemen", "gentlemens", "strip", "social", "members", "football", "rugby", "youth"),
    "string": ("g",),
    "cuff": ("one", "his", "her", "shirt"),
}
"""Words before a thing that make another of it: a beard, a place."""

_AGAINST_HER = [[against, whose] for against in ("to", "at", "against") for whose in ("her", "my", "me")]
"""Behind a thing that is held to the body of the person harmed: "a screwdriver to her thigh"."""

_THEN = {
    "bottle": ("bank", "blond", "blonde", "black", "red", "opener", "top", "party"),
    "tape": ("measure", "recorder", "recording"),
    "strap": ("of", "on"),
}
"""Words behind a thing that make another of it."""

_MENDED = frozenset(("mended", "repaired", "patched", "together"))
"""Before "with tape" that keeps a thing together and ties nobody."""

_POLICE = frozenset(
    ("officer", "officers", "unit", "units", "team", "teams", "police", "squad", "command", "response", "licence")
)
"""Behind "firearms" where it is the police who have them."""

_ANSWERED_NO = ("no", "none", "nil", "not", "never", "nothing")
"""What stands behind "Weapon:" where there was none; "unknown" is no denial."""


@lru_cache(maxsize=65_536)
def normalise(said: str) -> str | None:
    """Key of the weapon that short words name ("kitchen knife" -> "knife"); None for "none" or unknown words."""
    if said.strip().lower().rstrip(".") in _NONE:
        return None
    key = lookup.lexicon("weapons").resolve(said)
    if key:
        return key
    found = [f for f in find(said) if not f.negated]
    return str(found[0].value) if found and len(said.split()) <= 6 else None


def find(text: str) -> list[Finding]:
    """Weapons in `text`. The rule says how it comes in: "used", "threatened", "claimed" or "seen", then the words.

    A weapon of the harmed person is left out; "did not have a knife" is negated. A general word ("weapon") is left
    out where a named one stands in the same text.
    """
    found = lookup.find("weapons", "weapon", text, _judge)
    named = any(f.value != "unspecified_weapon" and not f.negated for f in found)
    return [f for f in found if f.value != "unspecified_weapon" or f.negated or not named]


def _judge(occurrence: Occurrence, how: Assertion, text_words: Words) -> tuple[str, float, bool] | None:
    entry = load("weapons").entries[occurrence.phrase.key]
    near = text_words.stems[_from(occurrence.first, text_words) : _to(occurrence.last, text_words)]
    before = text_words.stems[_from(occurrence.first, text_words) : occurrence.last + 1]
    surface = occurrence.phrase.surface
    plain = surface in entry.synonyms and surface not in entry.data.get("patterns", ())
    everyday = entry.data.get("context", False) and plain
    worn = entry.data.get("worn", False)
    threats = words("weapon", "clear_threat" if worn else "threat")
    by_the_way = everyday and words("weapon", "use").isdisjoint(near) and threats.isdisjoint(near)
    if by_the_way or _other_sense(occurrence, text_words):
        return None
    owned = occurrence.first > 0 and text_words.forms[occurrence.first - 1] in ("my", "her")
    after = text_words.stems[occurrence.last + 1 : occurrence.last + 3]
    undergone = stem("have") in before and not words("weapon", "use").isdisjoint(after)
    on_her = not {"her", "my", "me"}.isdisjoint(text_words.forms[occurrence.first + 1 : occurrence.last + 1])
    on_her = on_her or text_words.forms[occurrence.last + 1 : occurrence.last + 3] in _AGAINST_HER
    with_it = {"with", "be"} & set(before) and not hit_him(before)
    hers = how.actor == "her" and not undergone and not on_her and (owned or not with_it)
    if hers and words("voice", "perceive").isdisjoint(before) and occurrence.first > 0:
        return None
    hers_alone = worn and owned and "with" not in before  # "chucked my shoes out"
    if hers_alone or _no_weapon(occurrence.last, before, near, text_words):
        return None
    if how.denied or _none_of_any(occurrence.first, text_words) or _denied_after(occurrence.last, text_words):
        return f"denied: {occurrence.phrase.surface}", 0.9, True
    threat = not words("weapon", "threat").isdisjoint(before)
    claimed = not words("weapon", "claim").isdisjoint(before)
    unsure = not {"if", "whether"}.isdisjoint(before)  # "it is not known whether he was armed"
    if how.reality == "unreal" and (unsure or not threat):
        return None
    used = not words("weapon", "use").isdisjoint(near)
    manner = (
        "threatened" if threat or how.reality == "threat" else "used" if used else "claimed" if claimed else "seen"
    )
    return f"{manner}: {occurrence.phrase.surface}", 0.6 if manner == "claimed" else 0.9, False


def _other_sense(occurrence: Occurrence, text_words: Words) -> bool:
    """Whether a single word names no weapon here: a deed ("hammered her with his fists"), a weight ("13 stone"), a
    tan, or once more what the text has named ("pointed the tool at her")."""
    first, forms, surface = occurrence.first, text_words.forms, occurrence.phrase.surface
    last = occurrence.last
    if gone_to(last, text_words):
        return True
    if not words("weapon", "built").isdisjoint(text_words.stems[last + 1 : last + 2]):
        return True
    if forms[last].startswith("firearm") and forms[last + 1 : last + 2] and forms[last + 1] in _POLICE:
        return True
    if occurrence.last > first or " " in surface:
        return False
    deed = forms[first].endswith(("ed", "ing")) and not surface.rstrip("!").endswith(("ed", "ing"))
    before = forms[first - 1] if first else ""
    weight = forms[first] == "stone" and (before.isdigit() or before in words("sets", "number"))
    worn = before in _COMPOUNDS.get(forms[first].removesuffix("s"), ())
    worn = worn or "".join(forms[last + 1 : last + 2]) in _THEN.get(forms[first], ())
    worn = worn or (before in ("with", "by") and first > 1 and forms[first - 2] in _MENDED)
    again = before == "the" and surface in ("tool", "object")
    return (
        deed
        or weight
        or worn
        or again
        or (surface == "spray" and forms[first + 1 : first + 2] in (["tan"], ["tanned"]))
    )


def _none_of_any(first: int, text_words: Words) -> bool:
    """Whether nothing tells of it: "nothing suggests that he carried any weapon"."""
    if first == 0 or text_words.forms[first - 1] != "any":
        return False
    return not set(text_words.stems[_from(first, text_words) : first]).isdisjoint(words("voice", "deny"))


def _no_weapon(last: int, before: list[str], near: list[str], text_words: Words) -> bool:
    """A picture of it, a grade in a sport, a colour ("bottle green"), or what somebody walks with."""
    colour = text_words.forms[last + 1 : last + 2] == ["green"]
    walks = before[-2:] == ["walk", "stick"] and words("weapon", "use").isdisjoint(near)
    return "tattoo" in before or {"black", "belt"} <= set(before[-2:]) or colour or walks


def _denied_after(last: int, text_words: Words) -> bool:
    """Whether it is denied behind its name: "a weapon was not used", "Weapon: none", "Weapon used? No"."""
    stems, forms = text_words.stems, text_words.forms
    told = last + 1 + (stems[last + 1 : last + 2] in ([s] for s in words("weapon", "told")))
    if forms[told : told + 1] in ([mark] for mark in (":", "?", "-", "–")):
        return forms[told + 1 : told + 2] in ([word] for word in _ANSWERED_NO)
    clause = stems[last + 1 : _to(last, text_words)][:5]
    return "not" in clause and clause[0] in ("be", stem("have")) and not words("weapon", "told").isdisjoint(clause)


def _from(first: int, text_words: Words) -> int:
    start = max(0, first - _AROUND)
    breaks = [i for i in range(start, first) if text_words.stems[i] == "."]
    return breaks[-1] + 1 if breaks else start


def _to(last: int, text_words: Words) -> int:
    stop = min(len(text_words.stems), last + 1 + _AROUND)
    return next((i for i in range(last + 1, stop) if text_words.stems[i] == "."), stop)
