"""Mentions of a vehicle that the labelled words of a text make where they stand close together, what each tells, and
what it is said not to have been: "a blue Corsa, not a van" tells of no van.

Labels of a mention are parted only by words such as "old", "possibly" or "or". Whether a mention is of a vehicle at
all, and which of its words are the vehicle's, is for the judge (`judge.vehicles`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable
from linkage.intake.values.vehicles.vehicle_look import context_words
from linkage.intake.values.vehicles.vehicle_names import Name
from linkage.intake.values.vehicles.vehicle_words import AFTER_LINKS, LINKS, PERSON, Label, Tokens, labels

_BARE = 0.4  # confidence in "the car" with nothing said about it [G]: it may be anybody's
_SAID = PatternTable("vehicles")
_HEDGES = frozenset(("either", "maybe", "possibly", "perhaps", "probably", "think", "thinks", "poss", "prob"))
_ELSEWHERE = {
    "cab": (context_words("of_lorries"), frozenset[str](), "lorry"),
    "bike": (context_words("of_motorcycles"), context_words("of_bicycles"), "motorcycle"),
}
"""Word for a body -> words that a text must hold some and none of, and what it then is: a lorry's cab."""
_FAR = 6
"""Words that may stand between a denial and what it denies [G]: "not a very dark old blue Transit"."""
_ASKED = 4
"""Words before a denial among which "if" undoes it [G]."""
_ENDS = frozenset(".!?:;\n")
_ARTICLES, _UNDONE = map(context_words, ("denied_articles", "denial_undone"))
_BEFORE_NO, _AFTER_NO = map(context_words, ("before_no", "after_no"))
_ALTERNATIVES, _SUPPOSED = frozenset(("or", "nor")), frozenset(("if", "whether"))


def mentions(tokens: Tokens, strict: bool = True) -> list[list[Label]]:
    """The labels of a text gathered into what may be mentions of one vehicle each."""
    groups: list[list[Label]] = []
    for each in _with_denials(tokens, labels(tokens, strict)):
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
    if len(between) > 4 or _SAID["sentence_end"].search(tokens.gap(last.last - 1, each.first)):
        return False
    before_colour = last.kind == "colour" and each.kind != "colour" and _HEDGES.isdisjoint(between)
    allowed = LINKS if before_colour else LINKS | AFTER_LINKS
    spoken = range(last.last, each.first)
    unknown = [at for at in spoken if tokens.words[at] not in allowed and not tokens.words[at].rstrip("s").isdigit()]
    # a model that nobody has listed, or whose van it is: "a silver Warrior pickup", "a yellow Post Office van"
    named = len(unknown) <= 2 and PERSON.isdisjoint(tokens.words[at] for at in unknown)
    unlisted = last.kind == "colour" and each.kind == "body" and named and all(map(tokens.capital, unknown))
    return (not unknown or unlisted) and not _another(group, each, between)


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
    """What a mention tells and does not deny; a model alone also gives its make, on the same span."""
    found: list[Finding] = []
    group = [each for each in group if not each.denied]
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
    some, none, other = _ELSEWHERE.get(word, (frozenset[str](), frozenset[str](), ""))
    told_apart = not some.isdisjoint(tokens.words) and none.isdisjoint(tokens.words)
    return other if told_apart or isinstance(each.value, Name) else each.value[0]


def _with_denials(tokens: Tokens, said: Sequence[Label]) -> list[Label]:
    """The labels of a text in order, those `denied` that a denial leads to, or an "or" from one that is denied."""
    taken = {at for one in said for at in range(one.first, one.last)}
    found: list[Label] = []
    for one in said:
        goes_on = any(before.denied and _goes_on(tokens, before, one) for before in found[-1:])
        denied = one.kind != "nothing" and (goes_on or _is_denied(tokens, one, taken))
        found.append(replace(one, denied=denied))
    return found


def _is_denied(tokens: Tokens, one: Label, taken: set[int]) -> bool:
    """Whether a denial leads to a label over its article and other words of the description ("not a white van"), or
    stands right before it: without an article it denies one word alone ("a white not cream van")."""
    article = False
    for at in range(one.first, max(0, one.first - _FAR), -1):
        word, gap = tokens.words[at - 1], tokens.gap(at - 1, at)
        if gap not in (" ", "-", "\n"):
            return False
        if word == "no":
            return gap == " " and not article and tokens.words[at] not in _AFTER_NO and _may_deny(tokens, at - 1)
        if word == "not" or _is_short(word):
            return (article or at == one.first) and not _undone(tokens, at - 1)
        if word not in _ARTICLES and word not in LINKS and at - 1 not in taken:
            return False
        article = article or word in _ARTICLES
    return False


def _may_deny(tokens: Tokens, at: int) -> bool:
    """Whether the "no" at token `at` is neither an answer nor short for "number"."""
    if at == 0:
        return True
    gap = tokens.gap(at - 1, at)
    return tokens.words[at - 1] in _BEFORE_NO if gap == " " else gap.strip() in (".", ",", ";")


def _is_short(word: str) -> bool:
    """Whether a word ends in a "not" that is written short."""
    return word.endswith(("n't", "n’t"))


def _undone(tokens: Tokens, at: int) -> bool:
    """Whether the denial at token `at` asks ("Wasn't a red Audi behind you?"), supposes, or is denied itself."""
    if at == 0 or not _ENDS.isdisjoint(tokens.gap(at - 1, at)):
        return _is_short(tokens.words[at])
    before = tokens.words[max(0, at - _ASKED) : at]
    return before[-1] in _UNDONE or _is_short(before[-1]) or not _SUPPOSED.isdisjoint(before)


def _goes_on(tokens: Tokens, denied: Label, one: Label) -> bool:
    """Whether "or" or a stroke leads from what is denied to a label ("not a BMW or an Audi", "not a Focus/Astra")."""
    between = tokens.words[denied.last : one.first]
    if not between:
        return tokens.gap(denied.last - 1, one.first) == "/"
    return between[0] in _ALTERNATIVES and _ARTICLES.issuperset(between[1:])
