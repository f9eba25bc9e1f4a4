"""What weapons and offences share: phrases of a plain vocabulary in a text, with how each is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from linkage.intake.document.cues import governed
from linkage.intake.document.quotations import quoted
from linkage.intake.document.spans import DisjointSpans, inside
from linkage.intake.document.voice import REACH, actor, is_passive
from linkage.intake.document.words import Words, read
from linkage.intake.finding import Finding
from linkage.intake.phrases.lexicon import Lexicon
from linkage.intake.phrases.phrase_finder import Finder, Occurrence
from linkage.vocabulary import load

_REALITY = {"threatened": "threat", "attempted": "tried", "nearly": "unreal", "hypothetical": "unreal"}
"""What a kind of context makes of a phrase that it governs, the first that holds."""
_SUBJECTS = frozenset(("she", "i", "we"))


@dataclass(frozen=True, slots=True)
class Assertion:
    """How a phrase is told: `actor` is "him", "her", "other" or None where that is not told; `reality` is "real",
    "tried", "threat" or "unreal" (wished, asked, supposed)."""

    actor: str | None
    denied: bool
    reality: str


Judge = Callable[[Occurrence, Assertion, Words], tuple[str, float, bool] | None]
"""Says of an occurrence: rule, confidence, negated; or None when it does not count."""


@cache
def lexicon(name: str) -> Lexicon:
    """The lexicon of the vocabulary `name`, made once a process."""
    return Lexicon(load(name))


@cache
def _not_meant(name: str) -> Finder:
    """The phrases of a vocabulary in which a word of an entry has another sense: "chin strap", "brick wall"."""
    entries = load(name).entries.values()
    return Finder((entry.key, phrase, True) for entry in entries for phrase in entry.data.get("not_meant", ()))


def named(name: str, said: str, find: Callable[[str], list[Finding]], most: int) -> str | None:
    """Key that short words stand for ("kitchen knife" -> "knife"), as the vocabulary has it or as `find` reads words
    of at most `most`; None for words that neither knows."""
    key = lexicon(name).resolve(said)
    if key or len(said.split()) > most:
        return key
    return next((str(one.value) for one in find(said) if not one.negated), None)


def find(name: str, field: str, text: str, judge: Judge) -> list[Finding]:
    """Findings of the vocabulary `name` in `text` that `judge` lets stand, in order; words inside quotation marks
    count only for entries marked `spoken`."""
    text_words = read(text)
    in_marks = quoted(text)
    kinds = governed(text_words, back=False)  # carried and not used is a weapon all the same
    other = [(one.first, one.last) for one in _not_meant(name).find(text_words)]
    found: list[Finding] = []
    for occurrence in lexicon(name).finder.find(text_words):
        start, end = text_words.starts[occurrence.first], text_words.ends[occurrence.last]
        spoken = load(name).entries[occurrence.phrase.key].data.get("spoken", False)
        if any(first <= occurrence.first and occurrence.last <= last for first, last in other):
            continue
        if not spoken and inside(start, in_marks):
            continue
        said = judge(occurrence, _assertion(occurrence, text_words, kinds[occurrence.first]), text_words)
        if said is not None:
            rule, confidence, negated = said
            found.append(Finding(field, occurrence.phrase.key, start, end, rule, confidence, negated))
    return list(_longest(found))


def _longest(found: list[Finding]) -> Iterator[Finding]:
    """Of findings with overlapping words the longest stands: "broken glass bottle" is one thing."""
    taken = DisjointSpans()
    kept = [f for f in sorted(found, key=lambda f: (f.start - f.end, -f.confidence)) if taken.take(f.start, f.end)]
    yield from sorted(kept, key=lambda f: f.start)


def _assertion(found: Occurrence, words: Words, kinds: frozenset[str]) -> Assertion:
    """How a phrase is told, where `kinds` of context (`document.cues`) govern its first word."""
    inside = {"not", "no"}.intersection(words.stems[found.first : found.last + 1]) and not found.phrase.denies
    reality = next((meant for kind, meant in _REALITY.items() if kind in kinds), "real")
    return Assertion(_actor(found, words), bool(inside) or "negated" in kinds, reality)


def _actor(found: Occurrence, words: Words) -> str | None:
    opens, _ = words.sentence(found.first)
    acts = actor(found.first - 1, words) if found.first > opens else "nobody"
    if is_passive(found.first, found.last, words):
        return "him" if acts == "her" else None
    # a noun may be whom it is done to: "approached a woman, pulled"
    noun = acts == "her" and _SUBJECTS.isdisjoint(words.forms[max(opens, found.first - REACH) : found.first])
    return None if noun or acts == "nobody" else acts
