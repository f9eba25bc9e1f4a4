"""What the words of a whole text tell where no phrase says it: weapons, the kind of place, the way of contact.

A phrase is known or it is not, and people tell the same thing in words that nobody foresaw. Logistic regressions over
the words of the text and over what the rules read of it, learned beforehand from labelled texts, say how likely each
weapon, kind of place and way of contact is told (docs/decisions/0019). Names and figures are one word each
(`document`). What is given stands at the fewest words that carry it; where none do, at no words: the whole text
tells it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linkage.intake.document.document import Document
from linkage.intake.finding import Finding

WEAPONS, VENUE, CONTACT = "weapons", "venue", "contact_method"
"""Families: any number of the first may be told, one at most of the others."""
ONE_OF = frozenset((VENUE, CONTACT))
RULE = "words of the text"
"""The rule of a finding that no phrase made."""
NONE = ""
"""The class of a text that tells no kind of place, or no way of contact."""

_ENDS = frozenset('.,;:!?"“”‘’')
CARRIED = 0.5
"""Share of all that speaks for a class which a few words hold where they carry it by themselves [G]."""
FEW = 6
"""Words, marks among them, that such words are at most [G]."""

_SAID, _FOUND, _OF_TEN = 2.0, 1.5, 0.1
"""How much the value that the rules chose, one that they found, and each behaviour count as features [G]."""

Words = dict[str, int]
"""Words and pairs of words of a text -> where each stands first."""


def words_of(document: Document) -> Words:
    """The distinct words of a text, and pairs of them that no mark parts, with where each stands first."""
    told: Words = {}
    before, last = "", 0
    for word, start in zip(document.words, document.starts, strict=True):
        if word in _ENDS:
            before = ""
        elif word[0].isalnum():
            told.setdefault(word, start)
            if before:
                told.setdefault(f"{before} {word}", last)
            before, last = word, start
    return told


@dataclass(frozen=True, slots=True)
class Read:
    """What the rules read of a text as a whole: behaviours that happened, weapons, the `venue` and `contact` that
    they chose (None where none), and all of both that they found as (value, rule, confidence)."""

    deeds: Sequence[str]
    weapons: Sequence[str]
    venue: str | None
    contact: str | None
    venues: Sequence[tuple[str, str, float]]
    contacts: Sequence[tuple[str, str, float]]

    def features(self) -> dict[str, float]:
        """Named features, with a sign in the name that no word has; one that is missing is 0."""
        asked = {f"deed={key}": 1.0 for key in self.deeds} | {f"weapon={key}": 1.0 for key in self.weapons}
        asked["deeds="] = _OF_TEN * len(self.deeds)
        for name, chosen, found in ((VENUE, self.venue, self.venues), (CONTACT, self.contact, self.contacts)):
            asked[f"{name}={chosen or NONE}"] = _SAID
            for value, rule, confidence in found:
                known = f"{name}=found {value}"
                asked[known] = max(asked.get(known, 0.0), _FOUND * confidence)
                asked[f"{known} {rule}"] = 1.0
        return asked


@dataclass(frozen=True, slots=True)
class Family:
    """One regression for each class, in their order. `weights` has shape (features, classes), `base` (classes,)."""

    classes: dict[str, int]
    base: NDArray[np.float64]
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Overall:
    """The regressions of all families, over the same features by name."""

    names: Mapping[str, int]
    families: Mapping[str, Family]

    @classmethod
    def load(cls, path: Path) -> Overall:
        """From the JSON that benchmarks/learn_overall.py writes: for each class its weights by feature."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        names = {name: number for number, name in enumerate(stored["features"])}
        families: dict[str, Family] = {}
        for family, classes in stored["families"].items():
            weights = np.zeros((len(names), len(classes)))
            for number, one in enumerate(classes.values()):
                weights[one["at"], number] = one["weights"]
            base = np.array([one["base"] for one in classes.values()])
            families[family] = Family({key: number for number, key in enumerate(classes)}, base, weights)
        return cls(names, families)


class Judgement:
    """How likely each class of each family is in one text."""

    def __init__(self, learned: Overall, document: Document, read: Read) -> None:
        self._learned, self._document = learned, document
        names = learned.names
        words = {names[word]: start for word, start in words_of(document).items() if word in names}
        asked = {names[name]: value for name, value in read.features().items() if name in names}
        self._at = np.array([*words, *asked], dtype=np.int64)
        self._values = np.array([*[1.0] * len(words), *asked.values()])
        self._words = self._at[: len(words)]
        self._places = [self._tokens(name, start) for name, start in words_of(document).items() if name in names]

    def _tokens(self, name: str, start: int) -> tuple[int, int]:
        """The tokens [first, end) of a word or of a pair of them."""
        first = end = self._document.token_at(start)
        for _ in name.split(" "):
            while not self._document.words[end][0].isalnum():
                end += 1
            end += 1
        return first, end

    def chances(self, family: str) -> dict[str, float]:
        """Probability of each class: of one among all in `ONE_OF`, of each by itself elsewhere."""
        learned = self._learned.families[family]
        odds = learned.base + self._values @ learned.weights.take(self._at, axis=0)
        if family in ONE_OF:
            shares = np.exp(odds - odds.max())
            chances = shares / shares.sum()
        else:
            chances = 1.0 / (1.0 + np.exp(-odds))
        return dict(zip(learned.classes, chances.tolist(), strict=True))

    def finding(self, family: str, key: str, chance: float) -> Finding | None:
        """`key` as a finding at the fewest words that carry it, at none, [0, 0), where the whole text tells it. None
        where no word speaks for it."""
        learned = self._learned.families[family]
        if not (learned.weights[self._words, learned.classes[key]] > 0).any():
            return None
        start, end = self._fewest(self._speaking(family, key))
        return Finding(family, key, start, end, RULE, chance)

    def _speaking(self, family: str, key: str) -> NDArray[np.float64]:
        """How far each feature speaks for a class: of one among all, against the others by their chances; none
        against it."""
        learned, at = self._learned.families[family], self._learned.families[family].classes[key]
        weights = learned.weights.take(self._at, axis=0)
        own = weights[:, at]
        if family in ONE_OF:
            shares = np.array([*self.chances(family).values()])
            shares[at] = 0.0
            own = own - weights @ (shares / max(float(shares.sum()), 1e-12))
        speaking: NDArray[np.float64] = np.maximum(0.0, own * self._values)
        return speaking

    def _fewest(self, speaking: NDArray[np.float64]) -> tuple[int, int]:
        """The characters of the fewest words of a sentence that hold enough of what speaks, (0, 0) where none do."""
        needed = CARRIED * float(speaking.sum())
        told = [(*place, one) for place, one in zip(self._places, speaking.tolist(), strict=False) if one > 0]
        best: tuple[int, float, int] | None = None
        for first, _, _ in told:
            sentence = self._document.bounds(self._document.sentence_at(self._document.starts[first]))[1]
            for _, end, _ in told:
                if not first < end <= min(first + FEW, sentence) or (best and end - first > best[0]):
                    continue
                held = sum(one for start, stop, one in told if first <= start and stop <= end)
                if held >= needed and (best is None or (end - first, -held) < best[:2]):
                    best = end - first, -held, first
        if best is None:
            return 0, 0
        return self._document.starts[best[2]], self._document.ends[best[2] + best[0] - 1]


@cache
def learned() -> Overall:
    """What was learned, from overall.json."""
    return Overall.load(Path(__file__).with_name("overall.json"))


def usable(found: Iterable[Finding]) -> list[tuple[str, str, float]]:
    """Findings as `Read` takes them: (value, rule, confidence), what is denied left out."""
    return [(str(one.value), one.rule, one.confidence) for one in found if not one.negated]
