"""Surface words: what the small grammars share to find a vocabulary's words in a text, fast and with exact spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from linkage.disk_cache import cached, name_of
from linkage.intake.document.words import CODE
from linkage.intake.patterns import PatternTable, compiled
from linkage.vocabulary.loader import Entry, fold, load

Key = TypeVar("Key")
Value = TypeVar("Value")

FUZZY_CUTOFF = 80.0
"""[G] rapidfuzz ratio at which one word is taken for another: one or two slips in a word of six letters."""

_ONE_TO_ONE = str.maketrans("’‘‛′`´″“”–—‐‑−\u00a0\u2009_", "''''''\"\"\"-----   ")
_JOIN = r"[\s'-]{0,2}"
_GAPS = compiled(r"(\W+)")
_NOT_LETTERS = compiled(r"[^a-z0-9]+")
_WORD = compiled(r"[a-z][a-z'-]*[a-z]")
_JOINED = compiled(r"\w+(?: \w+)*")
_SAID = PatternTable("surface")
_DENIALS = ("no", "n't", "without", "never", "neither", "lack", "didnt")
"""One of these stands in every negation."""


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """Lower case with typographic quotes, dashes and spaces made plain; as long as `text`, so spans stay exact."""
    lowered = text.translate(_ONE_TO_ONE).lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_ONE_TO_ONE))


@lru_cache(maxsize=8)
def caseless(text: str) -> str | None:
    """Lower case in which a pattern of ASCII letters finds what it finds in `text` without regard to case, each
    character where it was; None where there is none: "İ", "ı" and "ſ" are then letters of ASCII, to `re`."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) and "ı" not in text and "ſ" not in text else None


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether one of some words, or parts of words, stands in a text: asked before a pattern that needs one of them,
    which takes many times as long to find nothing."""
    for word in words:  # noqa: SIM110 - half the time of `any` over a generator
        if word in text:
            return True
    return False


def is_unknown(words: str) -> bool:
    """Whether a field only says that nothing is known ("not known", "n/k", "?"), or is blank."""
    return _SAID["unknown"].fullmatch(plain(words)) is not None


def negated_before(text: str, start: int) -> bool:
    """Whether the words just before `start` in plain `text` deny what follows ("no", "did not have a")."""
    before = text[max(0, start - 40) : start]
    if not holds(before, _DENIALS):
        return False
    clause = _SAID["clause"].split(before)[-1]
    return _SAID["negation"].search(clause) is not None and not _SAID["twice_denied"].search(clause)


def answered(text: str, end: int) -> str | None:
    """What a form answers behind a label that ends at `end` of plain `text`: "no" ("Beard: none"), "unknown"
    ("Tattoos - not seen"), else None."""
    said = _SAID["answer"].match(text, end)
    if said is None:
        return None
    return "no" if said["no"] else "unknown"


@lru_cache(maxsize=64)
def words_at(text: str) -> tuple[list[str], list[int]]:
    """The words of a text with a closing empty one, and where each begins; shared, and not to be changed.

    What can only begin with certain words is looked up here in less time than a pattern takes to walk over the text.
    """
    pieces = _GAPS.split(text)
    ends = list(accumulate(map(len, pieces)))
    return [*pieces[::2], ""], [0, *ends[1::2]]


@lru_cache(maxsize=64)
def places_of(text: str) -> dict[str, list[int]]:
    """Each word of `words_at` with its places among them; shared, and not to be changed.

    Which of the words a vocabulary knows is asked of both sets of words at once.
    """
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words_at(text)[0]):
        places.setdefault(word, []).append(at)
    return places


def alternation(surfaces: Iterable[str]) -> str:
    """A regex for any of the folded `surfaces`, longest first, as a prefix tree so that it fails fast.

    A space in a surface stands for a space, a hyphen, an apostrophe or nothing ("clean shaven", "clean-shaven").
    """
    tree: dict[str, Any] = {}
    for surface in surfaces:
        node = tree
        for letter in surface:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branch(tree)


def _branch(node: dict[str, Any]) -> str:
    arms = [(_JOIN if c == " " else re.escape(c)) + _branch(node[c]) for c in sorted(node, reverse=True) if c]
    if not arms:
        return ""
    if "" in node:
        return f"(?:{'|'.join(arms)})?"
    return arms[0] if len(arms) == 1 else f"(?:{'|'.join(arms)})"


def openings(surfaces: Iterable[str]) -> frozenset[str]:
    """The words of a text that one of the folded `surfaces` can begin with: "clean" and "cleanshaven".

    Raises ValueError for a surface that does not begin with a letter or digit.
    """
    found: set[str] = set()
    for surface in surfaces:
        parts = surface.split(" ") if _JOINED.fullmatch(surface) else [re.split(r"\W", surface)[0]]
        if not parts[0]:
            raise ValueError(f"a surface that begins with no word: {surface!r}")
        found.update(accumulate(parts))
    return frozenset(found)


def found_at(pattern: re.Pattern[str], opened: frozenset[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern` finds in a text, tried only at the words it can begin with, as `openings` gives them."""
    places, starts, past = places_of(text), words_at(text)[1], 0
    for start in sorted(starts[at] for word in opened & places.keys() for at in places[word]):
        if start >= past and (said := pattern.match(text, start)):
            past = said.end()
            yield said


@cache
def words_under(kind: str, vocabulary: str = "phrase_ends") -> frozenset[str]:
    """The words listed under `kind` in a vocabulary."""
    return frozenset(load(vocabulary).entries[kind].synonyms)


@lru_cache(maxsize=16_384)
def squeeze(words: str) -> str:
    """Letters and digits only, lower case: the form in which a surface found in a text is looked up."""
    return _NOT_LETTERS.sub("", words)


def flagged(flag: str) -> Callable[[Entry, str], bool]:
    """Chooser of the surfaces that an entry lists under `flag`."""
    return lambda entry, surface: surface in _folded_all(tuple(entry.data.get(flag, ())))


def unflagged(*flags: str) -> Callable[[Entry, str], bool]:
    """Chooser of the surfaces that an entry lists under none of `flags`."""
    return lambda entry, surface: all(surface not in _folded_all(tuple(entry.data.get(flag, ()))) for flag in flags)


@lru_cache(maxsize=1024)
def _folded_all(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, words))


class Lexicon:
    """The surface words of one or more vocabularies, ready for finding and for tolerant look-up.

    `only` chooses which surfaces take part: a function of the entry and the folded surface. `plurals` finds surfaces
    of several words with an s too ("hooded tops"); a single word with an s may be a verb ("he ties her hands").
    """

    def __init__(self, *names: str, only: Callable[[Entry, str], bool] | None = None, plurals: bool = False) -> None:
        self.entries: dict[str, Entry] = {}
        self._keys: dict[str, str] = {}
        surfaces: list[str] = []
        for name in names:
            vocabulary = load(name)
            self.entries.update(vocabulary.entries)
            for surface, key in vocabulary.surfaces.items():
                if only is None or only(vocabulary.entries[key], surface):
                    surfaces.append(surface)
                    self._keys.setdefault(squeeze(surface), key)
                    if plurals and " " in surface and not surface.endswith("s"):
                        surfaces.append(f"{surface}s")
                        self._keys.setdefault(squeeze(f"{surface}s"), key)
        follows = name_of("alternation", CODE, *surfaces)
        self.source: str = cached(follows, lambda: alternation(surfaces))
        self.pattern = compiled(rf"\b{self.source}\b")
        self._openings: frozenset[str] = cached(name_of("openings", CODE, *surfaces), lambda: openings(surfaces))
        self._single = [s for s in surfaces if " " not in s and len(s) >= 4]

    def scan(self, text: str) -> Iterator[tuple[str, int, int]]:
        """(key, start, end) of each surface in plain `text`, left to right, not overlapping."""
        for said in found_at(self.pattern, self._openings, text):
            yield self._keys[squeeze(said.group())], said.start(), said.end()

    def exact(self, words: str) -> str | None:
        """Key of a surface equal to `words` up to case, accents, spaces and punctuation."""
        return self._keys.get(squeeze(fold(words)))

    @lru_cache(maxsize=16_384)  # noqa: B019 - the words of a vocabulary live as long as the process
    def nearest(self, word: str) -> str | None:
        """Key of the surface equal to, or one slip of the pen away from, a single plain word."""
        found = self._keys.get(squeeze(word))
        if found or len(word) < 4:
            return found
        cutoff = FUZZY_CUTOFF if len(word) > 4 else FUZZY_CUTOFF + 5
        best = process.extractOne(word, self._single, scorer=fuzz.ratio, score_cutoff=cutoff)
        return self._keys[best[0]] if best and best[0][0] == word[0] else None

    def read(self, words: str) -> list[tuple[str, int, int]]:
        """Every key in a field's words, exact surfaces first, then misspelt single words, in order of appearance.

        An adverb is no slip of the pen ("slightly overweight" is not slight).
        """
        text = plain(words)
        found = list(self.scan(text))
        rest = list(text)
        for _, start, end in found:
            rest[start:end] = " " * (end - start)
        for word in _WORD.finditer("".join(rest)):
            key = None if word.group().endswith("ly") else self.nearest(word.group())
            if key:
                found.append((key, word.start(), word.end()))
        return sorted(found, key=lambda item: item[1])

    def keys(self, words: str) -> list[str]:
        """Distinct keys that `read` finds and the words do not deny, in order of appearance."""
        text = plain(words)
        return list(dict.fromkeys(key for key, start, _ in self.read(words) if not negated_before(text, start)))


class Memo(dict[Key, Value]):
    """A dict that makes what it lacks. Where every word of a text is asked for, `map` over it takes a third of the
    time of a function with `lru_cache`, which puts its keys in order at each look-up; this forgets all at once."""

    def __init__(self, make: Callable[[Key], Value], most: int = 65_536) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._make(key)
        return value
