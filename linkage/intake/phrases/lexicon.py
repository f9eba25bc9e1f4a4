"""Resolves short words to a vocabulary's keys: exact surface, then stems in any order, then small misspellings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from linkage.intake.document.words import content
from linkage.intake.phrases.phrase_finder import Finder
from linkage.vocabulary import Entry, Vocabulary, fold, load
from linkage.vocabulary.english import words as word_list


@dataclass(frozen=True)
class Lexicon:
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
    def _known(self) -> frozenset[str]:
        return frozenset(self._stems)

    @cached_property
    def finder(self) -> Finder:
        """The finder of all this vocabulary's phrases."""
        entries = self.vocabulary.entries.values()
        return Finder((e.key, *how) for e in entries for how in searched(e))

    def resolve(self, words: str) -> str | None:
        """Key that `words` stand for, or None."""
        words = words.replace("_", " ")
        folded = fold(words)
        if not folded:
            return None
        if folded in self._surfaces:
            return self._surfaces[folded]
        stems = content(words)
        corrected = self._corrected(stems)
        bare = corrected - word_list("words", "filler") - word_list("words", "kept")
        return self._contents.get(stems) or self._contents.get(corrected) or self._contents.get(bare)

    def _corrected(self, stems: frozenset[str]) -> frozenset[str]:
        """The stems with every unknown one put right, when a known stem is one slip away (two in a long word)."""
        return frozenset(s if s in self._known else self._nearest(s) for s in stems)

    def _nearest(self, stem: str) -> str:
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
def lexicon(name: str) -> Lexicon:
    """The lexicon of the vocabulary `name`, made once a process."""
    return Lexicon(load(name))
