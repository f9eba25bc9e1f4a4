"""All kernels are compiled at once, with progress, and afterwards nothing is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linkage.cli import compiling

Told = list[tuple[int, int]]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of machine code that compiling leaves; what is known of it is forgotten behind the test."""
    file = tmp_path / "kernel.nbi"
    known: dict[bytes, Any] = {}

    def cached(name: bytes, make: Callable[[], Any]) -> Any:
        if name not in known:
            known[name] = make()
        return known[name]

    def compiled(progress: compiling.Progress) -> list[str]:
        progress(0, 1)
        file.touch()
        progress(1, 1)
        return [str(file)]

    monkeypatch.setattr(compiling, "cached", cached)
    monkeypatch.setattr(compiling, "_compiled", compiled)
    return file


def told() -> Told:
    """What is told while all is compiled."""
    found: Told = []
    compiling.compile_kernels(lambda done, every: found.append((done, every)))
    return found


def test_what_is_compiled_is_not_compiled_again(kept: Path) -> None:
    assert told() == [(0, 1), (1, 1)]
    assert kept.exists()
    assert told() == []


def test_machine_code_that_is_gone_is_made_again(kept: Path) -> None:
    told()
    kept.unlink()
    assert told() == [(0, 1), (1, 1)]
    assert kept.exists()


def test_without_numba_there_is_nothing_to_compile(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "COMPILED", False)
    assert told() == []
    assert not kept.exists()


def test_no_kernel_is_left_out() -> None:
    found: Told = []
    files = compiling._compiled(lambda done, every: found.append((done, every)))
    assert found[0][0] == 0
    assert found[-1] == (len(compiling.kernels()),) * 2
    assert found == sorted(found)
    names = {Path(file).name.rpartition("-")[0] for file in files}
    every = {f"{one.py_func.__module__.rpartition('.')[2]}.{one.py_func.__qualname__}" for one in compiling.kernels()}
    assert every - names == set()
