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
from linkage.intake.facts.stretches import Apart
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
_LETTERS = re.compile(r"[a-z0-9]+")
_OPTIONAL = re.compile(r"[?*]|\{[0,]")
_LEFT_OUT = re.compile(r"(?:[?*]|\{0?,[^}]*\}|\{0\})[?+]?")
_WORD = re.compile(r"\w+")
_LONGEST_NEEDED = 20
"""Letters of the longest word that a rule needs."""
_HEX = len(r"\x27")
_ZERO_WIDTH = re.compile(r"\(\?(?:[!=]|<[!=])")


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
                compiled = re.compile(pattern.replace(" ", r"\s"))
                groups = tuple(map(frozenset, all_needed(pattern)))
                at_word = _opens_a_word(pattern)
                heads = _heads(pattern) if at_word else None
                found.append(Rule(entry.key, compiled, name, confidence, groups, at_word, heads or frozenset()))
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


def _opens_a_word(pattern: str) -> bool:
    return re.match(r"[\w(]", pattern) is not None and not pattern.startswith("(?<")


def _heads(pattern: str) -> frozenset[str] | None:
    """What each way of `pattern` begins with, one letter or two; None where that is not seen at once."""
    found: set[str] = set()
    for way in _split(pattern):
        said = _heads_of(way)
        if said is None:
            return None
        found |= said
    return frozenset(head for head in found if len(head) == 1 or head[0] not in found)


def _heads_of(way: str) -> frozenset[str] | None:
    if _ZERO_WIDTH.match(way):
        return _heads_of(way[_closing(way, 0) + 1 :])
    if way.startswith("(?:"):
        end = _closing(way, 0)
        said, left_out = _heads(way[3:end]), _LEFT_OUT.match(way, end + 1)
        further = _heads_of(way[left_out.end() :]) if left_out else frozenset[str]()
        return None if said is None or further is None else said | further
    letters = _LETTERS.match(way)
    if letters is None:
        return None
    head = letters[0][:-1] if _OPTIONAL.match(way, letters.end()) else letters[0]
    return frozenset((head[:2],)) if head else None


def _boundary(low: str, at: int) -> bool:
    """Whether a word begins or ends at `at`, as "\\b" has it."""
    return _is_word(low[at - 1 : at]) != _is_word(low[at : at + 1])


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def all_needed(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Groups of words of each of which at least one stands in every text that `pattern` finds something in, the most
    telling first; everyday words are left out, for they stand in every text."""
    branches = _split(pattern)
    if len(branches) > 1:
        said = [needed(pattern)]
    else:
        pieces, at = [], 0
        while at < len(pattern):
            words_of_piece, at = _next(pattern, at)
            pieces.append(words_of_piece)
        said = sorted(dict.fromkeys(p for p in pieces if _telling(p)[0]), key=_telling, reverse=True)
        said = said or [needed(pattern)]
    return tuple(group for group in said if group)


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
        return (), at + (_HEX if branch.startswith("\\x", at) else 2)
    if branch[at] == "{":
        return (), branch.index("}", at) + 1
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
