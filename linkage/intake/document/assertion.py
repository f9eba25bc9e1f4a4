"""How words are told (negated, attempted, threatened, supposed, hearsay, advice; ConText: Chapman et al. 2011), who
acts in them, and what is done to somebody.

The cues are rows of `context_cues.toml`. A cue governs the words in its scope, up to a terminator or the end of the
sentence; what comes of that is for the judge to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from linkage.intake.document.words import Words, read
from linkage.vocabulary import load
from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import words

Stems = tuple[str, ...]
_NO_KINDS = frozenset[str]()
REACH = 12
"""Words before a phrase in which the one who acts is looked for [G]."""
_ROW = 18
"""Words back to the "was" of a row: "was seized by the arm outside the shop, dragged inside and robbed" [G]."""
_JOINS = frozenset((",", "and", "or"))
_ACTING = {"he": "him", "they": "him", "she": "her", "i": "her", "we": "her"}
"""Pronouns of those who act, and who that is."""
_OBJECTS = frozenset(("him", "her", "me"))
_BEFORE_OBJECT = frozenset(("by", "with", "to", "at", "of", "from", "his", "her", "my"))
"""Behind these somebody is named who does not act."""
_SUBJECTS = frozenset(("she", "i", "we", "who"))


@dataclass(frozen=True, slots=True)
class Cue:
    """One row: `forward` says whether it governs what follows or what stands before; `scope` is in words;
    `terminators` stand by their first stem."""

    stems: Stems
    kind: str
    forward: bool
    scope: int
    terminators: Mapping[str, Sequence[Stems]]


@cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """All cues by their first stem, the longest first."""
    found: defaultdict[str, list[Cue]] = defaultdict(list)
    for kind, entry in load("context_cues").entries.items():
        ends: defaultdict[str, list[Stems]] = defaultdict(list)
        for stems in map(_stems, entry.data["terminators"]):
            ends[stems[0]].append(stems)
        for forward, rows in ((True, entry.data["forward"]), (False, entry.data["back"])):
            for row in rows:
                stems = _stems(row)
                found[stems[0]].append(Cue(stems, kind, forward, entry.data["scope"], dict(ends)))
    return {first: tuple(sorted(rows, key=lambda one: -len(one.stems))) for first, rows in found.items()}


@cache
def _pseudo() -> dict[str, tuple[Stems, ...]]:
    """What begins like a cue and is none, by its first stem (pseudo-triggers: Chapman et al. 2001)."""
    rows = [_stems(row) for entry in load("context_cues").entries.values() for row in entry.data.get("pseudo", ())]
    return {first: tuple(row for row in rows if row[0] == first) for first in {row[0] for row in rows}}


@cache
def _conjunctions() -> frozenset[str]:
    """Stems of cues that are none before a verb in "-ing"."""
    rows = (entry.data.get("conjunctions", ()) for entry in load("context_cues").entries.values())
    return frozenset(_stems(row)[0] for row in chain.from_iterable(rows))


def _stems(row: str) -> Stems:
    return tuple(read(row).stems)


@lru_cache(maxsize=8)
def of_pseudo_cues(text_words: Words) -> frozenset[int]:
    """The places of words that begin like a cue and are none."""
    found = set[int]()
    for at, stemmed in enumerate(text_words.stems):
        if stemmed in _conjunctions() and any(form.endswith("ing") for form in text_words.forms[at + 1 : at + 2]):
            found.add(at)
        for one in _pseudo().get(stemmed, ()):
            if tuple(text_words.stems[at : at + len(one)]) == one:
                found.update(range(at, at + len(one)))
    return frozenset(found)


@lru_cache(maxsize=8)
def governed(text_words: Words, back: bool = True) -> list[frozenset[str]]:
    """For each word the kinds of context that govern it; without `back` by cues that stand before it alone. The last
    few are remembered, for each reader asks for the same: the list is not to be changed."""
    kinds = [_NO_KINDS] * len(text_words.stems)
    known = cues()
    for at, stemmed in enumerate(text_words.stems):
        if stemmed not in known or at in of_pseudo_cues(text_words):
            continue
        for cue in known[stemmed]:
            behind = at + len(cue.stems)
            if (back or cue.forward) and tuple(text_words.stems[at:behind]) == cue.stems:
                for reached in _reach(cue, at, behind, text_words):
                    kinds[reached] |= {cue.kind}
    return kinds


def _reach(cue: Cue, at: int, behind: int, text_words: Words) -> range:
    """The words that a cue standing at [at, behind) governs."""
    opens, closes = text_words.sentence(at)
    if not cue.forward:
        return range(max(opens, at - cue.scope), at)
    last = min(closes, behind + cue.scope)
    for here in range(behind, last):
        ends = cue.terminators.get(text_words.stems[here], ())
        if any(tuple(text_words.stems[here : here + len(end)]) == end for end in ends):
            return range(behind, here)
    return range(behind, last)


@cache
def participle(form: str) -> bool:
    """Whether a form may tell what was done to somebody."""
    ending = form.endswith(("ed", "en")) and form not in word_forms("voice", "stative")
    return ending or form in word_forms("voice", "passive")


def auxiliary(at: int, text_words: Words) -> int:
    """Index of the "was" or "got" that the word at `at` hangs on, -1 when it hangs on none.

    A participle in a row hangs on that of the first: "was grabbed by the neck and thrown to the ground". Where a
    note leaves "was" out ("victim punched in the face") the index of the noun stands for it.
    """
    stems, forms = text_words.stems, text_words.forms
    here = _before(at, text_words)
    if here < 0 or stems[here] == "be":
        return here
    if not participle(forms[at]):
        return -1
    if stems[here] not in _JOINS:
        following = forms[at + 1] if at + 1 < len(forms) else "."
        noun = stems[here] in words("people", "her") and following in word_forms("voice", "after_passive")
        return here if noun or stems[here] == "get" else -1
    for first in range(here - 1, max(-1, here - 1 - _ROW), -1):
        if stems[first] in words("voice", "ends_row"):
            return -1
        if participle(forms[first]) and (be := _before(first, text_words)) >= 0 and stems[be] in ("be", "get"):
            return be
    return -1


def _before(at: int, text_words: Words) -> int:
    """Index of the last word before `at` that may not stand between "was" and what was done, as those of "was then
    badly beaten" and "was not tied" may; -1 for none."""
    here = at - 1
    while here >= 0 and (text_words.forms[here].endswith("ly") or text_words.stems[here] in words("voice", "faint")):
        here -= 1
    return here


def undergone(be: int, done: int, text_words: Words) -> bool:
    """Whether the participle at `done` may be done to a person: nothing shows that the subject at `be` is a thing."""
    stems, forms = text_words.stems, text_words.forms
    harmed = words("people", "her") | words("people", "harmed") | _SUBJECTS
    here = be if stems[be] in harmed else _before(be, text_words)
    while here >= 0 and stems[here] in ("have", "be", "get"):
        here = _before(here, text_words)
    if not participle(forms[done]):
        return False
    if here < 0 or stems[here] in words("voice", "before_undergone"):
        return True
    for at in range(here, -1, -1):
        if stems[at] in harmed:
            return True
        subject = forms[at] in word_forms("voice", "determiner") and stems[at - 1] not in words(
            "voice", "preposition"
        )
        if subject or stems[at] in words("voice", "ends_row") or stems[at] in _JOINS:
            return False
    return False


@lru_cache(maxsize=65_536)
def _noun_of(stemmed: str) -> str:
    """Whom a noun names: "other", "him" or "her"; "" for a word that names nobody."""
    return next((who for who in ("other", "him", "her") if stemmed in words("people", who)), "")


def actor(before: int, text_words: Words) -> str:
    """Who is named last as one who may act, at or before the word `before`: "him", "her", "other" or "nobody"."""
    opens, _ = text_words.sentence(before)
    stems, forms = text_words.stems, text_words.forms
    for at in range(before, max(opens, before - REACH) - 1, -1):
        if (who := _ACTING.get(forms[at])) is not None:
            return who
        noun = _noun_of(stems[at])
        if noun and forms[at] not in _OBJECTS and not (at and stems[at - 1] in _BEFORE_OBJECT):
            return noun
    return "nobody"


def is_passive(first: int, last: int, text_words: Words) -> bool:
    """Whether a phrase at words [first, last] is told as undergone: "was dragged", "got hit"."""
    before = text_words.stems[max(0, first - 3) : first + 1]
    done = participle(text_words.forms[first]) or participle(text_words.forms[min(first + 1, last)])
    return done and ("be" in before or "get" in before)
