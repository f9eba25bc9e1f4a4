"""Gathers labels into mentions of one vehicle each, and judges from a mention what its words belong to.

Labels that stand close together, parted only by words such as "old", "possibly" or "or", form a mention. The mention
is the context that decides whether an everyday word in it names a vehicle, and whether a colour is the vehicle's.
"""

from __future__ import annotations

import re

from linkage.intake.facts.vehicle_look import colour_words
from linkage.intake.facts.vehicle_names import Name
from linkage.intake.facts.vehicle_tokens import Label, Tokens, context_words
from linkage.intake.patterns import compiled

_SENTENCE_END = compiled(r"[.!?;]\s|[.!?]$|\n\s*\n")
_LINKS = context_words("links")
_AFTER_LINKS = context_words("after_links")
_COLOUR_END = context_words("colour_end")
_PERSON = context_words("person")
_DRIVING = context_words("driving")
_TRIMS = context_words("trims")
_HEDGES = frozenset(("either", "maybe", "possibly", "perhaps", "probably", "think", "thinks", "poss", "prob"))
_RIDERS = frozenset(("child", "childs", "ladies", "lady", "boy", "boys", "girl", "girls", "mens", "womens", "s"))
_WORN = frozenset(("wearing", "wore", "wears", "dressed", "worn"))
_ARTICLES = frozenset(("a", "an", "his", "in", "their"))
_COLOUR_JOINS = frozenset(("or", "and", "to", "possibly", "maybe", "very", "dark", "light", "perhaps"))
_SHADES = frozenset(("dark", "light", "pale", "bright"))
_SKIN = frozenset(("white", "black"))  # colours that may as well begin the description of a person


def mentions(tokens: Tokens, labels: list[Label]) -> list[list[Label]]:
    """Labels gathered into mentions of one vehicle each."""
    groups: list[list[Label]] = []
    for each in labels:
        if each.kind == "nothing":
            groups.append([])
        elif groups and groups[-1] and _belongs(tokens, groups[-1], each):
            groups[-1].append(each)
        else:
            groups.append([each])
    return [group for group in groups if group]


def _belongs(tokens: Tokens, group: list[Label], each: Label) -> bool:
    last = group[-1]
    between = tokens.words[last.last : each.first]
    gap = tokens.gap(last.last - 1, each.first)
    if len(between) > 4 or _SENTENCE_END.search(gap):
        return False
    hedged = not _HEDGES.isdisjoint(between)
    allowed = _LINKS if last.kind == "colour" and each.kind != "colour" and not hedged else _LINKS | _AFTER_LINKS
    if each.kind == "body" and isinstance(each.value, tuple) and each.value[0] in ("bicycle", "motorcycle"):
        allowed = allowed | _RIDERS
    unknown = [at for at in range(last.last, each.first) if not _may_stand_between(tokens.words[at], allowed)]
    # a model that nobody has listed, or whose van it is: "a silver Warrior pickup", "a yellow Post Office van"
    named = len(unknown) == 1 or (len(unknown) == 2 and _PERSON.isdisjoint(tokens.words[at] for at in unknown))
    model = last.kind == "colour" and each.kind == "body" and named and all(map(tokens.capital, unknown))
    if unknown and not model:
        return False
    return not _another(group, each, between)


def _may_stand_between(word: str, allowed: frozenset[str]) -> bool:
    return word in allowed or word.removesuffix("s").isdigit() or "." in word


def _another(group: list[Label], each: Label, between: list[str]) -> bool:
    """Whether the next label starts a second vehicle."""
    named = [one.value for one in group if isinstance(one.value, Name)]
    if isinstance(each.value, Name) and named:
        makes = {name.make for name in named}
        models = {name.model for name in named if name.model}
        return each.value.make not in makes or bool(each.value.model and models and each.value.model not in models)
    if each.kind in ("colour", "body") and "and" in between and "a" in between:
        return any(one.kind != "colour" for one in group)
    if each.kind == "colour" and ("and" in between or "a" in between):
        kinds = {one.kind for one in group}
        return "colour" in kinds and bool(kinds & {"make", "model", "body"}) and group[-1].kind != "colour"
    return False


def colour_belongs(tokens: Tokens, group: list[Label], at: int) -> bool:
    """Whether the colour at `at` in a mention is the vehicle's: before a vehicle word, or alone after one."""
    if any(one.kind != "colour" for one in group[at + 1 :]):
        return True
    if not any(one.kind != "colour" for one in group[:at]) or _of_its_man(tokens, group, at):
        return False
    last = _end_of_colours(tokens, group, at)
    if last >= len(tokens.words):
        return True
    word, gap = tokens.words[last], tokens.gap(last - 1, last)
    stops = re.search(r"[.;()\n¤•|]", gap) is not None
    if word in _PERSON and not stops:
        return False
    if word.isdigit() and not stops and ("," not in gap or tokens.words[last - 1] in _SKIN):
        return tokens.words[last + 1 : last + 2] in (["plate"], ["reg"])
    return stops or word in _COLOUR_END or word in _LINKS or any(char in gap for char in ".,;:()\n-/!?\"”'’")


def _of_its_man(tokens: Tokens, group: list[Label], at: int) -> bool:
    """Whether a colour is that of the man whom the vehicle only tells apart: "The man in the Golf is white"."""
    skin = tokens.words[group[at].first : group[at].last][0] in _SKIN
    said = not {"is", "was"}.isdisjoint(tokens.words[group[at - 1].last : group[at].first])
    return skin and said and not _PERSON.isdisjoint(tokens.words[max(0, group[0].first - 4) : group[0].first])


def _end_of_colours(tokens: Tokens, group: list[Label], at: int) -> int:
    """The token after the colours that stand together from `at` on ("dark blue or black")."""
    last = group[at].last
    for each in group[at + 1 :]:
        if each.kind != "colour" or not _COLOUR_JOINS.issuperset(tokens.words[last : each.first]):
            break
        last = each.last
    return last


def context(tokens: Tokens, group: list[Label], each: Label) -> int:
    """How much of a vehicle stands around a word (the scale of `caution` in makes.toml): 0 to 4."""
    others = [one for one in group if one is not each]
    if any(_same_make(one, each) for one in others):
        return 5
    if any(one.kind in ("body", "noun", "make", "model") and one.caution < 4 for one in others):
        return 4 if each.kind != "model" or each.caution < 4 else 3
    before = set(tokens.words[max(0, group[0].first - 5) : group[0].first])
    of_clothes = each.caution and not _PERSON.isdisjoint(tokens.words[group[-1].last : group[-1].last + 1])
    if before & _WORN or of_clothes:
        return -1  # "a smart grey suit"
    trim = not _TRIMS.isdisjoint(tokens.words[each.last : each.last + 1])
    if trim or before & _DRIVING or not _DRIVING.isdisjoint(tokens.words[group[-1].last : group[-1].last + 2]):
        return 3
    if any(one.kind == "colour" for one in others) or (each.kind == "body" and shaded(tokens, each)):
        return 2
    return 1 if article_before(tokens, each) else 0


def shaded(tokens: Tokens, each: Label) -> bool:
    """Whether a word tells how dark something is right before the body of a vehicle: "a dark saloon"."""
    return each.first > 0 and tokens.words[each.first - 1] in _SHADES


def article_before(tokens: Tokens, each: Label) -> bool:
    """Whether "a", "his", "in" ... opens the phrase, with nothing but "old", "blue" ... in between."""
    at = each.first - 1
    while at >= 0 and (tokens.words[at] in _LINKS or tokens.words[at] in colour_words()) and each.first - at < 5:
        at -= 1
    return at >= 0 and tokens.words[at] in _ARTICLES


def _same_make(one: Label, each: Label) -> bool:
    return (
        isinstance(one.value, Name)
        and isinstance(each.value, Name)
        and one.value.make == each.value.make
        and one.kind != each.kind
    )
