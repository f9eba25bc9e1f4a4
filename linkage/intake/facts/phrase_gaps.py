"""Looks from one word of a phrase for the next: how far it may stand, and what may lie between."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from linkage.intake.document.passive import auxiliary, done_to, past
from linkage.intake.document.words import Words
from linkage.intake.facts.notation import (
    ADJACENT,
    CLOSE,
    FAR_GAP,
    GAP,
    LIST_GAP,
    OBJECT_GAP,
    OPEN_GAP,
    WIDE_GAP,
)
from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import words

JOINS = frozenset(("and", ","))


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with the places that each of its words fills, and which words may stand anywhere."""

    words: Words
    filled: list[frozenset[int]]
    free: list[bool]


def seek(place: int, held: int, gap: int, at: int, step: int, text: Filled) -> int:
    """Index of the nearest word that fills `place`, going by `step` from `at`, which fills `held`; -1 when the gap is
    used up first."""
    here, stems, filled, free = at + step, text.words.stems, text.filled, text.free
    if gap == ADJACENT:
        return _beside(place, at, step, text)
    left, size, barrier = gap, len(stems), _barriers()[gap]
    while left >= 0 and 0 <= here < size:
        if place in filled[here]:
            return here if not _goes_on(min(here, at), max(here, at), text.words) else -1
        stemmed = stems[here]
        if gap == LIST_GAP and stemmed in JOINS and _list_over(here + 1, text.words):
            return -1
        if stemmed in barrier:
            listed = stemmed in JOINS and _listed(here, held, step, filled)
            if not listed and (gap > GAP or not _in_a_row(here, step, text.words)):
                return -1
            here += step * listed
        elif not free[here]:
            left -= not (stems[here - step] in JOINS and _in_a_row(here - step, step, text.words))
        here += step
    return -1


def _beside(place: int, at: int, step: int, text: Filled) -> int:
    """As `seek` for a word right beside the one at `at`, or one that hangs on the "was" at `at`."""
    here = at + step
    if not 0 <= here < len(text.filled):
        return -1
    if place in text.filled[here]:
        return here
    return _seek_done(place, at, text) if step > 0 and text.words.stems[at] == "be" else -1


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


def _seek_done(place: int, be: int, text: Filled) -> int:
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


def _in_a_row(here: int, step: int, text_words: Words) -> bool:
    """Whether a comma or "and" joins two things done to one person: "punched, kicked and robbed her"."""
    stems, forms = text_words.stems, text_words.forms
    if step < 0 or stems[here] not in JOINS or not deed(forms[here - 1]):
        return False
    after = here + 1 if here + 1 < len(stems) and stems[here + 1] not in ("and", "then") else here + 2
    return after < len(stems) and deed(forms[after])


@cache
def deed(form: str) -> bool:
    """Whether a word looks like a verb in the past: what somebody did, or what was done to somebody."""
    return (form.endswith("ed") and len(form) > 4) or form in word_forms("voice", "passive")
