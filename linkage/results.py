"""Writes what `linkage link` found as the result files of contract section 4.

The tables are written sorted and with a fixed number of decimals, so that the same result gives the same bytes.
Weights are whole thousandths and are written as such: the `w_` columns add up to `weight` exactly, also for
somebody who adds up the file by hand. `run.json` alone differs from run to run, because it holds timings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet
from numpy.typing import NDArray

from linkage.output.cells import FORMULA_STARTS, csv_text, defused
from linkage.output.files import claimed, drafts, replace_together

PAIR_COLUMNS = ("report_a", "report_b", "weight", "probability", "lane", "distance_km", "days")
LATER_COLUMNS = ("same_incident",)
"""Columns of pairs that runs from before they came do not have."""
INCIDENT_COLUMNS = ("incident_id", "report_id", "basis")
SERIES_COLUMNS = ("series_id", "report_id", "role", "fit")
AMBIGUOUS_COLUMNS = ("report_id", "series_id", "other_series_id", "fit", "other_fit")
REJECT_COLUMNS = ("file", "row", "report_id", "field", "value", "reason")

WEIGHT_DECIMALS = 3
"""The engine's weights are multiples of 0.001 (log10 units), so three decimals lose nothing."""
PROBABILITY_DECIMALS = 6
DISTANCE_DECIMALS = 3
"""Metres: finer than any place in a report is known."""

ROWS_AT_ONCE = 100_000
"""Pairs that are written at a time, to bound memory."""

_FILE_ORDER = [
    ("probability", "descending"),
    ("weight", "descending"),
    ("report_a", "ascending"),
    ("report_b", "ascending"),
]

_FORMULA = "^[" + "".join(rf"\x{ord(one):02x}" for one in FORMULA_STARTS) + "]"


class Rejected(Protocol):
    """One refused value or row, as the readers report it."""

    @property
    def file(self) -> Any:
        """The file it stood in."""

    @property
    def row(self) -> Any:
        """Its row or line, counted from 1."""

    @property
    def report_id(self) -> Any:
        """The report it belongs to, where that is known."""

    @property
    def field(self) -> Any:
        """The field's name."""

    @property
    def value(self) -> Any:
        """The words that were refused."""

    @property
    def reason(self) -> Any:
        """Why, and what would be accepted."""


@dataclass(frozen=True)
class Results:
    """What one run found: the tables of `Linker.score`, `.cluster`, `.incidents_`, `.ambiguous_`, and its record."""

    pairs: pd.DataFrame
    series: pd.DataFrame
    incidents: pd.DataFrame
    ambiguous: pd.DataFrame
    run: dict[str, Any]


def write_results(out_dir: str | Path, results: Results, rejects: Iterable[Rejected] = ()) -> dict[str, Path]:
    """Write all result files into `out_dir` (made when missing, 0700); returns file name -> path.

    `rejects` is what the readers refused. The set is drafted beside the earlier one and takes its place together, so
    that no file is ever half written or of another run than the others; `run.json` comes last. Files are the user's
    own (0600). Raises OutputError where another process writes there or a file is a link, else OSError.
    """
    contents = {
        "incidents.csv": _small_csv(results.incidents, INCIDENT_COLUMNS),
        "series.csv": _small_csv(results.series, SERIES_COLUMNS),
        "ambiguous.csv": _small_csv(results.ambiguous, AMBIGUOUS_COLUMNS),
        "rejects.csv": rejects_csv(rejects).encode(errors="backslashreplace"),
        "run.json": (json.dumps(results.run, indent=2, ensure_ascii=False, default=_plain) + "\n").encode(),
    }
    with claimed(Path(out_dir)) as folder, drafts(folder) as place:
        _write_pairs(results.pairs, place / "pairs.csv", place / "pairs.parquet")
        for name, content in contents.items():
            (place / name).write_bytes(content)
        return replace_together(place, folder, ["pairs.csv", "pairs.parquet", *contents])


def _write_pairs(pairs: pd.DataFrame, csv_file: Path, parquet_file: Path) -> None:
    """Both files of the pairs, a stretch of rows at a time: a million rows of decimals would take a gigabyte."""
    order = _order(pairs)
    named = pd.concat([pairs["report_a"], pairs["report_b"]]).astype(str)
    quoting = "needed" if named.str.contains('[",\r\n]').any() else "none"
    first = pair_table(pairs.iloc[order[:ROWS_AT_ONCE]])
    schema = _as_floats(first).schema
    with csv_file.open("wb") as text, pa_parquet.ParquetWriter(parquet_file, schema) as columns:
        text.write((",".join(first.column_names) + "\n").encode())
        for start in range(0, max(1, len(order)), ROWS_AT_ONCE):
            table = pair_table(pairs.iloc[order[start : start + ROWS_AT_ONCE]]) if start else first
            pa_csv.write_csv(_defused(table), text, pa_csv.WriteOptions(include_header=False, quoting_style=quoting))
            columns.write_table(_as_floats(table))


def _defused(table: pa.Table) -> pa.Table:
    """The table with its words as a spreadsheet may read them; its numbers, negative ones too, stay numbers."""
    for at, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            words = table.column(at)
            formula = pc.match_substring_regex(words, _FORMULA)
            safe = pc.if_else(formula, pc.binary_join_element_wise("'", words, ""), words)
            table = table.set_column(at, field, safe)
    return table


def _order(pairs: pd.DataFrame) -> NDArray[np.int64]:
    """Rows in the order of the file: by the numbers as they are written, then by report."""
    keys = pair_table(pairs[list(PAIR_COLUMNS)], ordered=False)
    return np.asarray(pc.sort_indices(keys, sort_keys=_FILE_ORDER)).astype(np.int64)


def pair_table(pairs: pd.DataFrame, ordered: bool = True) -> pa.Table:
    """The pairs as an Arrow table in file form: numbers as decimals, strongest belief first, then by report.

    Columns are those of `PAIR_COLUMNS` and `LATER_COLUMNS`, then the `w_` columns in the order given. Rows stay
    where they are unless `ordered`.
    """
    parts = [name for name in pairs.columns if str(name).startswith("w_")]
    columns: dict[str, pa.Array] = {}
    for name in [*PAIR_COLUMNS, *(name for name in LATER_COLUMNS if name in pairs.columns), *parts]:
        column = pairs[name]
        if name in ("report_a", "report_b", "lane"):
            columns[name] = pa.array(column, type=pa.string(), from_pandas=True)
        elif name == "days":
            columns[name] = pa.array(whole_days(column), type=pa.int64(), from_pandas=True)
        elif name in ("probability", *LATER_COLUMNS):
            columns[name] = _decimals(column, PROBABILITY_DECIMALS)
        elif name == "distance_km":
            columns[name] = _decimals(column, DISTANCE_DECIMALS)
        else:
            columns[name] = _decimals(column, WEIGHT_DECIMALS)
    table = pa.table(columns)
    return table.take(pc.sort_indices(table, sort_keys=_FILE_ORDER)) if ordered else table


def whole_days(days: pd.Series[Any]) -> pd.Series[Any]:
    """Days as whole numbers: between the middles of two date ranges half a day can remain, which says nothing."""
    return days.astype("Float64").round().astype("Int64")


def rejects_csv(rejects: Iterable[Rejected], *, for_spreadsheet: bool = False) -> str:
    """The rejects as CSV text. A cell that a spreadsheet would run as a formula gets a leading apostrophe;
    `for_spreadsheet` puts a byte-order mark first."""
    rows = ([getattr(reject, name) for name in REJECT_COLUMNS] for reject in rejects)
    return csv_text(REJECT_COLUMNS, rows, for_spreadsheet=for_spreadsheet)


def _decimals(column: pd.Series[Any], places: int) -> pa.Array:
    """A float column as decimals with `places` digits after the point; NaN becomes null.

    Decimals are written by Arrow with all their digits; formatting forty million floats in Python would take
    minutes. The 128-bit value is laid out by hand (low word, sign word), which is what the type is in memory.
    """
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    known = np.isfinite(values)
    scaled = np.rint(np.where(known, values, 0.0) * 10**places).astype(np.int64)
    words = np.empty((len(scaled), 2), dtype="<i8")
    words[:, 0] = scaled
    words[:, 1] = scaled >> 63
    mask = None if known.all() else pa.py_buffer(np.packbits(known, bitorder="little"))
    return pa.Array.from_buffers(pa.decimal128(18, places), len(scaled), [mask, pa.py_buffer(words)])


def _as_floats(table: pa.Table) -> pa.Table:
    """Parquet keeps numbers, not decimals, so that every reader takes them for floats."""
    fields = [
        pa.field(field.name, pa.float64() if pa.types.is_decimal(field.type) else field.type)
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def _small_csv(frame: pd.DataFrame, first: tuple[str, ...]) -> bytes:
    """A frame sorted by its columns, those named in `first` leading; a frame without columns gets those names."""
    names = [*first, *(str(name) for name in frame.columns if name not in first)]
    ordered = frame.reindex(columns=names).sort_values(names, kind="stable")
    for name in names:
        if not pd.api.types.is_numeric_dtype(ordered[name]):
            ordered[name] = ordered[name].map(defused, na_action="ignore")
    text: str = ordered.to_csv(index=False, float_format=f"%.{PROBABILITY_DECIMALS}f", lineterminator="\n")
    return text.encode()


def _plain(value: Any) -> Any:
    """What json does not know by itself: numpy scalars and arrays, paths, dates."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    return str(value)
