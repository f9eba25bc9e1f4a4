"""What stands in a clause, as named features; and what stands around a phrase of a sub-item, shared by all of them.

A clause has words, pairs of words, phrases, and how it is told (`cues`, who acts). A phrase has features of its own
that have one weight for all sub-items, so that a rare one is judged by what holds for phrases in general.

Vectors of stems say what words mean: those that are used alike lie near each other, and what is learned of one
counts for its like. `stem_vectors.npz` is made by `benchmarks/stem_vectors.py`: principal components of the vectors
of single words by the multilingual universal sentence encoder (Yang et al. 2020; Apache-2.0). Nothing but this table
is asked at reading.

`WholeText` is what the encoder of whole texts says of the behaviours in each clause.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linkage.intake.document.assertion import actor, governed, is_passive, of_pseudo_cues
from linkage.intake.document.document import Document, quoted, read_document
from linkage.intake.document.words import Clause, Words, clauses, dropped, people, read
from linkage.intake.encoder.encoder import encoded, encoder
from linkage.intake.encoder.windows import Ints
from linkage.intake.finding import inside
from linkage.intake.phrases.field_words import keys_of
from linkage.intake.phrases.phrase_finder import Occurrence
from linkage.vocabulary import load

VECTORS = Path(__file__).with_name("stem_vectors.npz")
NEARBY = 0.5
"""How much a word elsewhere in the sentence counts beside one of the clause [G]."""

Floats = NDArray[np.float32]

_AT_ONCE = 2**18
"""Multiplications above which OpenBLAS shares a product out among threads, which wait for each other at work."""


def product(left: Floats, right: Floats) -> Floats:
    """`left @ right`, a few rows at a time: products of a text are so small that threads cost ten times what they
    save (10.1 ms a text against 0.8, of two threads)."""
    rows = max(1, _AT_ONCE // max(1, right.size))
    return np.concatenate([left[at : at + rows] @ right for at in range(0, max(1, len(left)), rows)])


@dataclass(frozen=True, slots=True)
class StemVectors:
    """`vectors` (stems, components) are whole numbers of `scale`; `rows` says which stem has which."""

    rows: dict[str, int]
    vectors: NDArray[np.int8]
    scale: float

    @classmethod
    def load(cls, path: Path) -> StemVectors:
        """From the arrays in a file. Raises OSError for no file, ValueError for one of pickles."""
        with np.load(path, allow_pickle=False) as arrays:
            rows = {stem: row for row, stem in enumerate(str(arrays["stems"]).split("\n"))}
            return cls(rows, arrays["vectors"], float(arrays["scale"]))

    def of_clauses(self, words: Words, parts: Sequence[Clause]) -> Floats:
        """For each clause the sum over its own weighty stems, and over those of the rest of its sentence, each
        stem once, shape (clauses, 2 * components)."""
        light, columns, places = dropped(), dict[int, int](), list[tuple[int, int]]()
        for number, part in enumerate(parts):
            for stem in words.stems[part.first : part.end]:
                if stem not in light and (row := self.rows.get(stem)) is not None:
                    places.append((number, columns.setdefault(row, len(columns))))
        if not places:
            return np.zeros((len(parts), 2 * self.vectors.shape[1]), np.float32)
        present = np.zeros((len(parts), len(columns)), np.float32)
        present[tuple(np.array(places).T)] = self.scale
        sentence = np.array([part.sentence for part in parts])
        around = product((sentence[:, None] == sentence).astype(np.float32), present) - present > self.scale / 2
        vectors = self.vectors[list(columns)].astype(np.float32)
        return np.hstack([product(present, vectors), product(around * np.float32(NEARBY * self.scale), vectors)])


@cache
def stem_vectors() -> StemVectors:
    """The vectors in use."""
    return StemVectors.load(VECTORS)


_DENYING = frozenset(("not", "no"))
"""Stems that are no feature by themselves: what they govern is (`cue:negated`, `under:negated`, `not:`)."""
_MARKS = ("wish_counts", "spoken", "threatened", "completed")
"""Marks of an entry that say how words that were not done count for it."""

Named = dict[str, float]
Own = tuple[str, str]
"""A sub-item and the name of a feature of a phrase of it."""


def candidates(words: Words) -> list[Occurrence]:
    """All phrases in `words`, each once, in order; the key of a phrase is its sub-item."""
    found = {
        (one.phrase.key, one.first, one.last, one.phrase.actor): one
        for one in keys_of("behaviours").finder.find(words)
    }
    return sorted(found.values(), key=lambda one: (one.first, one.last, one.phrase.key))


@dataclass(frozen=True, slots=True)
class Read:
    """A `text` as its clauses: their words, features by name, what their words mean (clauses, components), and the
    phrases in each with what stands around them."""

    text: str
    words: Words
    clauses: Sequence[Clause]
    named: Sequence[Named]
    meant: Floats
    phrases: Sequence[Sequence[Occurrence]]
    own: Sequence[Sequence[Own]]


def features(text: str) -> Read:
    """The clauses of `text` with their features."""
    words = read(text)
    parts = clauses(words)
    told = governed(words)
    said = _spoken(text, words)
    acting = cache(partial(actor, text_words=words))
    firsts = [part.first for part in parts]
    phrases: list[list[Occurrence]] = [[] for _ in parts]
    for one in candidates(words):
        phrases[bisect_right(firsts, one.first) - 1].append(one)
    named = _words_of(words, parts)
    own: list[list[Own]] = []
    for part, here, found in zip(parts, named, phrases, strict=True):
        _how(here, part, words, told, said, acting)
        own.append([pair for one in found for pair in _of_phrase(one, words, told, said, acting)])
        for one in found:
            kinds = sorted(told[one.first])
            here[f"phrase:{one.phrase.surface}"] = here[f"key:{one.phrase.key}"] = 1.0
            for kind in kinds:
                here[f"key:{one.phrase.key} {kind}"] = 1.0
    return Read(text, words, parts, named, stem_vectors().of_clauses(words, parts), phrases, own)


def _words_of(words: Words, parts: Sequence[Clause]) -> list[Named]:
    """Stems, pairs of neighbours, pairs of weighty words with light ones between; the rest of the sentence too."""
    light, pseudo = dropped(), of_pseudo_cues(words)
    made: list[Named] = []
    weighty: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for number, part in enumerate(parts):
        here: Named = {}
        before = last = ""
        for at in range(part.first, part.end):
            stemmed = "0" if words.stems[at].isdigit() else words.stems[at]
            if stemmed == "," or at in pseudo:
                before = ""
                continue
            if stemmed not in _DENYING:
                here[stemmed] = 1.0
            if before:
                here[f"{before} {stemmed}"] = 1.0
            before = stemmed
            if stemmed not in light:
                if last:
                    here[f"{last} {stemmed}"] = 1.0
                last = stemmed
                weighty[part.sentence].append((number, stemmed))
        made.append(here)
    for number, part in enumerate(parts):
        for other, stemmed in weighty[part.sentence]:
            if other != number:
                made[number][f"~{stemmed}"] = NEARBY
    return made


def _spoken(text: str, words: Words) -> list[bool]:
    """For each word whether it stands within words spoken."""
    quotes = quoted(text)
    return [inside(at, quotes) for at in words.starts] if quotes else [False] * len(words.starts)


@cache
def _slight() -> frozenset[str]:
    """Stems that do not tell what is done: light ones, and people."""
    return dropped() | people("any")


def _how(
    here: Named,
    part: Clause,
    words: Words,
    told: Sequence[frozenset[str]],
    said: Sequence[bool],
    acting: Callable[[int], str],
) -> None:
    """How the clause is told and who acts in it."""
    share, light = 1.0 / (part.end - part.first), _slight()
    weighty = [at for at in range(part.first, part.end) if words.stems[at] not in light]
    for kinds, spoken in zip(told[part.first : part.end], said[part.first : part.end], strict=True):
        for kind in sorted(kinds):  # a set is gone through in another order in each process
            here[f"cue:{kind}"] = here.get(f"cue:{kind}", 0.0) + share
            here[f"under:{kind}"] = 1.0
        if spoken:
            here["cue:spoken"] = here.get("cue:spoken", 0.0) + share
    here[f"acts:{acting(part.end - 1)}"] = 1.0
    deed = next((at for at in weighty if words.stems[at] != ","), None)
    if deed is not None:
        here[f"acts:{acting(max(deed - 1, part.first))} {words.stems[deed]}"] = 1.0
    here |= {f"not:{words.stems[at]}": 1.0 for at in weighty if "negated" in told[at]}


def _of_phrase(
    one: Occurrence,
    words: Words,
    told: Sequence[frozenset[str]],
    said: Sequence[bool],
    acting: Callable[[int], str],
) -> list[Own]:
    """What stands around a phrase, with the marks of its sub-item that say how to take it."""
    entry = load("behaviours").entries[one.phrase.key]
    acts = one.phrase.actor or entry.data.get("actor", "him")
    voice = "passive" if is_passive(one.first, one.last, words) else "active"
    who = f"{acts} by {acting(max(0, one.first - 1)) if one.first else 'nobody'} {voice}"
    names = ["phrase", who, f"words {min(one.last - one.first, 3)}"]
    kinds = set(told[one.first]) | ({"negated"} if one.denied_within(words) else set())
    for kind in sorted(kinds):
        names += [f"{kind}", f"{kind} {acts}", f"{kind} {entry.data['domain']}"]
        names += [f"{kind} {mark}" for mark in _MARKS if mark in entry.data]
    if said[one.first]:
        names += ["spoken", f"spoken {'spoken' in entry.data}"]
    if one.phrase.denies:
        names.append("denies")
    owner = words.forms[one.last] in ("her", "my", "his", "their")
    if owner and one.last > one.first:
        names.append("ends at an owner")
    return [(one.phrase.key, name) for name in names]


LEAST, MOST = -8.0, 20.0
"""The least log odds that it gives a clause [R]: of -30, -8 and -5 the first two read authors left out alike; and
those at a piece above which it is not surer [G]."""


@dataclass(frozen=True, slots=True)
class WholeText:
    """Log odds of each sub-item, in the order of the encoder's keys, being `told` as done and being `denied` in each
    clause that it `read`, shape (clauses read, sub-items); `read` (clauses,) says which those are."""

    read: NDArray[np.bool_]
    told: Floats
    denied: Floats

    @classmethod
    def of(cls, read: Read) -> WholeText:
        """What it says of the clauses of a text."""
        document = read_document(read.text)
        said = encoded(document)
        clause = clause_of_tokens(read, document, said.tokens)
        real = clause >= 0
        begin = np.flatnonzero(np.diff(clause[real], prepend=-1))
        there = np.zeros(len(read.clauses), bool)
        there[clause[real][begin]] = True
        return cls(there, *(_of_clauses(odds[real], begin) for odds in (said.told, said.denied)))

    def told_or(self, keys: tuple[str, ...], odds: Floats) -> Floats:
        """Log odds of the sub-items `keys` being told as done in each clause, shape (clauses, sub-items); the given
        ones in a clause that it did not read, and of a sub-item that it was not tuned for."""
        return self._or(self.told, keys, odds)

    def denied_or(self, keys: tuple[str, ...], odds: Floats) -> Floats:
        """The same of being denied."""
        return self._or(self.denied, keys, odds)

    def _or(self, said: Floats, keys: tuple[str, ...], odds: Floats) -> Floats:
        own, theirs = _columns(encoder().keys, keys)
        found = odds.copy()
        found[np.ix_(self.read, theirs)] = said[:, own]
        return found


def _of_clauses(odds: Floats, begin: Ints) -> Floats:
    """Log odds in clauses, whose pieces begin at `begin`, from those at pieces: their odds add up."""
    if not begin.size:
        return odds
    found: Floats = np.log(np.maximum(np.add.reduceat(np.exp(np.minimum(odds, MOST)), begin), np.exp(LEAST)))
    return found


def clause_of_tokens(read: Read, document: Document, tokens: Ints) -> Ints:
    """The clause of each of the given tokens of the document of a text, -1 where it stands in none."""
    firsts = np.array([read.words.starts[part.first] for part in read.clauses], np.int64)
    starts = np.array([*document.starts, -1], np.int64)[tokens]  # what is no token has the number -1
    clause: Ints = np.searchsorted(firsts, starts, "right") - 1
    return clause


@cache
def _columns(keys: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[Ints, Ints]:
    """Where what is both in `keys` and `wanted` stands in each."""
    pairs = [(keys.index(key), at) for at, key in enumerate(wanted) if key in keys]
    own, theirs = np.array(pairs, np.int64).reshape(-1, 2).T
    return own, theirs
