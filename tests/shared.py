"""What is dear to make and only looked at: made once for all workers of a run of the tests."""

from __future__ import annotations

import json
import os
import pickle
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from linkage.intake import read_reports
from linkage.report import Report
from linkage.synthetic import generate
from tests.conftest import SHARED_FOLDER
from tests.factories import TODAY

T = TypeVar("T")


def once(name: str, make: Callable[[], T]) -> T:
    """What `make` gives, made by whoever first asks for this name; each caller gets a copy of its own."""
    found: T = pickle.loads(_made(name, make))
    return found


def generated(reports: int, seed: int) -> list[Report]:
    """A synthetic world as read from its file: full, partial, follow-up and text-only reports."""
    return once(f"generated-{reports}-{seed}", partial(_generated, reports, seed))


def _generated(reports: int, seed: int) -> list[Report]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.jsonl"
        file.write_text("\n".join(json.dumps(row) for row in generate(reports, seed).reports), encoding="utf-8")
        return read_reports(file, today=TODAY).reports


_here: dict[str, bytes] = {}


def _made(name: str, make: Callable[[], object]) -> bytes:
    if name not in _here:
        folder = os.environ.get(SHARED_FOLDER)
        _here[name] = _from(Path(folder) / name, make) if folder else pickle.dumps(make())
    return _here[name]


def _from(file: Path, make: Callable[[], object]) -> bytes:
    with FileLock(f"{file}.lock"):
        if not file.exists():
            file.write_bytes(pickle.dumps(make()))
        return file.read_bytes()
