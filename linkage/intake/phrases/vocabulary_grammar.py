"""Small grammars kept in a vocabulary: regular expressions that tell one of its keys, surely or less so.

Most patterns of a grammar have nothing to find in a text; each is tried only in a sentence that holds one of each
group of words that it cannot do without, read off the pattern's own parse.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import pairwise
from typing import Any

from linkage.disk_cache import cached, name_of
from linkage.intake.document.words import CODE
from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable, compiled
from linkage.intake.phrases.surface import Lexicon, Memo, holds
from linkage.vocabulary.english import words as english
from linkage.vocabulary.loader import fold, load

try:  # the parse of a pattern is no public part of `re`: without it every pattern is tried everywhere
    from re import _constants as sre  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    sre = parser = None

TOLD, PHRASE, HINTED = 0.9, 0.8, 0.55
"""Confidence in what a rule or a bare phrase tells, and in what is only hinted at [G]."""

_EVERYDAY = english("words", "light") | {"on", "over", "through", "via", "man", "he", "she"}
_SHORT = 2  # letters of a make too short to be told from a word
_WORD = compiled(r"[\w']+")
"""What a needed word stands in: it is letters, figures and apostrophes."""
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


class Grammar:
    """The rules of one vocabulary and its bare phrases."""

    def __init__(self, rules: Sequence[Rule], phrases: Lexicon) -> None:
        self.rules, self.phrases = rules, phrases
        self._anywhere = frozenset(number for number, rule in enumerate(rules) if not rule.needed)
        self._needing: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, rule in enumerate(rules):
            for letters in rule.needed[0] if rule.needed else ():
                self._needing[letters[:2]].append((letters, number))
        self._met = Memo(self._needing_word)

    def _needing_word(self, word: str) -> frozenset[int]:
        """The rules of whose first group some stretch of letters stands inside a word."""
        starts = [(at, self._needing.get(word[at : at + 2], ())) for at in range(len(word) - 1)]
        return frozenset([n for at, rules in starts for letters, n in rules if word.startswith(letters, at)])

    def worth_trying(self, sentence: str, words: frozenset[str]) -> list[Rule]:
        """The rules of whose groups of needed words each has one in a sentence of some words, in order."""
        numbers = sorted(self._anywhere.union(*map(self._met.__getitem__, words)))
        rules = map(self.rules.__getitem__, numbers)
        return [rule for rule in rules if all(holds(sentence, group) for group in rule.needed[1:])]


@cache
def grammar(vocabulary: str, **places: str) -> Grammar:
    """The grammar of a vocabulary, with `{her}` and the like replaced by the patterns given under these names; a
    space stands for any white space. Raises re.error for a pattern that is none."""
    found, parts = list[Rule](), PatternTable({}, **places)
    for entry in load(vocabulary).entries.values():
        for name, confidence in (("told", TOLD), ("hinted", HINTED)):
            for written in entry.data.get(name, ()):
                pattern = parts.filled(written).replace(" ", r"\s")
                at_word = re.match(r"[\w(]", pattern) is not None and not pattern.startswith("(?<")
                source = rf"\b(?:{pattern})" if at_word else pattern
                needed: _Groups = cached(name_of("rule", CODE, pattern), partial(required, pattern, _EVERYDAY))
                found.append(Rule(entry.key, compiled(source), name, confidence, needed))
    phrases = Lexicon(vocabulary, only=lambda entry, surface: surface in map(fold, entry.synonyms))
    return Grammar(found, phrases)


@lru_cache(maxsize=8)
def _sentences(low: str) -> list[tuple[int, int, frozenset[str]]]:
    """The sentences of a text from the end of the one before on, with their words."""
    bounds = [0, *(stop.start() for stop in _STOP.finditer(low)), len(low)]
    return [(start, end, frozenset(_WORD.findall(low, start, end))) for start, end in pairwise(bounds)]


def find(told: Grammar, field: str, low: str) -> Iterator[Finding]:
    """Everything that the phrases and the rules of a grammar find in `plain` text; findings may overlap."""
    for key, start, end in told.phrases.scan(low):
        yield Finding(field, key, start, end, "phrase", PHRASE)
    for first, last, words in _sentences(low):
        for rule in told.worth_trying(low[first:last], words):
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
    return rf"(?:{PatternTable('vehicles').source('kind')}|{'|'.join(map(re.escape, makes))})"


def required(source: str, everyday: frozenset[str]) -> _Groups:
    """Groups of words, or parts of words, of each of which one stands in every match; the most telling group first.

    Groups are left out that hold an `everyday` word, which stands in every text, or a single letter.
    """
    if parser is None:  # pragma: no cover
        return ()
    groups = dict.fromkeys(_required(parser.parse(source)))
    telling = [group for group in groups if _shortest(group) > 1 and everyday.isdisjoint(group)]
    return tuple(sorted(telling, key=lambda group: (_shortest(group), -len(group)), reverse=True))


def _required(items: Any, lead: str = "") -> list[frozenset[str]]:
    """The groups of parts in a row behind the letters `lead`. Letters beside alternatives belong to each: the parser
    takes what those begin with out of them."""
    groups, run = list[frozenset[str]](), lead
    for part in items:
        kind, value = part
        if kind is sre.LITERAL and (chr(value).isalnum() or value == ord("'")):
            run += chr(value)
            continue
        inner = list(value[3]) if kind is sre.SUBPATTERN and not value[1] else []
        if len(inner) == 1 and inner[0][0] is sre.BRANCH:
            kind, value = inner[0]
        if kind is sre.BRANCH:
            each = [max(_required(one, run), key=_shortest, default=frozenset[str]()) for one in value[1]]
            groups += [frozenset[str]().union(*each)] if all(each) else []
        else:
            groups += [frozenset((run,))] * bool(run)
            repeated = kind in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0
            groups += _required(value[2] if repeated else inner)
        run = ""
    return [*groups, frozenset((run,))] if run else groups


def _shortest(group: frozenset[str]) -> int:
    return min(map(len, group))
