"""The behaviours of a text with their probabilities, each with the words that it rests on; and short words of a field
to keys of behaviour variables, with whether they say that it happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np

from linkage.intake.behaviours.classifier import Chances, Judge, any_of, judge
from linkage.intake.behaviours.features import Read, candidates, features
from linkage.intake.document.words import content, read
from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.field_words import keys_of
from linkage.vocabulary import load

TOLD, DENIED = 0.3, 0.4
"""Probability from which a sub-item stands among those told as done, and as denied: F1 of authors left out is the
same from .25 to .36, though a third more is read wrongly at .25 (docs/decisions/0058, 0069, 0082)."""
BORNE_OUT = 0.04
"""Probability that its clauses alone must give what is told as done: what only the rest of the text suggests rests
on no words (F1 of authors left out .820 with it, .818 without; docs/decisions/0058)."""
DOUBT = 0.1
"""By how much telling must be likelier than denying where a cue of denial governs the phrase [G]: a denial read as a
deed turns a report round, and a question too."""
RECORDED = 0.1
"""Probability from which a sub-item's is kept in the report [G]."""
_CARRIES = 0.34
"""Share of the heaviest word's weight from which a word of a clause is shown as one that a sub-item rests on [G]."""
_RULE = "words of the clause"
"""The rule of a finding that no phrase made."""


@dataclass(frozen=True, slots=True)
class Behaviours:
    """What one text tells: `findings` in order, those denied `negated`, confidence their probability; `told` holds
    the probability of every sub-item from `RECORDED` on, `items` that of their items."""

    findings: tuple[Finding, ...]
    told: dict[str, float]
    items: dict[str, float]


@lru_cache(maxsize=2)
def judged(text: str) -> tuple[Read, Chances]:
    """The clauses of `text` and what the judge says of them; remembered, for the reasons are asked next."""
    read = features(text)
    return read, judge().judge(read)


@lru_cache(maxsize=1024)
def read_behaviours(text: str) -> Behaviours:
    """The behaviours of `text`. Nothing is raised for any text."""
    (read, chances), model = judged(text), judge()
    told = {model.keys[at]: round(float(chances.told[at]), 3) for at in np.flatnonzero(chances.told >= RECORDED)}
    found = sorted(_findings(read, model, chances), key=lambda one: (one.start, one.end, str(one.value)))
    return Behaviours(tuple(found), told, _items(told))


@cache
def item_of() -> dict[str, str]:
    """Sub-item -> the item it is a way of."""
    return {key: entry.data["item"] for key, entry in load("behaviours").entries.items()}


def _items(told: dict[str, float]) -> dict[str, float]:
    """An item is told when one of its sub-items is; they go together, so the likeliest stands for all."""
    items: dict[str, float] = {}
    for key, chance in told.items():
        items[item_of()[key]] = max(items.get(item_of()[key], 0.0), chance)
    return items


def _findings(read: Read, model: Judge, chances: Chances) -> Iterator[Finding]:
    chances = replace(chances, clauses=np.maximum(chances.clauses, chances.unlearned))
    present = (chances.told >= TOLD) & (any_of(chances.clauses) >= BORNE_OUT)
    negated = (chances.denied >= DENIED) & ((chances.denied > chances.told - DOUBT) | ~present)
    names = {model.keys[at] for at in np.flatnonzero(negated)}
    phrases = (one for found in read.phrases for one in found if one.phrase.key in names)
    denied = frozenset(here for one in phrases for here in range(one.first, one.last + 1))
    for at in np.flatnonzero(present | negated).tolist():
        start, end, rule = _words(read, model, at, chances, None if negated[at] else denied)
        chance = float((chances.denied if negated[at] else chances.told)[at])
        yield Finding("behaviour", model.keys[at], start, end, rule, chance, bool(negated[at]))


def _words(
    read: Read, model: Judge, at: int, chances: Chances, denied: frozenset[int] | None
) -> tuple[int, int, str]:
    """Where the words stand that a sub-item rests on: a phrase of it, else the weightiest of its best clause that are
    not `denied` of another; None for one that is itself denied."""
    words, key = read.words, model.keys[at]
    order = np.argsort(-chances.clauses[:, at], kind="stable").tolist()
    if denied is None:
        order = [row for row in order if any(one.phrase.key == key for one in read.phrases[row])] or [
            int(chances.unasserted.clause[at])
        ]
    phrases = [one for one in read.phrases[order[0]] if one.phrase.key == key]
    if phrases:
        one = max(phrases, key=lambda each: each.last - each.first)
        return words.starts[one.first], words.ends[one.last], one.phrase.surface
    first, last = _weightiest(read, model, at, order[0], denied or frozenset())
    return words.starts[first], words.ends[last], _RULE


def _weightiest(read: Read, model: Judge, at: int, row: int, without: frozenset[int]) -> tuple[int, int]:
    """The first and the last word of a clause that carry much of a sub-item's weight."""
    part = read.clauses[row]
    stems = read.words.stems
    places = [here for here in range(part.first, part.end) if stems[here] != "," and here not in without]
    weights = np.array(model.meant([stems[here] for here in places], at))
    for number, here in enumerate(places):
        weights[number] += model.weight(stems[here], at)
        for behind in places[number + 1 : number + 4]:
            pair = model.weight(f"{stems[here]} {stems[behind]}", at)
            weights[number] += pair / 2
            weights[places.index(behind)] += pair / 2
    if not places:
        return part.first, part.end - 1
    carrying = np.flatnonzero(weights >= _CARRIES * max(float(weights.max()), 1e-9))
    return (places[carrying[0]], places[carrying[-1]]) if carrying.size else (places[0], places[-1])


_COVERED = 0.6
"""Share of a short phrase's counting words that a found phrase must cover to stand for the whole [G]."""
_LONGEST = 120
"""Letters from which words are a text, and no name of a behaviour [G]."""

_SAID = PatternTable("surface")


@lru_cache(maxsize=65_536)
def normalise(words: str) -> str | None:
    """Key of the behaviour variable that short `words` stand for; None for words the vocabulary does not know."""
    plain = _SAID["affirmed"].sub("", words)
    return keys_of("behaviours").resolve(plain) or _by_phrase(plain)


@lru_cache(maxsize=65_536)
def normalise_signed(words: str) -> tuple[str, bool] | None:
    """Key and whether it is said to have happened: "no weapon shown" gives ("weapon_shown", False); None as above."""
    plain = _SAID["affirmed"].sub("", words.replace("_", " "))
    known = keys_of("behaviours").resolve(plain)
    if known:
        return known, True
    for pattern in (_SAID["denied_before"], _SAID["denied_behind"]):
        rest = pattern.sub("", plain, count=1)
        if rest != plain:
            denied = normalise(rest)
            return (denied, False) if denied else None
    key = _by_phrase(plain)
    return (key, True) if key else None


def _by_phrase(words: str) -> str | None:
    """Key of words too free for a look-up, when a phrase of one variable covers most of them."""
    stems = content(words)
    if len(stems) < 2 or len(words) > _LONGEST:
        return None
    text = read(words)
    best = max(candidates(text), key=lambda one: one.last - one.first, default=None)
    if best is None:
        return None
    covered = content(words[text.starts[best.first] : text.ends[best.last]]) & stems
    return best.phrase.key if len(covered) >= _COVERED * len(stems) else None
