"""Finds phrases in a text: word stems in order with a few words in between, through an index on the rarest stem."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from linkage.intake.facts.notation import (
    ADJACENT,
    CLOSE,
    FAR_GAP,
    GAP,
    LIST_GAP,
    OBJECT_GAP,
    OPEN_GAP,
    WIDE_GAP,
    Phrase,
    compile_phrase,
    passive_of,
    spelled_out,
)
from linkage.intake.facts.passive import auxiliary, done_to, past, undergone
from linkage.intake.facts.phrases import Words, light
from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import words

_JOINS = frozenset(("and", ","))
_COMMON, _FREQUENT = 10_000, 400
"""For how many phrases a word that stands in every sentence, or in most texts, counts when the rarest place of a
phrase is chosen [G]."""
_NOTHING = frozenset[int]()
FIGURES = "#"
"""Stands in a set of words for every number in figures that no phrase names itself."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A phrase in a text: its first and last word (both inclusive)."""

    phrase: Phrase
    first: int
    last: int


@dataclass(slots=True)
class _Ready:
    """A phrase with its places by number, which of them is the rarest, the next rarest, and the rest: what must
    stand in the sentence too (nothing more where the phrase may span two)."""

    phrase: Phrase
    places: tuple[int, ...]
    anchor: int
    second: int
    rest: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with the places that each of its words fills, and which words may stand anywhere."""

    words: Words
    filled: list[frozenset[int]]
    free: list[bool]


class Finder:
    """All phrases of a vocabulary, ready to be found in a text.

    Phrases share places; every word of a text is looked up once for the places it fills, and a phrase is tried only
    where all its places are filled somewhere in the sentence (or only its rarest, when it may span two).
    """

    def __init__(self, phrases: Iterable[tuple[str, str, bool]]) -> None:
        """Compile (key, surface, close) triples; a surface that holds no counting word is left out."""
        made = (compile_phrase(key, full, close) for key, surface, close in phrases for full in spelled_out(surface))
        known = {_identity(p): p for p in made if p is not None}
        for passive in [p for p in map(passive_of, known.values()) if p is not None]:
            known.setdefault(_identity(passive), passive)
        self.phrases = list(known.values())
        numbers: dict[tuple[frozenset[str], frozenset[str] | None], int] = {}
        used = Counter(s for phrase in self.phrases for place in phrase.places for s in place)
        used.update(dict.fromkeys(words("words", "frequent"), _FREQUENT))
        used.update(dict.fromkeys(_skipped() | words("words", "pause"), _COMMON))
        at_anchor: dict[int, list[_Ready]] = defaultdict(list)
        for phrase in self.phrases:
            each = zip(phrase.places, phrase.exact, strict=True)
            places = tuple(numbers.setdefault(place, len(numbers)) for place in each)
            rare = [sum(used[s] for s in place) for place in phrase.places]
            order = sorted(range(len(places)), key=rare.__getitem__)
            anchor, second = order[0], order[0 if FAR_GAP in phrase.gaps else min(1, len(order) - 1)]
            rest = frozenset(() if FAR_GAP in phrase.gaps else (places[at] for at in order[2:]))
            at_anchor[places[anchor]].append(_Ready(phrase, places, anchor, places[second], rest))
        self._by_stem, self._by_form = _filling(numbers)
        self._unions: dict[tuple[frozenset[int], frozenset[int]], frozenset[int]] = {}
        self._anchored = {
            places: tuple(one for number in sorted(places) for one in at_anchor.get(number, ()))
            for places in {*self._by_stem.values(), *self._by_form.values()}
        }

    def find(self, text_words: Words) -> Iterator[Occurrence]:
        """Occurrences in the order of their anchor words; the same phrase may come at several places."""
        filled, anchored = self._places(text_words)
        skip, both = _skipped(), zip(text_words.stems, text_words.forms, strict=True)
        text = _Text(text_words, filled, [stemmed in skip or form.endswith("ly") for stemmed, form in both])
        ends = -1
        for at, phrases in enumerate(anchored):
            if at > ends:
                ends = _end_of_sentence(at, text_words)
                present = _NOTHING.union(*{*filled[at:ends]})
            for one in [ready for ready in phrases if ready.second in present and ready.rest <= present]:
                found = _fit(one, at, text)
                if found is not None and not _barred(found, text_words):
                    yield found

    def _places(self, text_words: Words) -> tuple[list[frozenset[int]], list[tuple[_Ready, ...]]]:
        """For each word of a text: the places that it fills, and the phrases of which one is the rarest."""
        figures = self._by_stem.get(FIGURES, _NOTHING)
        filled = [self._by_stem.get(s, figures if s.isdigit() else _NOTHING) for s in text_words.stems]
        anchored = [self._anchored.get(places, ()) for places in filled]
        for at, form in enumerate(text_words.forms):
            exact = self._by_form.get(form)
            if exact is not None:
                filled[at] = self._joined(filled[at], exact)
                anchored[at] = anchored[at] + self._anchored[exact]
        return filled, anchored

    def _joined(self, one: frozenset[int], other: frozenset[int]) -> frozenset[int]:
        """Both sets of places as one; the few that occur are kept."""
        both = self._unions.get((one, other))
        if both is None:
            both = self._unions[one, other] = one | other
        return both


def _filling(
    numbers: dict[tuple[frozenset[str], frozenset[str] | None], int],
) -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """For each stem, and for each exact form, the numbers of the places that it fills."""
    stems: dict[str, set[int]] = defaultdict(set)
    forms: dict[str, set[int]] = defaultdict(set)
    for (place, exact), number in numbers.items():
        for word in place if exact is None else exact:
            (stems if exact is None else forms)[word].add(number)
    for word in stems:
        if word.isdigit():
            stems[word] |= stems.get(FIGURES, set())
    return {w: frozenset(found) for w, found in stems.items()}, {w: frozenset(found) for w, found in forms.items()}


def _end_of_sentence(at: int, text_words: Words) -> int:
    try:
        return text_words.stems.index(".", at)
    except ValueError:
        return len(text_words.stems)


def _identity(p: Phrase) -> tuple[object, ...]:
    """What makes two phrases the same, so that a pattern's bars hold for the synonym of the same words."""
    gaps = tuple(GAP if gap == OBJECT_GAP else gap for gap in p.gaps)
    return p.key, p.places, gaps, p.exact, p.actor


def _barred(found: Occurrence, text_words: Words) -> bool:
    barred, after, runs = found.phrase.barred, found.phrase.barred_next, found.phrase.barred_runs
    if any(_in_row(run, found, text_words.forms) for run in runs):
        return True
    if not barred:
        return False
    if not barred.isdisjoint(text_words.forms[found.first : found.last + 2]):
        return True
    return bool(after) and not after.isdisjoint(
        text_words.forms[found.last + 1 : _weighty(found.last, text_words) + 1]
    )


def _in_row(run: tuple[str, ...], found: Occurrence, forms: list[str]) -> bool:
    """Whether the words of `run` stand side by side, from within the phrase or right behind it on."""
    return any(tuple(forms[at : at + len(run)]) == run for at in range(found.first, found.last + 2))


def _weighty(last: int, text_words: Words) -> int:
    """Index of the next word of weight behind `last` in its part of the sentence."""
    at = last + 1
    while at < len(text_words.stems) and text_words.stems[at] in light() and text_words.stems[at] != "and":
        at += 1
    return at


def _fit(one: _Ready, at: int, text: _Text) -> Occurrence | None:
    first = last = at
    places, gaps = one.places, one.phrase.gaps
    for place in range(one.anchor + 1, len(gaps)):
        last = _seek(places[place], places[place - 1], gaps[place], last, 1, text)
        if last < 0:
            return None
    from_here = at
    for place in range(one.anchor - 1, -1, -1):
        if place == one.phrase.auxiliary:
            from_here = auxiliary(first, text.words)
            if one.phrase.undergone and not (from_here >= 0 and undergone(from_here, first, text.words)):
                return None
            first = from_here if _next_to(from_here, first, text.words) else first
        else:
            first = from_here = _seek(places[place], places[place + 1], gaps[place + 1], from_here, -1, text)
        if from_here < 0:
            return None
    return Occurrence(one.phrase, first, last)


def _next_to(be: int, done: int, text_words: Words) -> bool:
    """Whether "was" stands before what was done with nothing but light words between: then it is part of the find."""
    return text_words.stems[be] == "be" and _JOINS.isdisjoint(text_words.stems[be:done])


def _seek(place: int, held: int, gap: int, at: int, step: int, text: _Text) -> int:
    """Index of the nearest word that fills `place`, going by `step` from `at`, which fills `held`; -1 when the gap is
    used up first."""
    stems, filled, barrier = text.words.stems, text.filled, _barriers()[gap]
    here, left = at + step, max(gap, 0)
    while 0 <= here < len(stems) and left >= 0:
        if place in filled[here]:
            return here if not _goes_on(min(here, at), max(here, at), text.words) else -1
        stemmed = stems[here]
        if gap == LIST_GAP and stemmed in _JOINS and _list_over(here + 1, text.words):
            return -1
        if gap == ADJACENT:
            return _seek_done(place, at, text) if stems[at] == "be" and step > 0 else -1
        if stemmed in barrier:
            listed = stemmed in _JOINS and _listed(here, held, step, filled)
            if not listed and (gap > GAP or not _in_a_row(here, step, text.words)):
                return -1
            here += step * listed
        elif not text.free[here]:
            left -= not (stems[here - step] in _JOINS and _in_a_row(here - step, step, text.words))
        here += step
    return -1


def _goes_on(first: int, last: int, text_words: Words) -> bool:
    """Whether "keep" only says that something else goes on: "kept calling her phone" is no keeping of a phone."""
    return text_words.stems[first] == "keep" and last > first + 1 and text_words.forms[first + 1].endswith("ing")


def _list_over(after: int, text_words: Words) -> bool:
    """Whether what follows a comma or "and" is the next deed, no thing of a list: "took her phone and left"."""
    if after + 1 >= len(text_words.forms):
        return True
    form = text_words.forms[after]
    doing = form.endswith("ing") and text_words.forms[after + 1] in word_forms("voice", "behind_doing")
    return doing or past(form) or deed(form)


def _listed(here: int, held: int, step: int, filled: list[frozenset[int]]) -> bool:
    """Whether "and" or a comma joins two things of one kind: "took tape and rope out of a bag"."""
    near, far = here - step, here + step
    return 0 < far < len(filled) and held in filled[near] and held in filled[far]


def _seek_done(place: int, be: int, text: _Text) -> int:
    """Index of the word that fills `place` and hangs on the "was" at `be`; -1 when there is none."""
    for here in done_to(be, text.words):
        if text.words.stems[here] == ".":
            return -1
        if place in text.filled[here] and auxiliary(here, text.words) == be:
            return here
    return -1


@cache
def _barriers() -> dict[int, frozenset[str]]:
    stop = frozenset((".",))
    near, wide = stop | words("words", "pause"), stop | words("words", "turn")
    return {
        ADJACENT: stop,
        CLOSE: near,
        OBJECT_GAP: near,
        GAP: near,
        WIDE_GAP: wide,
        OPEN_GAP: stop,
        LIST_GAP: stop | words("words", "ends_list"),
        FAR_GAP: frozenset(),
    }


@cache
def _skipped() -> frozenset[str]:
    return light() | words("words", "skip")


def _in_a_row(here: int, step: int, text_words: Words) -> bool:
    """Whether a comma or "and" joins two things done to one person: "punched, kicked and robbed her"."""
    stems, forms = text_words.stems, text_words.forms
    if step < 0 or stems[here] not in _JOINS or not deed(forms[here - 1]):
        return False
    after = here + 1 if here + 1 < len(stems) and stems[here + 1] not in ("and", "then") else here + 2
    return after < len(stems) and deed(forms[after])


@cache
def deed(form: str) -> bool:
    """Whether a word looks like a verb in the past: what somebody did, or what was done to somebody."""
    return (form.endswith("ed") and len(form) > 4) or form in word_forms("voice", "passive")
