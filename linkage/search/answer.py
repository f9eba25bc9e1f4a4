"""An answer: ranked rows with their reasons, and which of them stand on enough of what was asked to be listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import not_

import numpy as np
from numpy.typing import NDArray

from linkage.search.condition import AGREES, CLOSE, DIFFERS, Condition, Reason
from linkage.search.facets import Facet

LISTED = 0.38
"""Share of what a report that agrees with everything would weigh that a report needs to be listed [G].

What no report shows counts in it, as rare as half a report: where the one telling thing that was asked is nowhere,
nothing is listed. On questions over written alerts (benchmarks/search_texts.py) nine in ten of the reports sought
reach .45, and what the best report of a question that has no answer reached was .35."""


CHIEF, REST_SHARE = 3, 0.3
"""How many parts of a question count whole in what an answer is measured by, and the share of the others [G]: who
describes a man, his car and what he did asks for reports that tell a good part of it, and none tells everything."""


@dataclass(frozen=True, slots=True)
class Row:
    """One report: `score` is the sum of the reasons' weights, log10 of a likelihood ratio.

    `agrees` tells whether it agrees with enough of what was asked to be listed; other rows only fill up.
    """

    report_id: str
    score: float
    reasons: list[Reason]
    agrees: bool = True

    def shown(self, most: int) -> tuple[list[Reason], list[Reason]]:
        """The `most` heaviest reasons with all that speak against it, and the others, each in order. What is only not
        mentioned, with next to no weight, is among the others."""
        told = [at < most or (one.weight < 0 and not one.faint) for at, one in enumerate(self.reasons)]
        return list(compress(self.reasons, told)), list(compress(self.reasons, map(not_, told)))


@dataclass(frozen=True, slots=True)
class Found:
    """An answer. `asked` says how the question was read; `agreeing` reports are listed, `partly` agree with less than
    is needed, `silent` ones neither agree nor differ, `left_out` fail a condition. Facets are of the listed. `notes`
    say in sentences what of the question could not be asked as it stands. `without` are parts of it that were taken
    out, and `unnarrowed` is how many reports agree before the list is narrowed to values of facets. `differing` ones
    agree with nothing and differ in something; with the report compared with and those kept apart that is `total`."""

    rows: list[Row]
    asked: list[str]
    agreeing: int
    partly: int
    silent: int
    left_out: int
    total: int
    facets: list[Facet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    unnarrowed: int = 0
    differing: int = 0


@dataclass(frozen=True, slots=True)
class Summed:
    """Over all reports: the score, what it is out of, and which agree with anything, are listed, or differ."""

    total: NDArray[np.float64]
    whole: float
    agrees: NDArray[np.bool_]
    listed: NDArray[np.bool_]
    differs: NDArray[np.bool_]


def _whole(parts: Sequence[float]) -> float:
    """What a report's score is measured by: the parts that weigh most, and a share of the others."""
    order = sorted(parts, reverse=True)
    return sum(order[:CHIEF]) + REST_SHARE * sum(order[CHIEF:])


def summed(conditions: Sequence[Condition], n: int) -> Summed:
    """Add the conditions up. Resemblance to another report is no part of the question's whole: it lists by itself."""
    total, alike = np.zeros(n), np.zeros(n)
    agrees, differs = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    parts: list[float] = []
    for condition in conditions:
        if condition.field == "like":
            alike += condition.weights
            continue
        total += condition.weights
        parts.append(condition.most or 0.0)
        agrees |= ((condition.says == AGREES) | (condition.says == CLOSE)) & (condition.weights > 0)
        differs |= condition.says == DIFFERS
    whole = _whole(parts)
    listed = agrees & (total >= LISTED * whole) & (total > 0)
    return Summed(total + alike, whole, agrees | (alike > 0), listed | (alike > 0), differs | (alike < 0))


def best_rows(score: NDArray[np.float64], among: NDArray[np.bool_], most: int) -> NDArray[np.intp]:
    """The `most` best rows `among` all, the best first and equal ones in their order."""
    rows = np.flatnonzero(among)
    against = -score[rows]
    if len(rows) > most > 0:
        near = against <= np.partition(against, most - 1)[most - 1]
        rows, against = rows[near], against[near]
    return rows[np.argsort(against, kind="stable")[:most]]
