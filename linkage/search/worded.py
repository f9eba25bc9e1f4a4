"""The words of a question beside the words of every report: free words, words of facts, and what words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linkage.search.choices import best_of
from linkage.search.condition import AGREES, CLOSE, NOT_KNOWN, Condition
from linkage.search.counted import count_once, joined, no_more_than
from linkage.search.expansion import asking
from linkage.search.facts import States, meant_conditions, narrative_condition
from linkage.search.index import WordIndex
from linkage.search.items import KIND
from linkage.search.meaning import Meaning, Meant, TfidfMeaning, meant
from linkage.search.query import DENIED, Query
from linkage.search.question import EXACT, NEAR, SENTENCES, SIMILAR, QuestionError
from linkage.search.sentences import MissingExtraError, SentenceMeaning
from linkage.search.words import ComparedFact, WordConditions
from linkage.vocabulary import behaviours
from linkage.vocabulary.english import stem, words

SURE, LEAST_LEFT = 0.75, 0.2
"""Likeness (0-1) at which words are surely meant as a behaviour, and the share of their own weight that they keep
then [G]: who writes "squashed her windpipe" asks for strangling, not for the word "squashed"."""

NAMED = 0.75
"""Likeness (0-1) of a word to the behaviour that a field would read in it [G]: "anal" alone may ask for what was
agreed. The word keeps all of its own weight."""

FURTHER_UNSEEN = 0.5
"""Share of the one before at which each further word that no report has counts [G]: one such word is what is asked
for, many are a way of asking that nobody else has."""

FACT_WORD_SHARE = 0.5
"""Share of a word's weight that a word which was read as a fact carries beside the fact: of reports that show the
fact, those that tell it in the same words come first [G]."""

MOST_BESIDE = 0.7
"""Most that all words of a fact carry beside it, as a share of the fact's largest weight [G]."""

SLIP_SHARE = 0.5
"""Share of a word's weight that a slip of a description carries as it is written [G]: "whyte man" may ask for a name.
"""

SLANG_SHARE = 0.5
"""Share of a word's weight that slang carries beside the plain words that it was put into [G]."""

_LETTERS = re.compile(r"[a-z]{3,}")
_FRAGMENT = re.compile(r"[A-Z0-9]{3,}")
"""A part of a plate that may stand in a text as a word."""

_LABELS_OF = {
    "height_cm": ("Height",),
    "venue": ("Kind of place",),
    "hair": ("Hair style", "Hair colour"),
    "ethnicity": ("Perceived ethnicity",),
    "complexion": ("Perceived complexion",),
    **{f"weapons.{number}": ("Weapon",) for number in range(1, 10)},
}
"""Conditions in which a word read as this kind of fact is compared, where the names differ."""


_DESCRIBE = ("person", "vehicle")
"""Parts of a question that describe somebody or something."""

_SEVERAL = ("Kind of place", "Contact method")
"""Facts of which a report has one and its story often several: there its words speak beside another value."""


class Worded:
    """Makes the conditions of words over an index. Vectors of the extra are made on first use and kept."""

    def __init__(self, index: WordIndex, states: States, vectors: Path | None) -> None:
        self._index, self._states, self._vectors = index, states, vectors
        self._meanings: dict[str, Meaning] = {SIMILAR: TfidfMeaning()}
        self._narratives: list[str] = []

    def conditions(
        self, asked: Query, facts: list[Condition], way: str, out: frozenset[str] = frozenset()
    ) -> list[Condition]:
        """Words that were read as a fact count together, and only where the report does not say that fact; free
        words each by itself, the less the surer they are meant as a behaviour. `out` are names of facts that were
        taken out of the question, and their words with them."""
        making, told = WordConditions(self._index, way), _told(facts)
        likely, found = self._meant(asked, facts, way)
        fragments = [part for one in asked.report.vehicles for part in _FRAGMENT.findall(one.registration or "")]
        of_fact: dict[str, list[str]] = {"Registration": fragments} if fragments else {}
        passed = {word for phrase in asked.phrases for word in phrase.split()} | {part.lower() for part in fragments}
        telling = _telling(asked.report.behaviours.present + asked.report.behaviours.absent)
        left, free, beside = _left(likely), list[Condition](), dict[str, list[Condition]]()
        for word, kinds, alone in dict.fromkeys(_beside(asked.words)):
            bare = word.strip('"“”.' if kinds else '"“”.?*')
            every = [name for kind in kinds for name in _names_of(kind)]
            names = [name for name in every if name in told]
            gone = not names and not out.isdisjoint(every)
            if gone or bare in passed or bare.lower() in passed or _is_no_word(bare, kinds):
                continue
            for name in names:
                of_fact.setdefault(name, []).append(bare)
            if names and _tells_a_deed(names):
                words_there = [] if stem(bare.lower()) in asking() else making.free(bare)
                beside.setdefault(names[0], []).extend(
                    _beside_fact(words_there, [one for one in facts if one.name in names])
                )
            passing = asking() if alone else asking() | words("search", "naming")
            if not names and stem(bare.lower()) not in passing:
                looked_for = making.free(bare)
                if any(one.weights.any() for one in looked_for) or stem(bare.lower()) not in telling:
                    free += [condition.scaled(left.get(word, 1.0)) for condition in looked_for]
        found += _ever_less(free)
        standing_in = {name: making.of_fact(said, told[name]) for name, said in of_fact.items()}
        _no_rarer_than_told(facts, standing_in)
        for together in joined(of_fact):
            count_once([*(one for one in facts if one.name in together), *(standing_in[one] for one in together)])
        found += filter(None, standing_in.values())
        _choose(asked, [*facts, *found], standing_in)
        found += filter(None, (making.own_words(said, asked) for said in asked.own))
        for name, words_beside in beside.items():
            no_more_than(words_beside, MOST_BESIDE * told[name].most)
            found += words_beside
        passing_words = list(_in_passing(making, asked))
        no_more_than(passing_words, _room_beside([one for one in facts if _tells_a_deed([one.name])]))
        found += passing_words
        as_written = WordConditions(self._index, EXACT)
        found += [one for slip in dict.fromkeys(asked.slips) for one in _bonus(as_written.free(slip), SLIP_SHARE)]
        return found + [making.phrase(phrase) for phrase in asked.phrases]

    def _meant(self, asked: Query, facts: list[Condition], way: str) -> tuple[list[Meant], list[Condition]]:
        """What free words mean, beyond what is asked in facts already."""
        if way in (EXACT, NEAR):
            return [], []
        meaning = self._meaning(way)
        told = {one.key for one in facts}
        once = {one.key: one for one in sorted(meant(asked.runs, meaning), key=lambda one: one.like)}
        likely = [one for one in once.values() if one.key not in told]
        named = [Meant(*one, NAMED) for one in dict.fromkeys(asked.named) if one[1] not in {*told, *once}]
        found = meant_conditions([*likely, *named], self._states)
        if meaning.reads_reports and asked.runs:
            self._narratives = self._narratives or [report.narrative or "" for report in self._index.reports]
            likeness = meaning.likeness(asked.runs, self._narratives).max(axis=0)
            found.append(narrative_condition(asked.runs, likeness))
        return likely, found

    def _meaning(self, way: str) -> Meaning:
        if way not in self._meanings:
            try:
                self._meanings[SENTENCES] = SentenceMeaning(path=self._vectors)
            except MissingExtraError as error:
                raise QuestionError(str(error)) from error
        return self._meanings[way]


def _telling(keys: Sequence[str]) -> frozenset[str]:
    """Stems of the words by which behaviours may be told: one of them that no report has ("bill" in "refused to
    settle the bill") is a way of asking for what was read already."""
    return frozenset[str]().union(*map(_told_in, keys))


@cache
def _told_in(key: str) -> frozenset[str]:
    entry = behaviours().entries.get(key)
    if entry is None:
        return frozenset()
    phrases = (entry.example, entry.label, *entry.synonyms, *entry.data.get("patterns", ()))
    return frozenset(stem(word) for phrase in phrases for word in _LETTERS.findall(phrase.lower()))


def _ever_less(free: Sequence[Condition]) -> Iterator[Condition]:
    """Words that some report has, then the others: each further one counts for less in what an answer is measured
    by, the most telling first, wherever it stands in the question."""
    unseen = [one for one in free if not one.weights.any()]
    yield from (one for one in free if one.weights.any())
    for rank, one in enumerate(sorted(unseen, key=lambda one: -(one.most or 0.0))):
        yield replace(one, most=FURTHER_UNSEEN**rank * (one.most or 0.0))


def _no_rarer_than_told(facts: Sequence[Condition], standing_in: Mapping[str, Condition | None]) -> None:
    """A kind of place that no report shows, yet some tell in its words, is nothing unheard of."""
    for fact in facts:
        words = standing_in.get(fact.name) if fact.label in _SEVERAL else None
        if words is not None and not (fact.weights > 0).any():
            fact.most = min(fact.most or 0.0, float(words.weights.max(initial=0.0))) or fact.most


def _choose(asked: Query, conditions: Sequence[Condition], standing_in: Mapping[str, Condition | None]) -> None:
    """Let alternatives compete. A fact that is read from several of them, or from other words as well, is of none."""
    for choice in asked.choices:
        names = [
            {name for _, kinds in option.words for kind in kinds for name in _names_of(kind)} for option in choice
        ]
        words = [{word for word, _ in option.words} for option in choice]
        elsewhere = {
            name
            for word, kinds in asked.words
            for kind in kinds
            for name in _names_of(kind)
            if not any(word.strip("().") in said for said in words)
        }
        options = []
        for at in range(len(choice)):
            others = elsewhere.union(*names[:at], *names[at + 1 :])
            mine = [one for name in names[at] - others if (one := standing_in.get(name)) is not None]
            said = words[at].difference(*words[:at])
            mine += [one for one in conditions if one.field != "words" and one.name in names[at] - others]
            options.append(mine + [one for one in conditions if one.label == "Words" and one.asked in said])
        best_of(options)
        if sum("Weapon" in one for one in names) > 1:
            count_once([one for one in conditions if one.label == "Weapon"])


def _in_passing(making: WordConditions, asked: Query) -> Iterator[Condition]:
    """The words themselves that were put plainly: they add to what is found and are nothing that has to be."""
    known = asking() | {stem(word.lower()) for word, _ in asked.words}
    for word in dict.fromkeys(word for said in asked.slang for word in re.findall(r"[a-z0-9]{3,}", said.lower())):
        if stem(word) not in known:
            yield from _bonus(making.free(word), SLANG_SHARE)


def _room_beside(deeds: Sequence[Condition]) -> NDArray[np.float64] | float:
    """How much slang may add to each report: without the deeds asked for none outranks one with."""
    if not deeds:
        return float("inf")
    told = np.any([one.says == AGREES for one in deeds], axis=0)
    least = min(one.most or 0.0 for one in deeds)
    short = np.maximum(0.0, least - np.sum([one.weights for one in deeds], axis=0))
    return np.where(told, np.inf, MOST_BESIDE * short)


def _tells_a_deed(names: Sequence[str]) -> bool:
    """Do the words tell behaviours? Those of a place, a vehicle or a person say no more than the fact."""
    return any(name in behaviours().entries for name in names)


def _beside_fact(words: Sequence[Condition], facts: Sequence[Condition]) -> list[Condition]:
    """A word of a fact beside it. Of a description it counts only where the report shows that fact, as the words that
    describe a witness or somebody else's car stand in reports as well."""
    found = _bonus(words, FACT_WORD_SHARE)
    if any(one.field in _DESCRIBE for one in facts):
        shown = np.any([(one.says == AGREES) | (one.says == CLOSE) for one in facts], axis=0)
        found = [replace(one, weights=np.where(shown, one.weights, 0.0)) for one in found]
    return found


def _bonus(conditions: Sequence[Condition], share: float) -> list[Condition]:
    """Words that add to what is found and are nothing that has to be."""
    return [replace(one.scaled(share), most=0.0, asked="") for one in conditions]


def _beside(said: list[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Each word with its kinds, and whether no word beside it carries a fact: "hair" in "dog hair" names no hair."""
    for at, (word, kinds) in enumerate(said):
        around = said[max(0, at - 1) : at] + said[at + 1 : at + 2]
        yield word, kinds, not any(others for _, others in around)


def _left(likely: Sequence[Meant]) -> Mapping[str, float]:
    """Share of its own weight that each word keeps beside what it is meant as."""
    left: dict[str, float] = {}
    for one in likely:
        share = max(LEAST_LEFT, 1.0 - one.like / SURE)
        left |= {word: min(share, left.get(word, 1.0)) for word in re.split(r"[\s,;]+", one.words)}
    return left


def _names_of(kind: str) -> tuple[str, ...]:
    """Names of the conditions that a word of this kind of fact belongs to."""
    plain = kind if kind in behaviours().entries or kind.startswith(KIND) else kind.replace("_", " ").capitalize()
    return _LABELS_OF.get(kind, (plain,))


def _told(facts: list[Condition]) -> dict[str, ComparedFact]:
    told: dict[str, ComparedFact] = {}
    for one in facts:
        known, most = told.get(one.name, ComparedFact(np.zeros(len(one.says), dtype=bool), 0.0))
        says = one.says == AGREES if one.label in _SEVERAL else one.says != NOT_KNOWN
        told[one.name] = ComparedFact(known | says, max(most, one.most or 0.0))
    return told


def _is_no_word(word: str, kinds: Sequence[str]) -> bool:
    """Plates and identifiers are compared as such, and what is denied is not looked for."""
    passed = (DENIED, "identifier", "registration", "dates")
    return any(kind in passed for kind in kinds) or not {"?", "*"}.isdisjoint(word)
