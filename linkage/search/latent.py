"""Conditions of facts with a hidden true value behind them: build, age, hair, vehicle, hour ..."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import count_words
from linkage.features.latent import LatentEvidence
from linkage.features.parameters import Parameters
from linkage.features.values import Values, words_of
from linkage.intake.values.vehicles.vehicle_names import usual_body
from linkage.report import Report
from linkage.search.condition import AGREES, CLOSE, DIFFERS, NOT_KNOWN, Condition
from linkage.search.postings import Postings
from linkage.vocabulary import load

ASKED = 0.8
"""Chance that a report sought shows what is asked [G]. It stands where linking has the chance that one person shows
the same again (another car, a shaved beard): who asks describes the reports sought, not a person on another day."""

_FIELDS = {"vehicle": "vehicle", "contact_method": "setting", "venue": "setting", "hour": "dates", "weekday": "dates"}
"""Part of a question an evidence belongs to; the others are of the person."""

_VOCABULARY = {"contact_method": "contact_methods", "venue": "venues"}

DERIVED = frozenset({"sector"})
"""Evidence read from what other evidence reads too: a question asks for that once."""

_OPEN = frozenset({"complexion"})
"""Evidence whose values are anybody's words: one that no report has is a word to look for, not a fact."""

_UNTOLD = DIFFERS + 1
"""Of one of several people nothing is told that answers what is asked: another one's value goes first."""

JUDGED = 100
"""Asked values of each kind that are remembered with what was found of them [G]."""

_CARS = frozenset({"hatchback", "saloon", "estate", "coupe", "convertible"})


class DistinctValues:
    """What reports tell of one evidence: the distinct `values`, "not known" first, in `words`, and which of them each
    report tells (`codes`, (n,)); from postings over their JSON."""

    def __init__(self, evidence: LatentEvidence, told: Postings) -> None:
        self.values: list[Values] = [(), *map(value_of, told.known)]
        self.codes = told.codes()
        self.counts = np.bincount(self.codes, minlength=len(self.values))
        self._say = evidence.say

    @cached_property
    def words(self) -> list[str]:
        """The distinct values as an analyst reads them."""
        return ["not known", *(words_of(value, self._say) for value in self.values[1:])]


def value_of(said: str) -> Values:
    """What evidence compares of a report, from its JSON."""
    found: Values = _tuples(json.loads(said))
    return found


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


class Laid:
    """The distinct values of reports, ready to have any value laid beside them."""

    def __init__(self, evidence: LatentEvidence, told: Postings, parameters: Parameters) -> None:
        self.column = DistinctValues(evidence, told)
        tally: dict[Any, float] = {}
        for held, count in zip(self.column.values, self.column.counts.tolist(), strict=True):
            for single in held:
                if single is not None:
                    tally[single] = tally.get(single, 0.0) + float(count)
        self.singles = sorted(tally, key=repr)
        at = {single: index for index, single in enumerate(self.singles)}
        of_value = [[at[single] for single in held if single is not None] for held in self.column.values[1:]]
        self._flat = np.array([index for one in of_value for index in one], dtype=np.intp)
        self._starts = np.concatenate(([0], np.cumsum([len(one) for one in of_value])))[:-1].astype(np.intp)
        self._vague = np.array([evidence.vague(single) for single in self.singles], dtype=np.bool_)
        self._ratios = evidence.comparer(self.singles, np.array([tally[s] for s in self.singles]), parameters)
        self.judged = lru_cache(maxsize=JUDGED)(self._judged)
        self.seen_in_parts = lru_cache(maxsize=JUDGED)(self._seen_in_parts)

    def _judged(self, asked: Values, alike: bool) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
        """Weight and code of each distinct value of the column; the first is "not known".

        Of several people or vehicles in a report the best speaks, as one of them is asked for. Alternatives weigh
        `alike`: as much as showing any of them, so that the rarest says no more than the others; unless one of them
        is a case of another ("Discovery or similar 4x4"), which is then asked for in particular.
        """
        alike = alike and not any(holds(one, other) for one in asked for other in asked if one != other)
        ratio, says = np.zeros(len(self.singles)), np.full(len(self.singles), DIFFERS, dtype=np.int8)
        ratios = [np.asarray(self._ratios(one)[1], dtype=np.float64) for one in asked]
        for found in ratios:
            says[found > 1] = np.minimum(says[found > 1], CLOSE)
        for one, found in zip(asked, _as_any(ratios) if alike else ratios, strict=True):
            ratio = np.maximum(ratio, found)
            says[[holds(one, held) for held in self.singles]] = AGREES
        ratio[self._vague], says[self._vague] = 1.0, _UNTOLD
        if not len(self._flat):
            return np.zeros(1), np.zeros(1, dtype=np.int8)
        weights = np.log10(1.0 - ASKED + ASKED * np.maximum.reduceat(ratio[self._flat], self._starts))
        best = np.minimum.reduceat(says[self._flat], self._starts)
        best[best == _UNTOLD] = NOT_KNOWN
        return np.concatenate(([0.0], weights)), np.concatenate(([NOT_KNOWN], best)).astype(np.int8)

    def _seen_in_parts(self, vehicle: Any) -> bool:
        """Does some report show the make, some the model, and so on, of an asked vehicle?"""
        kind, colours = vehicle
        held = [(other[0] or (None, None, None), other[1]) for other in self.singles]
        parts = [any(part == other[0][at] for other in held) for at, part in enumerate(kind or ()) if part]
        return all(parts) and (not colours or any(not set(colours).isdisjoint(other[1]) for other in held))


def _as_any(ratios: Sequence[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """Likelihood ratios of alternatives, each scaled so that its largest is that of showing any of them: the
    reciprocals, which are about the shares of reports that show one, add up. One that no report shows is passed
    over."""
    largest = [float(one.max(initial=0.0)) for one in ratios]
    shown = [one for one in largest if one > 1]
    together = max(1.0, 1.0 / sum(1.0 / one for one in shown)) if shown else 1.0
    return [one * (together / most) if most > 1 else one for one, most in zip(ratios, largest, strict=True)]


def latent_conditions(
    evidence: LatentEvidence, asked: Sequence[Report], laid_out: Callable[[LatentEvidence], Laid]
) -> list[Condition]:
    """The condition of what is asked of one evidence; none where nothing is asked of it. The first of `asked` holds
    the facts of a question, the others alternatives, any of which will do. Only what is asked for is laid out."""
    every = [evidence.read(one) for one in asked]
    value = tuple(dict.fromkeys(one for told in every for one in told if one is not None and not evidence.vague(one)))
    if not value:
        return []
    alike = any(every[1:])
    laid = laid_out(evidence)
    if evidence.name in _OPEN and laid.singles and set(value).isdisjoint(laid.singles):
        return []
    column = laid.column
    weights, says = laid.judged(value, alike)
    rows = says[column.codes]
    # a combination that no report shows is nothing unheard of where each part of it is shown by some
    seen = bool((rows == AGREES).any()) or (
        evidence.name == "vehicle" and all(laid.seen_in_parts(one) for one in value)
    )
    return [
        Condition(
            field=_FIELDS.get(evidence.name, "person"),
            label=evidence.label,
            asked=(" or " if alike else "; ").join(_label(evidence.name, evidence.say(single)) for single in value),
            weights=weights[column.codes],
            says=rows,
            words=lambda row: _label(evidence.name, column.words[int(column.codes[row])]),
            count=count_words(int(np.count_nonzero(rows == AGREES)), int(np.count_nonzero(rows))),
            most=float(weights.max(initial=0.0)) if seen else None,
        )
    ]


def _label(name: str, words: str) -> str:
    """Keys of a vocabulary as people read them; other words as they are."""
    entries = load(_VOCABULARY[name]).entries if name in _VOCABULARY else {}
    return entries[words].label if words in entries else words


def holds(asked: Any, held: Any) -> bool:
    """Does a report's single value show all that is asked? Intervals share a value, alternatives a choice, a vehicle
    shows every part that is named."""
    if not isinstance(asked, tuple) or not isinstance(held, tuple):
        return bool(asked == held)
    if all(isinstance(end, int | float) for end in (*asked, *held)):
        return bool(max(asked[0], held[0]) <= min(asked[1], held[1]))
    if len(asked) == 2 and isinstance(asked[1], tuple):
        return _vehicle_holds(asked, held)
    return not set(asked).isdisjoint(held)


def _vehicle_holds(asked: Any, held: Any) -> bool:
    (wanted, colours), (kind, seen) = asked, held
    make, model, body = kind or (None, None, None)
    if wanted is not None:
        bodies = {body, usual_body(make, model) if make and model else None} - {None}
        if (wanted[0] and wanted[0] != make) or (wanted[1] and wanted[1] != model):
            return False
        if wanted[2] and wanted[2] not in bodies and not (wanted[2] == "car" and bodies & _CARS):
            return False
    return not colours or not set(colours).isdisjoint(seen)
