"""Reading on all processors: items in chunks, results in the order of the items."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from linkage.intake.assemble.extract import extract_report

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_PROCESSES = 200
"""Items from which starting further processes pays [G]: one or two seconds of reading."""

LEAST, CHUNK = 5, 50
"""Fewest and most items handed to a process at a time [G]."""

SHARES = 50
"""Chunks for each process where there are few items [G]: while the last one is worked on, the others wait."""


def in_chunks(
    work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], processes: int | None = None
) -> Iterator[list[Result]]:
    """What `work` makes of each chunk of `items`, in order; on `processes` (default: as many as there are processors)
    where there are many items. `work` must be a function of a module, to be found by the other processes."""
    workers = processes or os.cpu_count() or 1
    alone = workers == 1 or len(items) < WORTH_PROCESSES or sys.platform != "linux"
    size = CHUNK if alone else min(CHUNK, max(LEAST, len(items) // (workers * SHARES)))
    chunks = [items[at : at + size] for at in range(0, len(items), size)]
    if alone:
        yield from map(work, chunks)
        return
    extract_report("A man took her phone.")  # what this loads, the forked workers need not load again
    # Forked workers need no guard around the caller's script; other start methods would run it again.
    with ProcessPoolExecutor(min(workers, len(chunks)), get_context("fork"), initializer=gc.disable) as pool:
        yield from pool.map(work, chunks)
