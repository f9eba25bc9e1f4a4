"""Which numbers of a text are a person's age or height: the features by which it is judged, and what was learned."""

from __future__ import annotations

from collections.abc import Iterator

from linkage.intake.document.context_phrases import ahead, past, phrases_of
from linkage.intake.finding import SURE, Finding
from linkage.intake.judge.linear import learned
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import plain
from linkage.intake.values.people.listing import is_item, item_after, item_before, says_person
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
        if apart and model.chance(features(one, measure.context)) >= SURE and (value := measure.value(one)):
            found.append(Finding(measure.field, value, one.start, one.end, "number", NUMBER_TOLD))
    return sorted([*found, *measure.words_told(low, found)], key=lambda one: one.start)


def features(one: Number, context: str) -> set[str]:
    """What is true of a number: its form, the words beside it, what those can be by the rows of its context, and its
    place in a list."""
    shape = " ".join(_FIGURE.sub("0", one.low[one.begins : one.ends]).split())
    size = _FIGURES.search(one.low, one.begins, one.ends)
    before = [_FIGURE.sub("0", word) for word in one.words[max(0, one.first - _NEAR) : one.first]][::-1] or ["opens"]
    after = [_FIGURE.sub("0", word) for word in one.words[one.last : one.last + _NEAR]] or ["ends"]
    lead, tail = one.words[one.first : one.at], one.words[one.past : one.last]
    found = {
        f"shape {shape}",
        f"size {min(int(size[0]), 999) // 5 if size else 'word'}",
        f"form {shape[:1]}{len(shape)}",
        f"hedged {bool(lead)} {bool(tail)}",
    }
    found.update(f"lead {word}" for word in lead)
    found.update(f"tail {word}" for word in tail)
    for side, words in (("before", before), ("after", after)):
        found.update(f"{side} {word}" for word in words)
        found.update(f"{side} {away} {word}" for away, word in enumerate(words))
        found.update((f"{side} both {' '.join(words[:2])}", f"{shape} {side} {words[0]}"))
    for kind in {*_kinds(one, context)}:
        found.update((kind, f"{kind} {shape}"))
    found.update(_listed(one, shape, bool(lead or tail)))
    return found


def _kinds(one: Number, context: str) -> Iterator[str]:
    """Rows that what stands before or behind the number is one of, and of that before them."""
    for name, at in (("bare", one.at), ("", one.first)):
        for kind, beyond in _before(one, at, context):
            yield f"{name} behind a {kind}"
            yield from (f"behind {other} {kind}" for other, _ in _before(one, beyond, context) if not name)
    for name, at in (("bare", one.past), ("", one.last)):
        words = one.words[at : at + 1]
        for kind in {kind for word in words for _, kind in phrases_of(context, "behind").get(word, ())}:
            if past(one.words, at, context, kind) != at:
                yield f"{name} before a {kind}"


def _before(one: Number, at: int, context: str) -> Iterator[tuple[str, int]]:
    """Rows that what stands before the token `at` is one of, and the token at which it begins."""
    words = one.words[at - 1 : at] if at else ()
    for kind in {kind for word in words for _, kind in phrases_of(context, "before").get(word, ())}:
        if (beyond := ahead(one.words, at, context, kind)) != at:
            yield kind, beyond


def _listed(one: Number, shape: str, hedged: bool) -> Iterator[str]:
    """Whether it is an item of a list, and whether a person is described beside it."""
    low, start, end = one.low, one.start, one.end
    item = is_item(low, start, end)
    ahead, behind = says_person(item_before(low, start)), says_person(item_after(low, end))
    near = says_person(low[max(0, start - _REACH) : start]), says_person(low[end : end + _REACH])
    yield from (f"item {item}", f"item {item} {ahead} {behind}", f"item {item} {ahead} {behind} {hedged}")
    yield from (f"near {near}", f"near {near} {item}", f"{shape} item {item} {ahead or behind}")
