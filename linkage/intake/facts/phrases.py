"""Finds phrases in free text: word stems in order with a few words in between, through an index on the rarest stem.

A phrase is written as plain words: pronouns and articles do not count and any inflection fits. Beyond that, `a|b` is
either word, `{her}` and `{him}` a person (by pronoun or noun), `a+b` two words side by side, `a .. b` up to six words
in between (two otherwise), `word!` exactly this form of the word.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import same_words, stem, words

ADJACENT, CLOSE, GAP, WIDE_GAP, OPEN_GAP = -1, 0, 2, 6, 7
_TOKEN = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*|[.!?;\n]+|[,:()–—]|(?<=\s)-(?=\s)")
_CONTRACTED = re.compile(r"^(.+?)(?:n['’`]t|['’`](ll|d|m|re|ve|s))$")
_SOFT = frozenset(",:()–—-")
_OBJECTS = frozenset(("her", "him", "me", "you", "them"))
_SUBJECTS = frozenset(("he", "she", "it", "who", "that", "there"))
_EXPANDED = {"ll": "will", "d": "would", "m": "be", "re": "be", "ve": stem("have")}


@dataclass(slots=True)
class Words:
    """A text as parallel lists: each word's lower-case form, stem, span; "." ends a sentence, "," a part of one."""

    forms: list[str] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, form: str, stemmed: str, start: int, end: int) -> None:
        """Append one word with its span; "could not" is kept as "do not", which says the same of what happened."""
        if stemmed == "not" and self.stems and self.stems[-1] in words("words", "modal"):
            self.stems[-1] = "do"
        self.forms.append(form)
        self.stems.append(stemmed)
        self.starts.append(start)
        self.ends.append(end)


@lru_cache(maxsize=32)
def read(text: str) -> Words:
    """`text` as words. Contractions come apart: "he'll" is "he" and "will", "didn't" is "not".

    Every grammar reads the same narrative, so the last few are kept: the result is shared and is not to be changed.
    """
    result = Words()
    for token in _TOKEN.finditer(text):
        form, start, end = token[0].lower(), token.start(), token.end()
        if form in _SOFT:
            result.add(form, ",", start, end)
        elif not form[0].isalnum():
            result.add(form, ".", start, end)
        elif form.isalnum():
            result.add(form, stem(form), start, end)
        else:
            _add_contraction(result, form, start, end)
    _had(result)
    return result


def _had(text_words: Words) -> None:
    """ "they'd driven off" is "they had": a participle follows that is no plain form."""
    for at, form in enumerate(text_words.forms[:-1]):
        after = text_words.forms[at + 1]
        past = after.endswith(("ed", "en")) or after in words("words", "participle")
        if form == "d" and text_words.stems[at] == "would" and past:
            text_words.stems[at] = stem("have")


def _add_contraction(result: Words, form: str, start: int, end: int) -> None:
    parts = _CONTRACTED.match(form)
    if parts is None:
        plain = re.sub(r"['’`]", "", form)
        result.add(plain, stem(plain), start, end)
    elif parts[2] is None:
        result.add(form, "not", start, end)
    else:
        result.add(parts[1], stem(parts[1]), start, end)
        if parts[2] in _EXPANDED:
            result.add(parts[2], _EXPANDED[parts[2]], start, end)
        elif parts[2] == "s" and parts[1] in _SUBJECTS:
            result.add(parts[2], "be", start, end)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase: the stems allowed at each place, and the gap allowed before each place."""

    key: str
    surface: str
    places: tuple[frozenset[str], ...]
    gaps: tuple[int, ...]
    exact: tuple[frozenset[str] | None, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A phrase in a text: its first and last word (both inclusive)."""

    phrase: Phrase
    first: int
    last: int


@cache
def people(who: str) -> frozenset[str]:
    """Stems that may refer to the reported person ("him") or the person harmed ("her"), or either ("any")."""
    if who == "any":
        return people("him") | people("her") | frozenset(map(stem, ("them", "you", "someone", "somebody")))
    return words("people", who) | words("people", f"object_{who}")


def content(phrase: str) -> frozenset[str]:
    """The stems that carry the meaning of a short phrase, as a set: order, articles and pronouns do not count."""
    stems = [s for s in read(phrase.replace("_", " ").replace("-", " ")).stems if s not in (".", ",")]
    return frozenset(s for s in stems if s not in _dropped()) or frozenset(stems)


@cache
def _dropped() -> frozenset[str]:
    return words("words", "light") - words("words", "kept")


@cache
def _light() -> frozenset[str]:
    return words("words", "light") | people("any")


def compile_phrase(key: str, surface: str) -> Phrase | None:
    """The phrase that `surface` writes; None when it holds no word that counts."""
    places: list[frozenset[str]] = []
    gaps: list[int] = []
    exact: list[frozenset[str] | None] = []
    gap = GAP
    chunks = surface.replace("_", " ").split()
    for number, written in enumerate(chunks):
        chunk = _object_of(written) if _is_object(chunks, number) else written
        if stem(chunk) in words("words", "modal") and chunks[number + 1 : number + 2] == ["not"]:
            continue
        if chunk == ".." or stem(chunk) in words("words", "pause"):
            gap = WIDE_GAP if chunk == ".." else OPEN_GAP
        for position, piece in enumerate([] if chunk == ".." else chunk.split("+")):
            place, forms = _place(piece, alone="+" in chunk)
            if place:
                places.append(place)
                exact.append(forms)
                gaps.append(ADJACENT if position else CLOSE if gap == GAP and _general(places[:-1]) else gap)
                gap = GAP
    return Phrase(key, surface, tuple(places), tuple(gaps), tuple(exact)) if places else None


def _general(places: list[frozenset[str]]) -> bool:
    return bool(places) and places[-1] <= words("words", "close")


def _is_object(chunks: list[str], number: int) -> bool:
    """Whether the word is a pronoun that something is done to: needed in a short phrase, dropped in a long one."""
    if chunks[number].lower() not in _OBJECTS or number == 0:
        return False
    last = number + 1 == len(chunks)
    return (last or chunks[number + 1] in word_forms("same", "after_object")) and len(chunks) < 8


def _object_of(pronoun: str) -> str:
    return "{him}" if pronoun.lower() == "him" else "{her}"


def _place(piece: str, alone: bool) -> tuple[frozenset[str], frozenset[str] | None]:
    if piece == "{him}":
        return people("him") | people("any") & frozenset((stem("someone"), stem("somebody"))), None
    if piece == "{her}":
        return people("any"), None
    if piece.endswith("!"):
        forms = frozenset(piece[:-1].lower().replace("!", "").split("|"))
        return frozenset(stem(form) for form in forms), forms
    options = [option for option in piece.split("|") if option]
    stems = frozenset(s for option in options for s in read(option).stems if s not in (".", ","))
    light = len(options) == 1 and not alone and stems <= _dropped()
    return (frozenset() if light else stems.union(*(_same().get(s, ()) for s in stems))), None


@cache
def _same() -> dict[str, frozenset[str]]:
    return {member: group for group in same_words() for member in group}


class Finder:
    """All phrases of a vocabulary, ready to be found in a text."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Compile (key, surface) pairs; a surface that holds no counting word is left out."""
        made = (compile_phrase(key, surface) for key, surface in phrases)
        self.phrases = list({(p.key, p.places, p.gaps, p.exact): p for p in made if p is not None}.values())
        used = Counter(s for phrase in self.phrases for place in phrase.places for s in place)
        self._index: dict[str, list[tuple[Phrase, int, frozenset[str]]]] = defaultdict(list)
        for phrase in self.phrases:
            order = sorted(range(len(phrase.places)), key=lambda i: sum(used[s] for s in phrase.places[i]))
            also = phrase.places[order[1]] if len(order) > 1 else phrase.places[order[0]]
            for anchor in phrase.places[order[0]]:
                self._index[anchor].append((phrase, order[0], also))

    def find(self, text_words: Words) -> Iterator[Occurrence]:
        """Occurrences in the order of their anchor words; the same phrase may come at several places."""
        present = frozenset(text_words.stems)
        for at, stemmed in enumerate(text_words.stems):
            for phrase, anchor, also in self._index.get(stemmed, ()):
                if not also.isdisjoint(present):
                    found = _fit(phrase, anchor, at, text_words)
                    if found is not None:
                        yield found


def _fit(phrase: Phrase, anchor: int, at: int, text_words: Words) -> Occurrence | None:
    first = last = at
    if not _form_fits(phrase, anchor, at, text_words):
        return None
    for place in range(anchor + 1, len(phrase.places)):
        last = _seek(phrase, place, last, 1, text_words)
        if last < 0:
            return None
    for place in range(anchor - 1, -1, -1):
        first = _seek(phrase, place, first, -1, text_words)
        if first < 0:
            return None
    return Occurrence(phrase, first, last)


def _form_fits(phrase: Phrase, place: int, at: int, text_words: Words) -> bool:
    forms = phrase.exact[place]
    return forms is None or text_words.forms[at] in forms


def _seek(phrase: Phrase, place: int, at: int, step: int, text_words: Words) -> int:
    """Index of the nearest word that fills `place`, going by `step` from `at`; -1 when the gap is used up first."""
    wanted, stems, light = phrase.places[place], text_words.stems, _light()
    gap = phrase.gaps[place if step > 0 else place + 1]
    barrier = words("words", "pause" if gap < WIDE_GAP else "turn") if gap < OPEN_GAP else frozenset[str]()
    here, skipped = at + step, 0
    while 0 <= here < len(stems) and skipped <= max(gap, 0):
        stemmed = stems[here]
        if stemmed in wanted and _form_fits(phrase, place, here, text_words):
            return here
        if gap == ADJACENT or stemmed == "." or stemmed in barrier:
            return -1
        skipped += stemmed not in light and not text_words.forms[here].endswith("ly")
        here += step
    return -1
