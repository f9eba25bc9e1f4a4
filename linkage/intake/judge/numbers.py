"""Which numbers of a text are a person's age or height: the features by which it is judged, and what was learned."""

from __future__ import annotations

from collections.abc import Iterator

from linkage.intake.document.tokens import ahead, past, phrases_of
from linkage.intake.finding import SURE, Finding
from linkage.intake.judge.linear import Features, learned
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import plain
from linkage.intake.values.people.descriptors import item, says_person
from linkage.intake.values.people.measures import NUMBER_TOLD, Measure, Number

_NEAR, _REACH = 4, 30
"""Words, and characters, on either side of a number that count [G]."""
_FIGURE = compiled(r"\d")
_FIGURES = compiled(r"\d+")


def measured(measure: Measure, text: str) -> list[Finding]:
    """What a free text tells, each with the words that tell it ("around 55 years old", "about six foot")."""
    low, model = plain(text), learned(measure.field)
    found: list[Finding] = []
    for one in measure.numbers(low):
        apart = not found or found[-1].end <= one.start
        if apart and model.chance(*features(one, measure.context)) >= SURE and (value := measure.value(one)):
            found.append(Finding(measure.field, value, one.start, one.end, "number", NUMBER_TOLD))
    return sorted([*found, *measure.words_told(low, found)], key=lambda one: one.start)


def features(one: Number, context: str) -> Features:
    """What is true of a number: its form, the words beside it, what those can be by the rows of its context, and its
    place in a list."""
    shape = " ".join(_FIGURE.sub("0", one.low[one.begins : one.ends]).split())
    size = _FIGURES.search(one.low, one.begins, one.ends)
    lead, tail = one.words[one.first : one.at], one.words[one.past : one.last]
    names = {
        f"shape {shape}",
        f"size {min(int(size[0]), 999) // 5 if size else 'word'}",
        f"form {shape[:1]}{len(shape)}",
        f"hedged {bool(lead)} {bool(tail)}",
        *_listed(one, shape, bool(lead or tail)),
    }
    words = [("lead", {*lead}), ("tail", {*tail})]
    before, after = one.words[max(0, one.first - _NEAR) : one.first][::-1], one.words[one.last : one.last + _NEAR]
    for side, near in (("before", before or ["opens"]), ("after", after or ["ends"])):
        seen = [word if word.isalpha() else _FIGURE.sub("0", word) for word in near]
        words.append((side, {*seen, *map("{} {}".format, range(_NEAR), seen)}))
        names.update((f"{side} both {' '.join(seen[:2])}", f"{shape} {side} {seen[0]}"))
    for kind in {*_kinds(one, context)}:
        names.update((kind, f"{kind} {shape}"))
    return Features(names, [], words)


def _kinds(one: Number, context: str) -> Iterator[str]:
    """Rows that what stands before or behind the number is one of, and of that before them."""
    for name, at in (("bare", one.at), ("", one.first)):
        for kind, beyond in _before(one, at, context):
            yield f"{name} behind a {kind}"
            yield from (f"behind {other} {kind}" for other, _ in _before(one, beyond, context) if not name)
    for name, at in (("bare", one.past), ("", one.last)):
        for kind in {kind for _, kind in phrases_of(context, "behind").get("".join(one.words[at : at + 1]), ())}:
            if past(one.words, at, context, kind) != at:
                yield f"{name} before a {kind}"


def _before(one: Number, at: int, context: str) -> Iterator[tuple[str, int]]:
    """Rows that what stands before the token `at` is one of, and the token at which it begins."""
    for kind in {kind for _, kind in phrases_of(context, "before").get(one.words[at - 1] if at else "", ())}:
        if (beyond := ahead(one.words, at, context, kind)) != at:
            yield kind, beyond


def _listed(one: Number, shape: str, hedged: bool) -> Iterator[str]:
    """Whether it is an item of a list, and whether a person is described beside it."""
    low, start, end = one.low, one.start, one.end
    alone, before, after = item(low, start, end)
    ahead, behind = says_person(before), says_person(after)
    near = says_person(low[max(0, start - _REACH) : start]), says_person(low[end : end + _REACH])
    yield from (f"item {alone}", f"item {alone} {ahead} {behind}", f"item {alone} {ahead} {behind} {hedged}")
    yield from (f"near {near}", f"near {near} {alone}", f"{shape} item {alone} {ahead or behind}")
