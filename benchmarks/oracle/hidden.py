"""Ratios from a hidden value that both rows show, and what is common to the kinds that have one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from linkage.synthetic.parameters import Parameters
from linkage.synthetic.people import Wardrobe
from linkage.synthetic.witness import Witness

from .observed import Account, Seen

Array = NDArray[np.float64]


def ratios(prior: Array, likelihood: Array) -> Array:
    """Ratio of every two rows (rows, rows) that share one hidden value; `prior` (values,), `likelihood` of what each
    row tells (values, rows), all ones where it tells nothing."""
    share = prior / prior.sum()
    alone = share @ likelihood
    found: Array = (likelihood * share[:, None]).T @ likelihood / np.outer(alone, alone)
    return found


def kept(chance: Array | float, ratio: Array) -> Array:
    """Ratio when the value is still the same with a chance, and else drawn anew."""
    return 1 + chance * (ratio - 1)


def shares(table: Mapping[str, float]) -> Array:
    """Weights of a table of the parameters as shares, in its order."""
    weights = np.array(list(table.values()), dtype=np.float64)
    found: Array = weights / weights.sum()
    return found


def told_as(values: Sequence[str], taken_for: Callable[[str], Sequence[str]]) -> list[str]:
    """The values, and those that they are taken for beside them: a preset may leave some out of the population."""
    return list(dict.fromkeys([*values, *(other for value in values for other in taken_for(value))]))


def confusion(values: Sequence[str], right: float, taken_for: Callable[[str], Sequence[str]]) -> Array:
    """Chance of each of `told_as` by the true one (true, told), as `Witness._seen` tells it: right, else one of the
    others that it is taken for."""
    told = told_as(values, taken_for)
    found = np.zeros((len(values), len(told)))
    for true, value in enumerate(values):
        others = [other for other in taken_for(value) if other != value]
        found[true, true] = right if others else 1.0
        for other in others:
            found[true, told.index(other)] += (1 - right) / len(others)
    return found


def shown(seen: Seen, name: str, values: Sequence[object], chance: Array) -> Array:
    """Likelihood of what the rows tell of one fact (values, rows), by `chance` (true, told)."""
    found = np.ones((len(chance), len(seen)))
    for row, accounts in enumerate(seen.rows):
        for account in accounts:
            if (told := account.told(name)) is not None:
                found[:, row] *= chance[:, values.index(told)]
    return found


class Tellers:
    """How likely each fact is written at all, for those that are told only where they are there."""

    def __init__(self, params: Parameters) -> None:
        self.witness = Witness(params, Wardrobe(params))
        channel: dict[str, float] = params["report"]["channel"]
        self.boxed = 1 - channel["words"] / sum(channel.values())

    def chance(self, account: Account, name: str) -> float:
        """Chance that the fact `name` is told and written, if it is there to be told."""
        row = account.row
        told = self.witness.telling(row["report_type"], account.delay, row["sector"])[name]
        return told * (1.0 if row["register"] else 0.0 if account.text_only else self.boxed)
