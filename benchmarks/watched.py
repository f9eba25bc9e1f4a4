"""The program as the shell would call it, with its time and memory as they are seen from outside."""

from __future__ import annotations

import os
import resource
import select
import signal
import subprocess
import sys
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
