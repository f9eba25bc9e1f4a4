"""Which things that a text names are a reported person's weapons: what is true of their words, for what was learned.

A bottle is a weapon where it is swung and a drink where it is poured; a cosh is one wherever it is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from linkage.intake.document.words import Words, read
from linkage.intake.finding import Finding
from linkage.intake.judge.linear import learned
from linkage.intake.values.circumstances import Named, named, surest
from linkage.vocabulary import load
from linkage.vocabulary.english import stem, words

_LEAST = 0.5
"""Chance from which a thing is a weapon of a reported person."""
AROUND = 8
"""Words on either side in which a word of use or threat counts [G]."""
_NEAR = 3
"""Words on either side that count with their place [G]."""
_CUES = ("use", "threat", "clear_threat", "claim")
_HERS = frozenset(("her", "my", "me"))
_HELD_TO = frozenset(("to", "at", "against"))
"""Before her, behind a thing that is held to her body: "a screwdriver to her thigh"."""
_ANSWERED_NO = frozenset(("no", "none", "nil", "not", "never", "nothing"))
"""What stands behind "Weapon:" where there was none; "unknown" is no denial."""
_ANSWERS = (":", "?", "-", "–")


def find_weapons(text: str) -> list[Finding]:
    """Weapons of the reported people in `text`, and, negated, what is said not to have been one ("did not have a
    knife"). A general word ("weapon") is left out where a named one stands in the same text."""
    text_words = read(text)
    judged = ((one, is_denied(one, text_words)) for one in named(text, "weapons"))
    found = surest(
        one.finding("weapon", one.key, text_words, denied)
        for one, denied in judged
        if denied
        or (not is_asked(one, text_words) and learned("weapon").chance(features_of_weapon(one, text_words)) >= _LEAST)
    )
    specific = any(f.value != "unspecified_weapon" and not f.negated for f in found)
    return [f for f in found if f.value != "unspecified_weapon" or f.negated or not specific]


def is_denied(one: Named, text_words: Words) -> bool:
    """Whether it is denied by what governs it or by more: "nothing suggests that he carried any weapon", "a weapon
    was not used", "Weapon: none", "Weapon used? No"."""
    if one.denied:
        return True
    first, last, stems, forms = one.first, one.last, text_words.stems, text_words.forms
    _, closes = text_words.sentence(first)
    if forms[first - 1 : first] == ["any"]:
        return not words("voice", "deny").isdisjoint(stems[max(0, first - AROUND) : first])
    told = last + 1 + (not words("weapon", "told").isdisjoint(stems[last + 1 : last + 2]))
    if forms[told : told + 1] and forms[told] in _ANSWERS:
        return not _ANSWERED_NO.isdisjoint(forms[told + 1 : told + 2])
    clause = stems[last + 1 : min(closes, last + 6)]
    return "not" in clause and clause[0] in ("be", stem("have")) and not words("weapon", "told").isdisjoint(clause)


def is_asked(one: Named, text_words: Words) -> bool:
    """Whether it is only asked or not known: "it is not known whether he was armed"."""
    before = text_words.stems[max(text_words.sentence(one.first)[0], one.first - AROUND) : one.first]
    return one.reality == "unreal" and not {"if", "whether"}.isdisjoint(before)


def features_of_weapon(one: Named, text_words: Words) -> set[str]:
    """What is true of a thing that may be a weapon and of the words of its sentence."""
    first, last, stems = one.first, one.last, text_words.stems
    entry, surface = load("weapons").entries[one.key], one.surface
    opens, closes = text_words.sentence(first)
    before, after = stems[max(opens, first - AROUND) : first], stems[last + 1 : min(closes, last + 1 + AROUND)]
    plain = surface in entry.synonyms and surface not in entry.data.get("patterns", ())
    everyday = "worn" if entry.data.get("worn") else "everyday" if entry.data.get("context") else "weapon"
    sort = f"{everyday} {'word' if plain else 'phrase'}"
    found = {sort, f"key {entry.key}", f"as {surface}", f"{sort} {len(before)} before", f"{sort} {len(after)} after"}
    for name in (*_of_cues(before, after), *_of_owner(one, before, text_words)):
        found |= {name, f"{sort} {name}", f"key {entry.key} {name}"}
    for side, near in (("before", before[::-1]), ("after", after)):
        found.update(name for one in near for name in (f"{side} {one}", f"{sort} {side} {one}"))
        for away, word in enumerate(near[:_NEAR]):
            found |= {f"{side} {away} {word}", f"as {surface} {side} {word}"}
    return found


def _of_cues(before: list[str], after: list[str]) -> Iterator[str]:
    for cue in _CUES:
        for side, near in (("before", before), ("after", after)):
            if not words("weapon", cue).isdisjoint(near):
                yield f"{cue} {side}"


def _of_owner(one: Named, before: list[str], text_words: Words) -> Iterator[str]:
    """Who acts, and whether the person harmed may have it: her own, or what she hit him with."""
    first, last, forms, stems = one.first, one.last, text_words.forms, text_words.stems
    using, behind = words("weapon", "use"), forms[last + 1 : last + 3]
    hitting = using | words("sets", "hit")
    yield from (f"actor {one.actor}", f"reality {one.reality}")
    told = {
        "denied": one.denied,
        "hers": forms[max(0, first - 1)] in ("my", "her"),
        "held to her": not _HELD_TO.isdisjoint(behind[:1]) and not _HERS.isdisjoint(behind[1:]),
        "done to her": not _HERS.isdisjoint(forms[first + 1 : last + 1]),
        "used on him": any(then == "him" and one in hitting for one, then in pairwise(before)),
        "undergone": stem("have") in before and not using.isdisjoint(stems[last + 1 : last + 3]),
        "a deed": first == last and forms[first].endswith(("ed", "ing")),
    }
    yield from (name for name, holds in told.items() if holds)
