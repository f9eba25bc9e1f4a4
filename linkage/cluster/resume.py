"""An interrupted run goes on where it stopped: what is done is written to a folder as it comes, wherever it is done.

Blocks of the scan are Parquet files, stretches of chains plain arrays. Each stands under a digest of all that it
follows from (codes, weights, settings, code of this program), so that what belongs to other reports or another
version is never taken. No word of a report is in them: rows go by their numbers. But `State.mark` of a series of one
report is the unsalted hash of 64 bits of that report's number: who has a number, or can guess it, can find it there.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from linkage.cluster.arrays import fingerprint_of
from linkage.compiled import COMPILER
from linkage.disk_cache import digest_of_files
from linkage.models.partition import State
from linkage.models.pruned_kernel import FLAG_BITS, Limits
from linkage.models.scan_columns import Columns
from linkage.models.work import Block, ChainDone, ChainTask, RunChains, SharedSets, Work
from linkage.output.files import claimed

_CODE = digest_of_files("linkage.models", "linkage.features", "linkage/compiled.py").hex()

_OWN = re.compile(r"(pairs|series)-[0-9a-f]{32}")
"""Names of the folders that are made here; anything else in the folder is somebody's."""

EVERY_SECONDS = 2.0
"""Seconds of work that an interruption may cost, beside what is under way [G]."""

_BLOCKS = b"blocks"


@contextmanager
def resumed(inner: Work, folder: Path) -> Iterator[Resumed]:
    """The place of work with what it did in `folder`, for this process alone; taken away once the block has run.

    OutputError where another run holds the folder, with who it is and since when.
    """
    with claimed(folder):
        place = Resumed(inner, folder)
        yield place
        place.finish()
    with suppress(OSError):  # it holds something else, or is gone
        folder.rmdir()


class Resumed:
    """Another place of work, with what it did in `folder`."""

    def __init__(self, inner: Work, folder: Path) -> None:
        self._inner, self._folder = inner, folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def blocks(self, columns: Columns, limits: Limits, stretches: Sequence[tuple[int, int]]) -> Iterator[Block]:
        """As `Work`: first what was done before, then the rest."""
        n = len(columns.points)
        folder = self._under("pairs", columns, limits)
        done: list[tuple[int, int]] = []
        for file in sorted(folder.glob("*.parquet")):
            for block in _read_blocks(file, n, done):
                done.append((block.start, block.end))
                yield block
        waiting: list[Block] = []
        written = time.monotonic()
        for block in self._inner.blocks(columns, limits, _rest(stretches, done)):
            waiting.append(block)
            if time.monotonic() - written > EVERY_SECONDS:
                _write_blocks(folder, waiting, n)
                waiting, written = [], time.monotonic()
            yield block
        _write_blocks(folder, waiting, n)

    def chains(self, shared: SharedSets) -> RunChains:
        """As `Work`: chains that were run before are read."""
        inner: list[RunChains] = []

        def run(tasks: Sequence[ChainTask]) -> Iterator[tuple[int, ChainDone]]:
            """Run the tasks that are not done."""
            folder = self._under("series", shared, *tasks)
            done: dict[int, ChainDone] = {}
            for file in sorted(folder.glob("*.npz")):
                done |= _read_chains(file, tasks)
            yield from done.items()
            left = [at for at in range(len(tasks)) if at not in done]
            if left and not inner:
                inner.append(self._inner.chains(shared))
            waiting: dict[int, ChainDone] = {}
            written = time.monotonic()
            for number, one in inner[0]([tasks[at] for at in left]) if left else ():
                waiting[left[number]] = one
                if time.monotonic() - written > EVERY_SECONDS:
                    _write_chains(folder, waiting)
                    waiting, written = {}, time.monotonic()
                yield left[number], one
            _write_chains(folder, waiting)

        return run

    def finish(self) -> None:
        """Take away what was written: the results stand."""
        for folder in self._folder.iterdir():
            if _OWN.fullmatch(folder.name):
                shutil.rmtree(folder, ignore_errors=True)

    def _under(self, kind: str, *follows: Any) -> Path:
        by = (_CODE, version("numpy"), COMPILER, platform.machine())
        folder = self._folder / f"{kind}-{fingerprint_of(by, *follows)}"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder


def _rest(stretches: Sequence[tuple[int, int]], done: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of the stretches is not done."""
    found = []
    for first, end in stretches:
        at = first
        for start, stop in sorted(done):
            if stop > at and start < end:
                if start > at:
                    found.append((at, start))
                at = stop
        if at < end:
            found.append((at, end))
    return found


def _write_blocks(folder: Path, blocks: Sequence[Block], n: int) -> None:
    if not blocks:
        return
    keys = np.concatenate([block.keys for block in blocks])
    pair, flags = np.divmod(keys, 1 << FLAG_BITS)
    row, partner = np.divmod(pair, np.int64(n))
    table = pa.table({"row": row, "partner": partner, "lists": flags.astype(np.int8)})
    told = json.dumps([[block.start, block.end, len(block.keys)] for block in blocks]).encode()
    file = folder / f"{blocks[0].start:09d}-{time.time_ns():020d}.parquet"
    with _whole(file) as stream:
        pq.write_table(
            table.replace_schema_metadata({_BLOCKS: told}), stream, compression="zstd", write_page_checksum=True
        )


@contextmanager
def _whole(file: Path) -> Iterator[BinaryIO]:
    """What is written becomes `file` whole or not at all: it is on the disk before it has its name."""
    part = file.with_suffix(".part")
    with part.open("wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)


def _read_blocks(file: Path, n: int, done: Sequence[tuple[int, int]]) -> list[Block]:
    """The blocks in a file that are not done; none of one that is no such file."""
    found: list[Block] = []
    with suppress(Exception):  # a torn file raises whatever its bytes happen to mean
        table = pq.read_table(file, page_checksum_verification=True)
        row, partner, flags = (table[name].to_numpy().astype(np.int64) for name in ("row", "partner", "lists"))
        keys = ((row * n + partner) << FLAG_BITS) + flags
        at = 0
        for start, end, count in json.loads(table.schema.metadata[_BLOCKS]):
            one, at = Block(start, end, keys[at : at + count]), at + count
            inside = (row[at - count : at] >= start) & (row[at - count : at] < end)
            if len(one.keys) == count and inside.all() and not any(a < end and start < b for a, b in done):
                found.append(one)
    return found


def _write_chains(folder: Path, chains: dict[int, ChainDone]) -> None:
    if not chains:
        return
    arrays = {
        f"{at} {name}": value
        for at, done in chains.items()
        for name, value in (("joined", done.joined), ("partitions", done.partitions), *done.state._asdict().items())
    }
    file = folder / f"{min(chains):09d}-{time.time_ns():020d}.npz"
    with _whole(file) as stream:
        np.savez_compressed(stream, allow_pickle=False, **arrays)  # most places of a state's series are empty


def _read_chains(file: Path, tasks: Sequence[ChainTask]) -> dict[int, ChainDone]:
    """The chains in a file; none of one that is no such file."""
    found: dict[int, ChainDone] = {}
    with suppress(Exception), np.load(file, allow_pickle=False) as kept:  # as above
        for at in sorted({int(name.split()[0]) for name in kept.files}):
            task = tasks[at] if at < len(tasks) else None
            state = State(*(kept[f"{at} {name}"] for name in State._fields))
            joined: NDArray[np.float64] = kept[f"{at} joined"]
            if task and len(joined) == len(task.problem.neighbour) and state.of.shape == task.state.of.shape:
                found[at] = ChainDone(joined, kept[f"{at} partitions"], state)
    return found
