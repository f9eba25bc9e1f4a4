"""Where the work is done: blocks of pairs, and chains of components. Here on threads; `linkage.cluster` knows others.

What is found does not depend on the place. Both kinds of task are pure functions of arrays of codes and weights, of
which one part is the same for all tasks: so a place is given that part once, and then tasks as they come.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from linkage.compiled import COMPILED
from linkage.features.set_packing import PackedSets
from linkage.models.partition import Problem, State
from linkage.models.pruned_kernel import Limits, best_partners
from linkage.models.sampler import sample
from linkage.models.scan_columns import Columns
from linkage.models.set_memory import QUIET, Memory, memory

BLOCK = 128
"""Rows a block [R]: on two cores neither is left with much more than half of the last blocks of 3,000 reports."""

MOST_ROOMS = 16
"""Threads for chains at most [G]: each remembers much, and components have no more chains."""


class Block(NamedTuple):
    """Rows `start` to `end` and their partners as `pruned_kernel.best_partners` gives them."""

    start: int
    end: int
    keys: NDArray[np.int64]


class SharedSets(NamedTuple):
    """What all chains of all components share: packed columns and the temper of each, how many rows a set has at
    most, and for how many pairs and sets a worker remembers what they weigh."""

    packed: PackedSets
    tempers: NDArray[np.float64]
    most: int
    pairs: int
    sets: int

    def room(self) -> Memory:
        """Room for one worker."""
        return memory(self.packed, self.most, self.pairs, self.sets)

    def room_size(self) -> int:
        """Bytes that a room takes at most, about."""
        of_pairs, of_sets = (1 << max(10, int(count - 1).bit_length()) for count in (self.pairs, self.sets))
        trees, columns = max(1, len(self.packed.tree_column)), max(1, self.packed.columns)
        small = (self.most + 2) ** 2 * (8 + 4 * trees) + 2 * self.packed.nodes.nbytes
        return of_pairs * (8 + 4 * trees) + of_sets * 16 + QUIET * (8 + 8 * columns) + small


class ChainTask(NamedTuple):
    """A chain of one component, to go on from `state` for some sweeps; `partitions` of them are kept."""

    problem: Problem
    state: State
    seed: int
    sweeps: int
    partitions: int


class ChainDone(NamedTuple):
    """The mean chance of each edge (edges,), partitions (kept, units), and where the chain stands."""

    joined: NDArray[np.float64]
    partitions: NDArray[np.int64]
    state: State


RunChains = Callable[[Sequence[ChainTask]], Iterator[tuple[int, ChainDone]]]
"""Runs tasks; gives the number of each with its answer, in any order."""


class Work(Protocol):
    """A place where work is done."""

    def blocks(self, columns: Columns, limits: Limits, stretches: Sequence[tuple[int, int]]) -> Iterator[Block]:
        """Best partners of every row of these stretches (first row, row after the last), in blocks of any size and
        order."""
        ...

    def chains(self, shared: SharedSets) -> RunChains:
        """What runs chains that share this."""
        ...


def run_chain(shared: SharedSets, room: Memory, task: ChainTask) -> ChainDone:
    """Let a chain go on in `room`, which no other task may use meanwhile; the task's state is written over."""
    joined = np.zeros(len(task.problem.neighbour))
    partitions = np.zeros((task.partitions, len(task.state.of)), dtype=np.int64)
    sample(shared.packed, room, shared.tempers, task.problem, task.state, task.seed, task.sweeps, joined, partitions)
    return ChainDone(joined, partitions, task.state)


def ranges(start: int, end: int, rows: int = BLOCK) -> list[tuple[int, int]]:
    """First and last of every block of so many rows."""
    return [(at, min(at + rows, end)) for at in range(start, end, rows)]


class Threads:
    """This process: a few threads, since the kernels free the interpreter lock."""

    def blocks(self, columns: Columns, limits: Limits, stretches: Sequence[tuple[int, int]]) -> Iterator[Block]:
        """As `Work`."""
        wanted = [block for start, end in stretches for block in ranges(start, end)]
        with ThreadPoolExecutor(max(1, min(os.cpu_count() or 1, 8))) as pool:
            found = pool.map(lambda rows: best_partners(columns, rows[0], rows[1], limits), wanted)
            for (start, end), keys in zip(wanted, found, strict=True):
                yield Block(start, end, keys)

    def chains(self, shared: SharedSets) -> RunChains:
        """As `Work`; each thread has a room of its own that all its tasks share."""
        idle: SimpleQueue[Memory] = SimpleQueue()
        workers = min(os.cpu_count() or 1, MOST_ROOMS) if COMPILED else 1
        for _ in range(workers):
            idle.put(shared.room())

        def one(task: ChainTask) -> ChainDone:
            """Run a task in a room that is idle."""
            room = idle.get()
            try:
                return run_chain(shared, room, task)
            finally:
                idle.put(room)

        def run(tasks: Sequence[ChainTask]) -> Iterator[tuple[int, ChainDone]]:
            """Run the tasks."""
            with ThreadPoolExecutor(workers) as pool:
                yield from enumerate(pool.map(one, tasks))

        return run


THREADS = Threads()
"""Where work is done unless somebody says otherwise."""
