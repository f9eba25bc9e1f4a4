"""Small grammars kept in a vocabulary: regular expressions that tell one of its keys, surely or less so.

Most patterns of a grammar have nothing to find in a text; each is tried only where one of the words it cannot do
without stands in the text, which costs a hundredth of a search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import Lexicon
from linkage.vocabulary.english import words
from linkage.vocabulary.loader import fold, load

TOLD, PHRASE, HINTED = 0.9, 0.8, 0.55
"""Confidence in what a rule or a bare phrase tells, and in what is only hinted at [G]."""

_KINDS = (
    "car|van|vehicle|taxi|cab|lorry|truck|4 ?x ?4|motor|jeep|suv|hatchback|saloon|pick-?up|minibus|transit|merc|"
    "beamer|shogun"
)
_SHORT = 2  # letters of a make too short to be told from a word
_EVERYDAY = words("words", "light") | {"on", "over", "through", "via", "man", "he", "she"}
_LITERAL = re.compile(r"[a-z0-9' ]+")
_OPTIONAL = re.compile(r"[?*]|\{0")
_ZERO_WIDTH = re.compile(r"\(\?(?:[!=]|<[!=])")


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern over `plain` text, the key it tells, how surely, and words of which one must be in the text."""

    key: str
    pattern: re.Pattern[str]
    name: str
    confidence: float
    needed: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Grammar:
    """The rules of one vocabulary, its bare phrases, and all words that some rule needs."""

    rules: tuple[Rule, ...]
    phrases: Lexicon
    needed: frozenset[str]


def grammar(vocabulary: str, **places: str) -> Grammar:
    """The grammar of a vocabulary, with `{her}` and the like replaced by the patterns given under these names; a
    space stands for any white space. Raises re.error for a pattern that is none."""
    found: list[Rule] = []
    for entry in load(vocabulary).entries.values():
        for name, confidence in (("told", TOLD), ("hinted", HINTED)):
            for written in entry.data.get(name, ()):
                pattern = _filled(written, places)
                compiled = re.compile(pattern.replace(" ", r"\s"))
                found.append(Rule(entry.key, compiled, name, confidence, needed(pattern)))
    phrases = Lexicon(vocabulary, only=lambda entry, surface: surface in map(fold, entry.synonyms))
    return Grammar(tuple(found), phrases, frozenset(word for rule in found for word in rule.needed))


def find(told: Grammar, field: str, low: str) -> Iterator[Finding]:
    """Everything that the phrases and the rules of a grammar find in `plain` text; findings may overlap."""
    for key, start, end in told.phrases.scan(low):
        yield Finding(field, key, start, end, "phrase", PHRASE)
    present = {word for word in told.needed if word in low}
    for rule in told.rules:
        if rule.needed and present.isdisjoint(rule.needed):
            continue
        for each in rule.pattern.finditer(low):
            yield Finding(field, rule.key, *each.span(), rule.name, rule.confidence)


def surest(found: list[Finding]) -> list[Finding]:
    """Of findings with overlapping words the surest, then the longest; in order of the text."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda f: (-f.confidence, f.start - f.end, f.start)):
        if not any(one.start < k.end and k.start < one.end for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


@cache
def car_words() -> str:
    """A pattern for a vehicle as it is named in passing: its kind, or a make that is no everyday word."""
    plain = [m for m in load("makes").entries.values() if not m.data.get("caution") and len(m.label) > _SHORT]
    makes = sorted({m.label.lower().split("-")[0] for m in plain})
    return rf"(?:{_KINDS}|{'|'.join(map(re.escape, makes))})"


def _filled(pattern: str, places: dict[str, str]) -> str:
    for name, said in places.items():
        pattern = pattern.replace(f"{{{name}}}", said)
    opening = r"\b" if re.match(r"[\w(]", pattern) and not pattern.startswith("(?<") else ""
    return opening + pattern


def needed(pattern: str) -> tuple[str, ...]:
    """Words of which at least one stands in every text that `pattern` finds something in; empty when none are seen.

    Read off the pattern's outermost level: a literal, or a group of alternatives that all begin with letters.
    """
    branches = [_needed_by(branch) for branch in _split(pattern)]
    return tuple(dict.fromkeys(word for said in branches for word in said)) if all(branches) else ()


def _needed_by(branch: str) -> tuple[str, ...]:
    best: tuple[str, ...] = ()
    at = 0
    while at < len(branch):
        said, at = _next(branch, at)
        if said and _telling(said) > _telling(best):
            best = said
    return best


def _telling(said: tuple[str, ...]) -> tuple[bool, int]:
    """How much the presence of one of the words tells: everyday ones little, long ones more."""
    shortest = min(map(len, said), default=0)
    return bool(said) and shortest > 1 and _EVERYDAY.isdisjoint(said), shortest if shortest > 1 else 0


def _next(branch: str, at: int) -> tuple[tuple[str, ...], int]:
    """The words that the piece at `at` makes necessary, and where the next piece begins."""
    if branch[at] == "(":
        end = _closing(branch, at)
        inner = branch[at + 3 : end] if branch.startswith("(?:", at) else ""
        idle = _ZERO_WIDTH.match(branch, at) or _OPTIONAL.match(branch, end + 1)
        return (() if idle or not inner else needed(inner)), end + 1
    if branch[at] == "[":
        return (), branch.index("]", at + 2) + 1
    if branch[at] == "\\":
        return (), at + 2
    run = _LITERAL.match(branch, at)
    if run is None:
        return (), at + 1
    said = run[0][:-1] if _OPTIONAL.match(branch, run.end()) else run[0]
    longest = max(said.split(), key=len, default="")
    return ((longest,) if longest else ()), run.end()


def _closing(pattern: str, at: int) -> int:
    """Index of the bracket that closes the one at `at`."""
    depth = 0
    while True:
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "[":
            at = pattern.index("]", at + 2)
        elif pattern[at] in "()":
            depth += 1 if pattern[at] == "(" else -1
            if depth == 0:
                return at
        at += 1


def _split(pattern: str) -> list[str]:
    """The alternatives of a pattern at its outermost level."""
    pieces, start, at = [], 0, 0
    while at < len(pattern):
        if pattern[at] == "(":
            at = _closing(pattern, at)
        elif pattern[at] == "[":
            at = pattern.index("]", at + 2)
        elif pattern[at] == "\\":
            at += 1
        elif pattern[at] == "|":
            pieces.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*pieces, pattern[start:]]
