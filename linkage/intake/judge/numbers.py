"""A number in a text: the features by which it is judged whether it is a person's age or height."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from linkage.intake.document.tokens import Located, Token
from linkage.intake.patterns import compiled
from linkage.intake.quantities import hedges
from linkage.intake.values.people.listing import is_item, item_after, item_before, says_person
from linkage.vocabulary import load

_NEAR, _REACH = 4, 30
"""Words, and characters, on either side of a number that count [G]."""
_FIGURE = compiled(r"\d")
_FIGURES = compiled(r"\d+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in `plain` text: characters [start, end) with the hedges and units round it, [begins, ends) without;
    tokens [first, last) and [at, past) likewise. `context` names the rows of what stands beside it."""

    low: str
    words: tuple[Token, ...]
    context: str
    start: int
    end: int
    begins: int
    ends: int
    first: int
    at: int
    past: int
    last: int

    @classmethod
    def of(
        cls,
        low: str,
        tokens: Located,
        span: tuple[int, int],
        context: str,
        lead: tuple[str, ...],
        tail: tuple[str, ...],
    ) -> Number:
        """The number low[span], with the rows `lead` and `tail` of its context as part of what is said."""
        words = tokens.words
        at, past = tokens.span(*span)
        first, last, before = at, past, (-1, -1)
        while (first, last) != before:
            before = first, last
            first = hedges.start_of(words, first, context, *lead) if lead else first
            last = hedges.end_of(words, last, context, *tail)
            first, last = hedges.start_of(words, first), hedges.end_of(words, last)
        start = words[first].start if first < at else span[0]
        end = words[last - 1].end if last > past else span[1]
        return cls(low, words, context, start, end, *span, first, at, past, last)


@cache
def _rows(context: str, side: str) -> tuple[str, ...]:
    return tuple(key for key, entry in load(context).entries.items() if entry.data.get(side))


def features(one: Number) -> set[str]:
    """What is true of a number: its form, the words beside it, what those can be, and its place in a list."""
    shape = " ".join(_FIGURE.sub("0", one.low[one.begins : one.ends]).split())
    size = _FIGURES.search(one.low, one.begins, one.ends)
    before = [_plain(word) for word in one.words[max(0, one.first - _NEAR) : one.first]][::-1] or ["opens"]
    after = [_plain(word) for word in one.words[one.last : one.last + _NEAR]] or ["ends"]
    lead = [word.low for word in one.words[one.first : one.at]]
    tail = [word.low for word in one.words[one.past : one.last]]
    found = {
        f"shape {shape}",
        f"size {min(int(size[0]), 999) // 5 if size else 'word'}",
        f"form {shape[:1]}{len(shape)}",
    }
    found.update(f"lead {word}" for word in lead)
    found.update(f"tail {word}" for word in tail)
    found.add(f"hedged {bool(lead)} {bool(tail)}")
    for side, words in (("before", before), ("after", after)):
        found.update(f"{side} {word}" for word in words)
        found.update(f"{side} {away} {word}" for away, word in enumerate(words))
        found.update((f"{side} both {' '.join(words[:2])}", f"{shape} {side} {words[0]}"))
    kinds = {*_kinds(one)}
    found |= kinds
    found.update(f"{kind} {shape}" for kind in kinds)
    found.update(_listed(one, shape, bool(lead or tail)))
    return found


def _plain(word: Token) -> str:
    return _FIGURE.sub("0", word.low)


def _kinds(one: Number) -> Iterator[str]:
    """Rows that what stands before or behind the number is one of, and of that before them."""
    for name, at in (("bare", one.at), ("", one.first)):
        for kind in _rows(one.context, "before"):
            beyond = hedges.start_of(one.words, at, one.context, kind)
            if beyond != at:
                yield f"{name} behind a {kind}"
                for other in _rows(one.context, "before") if not name else ():
                    if hedges.start_of(one.words, beyond, one.context, other) != beyond:
                        yield f"behind {other} {kind}"
    for name, at in (("bare", one.past), ("", one.last)):
        for kind in _rows(one.context, "behind"):
            if hedges.end_of(one.words, at, one.context, kind) != at:
                yield f"{name} before a {kind}"


def _listed(one: Number, shape: str, hedged: bool) -> Iterator[str]:
    """Whether it is an item of a list, and whether a person is described beside it."""
    low, start, end = one.low, one.start, one.end
    item = is_item(low, start, end)
    ahead, behind = says_person(item_before(low, start)), says_person(item_after(low, end))
    near = says_person(low[max(0, start - _REACH) : start]), says_person(low[end : end + _REACH])
    yield from (f"item {item}", f"item {item} {ahead} {behind}", f"item {item} {ahead} {behind} {hedged}")
    yield from (f"near {near}", f"near {near} {item}", f"{shape} item {item} {ahead or behind}")
