"""The results document: everything an evaluation found, as plain values. Tables, page and `--json` come from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from math import isnan
from typing import Any

import pandas as pd

from linkage.evaluation.calibration import Bin
from linkage.evaluation.intervals import LABELS
from linkage.evaluation.protocol import Results
from linkage.evaluation.trial import Counts, Trial, Way

FORMAT = 1
"""Counted up when a name in the document changes its meaning."""

NAMED = 20
"""Report ids that are named when reports and truth do not agree; the rest is counted."""

Document = dict[str, Any]


def document(results: Results, judged: Mapping[str, str] | None = None) -> Document:
    """Plain dicts, lists, words and numbers; None where a figure is not defined.

    `judged` names what was judged: `name` and `sha256` of the file of reports, and the `day` (ISO) of the evaluation.
    """
    return {
        "format": FORMAT,
        "version": version("linkage"),
        "judged": dict(judged or {}),
        "asked": dict(results.asked),
        "labels": LABELS,
        "file": _counts(results.file),
        "reports_without_truth": _named(results.unknown),
        "truth_without_report": _named(results.absent),
        "notes": list(results.notes),
        "trials": [_trial(trial) for trial in results.trials],
        "robustness": rows_of(results.robustness),
    }


def _named(ids: Sequence[str]) -> Document:
    return {"count": len(ids), "first": list(ids[:NAMED])}


def _counts(counts: Counts) -> Document:
    return {**asdict(counts), "base_rate": _known(counts.base_rate)}


def _trial(trial: Trial) -> Document:
    return {
        "name": trial.name,
        "how": trial.how,
        "counts": _counts(trial.counts),
        "notes": list(trial.notes),
        "ways": [way_document(way) for way in trial.ways],
        "groups": rows_of(trial.groups),
    }


def way_document(way: Way) -> Document:
    """One way of linking as plain values."""
    return {
        "name": way.name,
        "note": way.note,
        "learns": way.learns,
        "figures": {key: figure.to_json() for key, figure in way.figures.items()},
        "reliability": [_bin(row) for row in way.reliability],
        "predictive_values": [_bin(row) for row in way.predictive_values],
        "curve": [asdict(point) for point in way.curve],
    }


def _bin(row: Bin) -> Document:
    return {
        "from": row.low,
        "to": row.high,
        "n": row.n,
        "said": _known(row.said),
        "linked": row.linked,
        "share": _known(row.share),
        "low": _known(row.least),
        "high": _known(row.most),
    }


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def rows_of(frame: pd.DataFrame) -> list[Document]:
    """A frame as plain rows; None where a value is not known."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): _plain(value) for key, value in row.items()} for row in plain.to_dict("records")]


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def number(value: float, places: int = 2) -> str:
    """A number as it is written in tables: whole from 20 on, else with `places` decimals and no leading nought."""
    if abs(value) >= 20:
        return f"{value:,.0f}"
    words = f"{value:.{places}f}"
    return words[1:] if words.startswith("0.") else words
