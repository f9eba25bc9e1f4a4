"""The words of a text that may speak of a vehicle: makes and models, colours, bodies, and their misspellings.

A label is a word or phrase with one reading. What stands in `not_vehicles.toml` ("polo shirt") only looks like one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from linkage.intake.patterns import PatternTable
from linkage.intake.values.vehicles.vehicle_look import body_words, colour_words, context_words
from linkage.intake.values.vehicles.vehicle_names import Name, compact, names, nearest, readings
from linkage.vocabulary import load

_SAID = PatternTable("vehicles")
_LONGEST = 6
_MISSPELT_LENGTH = 5
_WEAK_BODY = 2  # caution of everyday body words: more of a vehicle must stand by
EVERYDAY = 4  # caution from which a name in lower case needs its make or a body right beside it
_NOUNS = frozenset(("vehicle", "vehicles", "motor", "motors"))


LINKS, AFTER_LINKS, PERSON = map(context_words, ("links", "after_links", "person"))
_NO_MISSPELLING = LINKS | AFTER_LINKS | PERSON | context_words("colour_end") | context_words("place_ends")


@dataclass(frozen=True, slots=True)
class Label:
    """One reading of tokens [first, last): kind "make", "model", "body", "colour", "noun" ("vehicle") or "nothing".

    `value` is a Name, or a tuple of words; `caution` says how everyday the words are (the scale of `makes.toml`), and
    `denied` that the vehicle is said not to have been that.
    """

    kind: str
    value: Name | tuple[str, ...]
    first: int
    last: int
    caution: int
    denied: bool = False


def make_of(label: Label) -> str:
    """The make that a label tells of, "" for none."""
    return label.value.make if isinstance(label.value, Name) else ""


@dataclass(slots=True)
class Tokens:
    """The words of a text without what parts them: spans, lower-case forms, and the text itself."""

    text: str
    spans: list[tuple[int, int]]
    words: list[str]

    def gap(self, left: int, right: int) -> str:
        """The characters between two tokens."""
        return self.text[self.spans[left][1] : self.spans[right][0]]

    def capital(self, at: int) -> bool:
        """Whether a token has a capital that is not owed to the start of a sentence or a text in capitals."""
        start = self.spans[at][0]
        if not self.text[start].isupper() or self.text.isupper():
            return False
        before = self.text[:start].rstrip(" \"'“‘(")
        return bool(before) and before[-1] not in ".!?\n"


def tokens_of(text: str) -> Tokens:
    """Cut a text into words of letters and digits."""
    found = list(_SAID["word"].finditer(text))
    words = [one[0].lower() if one[0].isascii() else compact(one[0]) or one[0] for one in found]
    return Tokens(text, [one.span() for one in found], words)


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
        if word != "jeep" and not word.isdigit():
            found.setdefault(word, ("model" if each[0].model else "make", each[0], each[0].caution))
    found |= dict.fromkeys(("car", "cars"), ("body", ("car",), 0))
    return found | dict.fromkeys(_NOUNS, ("noun", (), 0))


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(word[:size] for word in _readings() for size in range(1, len(word) + 1))


def labels(tokens: Tokens, strict: bool) -> list[Label]:
    """Every known phrase, left to right, the longest first, with numbers, badges and misspellings beside them.

    `strict` (free text) honours the phrases that are nothing.
    """
    found: list[Label] = []
    known, prefixes = _readings(), _prefixes()
    for at, (word, after) in enumerate(zip(tokens.words, [*tokens.words[1:], " "], strict=False)):
        if word in prefixes and (word in known or word + after in prefixes) and (not found or at >= found[-1].last):
            here = _longest(tokens, at, strict)
            found += [here] if here else []
    found = _of_their_make(sorted([*found, *_beside(tokens, found)], key=lambda one: one.first), tokens)
    return [one for at, one in enumerate(found) if not strict or _may_be(tokens, found, at)]


def _longest(tokens: Tokens, first: int, strict: bool) -> Label | None:
    """The longest known phrase that starts at a token."""
    word, best = "", None
    known, prefixes = _readings(), _prefixes()
    for at in range(first, min(first + _LONGEST, len(tokens.words))):
        word += tokens.words[at]
        if word not in prefixes or (at > first and not _SAID["joining"].fullmatch(tokens.gap(at - 1, at))):
            break
        kind, value, caution = known.get(word, ("", (), 0))
        if kind and (strict or kind != "nothing") and _joined_well(tokens, first, at + 1, kind):
            best = Label(kind, value, first, at + 1, caution)
    if best is None:
        return None
    if best.kind == "body" and tokens.words[first : best.last] == ["jeep"] and tokens.capital(first):
        return Label("make", names()["jeep"][0], first, best.last, 1)  # but "some kind of jeep"
    van = isinstance(best.value, Name) and tokens.words[best.last - 1] in ("van", "car", "cab")
    return replace(best, last=best.last - 1, caution=0) if van and best.last - first > 1 else best


def _joined_well(tokens: Tokens, first: int, last: int, kind: str) -> bool:
    """No name out of an article and a number ("a 3 door"), nor out of a lone lower-case letter and a word."""
    if kind == "nothing" or last - first < 2 or len(tokens.words[first]) > 1 or tokens.words[first].isdigit():
        return True
    letter = tokens.text[tokens.spans[first][0]]
    if not tokens.gap(first, first + 1).isspace():
        return True
    if tokens.words[first + 1][0].isdigit():
        return letter.isupper() and letter not in "AI"
    return letter != "a" or last - first > 2


def _beside(tokens: Tokens, found: list[Label]) -> Iterator[Label]:
    """What is read only beside a label: numbers after their make, badges, and misspelt makes and models."""
    taken = {at for each in found for at in range(each.first, each.last)}
    for each in (one for one in found if one.kind != "nothing"):
        last: Label | None = each
        while last is not None:
            last = _behind(tokens, last) if last.last not in taken else None
            if last is not None:
                taken.add(last.first)
                yield last
        before = each.first - 1
        if before >= 0 and before not in taken and tokens.gap(before, each.first) in (" ", "-"):
            near = _misspelt(tokens, before, each) if each.kind in ("model", "body") else None
            if near:
                taken.add(before)
                yield near


def _behind(tokens: Tokens, each: Label) -> Label | None:
    at = each.last
    if at >= len(tokens.words) or tokens.gap(at - 1, at) not in (" ", "-", ", "):
        return None
    if each.kind == "make" and isinstance(each.value, Name):
        whole = tokens.words[at : at + 2]
        sizes = (2, 1) if len(whole) == 2 and tokens.gap(at, at + 1) == "-" else (1,)
        for size in sizes:
            word = "".join(whole[:size])
            mine = [name for name in readings(word) if name.make == each.value.make and name.model]
            if mine and any(char.isdigit() for char in word):
                return Label("model", mine[0], at, at + size, 0)
    return _misspelt(tokens, at, each)


def _misspelt(tokens: Tokens, at: int, neighbour: Label) -> Label | None:
    """A make or model misspelt right beside a make, a colour, a body or its own model."""
    word = tokens.words[at]
    if len(word) < _MISSPELT_LENGTH or word in _NO_MISSPELLING:
        return None
    near = None
    if neighbour.kind == "make":
        near = nearest(word, make_of(neighbour))
    elif at < neighbour.first:
        near = nearest(word, None)
        if near and make_of(neighbour) != near.make:
            near = nearest(word, None, close=True) if neighbour.kind == "body" else None
    elif neighbour.kind == "colour":
        near = nearest(word, None, close=True) or nearest(word, "", close=True)
    return Label("model" if near.model else "make", near, at, at + 1, 1) if near else None


def _of_their_make(found: list[Label], tokens: Tokens) -> list[Label]:
    """Each model with the make said beside it ("Daewoo Matiz")."""
    said = list(found)
    for at, each in enumerate(found):
        neighbours = found[max(0, at - 1) : at + 2]
        makes = [one.value.make for one in neighbours if one.kind == "make" and isinstance(one.value, Name)]
        if each.kind == "model" and isinstance(each.value, Name) and makes and each.value.make not in makes:
            word = "".join(tokens.words[each.first : each.last])
            theirs = [name for name in names().get(word, ()) if name.model and name.make in makes]
            said[at] = replace(each, value=theirs[0]) if theirs else each
    return said


def _may_be(tokens: Tokens, found: list[Label], at: int) -> bool:
    """Whether an everyday name in lower case ("is", "up", "man") stands right beside its make, or before a body."""
    each = found[at]
    if each.caution < EVERYDAY or tokens.text[tokens.spans[each.first][0]].isupper():
        return True
    near = [one for one in found[max(0, at - 1) : at + 2] if one.last == each.first or one.first == each.last]
    before_body = any(one.kind == "body" and one.first == each.last for one in near)
    return before_body or any(make_of(one) == make_of(each) for one in near)
