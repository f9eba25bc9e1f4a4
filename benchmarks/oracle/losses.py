"""The engine's weights of judged pairs beside the oracle's, kind by kind."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.ablation import Parts
from linkage.evaluation.engine import labelled, unlabelled
from linkage.evaluation.ranking import FAR_KM, Ranking, link_ranks
from linkage.evaluation.truth import EvaluatedPairs, evaluated_pairs
from linkage.linker import Linker, Settings

from . import behaviours, circumstances, contacts, details, looks, place, vehicles
from .observed import Made, Seen

Array = NDArray[np.float64]


def nothing(seen: Seen) -> Array:
    """Where the generator gives a person no way of his own: writers choose their words, whoever it was about."""
    return np.ones((len(seen), len(seen)))


ORACLES: Mapping[str, Callable[[Seen], Array]] = {
    "behaviours": behaviours.matrix,
    "place": place.matrix,
    "days between": circumstances.gap,
    "hour, weekday": circumstances.hour,
    "contact, venue": circumstances.setting,
    "contact place": circumstances.contact_place,
    "hair": looks.hair,
    "facial hair": looks.facial_hair,
    "age": looks.age,
    "height": looks.height,
    "build": partial(looks.plain, name="build"),
    "sex": partial(looks.plain, name="sex"),
    "eyes": partial(looks.plain, name="eyes"),
    "glasses": looks.glasses,
    "marks": details.marks,
    "clothing": details.clothing,
    "ethnicity, complexion": looks.ethnicity,
    "accent, foreign or not": looks.foreign,
    "accent, region": looks.british,
    "speech": details.speech,
    "names used": details.names,
    "vehicle": vehicles.vehicle,
    "vehicle details": vehicles.features,
    "registration": vehicles.registration,
    "phone": contacts.phone,
    "e-mail, username": contacts.account,
    "narrative": nothing,
}
"""What works out the ratio of every two rows, by kind of evidence (`kinds.toml`)."""

AS_READ: Mapping[str, Callable[[Seen], Array]] = {"behaviours": partial(behaviours.matrix, as_read=True)}
"""The same for kinds of which the oracle can be given what the engine read, in place of what is written."""

LEAST = 1e-6
"""Least ratio, for what is impossible but for the oracle's approximations."""


@dataclass(frozen=True)
class Mean:
    """A mean over pairs with its standard error; pairs share people, so the error is taken over people."""

    value: float
    error: float


@dataclass(frozen=True)
class Loss:
    """One kind of evidence: bits a true link, all and far ones, the mean ratio over unrelated pairs, and average
    precision and far recall of the engine's pair weights with this kind's taken from the oracle."""

    kind: str
    ours: Mean
    oracle: Mean
    far_ours: Mean
    far_oracle: Mean
    ratio_ours: Mean
    ratio_oracle: Mean
    precision: float
    far_recall: float


@dataclass(frozen=True)
class Weighed:
    """Weights (log10 ratio) of judged pairs: `ours` and `oracle` by kind, `as_read` the oracle's of kinds as the
    engine read them, `rest` those of comparisons of no kind."""

    pairs: EvaluatedPairs
    ours: dict[str, Array]
    oracle: dict[str, Array]
    as_read: dict[str, Array]
    rest: Array

    @property
    def total(self) -> Array:
        """The engine's whole weight."""
        return self.rest + _sum(self.ours)

    def losses(self) -> list[Loss]:
        """Every kind, those as read among them, and last all of them as they are written."""
        found = []
        for kind, ours in self.ours.items():
            found.append(self._loss(kind, ours, self.oracle[kind]))
            if kind in self.as_read:
                found.append(self._loss(f"{kind}, as read", ours, self.as_read[kind]))
        return [*found, self._loss("all of these", _sum(self.ours), _sum(self.oracle))]

    def ranked(self, weight: Array) -> tuple[float, float]:
        """Average precision, and recall among the first ten over 50 km (nan without such links)."""
        pairs, ranking = self.pairs, Ranking.of(self.pairs.linked, weight)
        ranks = link_ranks(pairs.left, pairs.right, pairs.linked, ranking.level)
        far = pairs.km[ranks.pair] > FAR_KM
        return ranking.curve().average_precision(), float(ranks.among_first()[far].mean()) if far.any() else np.nan

    def _loss(self, kind: str, ours: Array, oracle: Array) -> Loss:
        linked, far = self.pairs.linked, self.pairs.linked & (self.pairs.km > FAR_KM)
        bits = np.log2(10.0)
        precision, far_recall = self.ranked(self.total - ours + oracle)
        return Loss(
            kind=kind,
            ours=self._mean(bits * ours, linked),
            oracle=self._mean(bits * oracle, linked),
            far_ours=self._mean(bits * ours, far),
            far_oracle=self._mean(bits * oracle, far),
            ratio_ours=self._mean(10.0**ours, ~linked),
            ratio_oracle=self._mean(10.0**oracle, ~linked),
            precision=precision,
            far_recall=far_recall,
        )

    def _mean(self, values: Array, at: NDArray[np.bool_]) -> Mean:
        """Mean of the pairs `at`, its error by leaving out one person after another (jackknife)."""
        one, other = (self.pairs.person[side[at]] for side in (self.pairs.left, self.pairs.right))
        chosen, people = values[at], int(self.pairs.person.max()) + 1
        if not len(chosen):
            return Mean(np.nan, np.nan)
        two = (one != other).astype(np.float64)
        whole = np.bincount(one, chosen, people) + np.bincount(other, two * chosen, people)
        count = np.bincount(one, minlength=people) + np.bincount(other, two, people)
        used = (count > 0) & (count < len(chosen))
        without = (chosen.sum() - whole[used]) / (len(chosen) - count[used])
        return Mean(float(chosen.mean()), float(np.sqrt(((without - without.mean()) ** 2).sum())))


def _sum(weights: Mapping[str, Array]) -> Array:
    found: Array = np.sum(list(weights.values()), axis=0)
    return found


def weigh(judged: Made, learned: Made | None, kinds: Sequence[str], sensitive: bool = False) -> Weighed:
    """Weigh all judged pairs of a world; without a world to `learn` from, with elicited weights."""
    linker = Linker(Settings(sensitive=sensitive))
    if learned is None:
        linker.fit(unlabelled(judged.reports))
    else:
        known = labelled(learned.reports, learned.truth)
        linker.fit(known, labelled=known).take(unlabelled(judged.reports))
    scored = linker._require()
    pairs = evaluated_pairs(judged.reports, judged.truth)
    parts = Parts.from_linker(linker, pairs, "name")
    seen = Seen.of(judged, scored.rows)
    row = np.array([scored.row_of[report.report_id] for report in pairs.reports], dtype=np.int64)
    ours, rest = _by_kind(parts, kinds)
    left, right = row[pairs.left], row[pairs.right]

    def weights(oracles: Mapping[str, Callable[[Seen], Array]]) -> dict[str, Array]:
        return {
            kind: np.log10(np.maximum(oracles[kind](seen)[left, right], LEAST)) for kind in kinds if kind in oracles
        }

    return Weighed(pairs, ours, weights(ORACLES), weights(AS_READ), rest)


def comparisons(kind: str) -> list[str]:
    """Names, or beginnings closed by *, of the engine's comparisons of one kind."""
    return _kinds()[kind]


@cache
def _kinds() -> dict[str, list[str]]:
    text = (Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = tomllib.loads(text)["kinds"]
    return found


def _by_kind(parts: Parts, kinds: Sequence[str]) -> tuple[dict[str, Array], Array]:
    """The engine's weights by kind, and the sum of those of no kind."""
    rest = parts.weights.sum(0, dtype=np.float64)
    ours = {}
    for kind in kinds:
        of = [any(fnmatchcase(name, one) for one in comparisons(kind)) for name in parts.groups]
        ours[kind] = parts.weights[np.array(of)].sum(0, dtype=np.float64)
        rest -= ours[kind]
    return ours, rest
