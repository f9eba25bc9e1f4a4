"""Small grammars kept in a vocabulary: regular expressions that tell one of its keys, surely or less so.

Most patterns of a grammar have nothing to find in a text; each is tried only where one of the words it cannot do
without stands in the text, which costs a hundredth of a search.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.read_off import read_off
from linkage.intake.facts.stretches import Apart
from linkage.intake.facts.surface import Lexicon
from linkage.intake.patterns import compiled
from linkage.vocabulary.loader import fold, load

TOLD, PHRASE, HINTED = 0.9, 0.8, 0.55
"""Confidence in what a rule or a bare phrase tells, and in what is only hinted at [G]."""

_KINDS = (
    "car|van|vehicle|taxi|cab|lorry|truck|4 ?x ?4|motor|jeep|suv|hatchback|saloon|pick-?up|minibus|transit|merc|"
    "beamer|shogun"
)
_SHORT = 2  # letters of a make too short to be told from a word
_WORD = compiled(r"\w+")
_LONGEST_NEEDED = 20
"""Letters of the longest word that a rule needs."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern over `plain` text, the key it tells, how surely, and groups of words: one of each group must be in
    the text."""

    key: str
    pattern: re.Pattern[str]
    name: str
    confidence: float
    needed: tuple[frozenset[str], ...]
    at_word: bool
    """Whether a match must begin at a word boundary: asked of the match, for a pattern that opens with "\\b" is
    searched for at twice the cost."""
    heads: frozenset[str]
    """The letters that a match must begin with, one or two; none where the pattern does not show them."""

    def matches(self, low: str) -> Iterator[tuple[int, int]]:
        """Spans of the matches in `low`, left to right, not overlapping."""
        if self.heads:
            yield from _apart(self._at_words(low))
            return
        at = 0
        while at < len(low) and (found := self.pattern.search(low, at)):
            start, end = found.span()
            if self.at_word and not _boundary(low, start):
                at = start + 1
                continue
            yield start, end
            at = max(end, start + 1)

    def _at_words(self, low: str) -> list[tuple[int, int]]:
        """Spans of the matches at every word that begins so, in order."""
        index, match = _word_starts(low), self.pattern.match
        starts = sorted(chain.from_iterable([index[head] for head in self.heads if head in index]))
        return [found.span() for at in starts if (found := match(low, at))]


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those of some spans in order that no earlier one reaches into."""
    last = 0
    for start, end in spans:
        if start >= last:
            yield start, end
            last = max(end, start + 1)


@lru_cache(maxsize=8)
def _word_starts(low: str) -> dict[str, list[int]]:
    """Where the words of a text begin, in order, by their first letter and by their first two."""
    index: dict[str, list[int]] = defaultdict(list)
    for word in _WORD.finditer(low):
        at = word.start()
        index[low[at]].append(at)
        index[low[at : at + 2]].append(at)
    return dict(index)


@dataclass(frozen=True, eq=False, slots=True)
class Grammar:
    """The rules of one vocabulary, its bare phrases, and all words that some rule needs.

    `led_by` holds the numbers of the rules whose most telling words a word is among, `always` of the rest.
    """

    rules: tuple[Rule, ...]
    phrases: Lexicon
    needed: frozenset[str]
    led_by: dict[str, frozenset[int]]
    always: frozenset[int]

    def worth_trying(self, low: str) -> Iterator[Rule]:
        """The rules, in their order, of whose groups of needed words each has one in `low`."""
        present = frozenset[str]().union(*(_needed_in(word, self) for word in set(low.split())))
        for number in sorted(self.always.union(*(self.led_by.get(word, ()) for word in present))):
            rule = self.rules[number]
            if not any(present.isdisjoint(group) for group in rule.needed):
                yield rule


def grammar(vocabulary: str, **places: str) -> Grammar:
    """The grammar of a vocabulary, with `{her}` and the like replaced by the patterns given under these names; a
    space stands for any white space. Raises re.error for a pattern that is none."""
    found: list[Rule] = []
    for entry in load(vocabulary).entries.values():
        for name, confidence in (("told", TOLD), ("hinted", HINTED)):
            for written in entry.data.get(name, ()):
                pattern = _filled(written, places)
                regex = compiled(pattern.replace(" ", r"\s"))
                found.append(Rule(entry.key, regex, name, confidence, *read_off(pattern)))
    phrases = Lexicon(vocabulary, only=lambda entry, surface: surface in map(fold, entry.synonyms))
    needed_by_all = frozenset(word for rule in found for group in rule.needed for word in group)
    led_by: dict[str, set[int]] = defaultdict(set)
    for number, rule in enumerate(found):
        for word in rule.needed[0] if rule.needed else ():
            led_by[word].add(number)
    leads = {word: frozenset(numbers) for word, numbers in led_by.items()}
    always = frozenset(number for number, rule in enumerate(found) if not rule.needed)
    return Grammar(tuple(found), phrases, needed_by_all, leads, always)


def find(told: Grammar, field: str, low: str) -> Iterator[Finding]:
    """Everything that the phrases and the rules of a grammar find in `plain` text; findings may overlap."""
    for key, start, end in told.phrases.scan(low):
        yield Finding(field, key, start, end, "phrase", PHRASE)
    for rule in told.worth_trying(low):
        for start, end in rule.matches(low):
            yield Finding(field, rule.key, start, end, rule.name, rule.confidence)


@lru_cache(maxsize=65_536)
def _needed_in(word: str, told: Grammar) -> frozenset[str]:
    """What some rule of a grammar needs of every stretch of letters inside a word."""
    ends = range(2, len(word) + 1)
    return told.needed & {word[start:end] for end in ends for start in range(max(0, end - _LONGEST_NEEDED), end - 1)}


def surest(found: list[Finding]) -> list[Finding]:
    """Of findings with overlapping words the surest, then the longest; in order of the text."""
    taken = Apart()
    ordered = sorted(found, key=lambda f: (-f.confidence, f.start - f.end, f.start))
    return sorted((f for f in ordered if taken.take(f.start, f.end)), key=lambda f: f.start)


@cache
def car_words() -> str:
    """A pattern for a vehicle as it is named in passing: its kind, or a make that is no everyday word."""
    plain = [m for m in load("makes").entries.values() if not m.data.get("caution") and len(m.label) > _SHORT]
    makes = sorted({m.label.lower().split("-")[0] for m in plain})
    return rf"(?:{_KINDS}|{'|'.join(map(re.escape, makes))})"


def _filled(pattern: str, places: dict[str, str]) -> str:
    for name, said in places.items():
        pattern = pattern.replace(f"{{{name}}}", said)
    return pattern.removeprefix(r"\b")


def _boundary(low: str, at: int) -> bool:
    """Whether a word begins or ends at `at`, as "\\b" has it."""
    return _is_word(low[at - 1 : at]) != _is_word(low[at : at + 1])


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
