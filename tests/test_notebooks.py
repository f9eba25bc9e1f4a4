"""The notebooks are committed as they ran, hold nothing of the machine that ran them, and run from the top."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

SMALL = {"REPORTS": "60", "FOLDS": "2", "REPLICATES": "2"}
"""A world in which every cell still has something to say, seconds instead of minutes."""

MACHINE = re.compile(r"(?<![\w.])/(?:home|root|tmp|usr|opt|var|mnt|work|Users|private)/|\b[A-Z]:\\")
"""Where files lie on somebody's machine."""

ADDRESS = re.compile(r"https?://(?!www\.w3\.org/(?:2000/svg|1999/xlink)\b)")
"""An address that a reader's browser might ask; the two that name the language of drawings are only names."""


def cells(path: Path, kind: str = "code") -> list[dict[str, Any]]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def words(value: Any) -> Iterator[str]:
    """Every string in a cell's outputs."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from words(inner)


def assert_ran(path: Path) -> None:
    """Every code cell ran once, in order, and said something that is no error."""
    found = cells(path)
    assert [cell["execution_count"] for cell in found] == list(range(1, len(found) + 1))
    for cell in found:
        assert cell["outputs"], f"{path.name}, {cell['id']}: no output"
        for output in cell["outputs"]:
            assert output["output_type"] != "error", f"{path.name}, {cell['id']}: {output['evalue']}"
            assert output.get("name") != "stderr", f"{path.name}, {cell['id']}: {output['text']}"


def test_there_are_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS} >= {"how_good_is_the_linkage", "which_evidence_matters"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_as_it_ran(path: Path) -> None:
    assert_ran(path)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_hold_nothing_of_the_machine_and_ask_nothing_of_the_net(path: Path) -> None:
    for cell in cells(path):
        for text in words(cell["outputs"]):
            for pattern in (MACHINE, ADDRESS):
                found = pattern.search(text)
                assert not found, f"{path.name}, {cell['id']}: {text[max(0, found.start() - 40) : found.end() + 40]}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_reports_are_said_to_be_invented_and_how_to_run_it_again(path: Path) -> None:
    first = "".join(cells(path, "markdown")[0]["source"])
    assert "**invented**" in first
    assert f"python scripts/run_notebooks.py {path.stem}" in first
    said = "".join(next(words(cells(path)[0]["outputs"][0]["text"]), ""))
    assert re.search(r"invented reports, seed \d+", said)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_the_top(path: Path, tmp_path: Path) -> None:
    committed = path.read_bytes()
    command = [sys.executable, str(ROOT / "scripts" / "run_notebooks.py"), path.stem, "--out", str(tmp_path)]
    for name, value in SMALL.items():
        command += ["--set", f"{name}={value}"]
    # the kernel writes its own profile and history; they belong to nobody
    own = {**os.environ, "IPYTHONDIR": str(tmp_path / "ipython"), "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
    done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert_ran(tmp_path / path.name)
    assert f"{SMALL['REPORTS']} invented reports" in (tmp_path / path.name).read_text(encoding="utf-8")
    assert path.read_bytes() == committed


def test_a_parameter_that_is_not_there_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "run_notebooks.py"), NOTEBOOKS[0].stem]
    command += ["--out", str(tmp_path), "--set", "REPORT=5"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "REPORT" in done.stderr
    assert not list(tmp_path.glob("*.ipynb"))
