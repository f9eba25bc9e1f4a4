"""Work done in chunks, by several processes where there is much of it, that stops at once when it is told to."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

from linkage.errors import LinkageError
from linkage.intake.assemble.extract import extract_report

WORTH_PROCESSES = 200
"""Items from which starting further processes pays [G]: one or two seconds of reading."""
LEAST, CHUNK = 5, 50
"""Fewest and most items handed to a process at a time [G]."""
SHARES = 50
"""Chunks for each process where there are few items [G]: while the last one is worked on, the others wait."""
_ENDED = "a process that was reading was ended from outside, most likely for want of memory; read fewer at once"
Item = TypeVar("Item")
Result = TypeVar("Result")


class ReadingEndedError(LinkageError):
    """Reading could not be brought to its end."""


def in_chunks(
    work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], processes: int | None = None
) -> Iterator[list[Result]]:
    """What `work` makes of each chunk of `items`, in order; on `processes` (default: as many as there are processors)
    where there are many items. `work` must be a function of a module, to be found by the other processes. Raises
    ReadingEndedError where one of them is ended from outside."""
    workers = processes or os.cpu_count() or 1
    alone = workers == 1 or len(items) < WORTH_PROCESSES or sys.platform != "linux"
    size = CHUNK if alone else min(CHUNK, max(LEAST, len(items) // (workers * SHARES)))
    chunks = [items[at : at + size] for at in range(0, len(items), size)]
    if alone:
        yield from map(work, chunks)
        return
    extract_report("A man took her phone.")  # what this loads, the forked workers need not load again
    # Forked workers need no guard around the caller's script; other start methods would run it again.
    pool = ProcessPoolExecutor(min(workers, len(chunks)), get_context("fork"), initializer=_begin)
    try:
        with _undisturbed():
            found = pool.map(work, chunks)
        yield from found
    except BrokenProcessPool as error:
        raise ReadingEndedError(_ENDED) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Set a worker up: nothing it makes is garbage, and Ctrl-C, which reaches it too, ends it without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait until the block is through: a pool that is half started can neither be used nor ended."""
    before = signal.getsignal(signal.SIGINT)
    if before is None or threading.current_thread() is not threading.main_thread():  # it comes to another thread
        yield
        return
    came = list[int]()
    signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        signal.raise_signal(signal.SIGINT)
