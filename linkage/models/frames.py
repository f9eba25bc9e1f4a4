"""Frames that the public calls are given: of pairs, and of series."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from linkage.arguments import known, refuse


def frame_of(name: str, value: Any, columns: Collection[str], maker: str) -> pd.DataFrame:
    """A frame with at least these columns. Raises ArgumentError for anything else."""
    if not isinstance(value, pd.DataFrame):
        raise refuse(name, value, f"give a frame as {maker} gives it")
    if missing := sorted(set(columns) - set(value.columns)):
        raise refuse(name, value, f"it has no column {missing[0]!r}; give the frame as {maker} gives it")
    return value


def scored_pairs(name: str, value: Any, reports: Collection[str]) -> pd.DataFrame:
    """Pairs of known reports with probabilities. Raises ArgumentError, UnknownReportError for another report."""
    pairs = frame_of(name, value, ("report_a", "report_b", "weight", "probability"), "score")
    chances = pd.to_numeric(pairs["probability"], errors="coerce").to_numpy(dtype=float)
    if not (within := (chances >= 0) & (chances <= 1)).all():
        row = int(np.argmin(within))
        raise refuse(f"{name}.probability[{row}]", pairs["probability"].iloc[row], "give a number, from 0 to 1")
    for column in ("report_a", "report_b"):
        for one in pairs[column].unique():
            known(f"{name}.{column}", one, reports)
    return pairs.assign(probability=chances)
