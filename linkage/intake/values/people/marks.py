"""Marks a person carries: tattoos, scars, teeth, limps, smells; short phrases that keep the place on the body.

A mark is told by a noun of `marks.toml` with the words around it, by how a part of the body looks, in whatever order
("a broken nose", "the nose broken", "jug-eared"), by a whole phrase of `mark_phrases.toml` ("hands stained with
engine oil"), or by a picture on the skin, of which nobody need say that it is one: "a saltire on his calf".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable, compiled
from linkage.intake.phrases.field_words import phrases, tidy
from linkage.intake.phrases.surface import (
    Lexicon,
    alternation,
    answered,
    flagged,
    found_at,
    negated_before,
    openings,
    places_of,
    plain,
    words_at,
    words_under,
)  # fmt: skip
from linkage.intake.phrases.vocabulary_grammar import find as in_text
from linkage.intake.phrases.vocabulary_grammar import grammar
from linkage.intake.values.people.descriptors import among_descriptors, item
from linkage.vocabulary.loader import Entry, fold, load

_NOUNS = Lexicon(
    "marks",
    plurals=True,
    only=lambda entry, surface: not (entry.data.get("group") and surface == entry.key.replace("_", " ")),
)
_LISTED = Lexicon("marks", only=flagged("listed"))
_SAID = PatternTable("marks", picture=Lexicon("pictures").source)
_PLACES = {name: _SAID.source(name) for name in ("site", "where", "line", "stuff", "does")}
"""What stands for the places in the phrases of `mark_phrases.toml`."""
_WITH_PICTURE = ("tattoo", "scar", "birthmark")
_ENDS = words_under("mark_ends")
_HEAD_REACH = 50
"""Characters before a noun that may describe it [G]."""
_BACK = 40
"""Characters before a mark in which another thing may be told of [G]."""
_HURT_BACK = 80
"""Characters before a mark in which it may be told to be a hurt [G]."""
_WIDER = ("pierced", "smell")
"""Phrases that hold nouns for marks, and tell more."""
_USUAL = [(compiled(said), usual) for said, usual in _SAID.rows["usual"].items()]
"""Ways of telling a mark, and what makes the usual one of them."""
_LONGEST = 36
"""Characters before a part of the body in which its look is told [G]."""
_LONGEST_PICTURE = 44
"""Characters before a part of the body in which a picture is told [G]."""
_ON_GARMENT_REACH = 80
"""Characters before a picture in which the garment is told that it stands on [G]."""
_SITES = frozenset(_SAID.rows["inked_sites"])
_LEADS = frozenset(("all", *_SAID.rows["inked_at"], *_SAID.rows["which_site"]))
"""Parts of the body on which something is inked, and the words one of which stands right before them."""


def normalise(words: str) -> list[str] | None:
    """Short lower-case phrases from a person's own words, one a mark; None when nothing is said."""
    return list(dict.fromkeys(map(_usual, phrases(words, _NOUNS)))) or None


def _usual(phrase: str) -> str:
    """A mark in the usual order of its words ("teeth missing" is "missing teeth"), and a way of walking as the mark
    that it is ("walks with a slight limp")."""
    for value, start, end in (*_pictures(phrase), *_looks(phrase)):
        if (start, end) == (0, len(phrase)):
            return value
    for pattern, usual in _USUAL:
        phrase = pattern.sub(usual, phrase)
    return phrase


def find(text: str) -> list[Finding]:
    """Marks said in a free text, each with description and place on the body ("scar across right cheek").

    A hurt done in the incident is no mark of the person described: "leaving her with a broken nose".
    """
    low = plain(text)
    found = _by_noun(text, low)
    for one in _by_look(low):
        over = [f for f in found if f.start < one.end and one.start < f.end]
        if not over or _is_told_better(low, one, over):
            found = [*(f for f in found if f not in over), one]
    return sorted((one for one in found if not _is_hurt(low, one)), key=lambda one: one.start)


def _is_hurt(low: str, one: Finding) -> bool:
    hurt = one.rule != "smell" and _SAID["hurt"].search(low, one.start, one.end) is not None
    return hurt and _SAID["injured"].search(low, max(0, one.start - _HURT_BACK), one.start) is not None


def _is_told_better(low: str, one: Finding, others: Sequence[Finding]) -> bool:
    """Whether a mark takes the place of others in the same words: it tells more, or in the usual order of words."""
    looks = one.rule == "body_parts"
    if looks and one.value != tidy(low[one.start : one.end], _NOUNS):
        return all(f.end <= one.end for f in others)
    wider = all(one.start <= f.start and f.end <= one.end for f in others)
    return wider and (one.rule in _WIDER or (looks and all(f.end - f.start < one.end - one.start for f in others)))


def _by_look(low: str) -> Iterator[Finding]:
    """Marks told by the look of a part of the body, by a whole phrase, or by a picture on the skin."""
    phrases = [
        (one.words(low), one.start, one.end, one.value)
        for one in in_text(grammar("mark_phrases", **_PLACES), "", low)
    ]
    pictures = [(*one, "picture") for one in _pictures(low)]
    looks = [(*one, "body_parts") for one in _looks(low)]
    for words, start, end, rule in (*looks, *sorted((*phrases, *pictures), key=lambda one: one[3] not in _WIDER)):
        his = _SAID["his"].search(low, start, end) if rule == "body_parts" else None
        if rule != "smell" or not _of_a_thing(low, start):
            denied = rule != "smell" and negated_before(low, start)
            about = (his.start(), end) if his else None
            yield Finding("marks", tidy(words, _NOUNS), start, end, rule, 0.8, denied, about)


def _of_a_thing(low: str, start: int) -> bool:
    """Whether the smell told at `start` is that of a car, a room or another thing."""
    return _SAID["smell_of_a_thing"].search(low, max(0, start - _BACK), start) is not None


def _by_noun(text: str, low: str) -> list[Finding]:
    """Marks told with a noun of the vocabulary, with the words around it that belong to them."""
    found: list[Finding] = []
    for key, start, end in _NOUNS.scan(low):
        if (found and start < found[-1].end) or answered(low, end) == "unknown":
            continue
        first, last = _first(low, start), _last(low, key, start, end)
        if _tells_nothing(low, key, (first, start, end, last)):
            continue
        denied = negated_before(low, first) or answered(low, end) == "no"
        value = _usual(tidy(text[first:last], _NOUNS))
        found.append(Finding("marks", value, first, last, f"marks:{key}", 0.85, denied))
    return found


def _first(low: str, start: int) -> int:
    """Where the words that describe the mark begin: back from the noun to the first word that ends the phrase."""
    first = start
    head = _SAID["head"].search(low, max(0, start - _HEAD_REACH), start)
    for word in reversed([*_SAID["head_word"].finditer(low, head.start(), start)]) if head else ():
        if word.group() in _ENDS or (word.group().isdigit() and first != start):  # a number there is an age
            break
        first = word.start()
    return first


def _last(low: str, key: str, start: int, end: int) -> int:
    """Where the words behind a noun end that tell its picture and its place on the body."""
    tail = _SAID["picture_behind" if key in _WITH_PICTURE else "site_behind"].match(low, end)
    if tail and tail.end() > end:
        return tail.end()
    inked = _SAID["inked"].match(low, end) if low.startswith("tattooed", start) else None
    return inked.end() if inked else end


def _tells_nothing(low: str, key: str, at: tuple[int, int, int, int]) -> bool:
    """Whether a noun, described from `first` to `last`, tells no mark of a person where it stands."""
    first, start, end, last = at
    if _SAID["no_mark_behind"].match(low, end) or _SAID["no_mark_before"].search(low, max(0, start - _BACK), start):
        return True
    if key == "odour":
        return _of_a_thing(low, start)
    if _NOUNS.entries[key].data.get("his") and _SAID["own_part"].search(low, end, last) is None:
        return True
    if (
        last > end
        or _LISTED.exact(low[start:end]) is None
        or (key == "teeth" and first < start)
        or _SAID["had"].search(low, max(0, first - 12), first)
    ):
        return False
    article = _SAID["article"].search(low, max(0, first - 4), first)
    first = article.start() if article else first
    return not (item(low, first, end).alone and among_descriptors(low, first, end))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the body, and how its looks are told; `adjectival` where a word only ends an adjective ("eared")."""

    entry: Entry
    adjectival: bool
    looks: PatternTable


@cache
def _parts() -> dict[str, _Part]:
    """The part of each word for one."""
    found: dict[str, _Part] = {}
    for entry in load("body_parts").entries.values():
        between = entry.data.get("between", ())
        gap = f"|{alternation(between)}{_SAID.source('between_parts')}" if between else ""
        looks = PatternTable(_SAID.rows, state=alternation(map(fold, entry.data["states"])), gap=gap)
        for adjectival, words in ((False, entry.synonyms), (True, entry.data["adjectival"])):
            found |= {fold(word).replace(" ", ""): _Part(entry, adjectival, looks) for word in words}
    return found


@cache
def _nouns() -> tuple[re.Pattern[str], frozenset[str]]:
    words = [fold(w) for e in load("body_parts").entries.values() for w in (*e.synonyms, *e.data["adjectival"])]
    return compiled(rf"\b{alternation(words)}\b"), openings(words)


def _looks(low: str) -> Iterator[tuple[str, int, int]]:
    """(mark, start, end) of looks told before a part, behind it or as one adjective with it, in the usual order of
    words where a row says so ("nose broken" is "broken nose"), else in the words of the text."""
    for noun in found_at(*_nouns(), low):
        part = _parts()[_SAID["apart"].sub("", noun.group())]
        first, end = max(0, noun.start() - _LONGEST), noun.end()
        if before := part.looks["look_before"].search(low, first, noun.start()):
            start = before.start()
            state = before["state"]
            word = part.entry.label if part.adjectival else low[before.end("state") : end].strip(" -")
            usual = state and (part.adjectival or fold(state) in part.entry.data["said_as"])
            yield _reordered(part, before, word) if usual else low[start:end], start, end
        elif behind := part.looks["look_behind"].match(low, end):
            where = _SAID["where_before"].search(low[first : noun.start()])
            start = first + where.start() if where else noun.start()
            yield _reordered(part, behind, low[start:end]), start, behind.end()


def _reordered(part: _Part, look: re.Match[str], word: str) -> str:
    usual = part.entry.data["said_as"]
    state = fold(look["state"])
    return " ".join((usual.get(state, state), *(usual.get(one, one) for one in word.split())))


def _pictures(low: str) -> Iterator[tuple[str, int, int]]:
    """(mark, start, end) of each picture or word told with a part of the body: "saltire tattoo on his calf"."""
    words, places = words_at(low)[0], places_of(low)
    if not any(words[at - 1] in _LEADS for site in places.keys() & _SITES for at in places[site]):
        return
    for place in _SAID["pictured"].finditer(low):
        before = low, max(0, place.start() - _LONGEST_PICTURE), place.start()
        shown = _SAID["picture_before"].search(*before) or _SAID["words_as_picture"].search(*before)
        if shown is None:
            continue
        if shown.group().endswith(('"', "'")) and place["at"] not in ("on", "across", "down"):
            continue  # what was said, and then where: "'get out' over his shoulder"
        start, end = shown.start(), place.end()
        if not _SAID["on_garment"].search(low, max(0, start - _ON_GARMENT_REACH), start):
            inked = "tattoo" in low[start:end] or "ink" in place.group()
            yield low[start:end] if inked else f"{shown.group()} tattoo{place.group()}".replace('"', ""), start, end
