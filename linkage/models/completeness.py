"""How many links there are among reports that nobody has solved, and so whether the labels of a file are complete.

Weights fitted to labelled pairs say how much likelier a pair looks when it is linked. Pairs with a report without a
label are a mixture of linked and other pairs; the share of the linked ones is that under which these pairs are
likeliest (the base rate of new data, Saerens, Latinne and Decaestecker 2002).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq

from linkage.features.parameters import elicited
from linkage.features.table import EvidenceTable
from linkage.models.tempers import LN10, group_weights

COMPLETE = 0.5
"""Share of the links that the elicited number of partners promises from which a file's labels are taken to be
complete [G]: a report without one is then a one-off. Below, it may belong to a series that nobody has solved."""

FEW_FURTHER = 0.2
"""Links expected among the rest, as a share of the labelled ones, up to which labels are taken to be complete though
they are fewer than promised [R]: .11 in a synthetic world of short series whose labels were complete, .24 to 12 in
four worlds of three generators where a quarter, a half or four fifths of the series had lost theirs (800 reports
each, docs/decisions/0052). The estimate is rough: .00 to .44 where labels were complete."""

FEWEST = 1e-9
"""The least share of links that is looked for [G]: one in a billion pairs."""


@dataclass(frozen=True)
class UnsolvedPairs:
    """Listed pairs of which a report has no label: `weights` (pairs, groups), log10 LR untempered; `count` is how
    many such pairs there are, listed or not."""

    weights: NDArray[np.float64]
    count: int


def promised(links: int, rows: int) -> float:
    """Labelled links as a share of those that the elicited number of partners promises so many rows."""
    return 2 * links / (elicited().get("series", "partners") * rows)


def unsolved(pairs: pd.DataFrame, series: Mapping[str, str | None], table: EvidenceTable) -> UnsolvedPairs:
    """Of listed pairs (as pairs.csv, untempered) those of which a report has no label."""
    known = pairs["report_a"].map(series).notna() & pairs["report_b"].map(series).notna()
    without = sum(label is None for label in series.values())
    return UnsolvedPairs(group_weights(pairs[~known.to_numpy()], table), unsolved_count(len(series), without))


def unsolved_count(reports: int, without: int) -> int:
    """Pairs of reports of which one or both have no label, as so many are `without` one."""
    return without * (2 * reports - without - 1) // 2


def share_of_links(parts: Sequence[UnsolvedPairs], tempers: NDArray[np.float64], offset: float) -> float:
    """The likeliest share of links among unsolved pairs, under `tempers` (groups,) and an `offset` (log10).

    Pairs that are not listed count as not linked: that they are weaker than all that are is why they are not.
    """
    count = sum(part.count for part in parts)
    ratios = np.concatenate([part.weights @ tempers + offset for part in parts]) * LN10
    gain = np.expm1(np.clip(ratios, None, 700.0))

    def slope(share: float) -> float:
        """Derivative of the log likelihood by the share."""
        return float((gain / (1.0 + share * gain)).sum()) - (count - len(gain)) / (1.0 - share)

    if not len(gain) or slope(FEWEST) <= 0:
        return 0.0
    return float(brentq(slope, FEWEST, 1.0 - FEWEST))
