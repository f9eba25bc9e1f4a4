"""The judge: one linear model over clauses gives each sub-item a probability of being told as done, and as denied.

The log odds of a sub-item in a clause are the sum of the weights of what stands there: each feature's own for the
sub-item, which already holds what it learned for the item and for the domain, those of the components of what its
words mean, and those of the phrases' shared features. A text tells it when one of its clauses does
(noisy-or, Pearl 1988; multi-instance learning, Dietterich, Lathrop and Lozano-Perez 1997). In a clause the sum of
its words and the encoder of the whole text (`WholeText`) are heard, and what the latter takes for denied there is
not told. What else the text tells shifts and calibrates that.
Weights come from `benchmarks/learn_behaviours.py`; `weights.npz` holds plain arrays and names, with their provenance,
and no pickle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from linkage.intake.behaviours.features import LEAST, Floats, Named, Own, Read, WholeText, product, stem_vectors
from linkage.intake.document.words import dropped
from linkage.intake.encoder.encoder import asserted, heard
from linkage.vocabulary import load

WEIGHTS = Path(__file__).with_name("weights.npz")
MOST_AGAINST = 2.0
"""Log odds that the words of a clause may take from a sub-item that he is told to do [G]: all that stands around it
had undone "two men raped her" and "produced a knife, raped her and took her phone" (docs/decisions/0058)."""
UNLEARNED = 1.0
"""Log odds, least, of a sub-item in a clause that tells it plainly by a phrase that came since the learning [R]: of
1,763 that phrases tell so in 830 texts never learned from, 1,315 (.75) are told."""
PLAINLY = "him by him", "him by nobody", "him by her passive", "her by her", "any by him", "any by nobody"
"""Whose doing a phrase is, and who acts before it: not another [R], for then .11 to .51 are told."""
BY_HIM = " by him active"
"""How the name of a phrase ends of which a man is named as the one who acts."""
NOTE = 20
"""Words below which a text is a note or a question [G]."""
OF_NOTE = 0.35
"""How much of the calibration of a text a note has, of which the rest says little [R]: of sentences that nothing
learned from all of it reads eight of 35 denied deeds as done, this much five (docs/decisions/0082)."""
OF_ENCODER, OF_ENCODER_IN_NOTE = 0.5, 0.3
"""How much the encoder's log odds count of all, in a text and in a note [R]: at .4 texts of authors left out are
read alike and probabilities are less true (docs/decisions/0088); who writes a note or asks a question means no more
than it says, and .25, .3, .35 and .5 read 145 such sentences at F1 .900, .897, .891 and .848 (0095)."""
SENTENCE = 3
"""Words from which the encoder is heard [G]: fewer tell no doings of anybody, and it takes "keys" for a theft."""
SPOKEN_OF = 0.1
"""Probability of being spoken of and not asserted from which a denial is weighed without a phrase [G]."""
_LEAST = 1e-6
"""Probability below which log odds are cut off [G]."""


@dataclass(frozen=True, slots=True)
class Unasserted:
    """Of each sub-item the `chance` that a clause under a cue speaks of it and does not assert it, that some clause
    denies it by the encoder (`encoded`), and the `clause` that comes closest, shape (sub-items,); `cues` are those
    over each clause."""

    chance: Floats
    encoded: Floats
    clause: NDArray[np.int64]
    cues: Sequence[Sequence[str]]

    @classmethod
    def of(
        cls, odds: Floats, spoken: Floats, named: Sequence[Named], encoded: Callable[[Floats], Floats]
    ) -> Unasserted:
        """From log odds in each clause, and those of being `spoken` of at all, shape (clauses, sub-items) both;
        `encoded` gives those of being denied by the encoder, or what it is given where it has none."""
        cues = [[name for name in here if name.startswith("under:")] for here in named]
        spoken_of, told = chances_of(spoken), chances_of(odds)
        chance = spoken_of * (1 - told) * np.array([bool(one) for one in cues])[:, None]
        denied, most = encoded(log_odds(chance)), chance.max(axis=0).astype(np.float32)
        clause = np.where(most >= SPOKEN_OF, chance.argmax(axis=0), denied.argmax(axis=0))
        return cls(most, any_of(denied), clause, cues)


@dataclass(frozen=True, slots=True)
class Chances:
    """Of each sub-item, in the order of `Judge.keys`: `told` as done and `denied`, shape (sub-items,); the log odds
    in each clause, what the encoder alone says of its telling and of its denying it, and what phrases give of which
    nothing was learned, shape (clauses, sub-items); and where it is spoken of and not asserted."""

    told: Floats
    denied: Floats
    clauses: Floats
    encoded: Floats
    encoded_denied: Floats
    unlearned: Floats
    unasserted: Unasserted


@dataclass(frozen=True)
class Judge:
    """`weights` (features, sub-items) are whole numbers of `scale` (sub-items,), `base` (sub-items,) log odds of an
    empty clause, `meaning` (components, sub-items) weighs what the words mean, `own` the features of phrases; `slope`
    and `offset` (sub-items,) and `context` (sub-items, sub-items) calibrate, `denial` weighs what makes a denial;
    `phrases` were known at the learning, each by its `digest`."""

    keys: tuple[str, ...]
    names: dict[str, int]
    weights: NDArray[np.int8]
    scale: Floats
    base: Floats
    meaning: Floats
    own: dict[str, float]
    slope: Floats
    offset: Floats
    context: Floats
    denial: dict[str, float]
    phrases: frozenset[int]
    provenance: str

    @classmethod
    def load(cls, path: Path) -> Judge:
        """From the arrays that `save` wrote. Raises OSError for no file, ValueError for one of pickles."""
        with np.load(path, allow_pickle=False) as arrays:
            keys = tuple(str(arrays["keys"]).split("\n"))
            names = {name: at for at, name in enumerate(str(arrays["names"]).split("\n"))}
            own, denial = (
                dict(zip(str(arrays[name]).split("\n"), arrays[f"{name}_weights"].tolist(), strict=True))
                for name in ("own", "denial")
            )
            return cls(
                keys, names, arrays["weights"], arrays["scale"], arrays["base"],
                arrays["meaning"].astype(np.float32), own, arrays["slope"], arrays["offset"],
                arrays["context"], denial, frozenset(arrays["phrases"].tolist()), str(arrays["provenance"]),
            )  # fmt: skip

    def save(self, path: Path) -> None:
        """As arrays of numbers and texts."""
        np.savez_compressed(
            path, keys="\n".join(self.keys), names="\n".join(self.names), weights=self.weights,
            scale=self.scale, base=self.base, own="\n".join(self.own), slope=self.slope,
            meaning=self.meaning.astype(np.float16),
            own_weights=np.array([*self.own.values()], np.float32), offset=self.offset, context=self.context,
            denial="\n".join(self.denial), phrases=np.array(sorted(self.phrases), np.uint32),
            denial_weights=np.array([*self.denial.values()], np.float32), provenance=self.provenance,
        )  # fmt: skip

    def clause_odds(self, read: Read) -> tuple[Floats, Floats]:
        """Log odds of each sub-item in each clause by its words, and what of them says how it is told; shape
        (clauses, sub-items) both."""
        numbers, columns = _at(self.keys), dict[int, int]()
        places, values = list[tuple[int, int]](), list[float]()
        for row, here in enumerate(read.named):
            for name, value in here.items():
                if (at := self.names.get(name)) is not None:
                    places.append((row, columns.setdefault(at, len(columns))))
                    values.append(value)
        present = np.zeros((len(read.named), len(columns)), np.float32)
        if places:
            present[tuple(np.array(places).T)] = values
        # each feature's weights are looked up once: a look-up for each clause would take most of the time
        weights = self.weights[[*columns]].astype(np.float32)
        odds = product(present, weights) * self.scale + product(read.meant, self.meaning)
        how = np.flatnonzero(self._says_how[[*columns]])
        manner = product(present[:, how], weights[how]) * self.scale
        for row, pairs in enumerate(read.own):
            if plain := [numbers[key] for key in plainly_told(pairs, read.named[row], BY_HIM)]:
                odds[row, plain] = np.maximum(odds[row, plain], -MOST_AGAINST)
            for key, name in pairs:
                weight = self.own.get(name, 0.0)
                odds[row, numbers[key]] += weight
                if says_how_phrase(name):
                    manner[row, numbers[key]] += weight
        return odds + self.base, manner

    @cached_property
    def _says_how(self) -> NDArray[np.bool_]:
        """Of each feature of a clause whether it says how something is told."""
        return np.array([says_how(name) for name in self.names])

    def weight(self, name: str, at: int) -> float:
        """What a feature that is there weighs for the sub-item with the number `at`, without what its word means."""
        number = self.names.get(name)
        return 0.0 if number is None else float(self.weights[number, at] * self.scale[at])

    def meant(self, stems: Sequence[str], at: int, nearby: bool = False) -> list[float]:
        """What the meaning of each stem weighs there, in its clause or (`nearby`) beside it in its sentence."""
        vectors, light = stem_vectors(), dropped()
        weights = np.split(self.meaning[:, at], 2)[int(nearby)] * np.float32(vectors.scale)
        rows = [None if stem in light else vectors.rows.get(stem) for stem in stems]
        found = iter((vectors.vectors[[row for row in rows if row is not None]] @ weights).tolist())
        return [0.0 if row is None else next(found) for row in rows]

    def judge(self, read: Read) -> Chances:
        """How likely a text tells each sub-item as done, and as denied."""
        if not read.clauses:
            nothing, none = np.zeros(len(self.keys), np.float32), np.zeros((0, len(self.keys)), np.float32)
            nowhere = Unasserted(nothing, nothing, np.zeros(len(self.keys), np.int64), [])
            return Chances(nothing, nothing, none, none, none, none, nowhere)
        words, manner = self.clause_odds(read)
        whole = WholeText.of(read)
        encoded = whole.told_or(self.keys, words)
        denied = whole.denied_or(self.keys, np.full_like(words, LEAST))
        odds = asserted(heard(words, encoded, of_encoder(read)), denied)
        unlearned = asserted(self._unlearned(read), denied)
        told = np.maximum(self.calibrated(any_of(odds), share_of(read)), any_of(unlearned))
        unasserted = Unasserted.of(odds, words - manner, read.named, partial(whole.denied_or, self.keys))
        return Chances(told, self._denied(read, told, unasserted), odds, encoded, denied, unlearned, unasserted)

    def _unlearned(self, read: Read) -> Floats:
        """Log odds that phrases which came since the learning give by themselves, shape (clauses, sub-items)."""
        odds = np.full((len(read.clauses), len(self.keys)), -np.inf, np.float32)
        for row, (found, pairs) in enumerate(zip(read.phrases, read.own, strict=True)):
            since = {one.phrase.key for one in found if digest(*one.phrase[:2]) not in self.phrases}
            if since:
                odds[row, [_at(self.keys)[key] for key in since & plainly_told(pairs, read.named[row])]] = UNLEARNED
        return odds

    def calibrated(self, chances: Floats, share: float = 1.0) -> Floats:
        """Probabilities of a text from the noisy-or of its clauses, shape (..., sub-items); `share` says how much of
        the calibration counts."""
        odds = log_odds(chances)
        more: Floats = (self.slope - 1) * odds + self.offset + chances @ self.context
        return chances_of(odds + np.float32(share) * more)

    def _denied(self, read: Read, told: Floats, unasserted: Unasserted) -> Floats:
        denied = np.zeros(len(self.keys), np.float32)
        for at, names in denials(read.own, self.keys, told, unasserted).items():
            odds = sum(self.denial.get(name, 0.0) * value for name, value in names.items())
            denied[at] = 1 / (1 + np.exp(-odds))
        return denied


def of_encoder(read: Read) -> float:
    """How much the encoder counts in this text."""
    words = len(read.words.stems)
    return 0.0 if words < SENTENCE else OF_ENCODER_IN_NOTE if words < NOTE else OF_ENCODER


def share_of(read: Read) -> float:
    """How much of the calibration of a text counts for this one."""
    return OF_NOTE if len(read.words.stems) < NOTE else 1.0


def says_how(name: str) -> bool:
    """Whether a feature of a clause says how something is told, not what: by the names that `features` gives."""
    return name.startswith(("cue:", "under:", "not:", "acts:")) or (name.startswith("key:") and " " in name)


def says_how_phrase(name: str) -> bool:
    """The same of a feature that all phrases share."""
    return name.partition(" ")[0] in _contexts() or name == "denies"


def plainly_told(pairs: Sequence[Own], named: Named, ending: str = "") -> set[str]:
    """The sub-items told as done by whoever they are for, under no cue, by a phrase in a name with that ending."""
    if any(name.startswith("under:") for name in named):
        return set()
    return {key for key, name in pairs if name.removesuffix(" active") in PLAINLY and name.endswith(ending)}


def digest(key: str, surface: str) -> int:
    """By which a phrase of a sub-item is known again."""
    return crc32(f"{key}\n{surface}".encode())


@cache
def _contexts() -> frozenset[str]:
    return frozenset(load("context_cues").entries)


def denials(
    own: Sequence[Sequence[Own]], keys: tuple[str, ...], told: Floats, unasserted: Unasserted
) -> dict[int, Named]:
    """For each sub-item (by number) that may be denied, what speaks for and against it: what stands around its
    phrases, how likely it is spoken of without being asserted and under which cues, how likely it is denied by
    the encoder and how likely it is told as done."""
    found: defaultdict[str, Named] = defaultdict(dict)
    for pairs in own:
        for key, name in pairs:
            found[key][name] = 1.0
    possible = {key for key, names in found.items() if "negated" in names}
    spoken_of = np.maximum(unasserted.chance, unasserted.encoded) >= SPOKEN_OF
    possible |= {keys[at] for at in np.flatnonzero(spoken_of)}
    numbers, made = _at(keys), dict[int, Named]()
    for key in possible:
        at = numbers[key]
        here = {"base": 1.0, "told": float(log_odds(told[at])), "unasserted": float(log_odds(unasserted.chance[at]))}
        here["whole text"] = float(log_odds(unasserted.encoded[at]))
        here |= dict.fromkeys(unasserted.cues[unasserted.clause[at]], 1.0)
        made[at] = here | found.get(key, {"no phrase": 1.0})
    return made


@cache
def _at(keys: tuple[str, ...]) -> dict[str, int]:
    return {key: at for at, key in enumerate(keys)}


def any_of(odds: Floats) -> Floats:
    """Probability that at least one clause tells it, from log odds of shape (clauses, sub-items)."""
    chances: Floats = 1 - np.exp(-np.logaddexp(0, odds).sum(axis=0))
    return chances


def chances_of(odds: Floats) -> Floats:
    """Probabilities from log odds."""
    chances: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return chances


def log_odds(chances: Floats) -> Floats:
    """Of probabilities, cut off at both ends."""
    clipped = np.clip(chances, _LEAST, 1 - _LEAST)
    odds: Floats = np.log(clipped / (1 - clipped)).astype(np.float32)
    return odds


@cache
def judge() -> Judge:
    """The judge that was learned last."""
    return Judge.load(WEIGHTS)
