"""Labels the words of a text that may speak of a vehicle, and gathers them into mentions.

A label is a word or phrase with one reading: make, model, colour, body, noun ("car", "vehicle") or nothing (a phrase
that only looks like a vehicle: "polo shirt"). Labels that stand close together, parted only by words such as "old",
"possibly", "or", form a mention; the mention is the context that decides whether an everyday word in it names a
vehicle.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import OSA

from linkage.intake.facts.vehicle_look import body_words, colour_words
from linkage.intake.facts.vehicle_names import Name, allowed_edits, compact, names, nearest, readings
from linkage.intake.facts.vehicle_tokens import Label, Tokens, context_words
from linkage.intake.facts.vehicle_traps import (
    is_count,
    is_line,
    is_man,
    is_person,
    is_place,
    is_question,
    is_road,
    is_smart,
    is_thing,
    named_all_the_same,
    of_their_make,
)
from linkage.intake.patterns import compiled
from linkage.vocabulary import load

_LONGEST = 6
_JOINING = compiled(r"(?: ?[-'’/.]?|[-'’.] ?|\s|!)")
_NOUNS = frozenset(["vehicle", "vehicles", "motor", "motors", "car", "cars"])
_LINKS = context_words("links")
_AFTER_LINKS = context_words("after_links")
_COLOUR_END = context_words("colour_end")
_PERSON = context_words("person")
_COUNTED = context_words("counted")
_MISSPELT_LENGTH = 5
_WEAK_BODY = 2  # caution of everyday body words: a colour or a driving word must stand by


@cache
def _readings() -> dict[str, tuple[str, Name | tuple[str, ...], int]]:
    """Compact surface form -> (kind, value, caution). Phrases that are nothing win over bodies, bodies over names."""
    found: dict[str, tuple[str, Name | tuple[str, ...], int]] = {}
    for entry in load("not_vehicles").entries.values():
        for words in (entry.label, *entry.synonyms):
            found[compact(words)] = ("nothing", (), 0)
    for word, colours in colour_words().items():
        found.setdefault(word, ("colour", colours, 0))
    for word, (body, weak) in body_words().items():
        found.setdefault(word, ("body", (body,), _WEAK_BODY if weak else 0))
    found["bike"] = ("body", ("bicycle",), _WEAK_BODY)  # in a field it may be either kind; a text tells them apart
    for word, each in names().items():
        if word == "jeep":
            continue
        if not word.isdigit():
            found.setdefault(word, ("model" if each[0].model else "make", each[0], each[0].caution))
    for word in _NOUNS:
        found[word] = ("body", ("car",), 0) if word in ("car", "cars") else ("noun", (), 0)
    return found


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(word[:size] for word in _readings() for size in range(1, len(word) + 1))


def _longest(tokens: Tokens, first: int, strict: bool) -> Label | None:
    """The longest known phrase that starts at a token. `strict` (free text) honours the phrases that are nothing."""
    word, best, at = "", None, first
    known, prefixes = _readings(), _prefixes()
    while at < len(tokens.words) and at - first < _LONGEST:
        word += tokens.words[at]
        if word not in prefixes or (at > first and not _JOINING.fullmatch(tokens.gap(at - 1, at))):
            break
        at += 1
        if (
            word in known
            and _joined_well(tokens, first, at, known[word][0])
            and (strict or known[word][0] != "nothing")
        ):
            kind, value, caution = known[word]
            best = Label(kind, value, first, at, caution)
    if best and best.kind == "nothing" and named_all_the_same(tokens, best):
        return None
    if best and _is_jeep(tokens, best):
        return Label("make", names()["jeep"][0], first, best.last, 1)
    return _without_body(best, tokens) if best else None


def _is_jeep(tokens: Tokens, best: Label) -> bool:
    """A capital tells the make ("a black Jeep") from the kind of vehicle ("some kind of jeep")."""
    return best.kind == "body" and tokens.words[best.first : best.last] == ["jeep"] and tokens.capital(best.first)


def _joined_well(tokens: Tokens, first: int, last: int, kind: str) -> bool:
    """No name out of an article and a number ("a 3 door"), nor out of a lone lower-case letter and a word."""
    if kind == "nothing" or last - first < 2 or len(tokens.words[first]) > 1 or tokens.words[first].isdigit():
        return True
    letter, gap = tokens.text[tokens.spans[first][0]], tokens.gap(first, first + 1)
    figures = tokens.words[first + 1][0].isdigit()
    if not gap.isspace():
        return True
    return (letter.isupper() and letter not in "AI") if figures else letter != "a" or last - first > 2


def _without_body(label: Label, tokens: Tokens) -> Label:
    """A name's phrase that ends in a body word leaves that word to be read by itself ("tranny van")."""
    if (
        isinstance(label.value, Name)
        and label.last - label.first > 1
        and tokens.words[label.last - 1] in ("van", "car", "cab")
    ):
        return Label(label.kind, label.value, label.first, label.last - 1, 0)
    return label


def _beginnings(words: list[str]) -> list[int]:
    """Where a known phrase may start: a known word, or one with which the next begins a phrase."""
    known, prefixes = _readings(), _prefixes()
    pairs = enumerate(zip(words, [*words[1:], " "], strict=False))
    return [at for at, (word, after) in pairs if word in prefixes and (word in known or word + after in prefixes)]


def label(tokens: Tokens, strict: bool) -> list[Label]:
    """Every known phrase, left to right, the longest first; then badges and misspellings beside them."""
    found: list[Label] = []
    past = 0
    for at in _beginnings(tokens.words):
        here = _longest(tokens, at, strict) if at >= past else None
        if (
            here is None
            or is_place(here, tokens)
            or is_road(here, tokens)
            or is_question(here, tokens)
            or is_line(here, tokens)
            or is_person(here, tokens)
            or is_thing(here, tokens)
            or is_man(here, tokens)
            or is_smart(here, tokens)
            or is_count(here, tokens)
        ):
            continue
        found.append(here)
        past = here.last
    found = [each for each in found if each.kind != "nothing"] if not strict else found
    return of_their_make(_with_badges(found, tokens), tokens)


def _with_badges(found: list[Label], tokens: Tokens) -> list[Label]:
    """Adds what is read only beside a label: numbers after their make, badges, and misspelt makes and models."""
    taken = {at for each in found for at in range(each.first, each.last)}
    more: list[Label] = []
    for each in sorted(found, key=lambda one: one.first):
        if each.kind == "nothing":
            continue
        after = each.last
        if after < len(tokens.words) and after not in taken and tokens.gap(after - 1, after) in (" ", "-", ", "):
            new = _hyphened(tokens, after, each) or _badge(tokens.words[after], after, each)
            new = new or _misspelt(tokens, after, each)
            if new and not (new.kind == "model" and _counts_something(tokens, new)):
                more.append(new)
                taken.add(after)
        before = each.first - 1
        if (
            before >= 0
            and before not in taken
            and tokens.gap(before, before + 1) in (" ", "-")
            and each.kind in ("model", "body")
        ):
            new = _misspelt(tokens, before, each)
            if new:
                more.append(new)
                taken.add(before)
    for new in list(more):
        after = new.last
        if (
            new.kind == "make"
            and after < len(tokens.words)
            and after not in taken
            and tokens.gap(after - 1, after) == " "
        ):
            model = _badge(tokens.words[after], after, new) or _misspelt(tokens, after, new)
            if model:
                more.append(model)
    return sorted(found + more, key=lambda one: one.first)


def _counts_something(tokens: Tokens, new: Label) -> bool:
    """Whether a number counts doors or years and is no model ("Renault 5 door")."""
    after = new.last
    counts = after < len(tokens.words) and tokens.words[after] in _COUNTED
    return tokens.words[new.first].isdigit() and counts


def _hyphened(tokens: Tokens, at: int, beside: Label) -> Label | None:
    """A number in two parts right after its make: "Saab 9-3"."""
    if at + 1 >= len(tokens.words) or tokens.gap(at, at + 1) != "-":
        return None
    whole = _badge(tokens.words[at] + tokens.words[at + 1], at, beside)
    return Label(whole.kind, whole.value, at, at + 2, 0) if whole else None


def _badge(word: str, at: int, beside: Label) -> Label | None:
    """A number or badge right after its make: "BMW 320d", "Peugeot 206"."""
    if beside.kind != "make" or not isinstance(beside.value, Name) or not any(char.isdigit() for char in word):
        return None
    mine = [name for name in readings(word) if name.make == beside.value.make and name.model]
    return Label("model", mine[0], at, at + 1, 0) if mine else None


def _misspelt(tokens: Tokens, at: int, beside: Label) -> Label | None:
    word = tokens.words[at]
    if (
        len(word) < _MISSPELT_LENGTH
        or word in _LINKS
        or word in _PERSON
        or word in _COLOUR_END
        or word in _AFTER_LINKS
    ):
        return None
    if beside.kind == "make" and isinstance(beside.value, Name):
        near = nearest(word, beside.value.make)
    elif at < beside.first:
        near = nearest(word, None)
        near = near if near and (_agrees(near, beside) or (beside.kind == "body" and _close(word, near))) else None
    elif beside.kind == "colour":
        near = nearest(word, None) or nearest(word, "")
        near = near if near and _close(word, near) else None
    else:
        near = None
    return Label("model" if near.model else "make", near, at, at + 1, 1) if near else None


def _agrees(near: Name, beside: Label) -> bool:
    if isinstance(beside.value, Name):
        return beside.value.make == near.make
    return False


def _close(word: str, near: Name) -> bool:
    """Beside a colour alone, only a word of six letters and more with the same first letter, one edit away."""
    if len(word) <= _MISSPELT_LENGTH or allowed_edits(word) < 2:
        return False
    surfaces = [s for s, each in names().items() if near in each and s[0] == word[0] and abs(len(s) - len(word)) <= 1]
    return bool(surfaces) and _nearest_edits(word, surfaces) == 1


def _nearest_edits(word: str, surfaces: Sequence[str]) -> int:
    """Fewest edits between a word and any of the surface forms."""
    return min(int(OSA.distance(word, surface)) for surface in surfaces)
