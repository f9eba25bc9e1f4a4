"""A Dask cluster as a place of work: row blocks against columns that every worker has, no shuffle.

The scheduler gives what a lost worker had to another one. Where the scheduler itself is lost, or all that was sent
with the workers that had it, this side connects again, sends again what is shared, and asks only for what is not
done yet.
"""

from __future__ import annotations

import time
import uuid
import warnings
from asyncio import CancelledError as AsyncCancelled
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from linkage.cluster.arrays import size_of
from linkage.cluster.worker import (
    ClusterError,
    Requirements,
    facts,
    forget,
    one_block,
    short_of_memory,
    some_chains,
    unfit,
)
from linkage.models.pruned_kernel import Limits
from linkage.models.scan_columns import Columns
from linkage.models.work import Block, ChainDone, ChainTask, RunChains, SharedSets, ranges

PAIRS_A_BLOCK = 100_000_000
"""Pairs a block [G]: about half a second of a core, against which a millisecond of the scheduler is little."""

FEWEST_ROWS, MOST_ROWS = 32, 512
"""Rows a block."""

AHEAD = 3
"""Tasks for each thread that are sent before they are wanted [G]: what is done waits for nobody, and neither the
scheduler nor this side ever holds more than so many answers."""

COUNT_EVERY = 3.0
"""Seconds after which threads are counted again [G]: workers that come later are to have their share."""

PATIENCE = 600.0
"""Seconds without a scheduler or without any worker until this side gives up [G]."""

EVERY_WORKER = 400_000_000
"""Bytes that a worker takes beside what it is sent [R]: 357 MB after a scan of 1,000 reports, in which little is sent
(benchmarks/cluster_plan.py)."""

LOST = (CancelledError, AsyncCancelled, TimeoutError, OSError)
"""What is raised where the scheduler is gone, or with all workers what was sent to them."""

Connect = Callable[[], Any]
"""Gives a new `distributed.Client`; OSError or TimeoutError where there is no scheduler yet."""


class _Job(NamedTuple):
    """A function of what is shared, what is asked of workers, and the task."""

    function: Callable[..., Any]
    shared: Any
    asked: Requirements


class Cluster:
    """Work on the workers of a scheduler; `connect` connects to it, `patience` is in seconds."""

    def __init__(self, connect: Connect, patience: float = PATIENCE, pairs_a_block: int = PAIRS_A_BLOCK) -> None:
        self.pairs_a_block = pairs_a_block
        self._connect, self._patience = connect, patience
        self._client: Any = None
        self._sent: tuple[str, Any] | None = None

    def connected(self) -> Any:
        """A client; OSError, TimeoutError or ValueError where there is no scheduler."""
        if self._client is None:
            self._client = self._connect()
        return self._client

    def blocks(self, columns: Columns, limits: Limits, stretches: Sequence[tuple[int, int]]) -> Iterator[Block]:
        """As `Work`."""
        n = len(columns.points)
        rows = max(FEWEST_ROWS, min(MOST_ROWS, self.pairs_a_block // max(1, n)))
        wanted = [block for start, end in stretches for block in ranges(start, end, rows)]
        asked = Requirements(uuid.uuid4().hex, facts(), EVERY_WORKER + 2 * size_of(columns), 48 * n)
        tasks = {number: (block, limits) for number, block in enumerate(wanted)}
        for _, block in self._done(_Job(one_block, columns, asked), tasks):
            yield block

    def chains(self, shared: SharedSets) -> RunChains:
        """As `Work`."""
        asked = Requirements(uuid.uuid4().hex, facts(), EVERY_WORKER + 2 * size_of(shared), shared.room_size())
        job = _Job(some_chains, shared, asked)

        def run(tasks: Sequence[ChainTask]) -> Iterator[tuple[int, ChainDone]]:
            """Run tasks, those of small components together."""
            bundles = _bundles(tasks, 4 * self._threads_or_one())
            sent = {number: ([tasks[at] for at in bundle],) for number, bundle in enumerate(bundles)}
            for number, done in self._done(job, sent):
                yield from zip(bundles[number], done, strict=True)

        return run

    def close(self) -> None:
        """Let the workers forget what they were sent, and leave."""
        if self._client is not None:
            with suppress(Exception):
                self._client.run(forget)
        self._leave()

    def _done(self, job: _Job, tasks: Mapping[int, tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        """Every task's number and answer, in the order in which they are done. ClusterError where none will be."""
        left = dict(tasks)
        lost_at: float | None = None
        while left:
            try:
                for number, answer in self._attempt(job, left):
                    del left[number]
                    lost_at = None
                    yield number, answer
            except LOST as error:
                self._leave()
                lost_at = time.monotonic() if lost_at is None else lost_at
                if time.monotonic() - lost_at > self._patience:
                    raise ClusterError(
                        f"The cluster was lost and did not come back within {self._patience:.0f} seconds ({error}). "
                        "Start the scheduler and the workers again; with --resume what is done is not lost"
                    ) from error
                time.sleep(0.5)

    def _attempt(self, job: _Job, left: Mapping[int, tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        """Ask for tasks, a few ahead of what is done, until all are done or the cluster is lost."""
        import distributed

        as_completed: Any = distributed.as_completed
        client = self._fit(job.asked)
        shared = self._shared(client, job)
        waiting, numbers = iter(list(left.items())), {}

        def ask(count: int) -> list[Any]:
            """Ask for so many more."""
            asked = []
            for number, task in islice(waiting, count):
                key = f"linkage-{job.asked.key}-{number}-{uuid.uuid4().hex[:8]}"
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", UserWarning)  # a large component is as large as it is
                    asked.append(client.submit(job.function, shared, job.asked, *task, key=key, pure=False))
                numbers[key] = number
            return asked

        wanted, counted_at = AHEAD * max(2, self._threads()), time.monotonic()
        going = as_completed(ask(wanted), loop=client.loop)
        for future in going:
            try:
                answer = future.result()
            except distributed.KilledWorker as error:
                raise ClusterError(
                    "Several workers were lost one after the other with the same task, most likely for want of "
                    "memory: give them more (--memory-limit), or fewer threads (--nthreads 1)"
                ) from error
            if time.monotonic() - counted_at > COUNT_EVERY:
                wanted, counted_at = AHEAD * max(2, self._threads()), time.monotonic()
            going.update(ask(max(0, wanted - going.count())))
            yield numbers[future.key], answer

    def _shared(self, client: Any, job: _Job) -> Any:
        """What is shared, as every worker has it: sent once for all stretches that have its key."""
        if self._sent is None or self._sent[0] != job.asked.key or self._sent[1].status != "finished":
            self._sent = None  # workers let go of what was before, so that they never have room for both
            (future,) = client.scatter([job.shared], broadcast=True, hash=False)
            self._sent = (job.asked.key, future)
        return self._sent[1]

    def _fit(self, asked: Requirements) -> Any:
        """A client of a cluster with workers, all of them fit. ClusterError where one is not."""
        client = self.connected()
        for address, known in self._workers().items():  # first: one that is short of memory may not answer
            if words := short_of_memory(address, known["memory_limit"] or None, known["nthreads"], asked):
                raise ClusterError(words)
        for address, said in client.run(unfit, asked, on_error="return").items():
            if isinstance(said, Exception) and not isinstance(said, LOST):
                raise ClusterError(
                    f"The worker {address} cannot do the work ({' '.join(str(said).split())[:120]}): install the "
                    "same version of linkage[cluster] there, and start the worker again"
                ) from said
            if isinstance(said, str):
                raise ClusterError(said)
        return client

    def _workers(self) -> dict[str, Any]:
        """What the scheduler knows of its workers, once there are any. ClusterError where none come."""
        until = time.monotonic() + self._patience
        while not (found := self._client.scheduler_info(n_workers=-1)["workers"]):
            if time.monotonic() > until:
                raise ClusterError(
                    f"No worker came within {self._patience:.0f} seconds: start workers of this scheduler (dask "
                    "worker); with --resume what is done is not lost"
                )
            time.sleep(0.2)
        return dict(found)

    def _threads(self) -> int:
        """Threads of all workers."""
        return sum(self.connected().nthreads().values())

    def _threads_or_one(self) -> int:
        """Threads of all workers, at least one; one where the cluster is lost just now, which `_done` waits for."""
        try:
            return max(1, self._threads())
        except LOST:
            self._leave()
            return 1

    def _leave(self) -> None:
        client, self._client, self._sent = self._client, None, None
        if client is not None:
            with suppress(Exception):
                client.close(timeout=2)


def _bundles(tasks: Sequence[ChainTask], count: int) -> list[list[int]]:
    """Numbers of tasks in so many bundles of about the same work, by edges; the most work first."""
    work = [(len(task.problem.neighbour) + len(task.state.of)) * task.sweeps for task in tasks]
    found: list[list[int]] = [[] for _ in range(min(count, len(tasks)))]
    loads = [0] * len(found)
    for at in sorted(range(len(tasks)), key=lambda one: -work[one]):
        least = loads.index(min(loads))
        found[least].append(at)
        loads[least] += work[at]
    return found
