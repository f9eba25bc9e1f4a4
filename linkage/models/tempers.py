"""Tempers of groups of comparisons, and the offset of the prior, fitted to pairs that parameters were not learned on.

Logistic regression of "linked" on each group's log likelihood ratio with the log odds of a random pair given: were
every weight a true log likelihood ratio of independent evidence, all tempers would be 1 and the offset 0. Ridge
penalties draw both there, so that few labels change little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from linkage.features.table import EvidenceTable

TEMPER_DEVIATION = 0.3
"""Standard deviation of a group's temper around 1 before labels are seen [G]."""

OFFSET_DEVIATION = 0.5
"""Standard deviation of the offset around 0, natural log odds, before labels are seen [G]."""

LN10 = float(np.log(10.0))


@dataclass(frozen=True)
class TemperedPairs:
    """Judged pairs to fit tempers on.

    `weights` (pairs, groups) are each group's log10 LR untempered, `linked` their truth (pairs,), `share` how much
    each counts, and `prior` the log10 odds of a random pair among those they were listed from (pairs,).
    """

    weights: NDArray[np.float64]
    linked: NDArray[np.bool_]
    share: NDArray[np.float64]
    prior: NDArray[np.float64]


def learn_tempers(groups: Sequence[str], pairs: TemperedPairs) -> tuple[dict[str, float], float]:
    """One temper for each group, within 0 and 1, and the offset of the prior in log10 odds."""
    scaled, base = pairs.weights * LN10, pairs.prior * LN10

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Negative log posterior of offset and tempers (1 + groups,), but for a constant, and its gradient."""
        logits = base + values[0] + scaled @ values[1:]
        away = np.append(values[0] / OFFSET_DEVIATION, (values[1:] - 1.0) / TEMPER_DEVIATION)
        wrong = pairs.share * (expit(logits) - pairs.linked)
        total = float(pairs.share @ (np.logaddexp(0.0, logits) - pairs.linked * logits) + away @ away / 2)
        slope = np.append(away[0] / OFFSET_DEVIATION, away[1:] / TEMPER_DEVIATION)
        return total, np.append(wrong.sum(), scaled.T @ wrong) + slope

    start = np.append(0.0, np.ones(len(groups)))
    bounds = [(None, None), *[(0.0, 1.0)] * len(groups)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    tempers = {group: round(float(value), 4) for group, value in zip(groups, found.x[1:], strict=True)}
    return tempers, round(float(found.x[0]) / LN10, 4)


def labelled_pairs(pairs: pd.DataFrame, series: Mapping[str, str | None], table: EvidenceTable) -> TemperedPairs:
    """Listed pairs (as pairs.csv, untempered) whose reports both carry a label, by group of `weighing_groups`.

    A report without a label may belong to any series, so its pairs tell nothing.
    """
    one, other = pairs["report_a"].map(series), pairs["report_b"].map(series)
    told = (one.notna() & other.notna()).to_numpy()
    linked = (one == other).to_numpy()
    sizes = Counter(label for label in series.values() if label is not None)
    count = sum(sizes.values())
    links = sum(size * (size - 1) / 2 for size in sizes.values())
    # A series of k has k - 1 links' worth of information, but each of its pairs is as much a link as any other:
    # linked pairs are all weighed down alike, and the odds of a random pair with them.
    worth = sum(size - 1 for size in sizes.values()) / max(1.0, links)
    odds = worth * links / max(1.0, count * (count - 1) / 2 - links)
    share = np.where(linked, worth, 1.0)
    prior = np.full(int(told.sum()), np.log10(max(odds, 1e-9)))
    return TemperedPairs(group_weights(pairs, table)[told], linked[told], share[told], prior)


def group_weights(pairs: pd.DataFrame, table: EvidenceTable) -> NDArray[np.float64]:
    """What each group of `weighing_groups` weighs in listed pairs (as pairs.csv): (pairs, groups), log10 LR."""
    groups = weighing_groups(table)
    weights = np.zeros((len(pairs), len(groups)))
    for kind in table.evidence:
        if kind.group in groups:
            weights[:, groups.index(kind.group)] += pairs[f"w_{kind.name}"].to_numpy()
    return weights


def weighing_groups(table: EvidenceTable) -> list[str]:
    """Groups that carry weight under the table's settings, sorted."""
    return sorted({kind.group for kind in table.evidence if table.temper(kind) > 0})


def concatenated(parts: Sequence[TemperedPairs]) -> TemperedPairs:
    """Pairs of several scorings as one."""
    return TemperedPairs(
        np.concatenate([part.weights for part in parts]),
        np.concatenate([part.linked for part in parts]),
        np.concatenate([part.share for part in parts]),
        np.concatenate([part.prior for part in parts]),
    )
