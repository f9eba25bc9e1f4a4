"""Work done in chunks, by several processes where there is much of it, that stops at once when it is told to."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections import deque
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
STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")
"""What stops a command: Ctrl-C, the system, and a terminal that is closed. Not every system has all of them."""
_LOOK = 1.0
"""Seconds between looks of a worker at whether who started it is still there [G]."""
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
    pool = ProcessPoolExecutor(
        min(workers, len(chunks)), get_context("fork"), initializer=_begin, initargs=(os.getpid(),)
    )
    try:
        with _undisturbed():
            found = deque([pool.submit(work, chunk) for chunk in chunks])
        while found:
            yield found.popleft().result()
    except BrokenProcessPool as error:
        raise ReadingEndedError(_ENDED) from error
    finally:
        # What is left is cancelled by the pool's own thread alone. `map` would do it from here, and that thread fails
        # in Python 3.11.7 on what is cancelled while it notes that its workers are gone (python/cpython 108974).
        pool.shutdown(cancel_futures=True)


def _begin(parent: int) -> None:
    """Set a worker up: nothing it makes is garbage, what stops the command ends it without a word, and it ends with
    the process `parent`, even one that was killed: what it was given to read is not left lying in memory."""
    for number in _stopping():
        if signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _stopping())
    gc.disable()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def _stopping() -> list[signal.Signals]:
    return [signal.Signals[name] for name in STOPPING if name in signal.Signals.__members__]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let what stops a command wait until the block is through, also where it fails: a pool that is half started can
    neither be used nor ended. What comes to a worker meanwhile waits until it is set up."""
    if threading.current_thread() is not threading.main_thread():  # it comes to another thread
        yield
        return
    came = list[int]()
    handled = {number: signal.getsignal(number) for number in _stopping()}
    before = {number: how for number, how in handled.items() if callable(how)}
    for number in before:
        signal.signal(number, lambda number, _frame: came.append(number))
    # a worker begins with these handlers, and what one of them took would never end it
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, before)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        for number, how in before.items():
            signal.signal(number, how)
        if came:
            signal.raise_signal(came[0])
