"""Ctrl-C or another end at any moment: one line that says what is kept, an exit code that says by what, and nothing
half written, in files or in memory."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from linkage.cli import commands, main
from linkage.cli.stopping import was_stopped
from linkage.intake.processes import WORTH_PROCESSES, ReadingEndedError, in_chunks
from linkage.serving import server
from linkage.serving.settings import configured
from linkage.store import Store
from linkage.synthetic import generate, write_world
from tests.rows import each_row

ROOT = Path(__file__).parents[2]
START = (  # a suite that runs in the background ignores interrupts, and its children inherit that
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from linkage.cli import main; main()"
)
linux = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which processes work")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More reports than one process reads alone."""
    return write_world(generate(2 * WORTH_PROCESSES, 3), tmp_path_factory.mktemp("many"))[0]


def children(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def stopped(
    words: list[str],
    folder: Path,
    ready: Callable[[int], bool],
    stop: Callable[[int], None] = lambda process: os.killpg(process, signal.SIGINT),
) -> tuple[int, str]:
    """Exit code and standard error of a command that is stopped, by Ctrl-C to its group, as soon as it is ready."""
    with subprocess.Popen(
        [sys.executable, "-c", START, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            while not ready(process.pid):
                assert process.poll() is None
                time.sleep(0.01)
            stop(process.pid)
            _, err = process.communicate(timeout=60)
        finally:
            process.kill()
    return process.returncode, err


@linux
def test_reading_in_several_processes_stops_in_one_line_and_leaves_no_file(many: Path, tmp_path: Path) -> None:
    for wait in (0.0, 0.5):  # while the processes start, and while they read

        def ready(process: int, wait: float = wait) -> bool:
            at_work = bool(children(process))
            time.sleep(wait if at_work else 0)
            return at_work

        code, err = stopped(["link", str(many), "--out", "results"], tmp_path, ready)
        assert (code, err) == (
            130,
            "linkage: stopped. Earlier results are as they were. "
            "A run with --resume DIR goes on where it was stopped\n",
        )
        assert list(tmp_path.iterdir()) == []


@linux
def test_an_import_that_is_stopped_keeps_whole_files_alone_and_goes_on_with_the_others(
    many: Path, tmp_path: Path
) -> None:
    (tmp_path / "one.jsonl").write_text('{"report_id": "A", "narrative": "He drove a car."}\n', encoding="utf-8")
    words = ["import", "one.jsonl", str(many), "--store", "sqlite:///l.db"]
    code, err = stopped(words, tmp_path, lambda process: bool(children(process)))
    assert code == 130
    assert err.splitlines()[-1] == (
        "linkage: stopped. Of files that were not read to their end nothing is kept. "
        "The same command goes on with those"
    )
    assert "Traceback" not in err
    with Store(f"sqlite:///{tmp_path}/l.db") as kept:
        assert kept.ids() == {"A"}
        assert kept.verify(deep=True) == []


@linux
def test_workers_that_are_stopped_as_they_start_are_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)
        raise BrokenProcessPool

    monkeypatch.setattr(ProcessPoolExecutor, "submit", broken)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            next(in_chunks(list, range(WORTH_PROCESSES), 2))
    finally:
        signal.signal(signal.SIGINT, before)


@linux
def test_the_system_stops_a_command_as_ctrl_c_does(many: Path, tmp_path: Path) -> None:
    words = ["import", str(many), "--store", "sqlite:///l.db"]
    code, err = stopped(
        words, tmp_path, lambda process: bool(children(process)), lambda process: os.kill(process, signal.SIGTERM)
    )
    assert (code, err.splitlines()[-1].startswith("linkage: stopped. Of files that were not read")) == (143, True)


@linux
def test_what_reads_does_not_outlive_a_command_that_is_killed(many: Path, tmp_path: Path) -> None:
    at_work = list[int]()

    def ready(process: int) -> bool:
        at_work[:] = children(process)
        return len(at_work) > 1

    stopped(["link", str(many), "--out", "o"], tmp_path, ready, lambda process: os.kill(process, signal.SIGKILL))
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{one}").exists() for one in at_work):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_ctrl_c_while_the_commands_are_loaded_is_told_in_the_same_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "run", stop)
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, capsys.readouterr().err) == (130, "linkage: stopped. Nothing was half written\n")


def failing_over(error: BaseException) -> BaseException:
    """An error that comes while another one is cleared away."""
    try:
        try:
            raise error
        finally:
            raise RuntimeError("cannot join thread before it is started")
    except RuntimeError as later:
        return later


@each_row(
    ("error", "stopped_by_it"),
    [
        (KeyboardInterrupt(), True),
        (failing_over(KeyboardInterrupt()), True),
        (failing_over(ValueError()), False),
        (ValueError(), False),
    ],
)
def test_what_fails_while_a_command_is_stopped_is_no_news(error: BaseException, stopped_by_it: bool) -> None:
    assert was_stopped(error) is stopped_by_it


def as_they_are(numbers: list[int]) -> list[int]:
    return numbers


@linux
def test_ctrl_c_in_the_midst_of_starting_the_processes_waits_until_they_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = os.fork

    def fork() -> int:
        made = real()
        if made:
            signal.raise_signal(signal.SIGINT)
        return made

    monkeypatch.setattr(os, "fork", fork)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            list(in_chunks(as_they_are, list(range(WORTH_PROCESSES)), processes=2))
    finally:
        signal.signal(signal.SIGINT, before)


def ended_from_outside(_: list[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


@linux
def test_a_process_that_is_killed_while_it_reads_is_told_with_a_cure() -> None:
    with pytest.raises(ReadingEndedError, match="ended from outside, most likely for want of memory; read fewer"):
        list(in_chunks(ended_from_outside, list(range(WORTH_PROCESSES)), processes=2))


def test_ctrl_c_is_how_the_server_is_meant_to_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Server:
        def __init__(self, _config: object) -> None:
            pass

        def run(self, sockets: list[socket.socket]) -> None:
            for one in sockets:
                one.close()
            raise KeyboardInterrupt

    monkeypatch.setattr(server.uvicorn, "Server", Server)
    with Store(f"sqlite:///{tmp_path}/l.db") as kept:
        server.serve(kept, configured(), "127.0.0.1", 0)
