"""Small grammars kept in a vocabulary: regular expressions that tell one of its keys, surely or less so.

Most patterns of a grammar have nothing to find in a text; each is tried only where one of the words it cannot do
without stands in the text, which costs a hundredth of a search.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, reduce
from operator import or_

from linkage.disk_cache import cached, name_of
from linkage.intake.document.spans import DisjointSpans
from linkage.intake.document.words import CODE
from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases.memo import Memo
from linkage.intake.phrases.openings import openings, required
from linkage.intake.phrases.surface import Lexicon, places_of, words_at
from linkage.vocabulary.english import words as english
from linkage.vocabulary.loader import fold, load

TOLD, PHRASE, HINTED = 0.9, 0.8, 0.55
"""Confidence in what a rule or a bare phrase tells, and in what is only hinted at [G]."""

_KINDS = (
    "car|van|vehicle|taxi|cab|lorry|truck|4 ?x ?4|motor|jeep|suv|hatchback|saloon|pick-?up|minibus|transit|merc|"
    "beamer|shogun"
)
_EVERYDAY = english("words", "light") | {"on", "over", "through", "via", "man", "he", "she"}
_LETTERS = 5
"""Letters by which the first words of rules are told apart [G]."""
_FIRST_WORD = compiled(r"\W")
_SHORT = 2  # letters of a make too short to be told from a word


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
    """What the first word of a match must begin with; none where the pattern does not show it."""

    def matches(self, low: str, starts: Iterable[int]) -> list[tuple[int, int]]:
        """Spans of the matches in `low`, left to right, not overlapping; `starts` are the words with such a head."""
        if not self.heads:
            return list(self._searched(low))
        match = self.pattern.match
        found = [self._told(one) for at in starts if (one := match(low, at))]
        return list(_apart(found)) if len(found) > 1 else found

    def _searched(self, low: str) -> Iterator[tuple[int, int]]:
        at = 0
        while at < len(low) and (found := self.pattern.search(low, at)):
            start, end = found.span()
            if self.at_word and not _boundary(low, start):
                at = start + 1
                continue
            yield self._told(found)
            at = max(end, start + 1)

    def _told(self, found: re.Match[str]) -> tuple[int, int]:
        """The span of the group `what`, or from the group `opens` on, or else of the whole match."""
        groups = self.pattern.groupindex
        if "what" in groups:
            return found.span("what")
        return found.start("opens" if "opens" in groups else 0), found.end()


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those of some spans in order that no earlier one reaches into."""
    last = 0
    for start, end in spans:
        if start >= last:
            yield start, end
            last = max(end, start + 1)


@dataclass(frozen=True, eq=False, slots=True)
class Grammar:
    """The rules of one vocabulary, its bare phrases, and what some rule needs.

    Sets of rules are bits by their numbers. `needs` holds for each needed word the rules in whose first group it
    stands, then those of the second, and so on; `without` those that have no such group; `opens` what each head may
    begin, `headless` what may begin with any word.
    """

    rules: tuple[Rule, ...]
    phrases: Lexicon
    needs: dict[str, int]
    without: tuple[int, ...]
    opens: dict[str, int]
    headless: int
    _met: Memo[str, int] = field(init=False, repr=False)
    _opened: Memo[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_opening = _by_opening(self.needs)
        object.__setattr__(self, "_met", Memo(lambda word: _needs_met(word, by_opening)))
        object.__setattr__(self, "_opened", Memo(lambda word: _opened(word, self.opens)))

    def worth_trying(self, low: str) -> int:
        """The rules of whose groups of needed words each has one in `low`."""
        present = reduce(or_, map(self._met.__getitem__, set(low.split())), 0)
        tried = (1 << len(self.rules)) - 1
        for group, without in enumerate(self.without):
            tried &= present >> group * len(self.rules) | without
        return tried

    def starts(self, low: str, tried: int) -> dict[int, list[int]]:
        """Where some of the rules may begin in `low`, in order; of those with a head only."""
        found: dict[int, list[int]] = defaultdict(list)
        starts, opened = words_at(low)[1], self._opened
        for word, places in places_of(low).items():
            if numbers := opened[word] & tried:
                here = [starts[at] for at in places]
                for number in _numbers(numbers):
                    found[number] += here
        for several in found.values():
            several.sort()
        return found


def grammar(vocabulary: str, **places: str) -> Grammar:
    """The grammar of a vocabulary, with `{her}` and the like replaced by the patterns given under these names; a
    space stands for any white space. Raises re.error for a pattern that is none."""
    found: list[Rule] = []
    for entry in load(vocabulary).entries.values():
        for name, confidence in (("told", TOLD), ("hinted", HINTED)):
            for written in entry.data.get(name, ()):
                pattern = _filled(written, places)
                regex = compiled(pattern.replace(" ", r"\s"))
                found.append(Rule(entry.key, regex, name, confidence, *_read_off(regex.pattern)))
    phrases = Lexicon(vocabulary, only=lambda entry, surface: surface in map(fold, entry.synonyms))
    groups = max((len(rule.needed) for rule in found), default=0)
    needs: dict[str, int] = defaultdict(int)
    opens: dict[str, int] = defaultdict(int)
    for number, rule in enumerate(found):
        for group, any_of in enumerate(rule.needed):
            for word in any_of:
                needs[word] |= 1 << group * len(found) + number
        for head in rule.heads:
            opens[head] |= 1 << number
    short = [[number for number, rule in enumerate(found) if len(rule.needed) <= group] for group in range(groups)]
    without = tuple(sum(1 << number for number in numbers) for numbers in short)
    headless = sum(1 << number for number, rule in enumerate(found) if not rule.heads)
    return Grammar(tuple(found), phrases, dict(needs), without, dict(opens), headless)


def _read_off(source: str) -> tuple[tuple[frozenset[str], ...], bool, frozenset[str]]:
    """What a pattern needs, whether a match must begin a word, and with what; worked out once for all processes, for
    it takes as long as ten texts."""

    def read() -> tuple[tuple[frozenset[str], ...], bool, frozenset[str]]:
        at_word = re.match(r"[\w(]", source) is not None and not source.startswith("(?<")
        heads = {_FIRST_WORD.split(head)[0] for head in openings(source, letters=_LETTERS)} if at_word else {""}
        return required(source, _EVERYDAY), at_word, frozenset() if "" in heads else frozenset(heads)

    said: tuple[tuple[frozenset[str], ...], bool, frozenset[str]] = cached(name_of("rule", CODE, source), read)
    return said


def find(told: Grammar, field: str, low: str) -> Iterator[Finding]:
    """Everything that the phrases and the rules of a grammar find in `plain` text; findings may overlap."""
    for key, start, end in told.phrases.scan(low):
        yield Finding(field, key, start, end, "phrase", PHRASE)
    tried = told.worth_trying(low)
    starts = told.starts(low, tried)
    for number in sorted([*starts, *_numbers(tried & told.headless)]):
        rule = told.rules[number]
        for start, end in rule.matches(low, starts.get(number, ())):
            yield Finding(field, rule.key, start, end, rule.name, rule.confidence)


def _numbers(bits: int) -> list[int]:
    """The numbers of the bits that are set, the highest first."""
    numbers = []
    while bits:
        number = bits.bit_length() - 1
        numbers.append(number)
        bits ^= 1 << number
    return numbers


def _by_opening(needs: dict[str, int]) -> dict[str, list[tuple[str, int]]]:
    """Needed stretches of letters with what they let through, by their first two letters."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for letters, rules in needs.items():
        found[letters[:2]].append((letters, rules))
    return dict(found)


def _needs_met(word: str, needs: dict[str, list[tuple[str, int]]]) -> int:
    """The rules of a grammar that need some stretch of letters inside a word, as in `_by_opening`."""
    met = 0
    for start in range(len(word) - 1):
        for letters, rules in needs.get(word[start : start + 2], ()):
            if word.startswith(letters, start):
                met |= rules
    return met


def _opened(word: str, opens: dict[str, int]) -> int:
    """The rules of a grammar that may begin with a word."""
    return reduce(or_, [opens.get(word[:end], 0) for end in range(1, _LETTERS + 1)])


def surest(found: list[Finding]) -> list[Finding]:
    """Of findings with overlapping words the surest, then the longest; in order of the text."""
    taken = DisjointSpans()
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
