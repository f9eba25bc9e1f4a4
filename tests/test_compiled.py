"""Where numba is absent everything works and weighs the same, more slowly, and says so in one line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from linkage.compiled import NOTICE
from linkage.synthetic import generate

REPORTS = 24

DRAWN = 0.1
"""Most that a probability may differ: chains of two seeds differ by less."""

WITHOUT = "import sys; sys.modules['numba'] = None; from linkage.cli import main; main()"
"""The program on a machine that has no numba: importing it fails."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("world") / "reports.jsonl"
    found.write_text("\n".join(json.dumps(row) for row in generate(REPORTS, seed=4).reports), encoding="utf-8")
    return found


def linked(program: str, file: Path, out: Path) -> str:
    """What the program says on standard error; its results are in `out`."""
    words = [sys.executable, "-c", program, "link", str(file), "--out", str(out)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert done.returncode in (0, 1), done.stderr
    return done.stderr


def test_without_numba_pairs_weigh_the_same_and_one_line_says_that_it_is_slow(file: Path) -> None:
    with_it, without = file.parent / "with", file.parent / "without"
    said = linked("from linkage.cli import main; main()", file, with_it), linked(WITHOUT, file, without)
    assert [NOTICE in one for one in said] == [False, True]
    assert said[1].count(NOTICE) == 1
    compiled, plain = (
        pd.read_csv(out / "pairs.csv").set_index(["report_a", "report_b"]).sort_index() for out in (with_it, without)
    )
    same = [name for name in compiled if name == "weight" or str(name).startswith("w_")]
    pd.testing.assert_frame_equal(plain[same], compiled[same], check_exact=True)
    # the chains draw other random numbers, as under another seed
    assert np.abs(plain["probability"] - compiled["probability"]).max() < DRAWN
