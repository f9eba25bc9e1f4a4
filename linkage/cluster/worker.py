"""What runs on a worker: the same pure functions as on one machine, and what makes a worker unfit for them.

A worker is given codes, weights and numbers, and gives back row numbers and chances. It reads and writes no file.
"""

from __future__ import annotations

import platform
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib.metadata import version
from typing import Any, NamedTuple

from linkage.cluster.arrays import aligned, copied
from linkage.compiled import COMPILED, COMPILER
from linkage.disk_cache import digest_of_files
from linkage.errors import LinkageError
from linkage.models.pruned_kernel import Limits, best_partners
from linkage.models.scan_columns import Columns
from linkage.models.set_memory import Memory
from linkage.models.work import Block, ChainDone, ChainTask, SharedSets, run_chain

_CODE = digest_of_files("linkage.models", "linkage.features", "linkage.cluster", "linkage/compiled.py").hex()

_lock = threading.Lock()
_drawing: AbstractContextManager[Any] = nullcontext() if COMPILED else threading.Lock()  # see `COMPILED`
_shared: dict[str, Any] = {}
_rooms: dict[int, tuple[str, Memory]] = {}

ROOM_TO_SPARE = 0.75
"""Share of its memory that a worker may need: from four fifths on Dask lets it wait, and later ends it."""


class ClusterError(LinkageError):
    """A cluster cannot be used as it is; the message says why and what to do."""


class Requirements(NamedTuple):
    """What a worker must be like: the same `facts` as the program that asks, `need` bytes of memory and `each` more
    for every thread. `key` tells apart what is shared."""

    key: str
    facts: tuple[tuple[str, str], ...]
    need: int
    each: int


@cache
def facts() -> tuple[tuple[str, str], ...]:
    """What must be the same everywhere for results to be the same to the last bit, with its names."""
    own = [(name, version(name)) for name in ("linkage", "numpy", "distributed")] + [("numba", COMPILER)]
    return (*own, ("Python", platform.python_version()), ("processor", platform.machine()), ("code", _CODE))


def unfit(asked: Requirements, dask_worker: Any = None) -> str | None:
    """Why this worker cannot do what is asked, with the cure; None where it can. Dask gives `dask_worker` to what is
    run outside of tasks."""
    from distributed import get_worker

    worker = dask_worker or get_worker()
    return unfit_words(worker.address, facts(), worker.memory_manager.memory_limit, worker.state.nthreads, asked)


def unfit_words(
    address: str, own: tuple[tuple[str, str], ...], limit: int | None, threads: int, asked: Requirements
) -> str | None:
    """As `unfit`, of a worker with these facts, a limit of memory in bytes or none, and so many threads."""
    other = next((name for name, _ in sorted(set(own) ^ set(asked.facts), key=_code_last)), None)
    if other:
        has, wants = dict(own).get(other, "none"), dict(asked.facts).get(other, "none")
        told = "other code of linkage" if other == "code" else f"{other} {has}, here it is {wants}"
        return (
            f"The worker {address} has {told}. Results could differ: install the same version of linkage there with "
            "the same requirements.lock, and start the worker again"
        )
    return short_of_memory(address, limit, threads, asked)


def short_of_memory(address: str, limit: int | None, threads: int, asked: Requirements) -> str | None:
    """What is wrong where a worker with a limit of so many bytes has too little, with the cure; else None."""
    needed = (asked.need + asked.each * threads) / ROOM_TO_SPARE
    if limit is not None and limit < needed:
        return (
            f"The worker {address} may use {limit / 1e9:.1f} GB, and with {threads} thread(s) this needs "
            f"{needed / 1e9:.1f} GB: start it with a higher --memory-limit, or with fewer threads (--nthreads 1)"
        )
    return None


def _code_last(fact: tuple[str, str]) -> bool:
    return fact[0] == "code"


def one_block(columns: Columns, asked: Requirements, rows: tuple[int, int], limits: Limits) -> Block:
    """Best partners of rows `rows[0]` to `rows[1]`. ClusterError where this worker is unfit."""
    require_fit(asked)
    return Block(*rows, best_partners(_laid_out(asked.key, columns), *rows, limits))


def some_chains(shared: SharedSets, asked: Requirements, tasks: Sequence[ChainTask]) -> list[ChainDone]:
    """Chains one after the other, each from its own state. ClusterError where this worker is unfit."""
    require_fit(asked)
    shared = _laid_out(asked.key, shared)
    room = _room(asked.key, shared)
    with _drawing:
        return [run_chain(shared, room, copied(task)) for task in tasks]  # Dask may want the task again as it was


def require_fit(asked: Requirements) -> None:
    """ClusterError where this worker cannot do what is asked: also one that came later is looked at."""
    if words := unfit(asked):
        raise ClusterError(words)


def forget() -> None:
    """Let go of all that was shared."""
    with _lock:
        _shared.clear()
        _rooms.clear()


def _laid_out(key: str, shared: Any) -> Any:
    """What is shared, laid out for the kernels once."""
    with _lock:
        if key not in _shared:
            _shared.clear()
            _shared[key] = aligned(shared)
        return _shared[key]


def _room(key: str, shared: SharedSets) -> Memory:
    """This thread's room."""
    own = threading.get_ident()
    known = _rooms.get(own)
    if known is None or known[0] != key:
        _rooms.pop(own, None)
        known = _rooms[own] = (key, shared.room())
    return known[1]
