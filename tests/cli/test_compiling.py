"""All kernels are compiled at once, with progress, and afterwards nothing is done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from linkage.cli import compiling

ONCE = """
import json
from linkage.cli.compiling import compile_kernels
told = []
compile_kernels(lambda done, every: told.append((done, every)))
print(json.dumps(told))
"""


def told(folder: Path) -> Any:
    """What a process of its own tells while it compiles, where nothing is compiled but what `folder` holds."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(folder)}
    done = subprocess.run([sys.executable, "-c", ONCE], capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout)


def test_a_second_process_finds_all_compiled_and_does_nothing(tmp_path: Path) -> None:
    first = told(tmp_path)
    assert [done for done, _ in first] == sorted({done for done, _ in first})
    assert first[0][0] == 0
    assert first[-1][0] == first[-1][1] > 50
    assert told(tmp_path) == []


def test_every_kernel_leaves_its_machine_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "cached", lambda _name, make: make())
    compiling.compile_kernels(lambda _done, _every: None)
    without = [one.py_func.__qualname__ for one in compiling.kernels() if not one.signatures]
    assert without == []
