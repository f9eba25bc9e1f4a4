"""Wrong values on the command line: one line that names what is wrong and a cure, whatever the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkage.store import Store
from tests.cli.conftest import Call
from tests.rows import each_row

HUGE = "1" + "0" * 30


@pytest.fixture
def place(call: Call) -> Path:  # noqa: ARG001 the working folder is call's
    """A working folder with a store, a folder and a file in it."""
    Store("linkage.db").close()
    Path("folder").mkdir()
    Path("file").write_text("", encoding="utf-8")
    return Path.cwd()


@each_row(
    ("words", "said"),
    [
        (["alert", "show", HUGE], f"ALERT {HUGE}: it has to be at most 2147483647"),
        (["alert", "log", HUGE], f"linkage: ALERT {HUGE}: it has to be at most 2147483647"),
        (["export", "write", HUGE, "--out", "o"], f"NUMBER {HUGE}: it has to be at most 2147483647"),
        (["alert", "show", "first"], "ALERT first: it has to be a whole number; see linkage alert show --help"),
        (["export", "write", "--out", "o", "5.5"], "NUMBER 5.5: it has to be a whole number"),
        (["show-original", "R1", "--reason", "x", "--version", HUGE], "it has to be at most 2147483647"),
        (["erase", "--older-than", HUGE], "it has to be at most 36525"),
        (["audit", "export", "folder"], "folder is a folder; name a file in it"),
        (["audit", "export", "no/such/file"], "no/such/file cannot be written: there is no folder no/such; make it"),
        (
            ["audit", "sign", "--key", "no/such/key"],
            "no/such/key cannot be written: there is no folder no/such; make it",
        ),
        (["audit", "sign", "--key", "folder"], "The key folder cannot be used: is a directory; name a file in it"),
        (["export", "series"], "nothing that could leave: no report is meant; linkage link finds series"),
        (["backup", "no/such/file"], "no/such/file cannot be written: there is no folder no/such; make it"),
        (["synth", "--out", "file", "--reports", "3"], "File exists: file. Name a folder, or another place"),
        (["synth", "--out", "", "--reports", "3"], "--out: it is empty; name a file or folder, or leave it out"),
        (["link", "file", "--out="], "--out: it is empty; name a file or folder"),
        (["audit", "export", ""], "FILE: it is empty; name a file or folder"),
        (["link", "file", "--cluster", ""], "--cluster: it is empty; write a value, or leave it out"),
    ],
)
def test_a_wrong_value_is_one_line_with_a_cure(
    call: Call,
    place: Path,  # noqa: ARG001 it is made
    words: list[str],
    said: str,
) -> None:
    code, _, err = call(*words)
    assert code == 2
    assert said in err
    assert len([line for line in err.splitlines() if line.startswith("linkage:")]) == 1
