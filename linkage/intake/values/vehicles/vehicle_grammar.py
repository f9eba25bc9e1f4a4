"""Mentions of a vehicle: labels that stand close together, and the facts that one mention tells.

Labels are parted only by words such as "old", "possibly" or "or". Whether a mention is of a vehicle at all, and which
of its words are the vehicle's, is for the judge (`judge.vehicles`).
"""

from __future__ import annotations

from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.values.vehicles.vehicle_look import features_in
from linkage.intake.values.vehicles.vehicle_names import Name
from linkage.intake.values.vehicles.vehicle_words import Label, Tokens, context_words, labels

_NEAR = 80  # characters between a vehicle and a feature that needs one [G]
_BARE = 0.4  # confidence in "the car" with nothing said about it [G]: it may be anybody's
_SENTENCE_END = compiled(r"[.!?;]\s|[.!?]$|\n\s*\n")
_LINKS, _AFTER_LINKS = context_words("links"), context_words("after_links")
_PERSON = context_words("person")
_HEDGES = frozenset(("either", "maybe", "possibly", "perhaps", "probably", "think", "thinks", "poss", "prob"))
_RIDERS = frozenset(("child", "childs", "ladies", "lady", "boy", "boys", "girl", "girls", "mens", "womens", "s"))
_ELSEWHERE_SAID = {
    "cab": (context_words("of_lorries"), frozenset[str](), "lorry"),
    "bike": (context_words("of_motorcycles"), context_words("of_bicycles"), "motorcycle"),
}
"""Word for a body -> words that a text must hold some and none of, and what it then is: a lorry's cab."""


def mentions(tokens: Tokens, strict: bool = True) -> list[list[Label]]:
    """The labels of a text gathered into what may be mentions of one vehicle each."""
    groups: list[list[Label]] = []
    for each in labels(tokens, strict):
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
    if len(between) > 4 or _SENTENCE_END.search(tokens.gap(last.last - 1, each.first)):
        return False
    before_colour = last.kind == "colour" and each.kind != "colour" and _HEDGES.isdisjoint(between)
    allowed = _LINKS if before_colour else _LINKS | _AFTER_LINKS
    if each.value in (("bicycle",), ("motorcycle",)):
        allowed = allowed | _RIDERS
    unknown = [at for at in range(last.last, each.first) if not _may_stand_between(tokens.words[at], allowed)]
    # a model that nobody has listed, or whose van it is: "a silver Warrior pickup", "a yellow Post Office van"
    named = len(unknown) <= 2 and _PERSON.isdisjoint(tokens.words[at] for at in unknown)
    unlisted = last.kind == "colour" and each.kind == "body" and named and all(map(tokens.capital, unknown))
    return (not unknown or unlisted) and not _another(group, each, between)


def _may_stand_between(word: str, allowed: frozenset[str]) -> bool:
    return word in allowed or word.removesuffix("s").isdigit()


def _another(group: list[Label], each: Label, between: list[str]) -> bool:
    """Whether the next label starts a second vehicle."""
    named = [one.value for one in group if isinstance(one.value, Name)]
    if isinstance(each.value, Name) and named:
        models = {name.model for name in named if name.model}
        other = bool(each.value.model and models and each.value.model not in models)
        return other or each.value.make not in {name.make for name in named}
    kinds = {one.kind for one in group}
    if each.kind in ("colour", "body") and "and" in between and "a" in between:
        return kinds != {"colour"}
    if each.kind == "colour" and ("and" in between or "a" in between):
        return "colour" in kinds and len(kinds - {"noun"}) > 1 and group[-1].kind != "colour"
    return False


def findings(tokens: Tokens, group: list[Label]) -> list[Finding]:
    """What a mention tells; a model alone also gives its make, on the same span."""
    found: list[Finding] = []
    makes = {each.value.make for each in group if each.kind == "make" and isinstance(each.value, Name)}
    bodies = {each.value for each in group if each.kind == "body"}
    for each in group:
        start, end = tokens.spans[each.first][0], tokens.spans[each.last - 1][1]
        if isinstance(each.value, Name):
            if each.value.make not in makes or each.value.model is None:
                rule = "make_of_model" if each.value.model else "make_name"
                found.append(Finding("make", each.value.make, start, end, rule))
            if each.value.model:
                found.append(Finding("model", each.value.model, start, end, "model_name"))
        elif each.kind == "colour":
            found += [Finding("colour", colour, start, end, "colour_word") for colour in each.value]
        elif each.kind == "body" and (each.value != ("car",) or len(bodies) == 1):
            sure = 0.9 if len(group) > 1 or each.value != ("car",) else _BARE
            found.append(Finding("body", _body(tokens, each), start, end, "body_word", sure))
    return found


def _body(tokens: Tokens, each: Label) -> str:
    """The body that a word names; a word that may be one of two is told apart by what else the text says."""
    word = "".join(tokens.words[each.first : each.last])
    some, none, other = _ELSEWHERE_SAID.get(word, (frozenset[str](), frozenset[str](), ""))
    told_apart = not some.isdisjoint(tokens.words) and none.isdisjoint(tokens.words)
    return other if told_apart or isinstance(each.value, Name) else each.value[0]


def attach_features(lower: str, groups: list[list[Finding]], strict: bool) -> None:
    """Adds each feature to the nearest mention; one that needs a vehicle near by and has none is left out."""
    anchors = [(found[0].start, found[-1].end) for found in groups]
    taken: list[Finding] = []
    for feature, sure in features_in(lower):
        if any(feature.start < other.end and other.start < feature.end for other in taken):
            continue
        distance = [max(start - feature.end, feature.start - end, 0) for start, end in anchors]
        nearest = min(range(len(anchors)), key=distance.__getitem__, default=None)
        if nearest is not None and (distance[nearest] <= _NEAR or sure or not strict):
            groups[nearest].append(feature)
        elif sure or not strict:
            groups.append([feature])
        else:
            continue
        taken.append(feature)
