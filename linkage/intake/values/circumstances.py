"""Weapons, offences, ways of contact and kinds of place: words of a field to keys, and what a narrative tells.

Weapons and offences are phrases of their vocabularies, looked for together; what is told of a weapon is for the judge
(`judge.weapons`). Ways of contact and kinds of place are told by small grammars, against which the rows of
`contact_cues.toml` and `venue_cues.toml` count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from linkage.intake.document.assertion import REACH, actor, governed, is_passive
from linkage.intake.document.document import quoted
from linkage.intake.document.words import Words, read
from linkage.intake.finding import DisjointSpans, Finding, inside
from linkage.intake.patterns import PatternTable, compiled
from linkage.intake.phrases.field_words import keys_of, searched
from linkage.intake.phrases.phrase_finder import Finder, Occurrence
from linkage.intake.phrases.surface import plain
from linkage.intake.phrases.vocabulary_grammar import Grammar, car_words, grammar
from linkage.intake.phrases.vocabulary_grammar import find as in_text
from linkage.vocabulary import load
from linkage.vocabulary.tables import table

NAMED = ("weapons", "offences")
"""Vocabularies of phrases."""
FIELD_AND_CUES = {"contact_methods": ("contact_method", "contact_cues"), "venues": ("venue", "venue_cues")}
"""Vocabularies of a grammar -> the field of their findings, and their cues."""
_SHORT = 8
"""Words up to which the words of a field are read as a text is [G]."""
_NO_WEAPON = frozenset(
    ("none", "no", "no weapon", "no weapons", "nil", "n/a", "na", "not known", "unknown", "not used")
)
_ATTEMPTS = {"rape": "attempted_rape", "murder": "attempted_murder"}
"""Offences whose attempt is a key of its own."""
_REALITY = {"threatened": "threat", "attempted": "tried", "nearly": "unreal", "hypothetical": "unreal"}
"""What a kind of context makes of a phrase that it governs, the first that holds."""
_SUBJECTS = frozenset(("she", "i", "we"))
_BACK, _FAR = 60, 80
"""Characters before the words, and behind them, in which something counts against them [G]."""


@lru_cache(maxsize=65_536)
def normalise(vocabulary: str, said: str) -> str | None:
    """Key of a vocabulary that short words stand for ("kitchen knife" -> "knife", "rang to book" -> "phone"); None
    for "no weapon" and for words that it does not know."""
    if vocabulary == "weapons" and said.strip().lower().rstrip(".") in _NO_WEAPON:
        return None
    key = keys_of(vocabulary).resolve(said)
    if key or len(said.split()) > _SHORT:
        return key
    if vocabulary == "weapons":
        return next((one.key for one in named(said, vocabulary) if not one.denied and one.reality != "unreal"), None)
    return next((str(one.value) for one in find(vocabulary, said) if not one.negated), None)


@dataclass(frozen=True, slots=True)
class Named:
    """A phrase of an entry `key` at words [first, last] (both inclusive) of a text, and how it is told: `actor` is
    "him", "her", "other" or None where that is not told; `reality` is "real", "tried", "threat" or "unreal" (wished,
    asked, supposed)."""

    key: str
    surface: str
    first: int
    last: int
    actor: str | None
    denied: bool
    reality: str

    def finding(self, field: str, value: str, words: Words, negated: bool) -> Finding:
        """The phrase as a finding of `value`."""
        start, end = words.starts[self.first], words.ends[self.last]
        return Finding(field, value, start, end, self.surface, negated=negated)


@cache
def _finder() -> Finder:
    """All phrases of `NAMED`, and those in which a word of an entry has another sense ("chin strap")."""
    return Finder(
        (f"{name} {key}", *phrase)
        for name in NAMED
        for entry in load(name).entries.values()
        for key, phrases in (
            (entry.key, searched(entry)),
            ("", ((other, True) for other in entry.data.get("not_meant", ()))),
        )
        for phrase in phrases
    )


@lru_cache(maxsize=8)
def _occurrences(text: str) -> dict[str, list[tuple[str, Occurrence]]]:
    """What a text holds of each vocabulary of `NAMED`: keys, "" for another sense, with where they stand."""
    found: dict[str, list[tuple[str, Occurrence]]] = {name: [] for name in NAMED}
    for one in _finder().find(read(text)):
        name, _, key = one.phrase.key.partition(" ")
        found[name].append((key, one))
    return found


def named(text: str, vocabulary: str) -> list[Named]:
    """The phrases of a vocabulary of `NAMED` in a text; words inside quotation marks count only for entries marked
    `spoken`."""
    words, in_marks = read(text), quoted(text)
    occurrences = _occurrences(text)[vocabulary]
    other = [(one.first, one.last) for key, one in occurrences if not key]
    kinds = governed(words, back=False)  # carried and not used is a weapon all the same
    found = []
    for key, one in occurrences:
        meant = key and not any(first <= one.first and one.last <= last for first, last in other)
        spoken = meant and load(vocabulary).entries[key].data.get("spoken", False)
        if meant and (spoken or not inside(words.starts[one.first], in_marks)):
            found.append(_named(key, one, words, kinds[one.first]))
    return found


def _named(key: str, found: Occurrence, words: Words, kinds: frozenset[str]) -> Named:
    """How a phrase is told, where `kinds` of context (`document.assertion`) govern its first word."""
    reality = next((meant for kind, meant in _REALITY.items() if kind in kinds), "real")
    denied = found.denied_within(words) or "negated" in kinds
    return Named(key, found.phrase.surface, found.first, found.last, _actor(found, words), denied, reality)


def _actor(found: Occurrence, words: Words) -> str | None:
    opens, _ = words.sentence(found.first)
    acts = actor(found.first - 1, words) if found.first > opens else "nobody"
    if is_passive(found.first, found.last, words):
        return "him" if acts == "her" else None
    # a noun may be whom it is done to: "approached a woman, pulled"
    noun = acts == "her" and _SUBJECTS.isdisjoint(words.forms[max(opens, found.first - REACH) : found.first])
    return None if noun or acts == "nobody" else acts


def _offences(text: str) -> list[Finding]:
    words = read(text)
    meant = ((one, _meant(one)) for one in named(text, "offences"))
    return surest(one.finding("offence", key, words, one.denied) for one, key in meant if key)


def _meant(one: Named) -> str | None:
    """Which offence a phrase tells: none where the harmed person does it, or where it is only supposed; a threat of
    violence is `threats`."""
    data = load("offences").entries[one.key].data
    if one.actor == "her":
        return None
    if one.denied or one.reality == "real":
        return one.key
    if one.reality == "threat":
        return "threats" if one.key == "threats" or "threatened" in data else None
    if one.reality == "unreal":
        return one.key if data.get("spoken", False) else None
    return _ATTEMPTS.get(one.key, one.key)


@dataclass(frozen=True, slots=True)
class _Cue:
    """A row of a table of cues."""

    values: frozenset[str]
    rule: str | None
    confidence: float | None
    said: re.Pattern[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    around: re.Pattern[str]

    def holds(self, low: str, found: Finding) -> bool:
        """Whether all that the row gives holds of some words."""
        if (self.values and found.value not in self.values) or self.rule not in (None, found.rule):
            return False
        back, far = max(0, found.start - _BACK), found.end + _FAR
        if not (self.said.match(low, found.start) and self.behind.match(low, found.end, far)):
            return False
        if not self.before.search(low, back, found.start):
            return False
        first_word = low.find(" ", found.start, found.end) + 1 or found.end
        return any(self.around.search(low, back, upto) for upto in (found.start, first_word))


@cache
def _cues(name: str) -> tuple[_Cue, ...]:
    def cue(row: dict[str, Any]) -> _Cue:
        sides = (compiled(parts.filled(row.get(side, ""))) for side in ("said", "behind", "before", "around"))
        return _Cue(frozenset(row.get("values", ())), row.get("rule"), row.get("confidence"), *sides)

    parts = PatternTable({}, **table(name)["words"])
    return tuple(map(cue, table(name)["cue"]))


@cache
def _grammar(vocabulary: str) -> Grammar:
    return grammar(vocabulary, **table(FIELD_AND_CUES[vocabulary][1])["words"], car=car_words())


def find(vocabulary: str, text: str) -> list[Finding]:
    """Offences, ways of contact or kinds of place that a text tells, in order; of overlapping findings the surest,
    then the longest. The first need not be the main one. The first cue that holds of one says how sure it is, or that
    it is none."""
    if vocabulary == "offences":
        return _offences(text)
    field, cues = FIELD_AND_CUES[vocabulary]
    low, in_marks = plain(text), quoted(text)
    found = []
    for one in in_text(_grammar(vocabulary), field, low):
        if not inside(one.start, in_marks):
            sure = next((row.confidence for row in _cues(cues) if row.holds(low, one)), one.confidence)
            if sure is not None:
                found.append(replace(one, confidence=sure))
    return surest(found)


def surest(found: Iterable[Finding]) -> list[Finding]:
    """Of findings with overlapping words the surest, then the longest ("broken glass bottle" is one thing); in order
    of the text."""
    taken = DisjointSpans()
    ordered = sorted(found, key=lambda f: (-f.confidence, f.start - f.end, f.start))
    return sorted((f for f in ordered if taken.take(f.start, f.end)), key=lambda f: f.start)
