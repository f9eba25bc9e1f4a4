"""Runs the notebooks from the top and keeps their outputs.

    python scripts/run_notebooks.py [NAME ...] [--set PARAMETER=VALUE ...] [--out DIR]

`--set` changes a number of the cell tagged "parameters"; without `--out` the notebooks are written in place. Outputs
hold nothing of the machine: no times, no paths, no version of the interpreter. One thread, so that they come out the
same on every machine.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.preprocessors import CellExecutionError, ExecutePreprocessor

FOLDER = Path(__file__).parents[1] / "notebooks"

TIMEOUT = 600
"""Seconds that one cell may take."""

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")


def with_parameters(notebook: Any, values: dict[str, str]) -> Any:
    """The notebook with other numbers in its parameters cell. KeyError for a name that is not in it."""
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    for name, value in values.items():
        cell.source, found = re.subn(rf"^{name} = .*$", f"{name} = {value}", cell.source, flags=re.MULTILINE)
        if not found:
            raise KeyError(name)
    return notebook


def run(path: Path, values: dict[str, str]) -> Any:
    """The notebook at `path`, run from the top. CellExecutionError when a cell fails."""
    notebook = with_parameters(nbformat.read(path, as_version=4), values)
    ExecutePreprocessor(timeout=TIMEOUT, kernel_name="python3", record_timing=False).preprocess(
        notebook, {"metadata": {"path": str(FOLDER)}}
    )
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def main() -> None:
    """Run what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("names", nargs="*", metavar="NAME", help="notebooks, without ending; all when none is given")
    asked.add_argument("--set", action="append", default=[], metavar="PARAMETER=VALUE")
    asked.add_argument("--out", type=Path, default=FOLDER, metavar="DIR")
    choices = asked.parse_args()
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    values = dict(word.split("=", 1) for word in choices.set)
    choices.out.mkdir(parents=True, exist_ok=True)
    for name in choices.names or sorted(path.stem for path in FOLDER.glob("*.ipynb")):
        try:
            notebook = run(FOLDER / f"{name}.ipynb", values)
        except CellExecutionError as error:
            sys.exit(f"{name}: {error}")
        nbformat.write(notebook, choices.out / f"{name}.ipynb")
        print(f"{choices.out / name}.ipynb")


if __name__ == "__main__":
    main()
