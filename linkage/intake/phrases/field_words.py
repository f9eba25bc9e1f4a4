"""Words of a field: tidied, split into the phrases of a list, resolved to a vocabulary's keys (exact surface, then
stems in any order, then small misspellings), and with one slip of the pen put right, which is tried only after the
field's own normaliser has failed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from linkage.intake.document.words import content
from linkage.intake.patterns import PatternTable, compiled
from linkage.intake.phrases.phrase_finder import Finder
from linkage.intake.phrases.surface import Lexicon, is_unknown, plain
from linkage.vocabulary.english import words as word_list
from linkage.vocabulary.loader import Entry, Vocabulary, fold, load
from linkage.vocabulary.tables import table

_SAID = PatternTable("surface")
_SPACES = compiled(r"\s+")
_NONE = frozenset(("none", "no", "nothing", "false"))
SHORTEST = 3
"""Letters of a word that may be a slip [G]: the field is known, so short words are believed to be meant for it."""

VOCABULARIES: dict[str, Sequence[str]] = {field: row["vocabularies"] for field, row in table("descriptors").items()}
VOCABULARIES |= {"age": ["age_words"], "height": ["height_words"], "glasses": [], "sex": ["sexes"]}
"""Field of a reported person -> the vocabularies whose words it is written in."""


def tidy(words: str, nouns: Lexicon | None = None) -> str:
    """Lower case, one space, no article in front, no "his", slips of spelling mended that the `nouns` know."""
    phrase = _SPACES.sub(" ", plain(words)).strip(" .,;:-\"'")
    phrase = _SAID["possessive"].sub("", _SAID["leads_item"].sub("", phrase))
    for slip, right in (spellings(nouns) if nouns else {}).items():
        if slip in phrase:
            phrase = re.sub(rf"\b{re.escape(slip)}\b", right, phrase)
    return phrase.strip()


def items(words: str, nouns: Lexicon) -> list[str]:
    """A field's items: split on `;` `,` and line ends, and on "and", "&" or "/" where both sides hold a noun."""
    found: list[str] = []
    for part in _SAID["between_items"].split(words):
        first, *rest = _SAID["joins_items"].split(part)
        joined = [first]
        for joiner, piece in zip(rest[::2], rest[1::2], strict=True):
            if nouns.pattern.search(plain(piece)) and nouns.pattern.search(plain(joined[-1])):
                joined.append(piece)
            else:
                joined[-1] += joiner + piece
        found += joined
    return found


def phrases(words: str, nouns: Lexicon) -> tuple[str, ...]:
    """A field's items tidied, each once; empty when the field says nothing, or that there is nothing."""
    if is_unknown(words):
        return ()
    said = (tidy(item, nouns) for item in items(words, nouns))
    return tuple(dict.fromkeys(one for one in said if one and not is_unknown(one) and one not in _NONE))


@cache
def spellings(nouns: Lexicon) -> dict[str, str]:
    """Slip -> right word, from every entry of a vocabulary."""
    return {
        slip: right for entry in nouns.entries.values() for slip, right in entry.data.get("spellings", {}).items()
    }


@cache
def _words(field: str) -> tuple[str, ...]:
    more = load("slip_words").entries.get(field)
    surfaces = (*_surfaces(field), *(more.synonyms if more else ()))
    return tuple(sorted({word for surface in surfaces for word in surface.split() if len(word) >= SHORTEST}))


@cache
def _surfaces(field: str) -> frozenset[str]:
    return frozenset(surface for name in VOCABULARIES[field] for surface in load(name).surfaces)


@lru_cache(maxsize=16_384)
def slip_in_phrase(field: str, said: str) -> str | None:
    """The one phrase of the vocabularies that `said` is with a slip in one of its words; else None.

    "eats european" would otherwise be read by the word that is right. A single word is never such a phrase.
    """
    words = fold(said).split() if field in VOCABULARIES and len(said) <= 60 else []
    if len(words) < 2 or " ".join(words) in _surfaces(field):
        return None
    near = {phrase for phrase in _respellings(field, words) if phrase in _surfaces(field)}
    return near.pop() if len(near) == 1 else None


@lru_cache(maxsize=16_384)
def respelt(field: str, said: str, normalise: Callable[[str], Any]) -> Any:
    """What `normalise` makes of `said` with one word respelt, if all respellings that it understands give the same.

    A respelling is one insertion, loss, exchange or swap of neighbours away and keeps the first letter, unless the
    first two were swapped. None when there is no such respelling or they differ.
    """
    if field not in VOCABULARIES or len(said) > 60:
        return None
    read = [value for words in _respellings(field, fold(said).split()) if (value := normalise(words)) is not None]
    return read[0] if read and all(value == read[0] for value in read) else None


def _respellings(field: str, words: list[str]) -> Iterator[str]:
    known = _words(field)
    for at, word in enumerate(words):
        if len(word) < SHORTEST or word in known or not word.isalpha():
            continue
        for near, _, _ in process.extract(word, known, scorer=OSA.distance, score_cutoff=1, limit=None):
            if near[0] == word[0] or near[:2] == word[1::-1]:
                yield " ".join((*words[:at], near, *words[at + 1 :]))


def _no_articles(words: str) -> str:
    return " ".join(word for word in words.split() if word not in word_list("words", "article"))


@dataclass(frozen=True)
class Keys:
    """A vocabulary as words in and keys out. An entry's `words` are surfaces for a field's value only (too short or
    too common to be looked for in running text); its `patterns` are phrases for running text only."""

    vocabulary: Vocabulary

    @cached_property
    def _surfaces(self) -> dict[str, str]:
        found = {fold(key.replace("_", " ")): key for key in self.vocabulary.entries}
        for entry in self.vocabulary.entries.values():
            for words in (*entry.data.get("words", ()), *entry.synonyms, entry.label):
                found.setdefault(fold(words), entry.key)
        found.pop("", None)
        return found

    @cached_property
    def _without_articles(self) -> dict[str, str]:
        """The surfaces without articles: words that differ by those alone are nearer than words of the same stems."""
        found: dict[str, str] = {}
        for surface, key in self._surfaces.items():
            found.setdefault(_no_articles(surface), key)
        return found

    @cached_property
    def _contents(self) -> dict[frozenset[str], str]:
        found: dict[frozenset[str], str] = {}
        responses = {e.key for e in self.vocabulary.entries.values() if e.data.get("actor") == "her"}
        for surface, key in sorted(self._surfaces.items(), key=lambda item: item[1] in responses):
            found.setdefault(content(surface), key)
        for stems, key in list(found.items()):
            found.setdefault(stems - word_list("words", "kept"), key)
        found.pop(frozenset(), None)
        return found

    @cached_property
    def _stems(self) -> list[str]:
        return sorted({stem for stems in self._contents for stem in stems})

    @cached_property
    def finder(self) -> Finder:
        """The finder of all this vocabulary's phrases."""
        entries = self.vocabulary.entries.values()
        return Finder((e.key, *how) for e in entries for how in searched(e))

    def exact(self, words: str) -> str | None:
        """Key of which `words` are a surface as they stand, or None."""
        return self._surfaces.get(fold(words))

    def resolve(self, words: str) -> str | None:
        """Key that `words` stand for, or None."""
        words = words.replace("_", " ")
        folded = fold(words)
        if not folded:
            return None
        if folded in self._surfaces:
            return self._surfaces[folded]
        if (key := self._without_articles.get(_no_articles(folded))) is not None:
            return key
        stems = content(words)
        corrected = frozenset(map(self._nearest, stems))
        bare = corrected - word_list("words", "filler") - word_list("words", "kept")
        return self._contents.get(stems) or self._contents.get(corrected) or self._contents.get(bare)

    def _nearest(self, stem: str) -> str:
        """The known stem that is one slip away (two in a long word), else the stem itself."""
        slips = 0 if len(stem) < 5 else 1 if len(stem) < 8 else 2
        near = process.extractOne(stem, self._stems, scorer=OSA.distance, score_cutoff=slips) if slips else None
        return near[0] if near and near[0][0] == stem[0] and len(near[0]) > 3 else stem


def searched(entry: Entry) -> Iterable[tuple[str, bool]]:
    """The phrases of an entry that are looked for in running text, and whether their words stand close together:
    those of a synonym do, which is also a form that people fill in."""
    return (
        *((words, True) for words in entry.synonyms),
        *((words, False) for words in entry.data.get("patterns", ())),
    )


@cache
def keys_of(name: str) -> Keys:
    """The keys of the vocabulary `name`, made once a process."""
    return Keys(load(name))
