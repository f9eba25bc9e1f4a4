"""Why a behaviour is read as told, or as denied: the parts of its log odds.

For one told as done the parts are those of its best clause, what the other clauses add, and what else the text tells,
each as it counts in the calibrated log odds (`classifier`): with the base they add up to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from linkage.intake.behaviours.classifier import (
    MOST_AGAINST,
    Chances,
    Judge,
    any_of,
    denials,
    judge,
    log_odds,
    plainly_told,
    share_of,
)
from linkage.intake.behaviours.features import Read, features
from linkage.intake.behaviours.reading import DENIED, TOLD, read_behaviours
from linkage.intake.finding import Finding
from linkage.intake.judge.linear import Reason

Weight = tuple[str, float]

_KINDS = {
    "phrase:": "surface",
    "key:": "key",
    "cue:": "cue",
    "under:": "under",
    "acts:": "acts",
    "not:": "denied",
    "~": "nearby",
}
"""Signs with which names of what stands in a clause begin, and the word for each; any other is a word or two."""


def reasons_of_behaviours(text: str) -> list[tuple[Finding, list[Reason]]]:
    """Each behaviour that a text is read to tell or deny, with what decided it."""
    read, model = features(text), judge()
    chances = model.judge(read)
    numbers = {key: at for at, key in enumerate(model.keys)}
    return [
        (one, [(_denied if one.negated else _told)(read, model, numbers[str(one.value)], chances)])
        for one in read_behaviours(text).findings
    ]


def _told(read: Read, model: Judge, at: int, chances: Chances) -> Reason:
    clauses = any_of(chances.clauses)
    row = int(chances.clauses[:, at].argmax())
    in_clause = [*_of_clause(read, model, at, row)]
    best = float(model.base[at]) + sum(weight for _, weight in in_clause)
    weights = [*in_clause, ("other clauses", float(log_odds(clauses[at])) - best)]
    share = share_of(read)
    slope = 1 + share * (float(model.slope[at]) - 1)
    told = [(name, slope * weight) for name, weight in weights]
    context = (share * clauses * model.context[:, at]).tolist()
    told += [("calibration" if on == at else f"also told {model.keys[on]}", one) for on, one in enumerate(context)]
    return Reason.of("told_as_done", slope * float(model.base[at]) + share * float(model.offset[at]), told, TOLD)


def _of_clause(read: Read, model: Judge, at: int, row: int) -> Iterator[Weight]:
    """What a clause's words and phrases weigh for a sub-item, as `Judge.clause_odds` adds them up."""
    named, own, key = read.named[row], read.own[row], model.keys[at]
    words = [(_plain(name), value * model.weight(name, at)) for name, value in named.items()]
    for nearby in (False, True):
        stems = {name[nearby:]: value for name, value in named.items() if name.startswith("~") == nearby}
        weights = model.meant([*stems], at, nearby)
        words += [
            (_plain("~" * nearby + stem), stems[stem] * weight) for stem, weight in zip(stems, weights, strict=True)
        ]
    yield from words
    total = sum(weight for _, weight in words)
    if total < -MOST_AGAINST and key in plainly_told(own):
        yield "plainly told", -MOST_AGAINST - total
    yield from ((f"phrase {name}", model.own.get(name, 0.0)) for of, name in own if of == key)


def _plain(name: str) -> str:
    kind, sign = next(((kind, sign) for sign, kind in _KINDS.items() if name.startswith(sign)), ("word", ""))
    return f"{kind} {name.removeprefix(sign)}"


def _denied(read: Read, model: Judge, at: int, chances: Chances) -> Reason:
    names = denials(read.own, model.keys, chances.told, chances.unasserted)[at]
    weights = {name: model.denial.get(name, 0.0) * value for name, value in names.items()}
    base = weights.pop("base")
    told = [(_of_denial(name), weight) for name, weight in weights.items()]
    return Reason.of("told_as_not_done", base, told, DENIED)


def _of_denial(name: str) -> str:
    words = {"told": "told as done", "unasserted": "spoken of", "no phrase": "no phrase"}
    return words.get(name) or (_plain(name) if name.startswith("under:") else f"phrase {name}")
