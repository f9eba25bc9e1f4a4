"""Small grammars kept in a vocabulary: regular expressions that tell one of its keys, surely or less so.

Most patterns of a grammar have nothing to find in a text; each is tried only in a sentence that holds one of each
group of words that it cannot do without, read off the pattern's own parse.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial, reduce
from itertools import pairwise
from operator import or_
from typing import Any

from linkage.disk_cache import cached, name_of
from linkage.intake.document.words import CODE
from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import Lexicon, Memo
from linkage.vocabulary.english import words as english
from linkage.vocabulary.loader import fold, load

try:  # the parse of a pattern is no public part of `re`: without it every pattern is tried everywhere
    from re import _constants as sre  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    sre = parser = None

TOLD, PHRASE, HINTED = 0.9, 0.8, 0.55
"""Confidence in what a rule or a bare phrase tells, and in what is only hinted at [G]."""

_KINDS = (
    "car|van|vehicle|taxi|cab|lorry|truck|4 ?x ?4|motor|jeep|suv|hatchback|saloon|pick-?up|minibus|transit|merc|"
    "beamer|shogun"
)
_EVERYDAY = english("words", "light") | {"on", "over", "through", "via", "man", "he", "she"}
_SHORT = 2  # letters of a make too short to be told from a word
_STOP = compiled(r"(?<!\d)[.!?](?=\s)|\n(?=\s*\n)")
"""Where a sentence ends; not behind a figure: "07700 900341. texts to book"."""
_Groups = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern over `plain` text, the key it tells, how surely, and groups of words: one of each group must be in
    the sentence. What it tells is the group `what` of a match, or from the group `opens` on, or else the whole."""

    key: str
    pattern: re.Pattern[str]
    name: str
    confidence: float
    needed: _Groups


@dataclass(frozen=True, eq=False, slots=True)
class Grammar:
    """The rules of one vocabulary and its bare phrases.

    Sets of rules are bits by their numbers. `needs` holds for each needed word the rules in whose first group it
    stands, then those of the second, and so on; `without` those that have no such group.
    """

    rules: tuple[Rule, ...]
    phrases: Lexicon
    needs: dict[str, int]
    without: tuple[int, ...]
    _met: Memo[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_opening: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for letters, rules in self.needs.items():
            by_opening[letters[:2]].append((letters, rules))
        object.__setattr__(self, "_met", Memo(lambda word: _needs_met(word, by_opening)))

    def worth_trying(self, words: frozenset[str]) -> list[int]:
        """The numbers of the rules of whose groups of needed words each has one among some words, in order."""
        present = reduce(or_, map(self._met.__getitem__, words), 0)
        tried = (1 << len(self.rules)) - 1
        for group, without in enumerate(self.without):
            tried &= present >> group * len(self.rules) | without
        numbers = []
        while tried:
            numbers.append(tried.bit_length() - 1)
            tried ^= 1 << numbers[-1]
        return numbers[::-1]


def _needs_met(word: str, needs: dict[str, list[tuple[str, int]]]) -> int:
    """The rules of a grammar that need some stretch of letters inside a word; `needs` are by their first two."""
    met = 0
    for start in range(len(word) - 1):
        for letters, rules in needs.get(word[start : start + 2], ()):
            if word.startswith(letters, start):
                met |= rules
    return met


def grammar(vocabulary: str, **places: str) -> Grammar:
    """The grammar of a vocabulary, with `{her}` and the like replaced by the patterns given under these names; a
    space stands for any white space. Raises re.error for a pattern that is none."""
    found: list[Rule] = []
    for entry in load(vocabulary).entries.values():
        for name, confidence in (("told", TOLD), ("hinted", HINTED)):
            for written in entry.data.get(name, ()):
                pattern = filled(written, places).replace(" ", r"\s")
                at_word = re.match(r"[\w(]", pattern) is not None and not pattern.startswith("(?<")
                source = rf"\b(?:{pattern})" if at_word else pattern
                needed: _Groups = cached(name_of("rule", CODE, pattern), partial(required, pattern, _EVERYDAY))
                found.append(Rule(entry.key, compiled(source), name, confidence, needed))
    phrases = Lexicon(vocabulary, only=lambda entry, surface: surface in map(fold, entry.synonyms))
    groups = max((len(rule.needed) for rule in found), default=0)
    needs: dict[str, int] = defaultdict(int)
    for number, rule in enumerate(found):
        for group, any_of in enumerate(rule.needed):
            for word in any_of:
                needs[word] |= 1 << group * len(found) + number
    short = [[number for number, rule in enumerate(found) if len(rule.needed) <= group] for group in range(groups)]
    without = tuple(sum(1 << number for number in numbers) for numbers in short)
    return Grammar(tuple(found), phrases, dict(needs), without)


def filled(pattern: str, places: Mapping[str, str]) -> str:
    """A pattern with `{her}` and the like replaced by what is given under these names."""
    for place, meant in places.items():
        pattern = pattern.replace(f"{{{place}}}", meant)
    return pattern


@lru_cache(maxsize=8)
def _sentences(low: str) -> list[tuple[int, int, frozenset[str]]]:
    """The sentences of a text from the end of the one before on, with their words."""
    bounds = [0, *(stop.start() for stop in _STOP.finditer(low)), len(low)]
    return [(start, end, frozenset(low[start:end].split())) for start, end in pairwise(bounds)]


def find(told: Grammar, field: str, low: str) -> Iterator[Finding]:
    """Everything that the phrases and the rules of a grammar find in `plain` text; findings may overlap."""
    for key, start, end in told.phrases.scan(low):
        yield Finding(field, key, start, end, "phrase", PHRASE)
    for first, last, words in _sentences(low):
        for number in told.worth_trying(words):
            rule = told.rules[number]
            for found in rule.pattern.finditer(low, first, last):
                groups = found.groupdict()
                start, end = found.span("what" if "what" in groups else 0)
                start = found.start("opens") if "opens" in groups else start
                yield Finding(field, rule.key, start, end, rule.name, rule.confidence)


@cache
def car_words() -> str:
    """A pattern for a vehicle as it is named in passing: its kind, or a make that is no everyday word."""
    plain = [m for m in load("makes").entries.values() if not m.data.get("caution") and len(m.label) > _SHORT]
    makes = sorted({m.label.lower().split("-")[0] for m in plain})
    return rf"(?:{_KINDS}|{'|'.join(map(re.escape, makes))})"


def required(source: str, everyday: frozenset[str]) -> _Groups:
    """Groups of words, or parts of words, of each of which one stands in every match; the most telling group first.

    Groups are left out that hold an `everyday` word, which stands in every text, or a single letter.
    """
    if parser is None:  # pragma: no cover
        return ()
    groups = dict.fromkeys(_required(parser.parse(source)))
    telling = [group for group in groups if min(map(len, group)) > 1 and everyday.isdisjoint(group)]
    return tuple(sorted(telling, key=lambda group: (min(map(len, group)), -len(group)), reverse=True))


def _required(items: Any) -> list[frozenset[str]]:
    """The groups of parts in a row. Letters beside alternatives belong to each: the parser takes what those begin
    with out of them."""
    groups: list[frozenset[str]] = []
    run = ""
    for kind, value in items:
        if kind is sre.LITERAL and (chr(value).isalnum() or value == ord("'")):
            run += chr(value)
            continue
        if kind is sre.BRANCH:
            groups += _of_branches(run, value[1])
        elif kind is sre.SUBPATTERN and not value[1]:
            inner = list(value[3])
            if len(inner) == 1 and inner[0][0] is sre.BRANCH:
                groups += _of_branches(run, inner[0][1][1])
            else:
                groups += [frozenset((run,))] * bool(run) + _required(inner)
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0:
            groups += [frozenset((run,))] * bool(run) + _required(value[2])
        elif run:
            groups.append(frozenset((run,)))
        run = ""
    return [*groups, frozenset((run,))] if run else groups


def _of_branches(run: str, branches: Any) -> list[frozenset[str]]:
    """One group for alternatives of which each makes something necessary, with the letters before them."""
    words: set[str] = {run} if run else set()
    several: set[str] = set()
    for branch in branches:
        lead = ""
        for kind, value in branch:
            if kind is not sre.LITERAL or not chr(value).isalnum():
                break
            lead += chr(value)
        inner = _required(branch)
        best = max(inner, key=lambda group: min(map(len, group)), default=frozenset[str]())
        longer = frozenset((run + lead,)) if lead else best
        several |= longer if longer and min(map(len, longer)) >= min(map(len, best), default=0) else best
        if not (longer or best):
            return [frozenset(words)] if words else []
    return [frozenset(several)] if several else [frozenset(words)] if words else []
