"""A listed result laid over all judged pairs: what was not listed is said to be unlinked."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs


def lay_over(
    pairs: EvaluatedPairs,
    listed: pd.DataFrame,
    value: str = "probability",
    probability: str | None = "probability",
    series: pd.DataFrame | None = None,
) -> Scores:
    """Scores of all judged pairs from a list that holds only the best of them, such as pairs.csv.

    `listed` has `report_a`, `report_b` (in either order) and the column named by `value`, and that named by
    `probability` unless None. Pairs that are not listed are tied below every listed one, with probability 0; listed
    pairs that are not judged are passed over. `series` is a frame as series.csv. ValueError when a column is
    missing, a pair is listed twice or has no value.
    """
    needed = ["report_a", "report_b", value, *([probability] if probability else [])]
    missing = [name for name in needed if name not in listed.columns]
    if missing:
        raise ValueError(f"the listed pairs have no column {', '.join(missing)}")
    place, row = _places(pairs, listed)
    given = listed[value].to_numpy(dtype=np.float64)[row]
    if np.isnan(given).any():
        raise ValueError(f"{int(np.isnan(given).sum())} listed pairs have no {value}")
    # one below the lowest keeps every value finite
    scores = np.full(len(pairs), given.min() - 1.0 if len(given) else 0.0)
    scores[place] = given
    said = np.zeros(len(pairs)) if probability else None
    if said is not None:
        said[place] = listed[probability].to_numpy(dtype=np.float64)[row]
    return Scores(value=scores, probability=said, series=None if series is None else gathered(series))


def gathered(series: pd.DataFrame) -> list[set[str]]:
    """Series as sets of report ids, from a frame with `series_id` and `report_id` as series.csv."""
    return [set(members) for _, members in series.groupby("series_id", sort=True)["report_id"]]


def _places(pairs: EvaluatedPairs, listed: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places among the judged pairs, and the listed rows that belong there."""
    count = np.int64(len(pairs.reports))
    ends = [listed[name].map(pairs.row_of).fillna(-1).to_numpy(dtype=np.int64) for name in ("report_a", "report_b")]
    low, high = np.minimum(*ends), np.maximum(*ends)
    row = np.flatnonzero(low >= 0)
    key = low[row] * count + high[row]
    twice = np.flatnonzero(pd.Series(key).duplicated())
    if len(twice):
        again = listed.iloc[row[twice[0]]]
        raise ValueError(f"{again['report_a']} and {again['report_b']} are listed twice; list each pair once")
    if not len(pairs):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    judged = pairs.left.astype(np.int64) * count + pairs.right
    order = np.argsort(judged, kind="stable")
    found = np.minimum(np.searchsorted(judged, key, sorter=order), len(order) - 1)
    place = order[found]
    kept = judged[place] == key
    return place[kept], row[kept]
