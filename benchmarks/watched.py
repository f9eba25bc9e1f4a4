"""The program as the shell would call it, with its time and memory as they are seen from outside."""

from __future__ import annotations

import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
WAIT = 600
"""Seconds after which a command is ended."""


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: int = 0
    processor: float = 0.0

    def faults(self, what: str, codes: tuple[int, ...]) -> list[str]:
        """What is wrong with it: a traceback, an error of several lines, or another exit code."""
        wrong = [f"{what}: traceback"] if "Traceback" in self.out + self.err else []
        wrong += [f"{what}: unforeseen: {self.err.strip()[:300]}"] if "did not foresee" in self.err else []
        return wrong + ([] if self.code in codes else [f"{what}: code {self.code}: {self.err.strip()[-300:]}"])


def linkage(*words: str | Path, cwd: Path, before: Callable[[], None] | None = None) -> Ran:
    """The program, as the shell would call it."""
    code = "from linkage.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    started, used = time.perf_counter(), _processor()
    with subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)], cwd=cwd, env=environment, preexec_fn=before,  # noqa: PLW1509
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True,
    ) as process:  # fmt: skip
        most = [0]
        watcher = threading.Thread(target=_watch, args=(process, most), daemon=True)
        watcher.start()
        try:
            out, err = process.communicate(timeout=WAIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
            err += f"ended from outside after {WAIT} s"
        watcher.join()
    return Ran(process.returncode, out, err, time.perf_counter() - started, most[0], _processor() - used)


def _processor() -> float:
    """Processor seconds of all processes that were started from here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: subprocess.Popen[str], most: list[int]) -> None:
    """Seen from outside: the most memory that the process and its workers lie in at one time, in MB."""
    while process.poll() is None:
        most[0] = max(most[0], sum(_resident(one) for one in (process.pid, *_workers(process.pid))) >> 20)
        time.sleep(0.1)


def _workers(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _resident(pid: int) -> int:
    """Bytes of memory a process lies in; pages that a worker shares with its parent are counted for both."""
    with suppress(OSError, ValueError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    return 0


class Child:
    """A copy of this process that does one thing and says on a pipe how far it is."""

    def __init__(self, act: Callable[[Callable[[str], None]], None]) -> None:
        self._read, written = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.setpgid(0, 0)
            code = 1
            try:
                act(lambda word: _write(written, f"{word}\n"))
                code = 0
            except SystemExit as end:
                code = int(end.code or 0)
            finally:
                os._exit(code)
        os.close(written)
        with suppress(OSError):
            os.setpgid(self.pid, self.pid)

    def waits(self, seconds: float) -> None:
        """Wait so long, or until the child says something or ends."""
        select.select([self._read], [], [], seconds)

    def kill(self) -> None:
        """End it and its workers at once, as a machine that goes off would."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def ended(self) -> tuple[list[str], int]:
        """Wait for its end; what it had said, and its exit code (negative: the signal that ended it)."""
        with os.fdopen(self._read) as pipe:
            words = [line.strip() for line in pipe.read().splitlines(keepends=True) if line.endswith("\n")]
        return words, os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def _write(pipe: int, words: str) -> None:
    os.write(pipe, words.encode())


def forked(*words: str | Path, cwd: Path, user: int = 0) -> Callable[[], Ran]:
    """The program in a copy of this process, begun; call the answer to wait for its end. It costs no start of Python.

    With the number of a user it gives up its rights; what it uses must have been loaded before, for other users may
    not read this Python's folders.
    """
    files = [tempfile.TemporaryFile("w+") for _ in range(2)]  # noqa: SIM115

    def act(_say: Callable[[str], None]) -> None:
        for stream, file in enumerate(files, 1):
            os.dup2(file.fileno(), stream)
        if user:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            os.environ["HOME"] = str(cwd)
        os.chdir(cwd)
        os.umask(0o022)
        sys.stdout, sys.stderr, sys.argv = os.fdopen(1, "w"), os.fdopen(2, "w"), ["linkage", *map(str, words)]
        from linkage.cli import main

        try:
            main()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()

    started, child = time.perf_counter(), Child(act)

    def ran() -> Ran:
        _, code = child.ended()
        told = []
        for file in files:
            file.seek(0)
            told.append(file.read())
            file.close()
        return Ran(code, told[0], told[1], time.perf_counter() - started)

    return ran


def in_process(*words: str | Path, cwd: Path) -> None:
    """The program in this process, for what it loads and compiles; copies of the process need not do it again."""
    from linkage.cli import main

    before = Path.cwd()
    os.chdir(cwd)
    sys.argv = ["linkage", *map(str, words)]
    try:
        with suppress(SystemExit):
            main()
    finally:
        os.chdir(before)
