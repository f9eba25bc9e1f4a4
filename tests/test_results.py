"""The result files: exact names, exact sums, the same bytes twice, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.results import Results, rejects_csv, write_results


@dataclass
class Reject:
    file: str = "a.csv"
    row: int = 2
    report_id: str | None = "R1"
    field: str = "suspects.1.age"
    value: str = "?"
    reason: str = "not an age"


def pairs_of(n: int, parts: int = 4, seed: int = 0) -> pd.DataFrame:
    """A frame as `Linker.score` gives it, with weights that are multiples of 0.001."""
    rng = np.random.default_rng(seed)
    thousandths = rng.integers(-2500, 4000, (n, parts))
    left = rng.integers(0, 10**6, n)
    frame = pd.DataFrame(
        {
            "report_a": [f"A{i:07d}" for i in left],
            "report_b": [f"B{i:07d}" for i in range(n)],
            "weight": thousandths.sum(axis=1) / 1000,
            "probability": rng.random(n),
            "lane": rng.choice(["main", "far", "both"], n),
            "distance_km": np.where(rng.random(n) < 0.2, np.nan, rng.random(n) * 400),
            "days": pd.array(rng.integers(0, 4000, n), dtype="Int64"),
        }
    )
    return pd.concat([frame, pd.DataFrame(thousandths / 1000, columns=[f"w_c{j}" for j in range(parts)])], axis=1)


def write(folder: Path, pairs: pd.DataFrame, rejects: list[Reject] | None = None) -> dict[str, Path]:
    series = pd.DataFrame(
        {"series_id": ["S2", "S1", "S1"], "report_id": ["R3", "R2", "R1"], "role": "core", "fit": [0.5, 0.25, 1.0]}
    )
    empty = pd.DataFrame()
    found = Results(pairs, series, empty, empty, {"timings": {"score": np.float64(1.5)}})
    return write_results(folder, found, rejects or [])


def test_every_file_of_the_contract_is_written(tmp_path: Path) -> None:
    written = write(tmp_path / "new" / "results", pairs_of(20), [Reject()])
    names = {"pairs.csv", "pairs.parquet", "incidents.csv", "series.csv", "ambiguous.csv", "rejects.csv", "run.json"}
    assert set(written) == names
    assert {path.name for path in (tmp_path / "new" / "results").iterdir()} == names
    assert (tmp_path / "new" / "results" / "incidents.csv").read_text() == "incident_id,report_id,basis\n"
    assert json.loads(written["run.json"].read_text())["timings"]["score"] == 1.5


def test_the_parts_in_the_file_add_up_to_the_weight_exactly(tmp_path: Path) -> None:
    written = write(tmp_path, pairs_of(300, parts=40))
    with written["pairs.csv"].open() as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 300
    for row in rows:
        assert sum(Decimal(row[name]) for name in row if name.startswith("w_")) == Decimal(row["weight"])
        assert len(row["weight"].split(".")[1]) == 3
        assert len(row["probability"].split(".")[1]) == 6


def test_rows_in_another_order_give_the_same_bytes(tmp_path: Path) -> None:
    pairs = pairs_of(500)
    one = write(tmp_path / "one", pairs)
    two = write(tmp_path / "two", pairs.sample(frac=1, random_state=1))
    for name in ("pairs.csv", "series.csv", "incidents.csv"):
        assert one[name].read_bytes() == two[name].read_bytes()


def test_the_strongest_belief_stands_first(tmp_path: Path) -> None:
    written = write(tmp_path, pairs_of(100))
    assert pd.read_csv(written["pairs.csv"])["probability"].is_monotonic_decreasing


def test_csv_and_parquet_say_the_same(tmp_path: Path) -> None:
    written = write(tmp_path, pairs_of(100))
    from_csv = pd.read_csv(written["pairs.csv"])
    from_parquet = pq.read_table(written["pairs.parquet"]).to_pandas()
    pd.testing.assert_frame_equal(from_csv, from_parquet, check_dtype=False)


@pytest.mark.parametrize("name", ["a,b", 'say "x"', "line\nbreak", "Ærø"])
def test_a_report_id_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    pairs = pairs_of(3)
    pairs["report_a"] = [name, "x", "y"]
    assert name in set(pd.read_csv(write(tmp_path, pairs)["pairs.csv"])["report_a"])


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_an_id_that_a_spreadsheet_would_run_is_defused_in_every_csv_and_plain_elsewhere(
    tmp_path: Path, name: str
) -> None:
    pairs = pairs_of(3)
    pairs["report_a"] = [name, "x", "y"]
    ids = pd.DataFrame({"series_id": [name], "report_id": [name], "role": "core", "fit": [-0.5]})
    incidents = pd.DataFrame({"incident_id": [name], "report_id": [name], "basis": "follows"})
    other = pd.DataFrame(
        {"report_id": [name], "series_id": ["S1"], "other_series_id": ["S2"], "fit": -1.5, "other_fit": 0.0}
    )
    written = write_results(tmp_path, Results(pairs, ids, incidents, other, {}), [Reject(value=name)])
    for file in ("pairs.csv", "series.csv", "incidents.csv", "ambiguous.csv", "rejects.csv"):
        with written[file].open(newline="") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        assert any(cell.startswith(("'" + name[0], "'\n")) for cell in cells), file
        words = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert all(float(cell) < 0 for cell in words), file
    assert name in set(pq.read_table(written["pairs.parquet"]).to_pandas()["report_a"])


def test_the_set_is_replaced_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in write(tmp_path, pairs_of(5)).values()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("linkage.results._write_pairs", full)
    with pytest.raises(OSError, match="cannot be written: no space left on device; make room"):
        write(tmp_path, pairs_of(9))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_files_are_the_users_own(tmp_path: Path) -> None:
    written = write(tmp_path / "results", pairs_of(3))
    assert {path.stat().st_mode & 0o777 for path in written.values()} == {0o600}
    assert (tmp_path / "results").stat().st_mode & 0o777 == 0o700


def test_an_unknown_distance_is_an_empty_cell_and_no_pair_at_all_is_a_header(tmp_path: Path) -> None:
    pairs = pairs_of(2)
    pairs["distance_km"] = [np.nan, 1.0]
    pairs["days"] = pd.array([pd.NA, 3], dtype="Int64")
    text = write(tmp_path, pairs)["pairs.csv"].read_text()
    assert ",," in text
    header = write(tmp_path, pairs.iloc[:0])["pairs.csv"].read_text()
    assert header.startswith("report_a,report_b,weight,probability,lane,distance_km,days,w_c0")
    assert header.count("\n") == 1


def test_half_days_become_whole_ones(tmp_path: Path) -> None:
    pairs = pairs_of(3)
    pairs["days"] = [7.5, np.nan, 31.0]
    days = pd.read_csv(write(tmp_path, pairs)["pairs.csv"])["days"].dropna()
    assert set(days) == {8, 31}


def test_a_failed_write_leaves_the_earlier_file_whole(tmp_path: Path) -> None:
    before = write(tmp_path, pairs_of(5))["pairs.csv"].read_bytes()
    with pytest.raises(KeyError):
        write(tmp_path, pairs_of(5).drop(columns="lane"))
    assert (tmp_path / "pairs.csv").read_bytes() == before


@given(st.text(max_size=40))
def test_no_cell_of_the_rejects_starts_a_formula_and_the_words_survive(value: str) -> None:
    text = rejects_csv([Reject(value=value, report_id=value)])
    row = list(csv.reader(io.StringIO(text, newline="")))[1]
    assert not row[4].startswith(("=", "+", "-", "@", "\t", "\r"))
    words = value.replace("\r\n", "\n").replace("\r", "\n")
    assert row[4] in (words, f"'{words}")
    assert row[2] == row[4]
