"""What leaves for a worker is codes and weights: no narrative, no value in words, no report's number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import distributed.comm.tcp
import numpy as np
import pytest

from linkage import Linker, Report
from linkage.cluster.arrays import leaves
from linkage.cluster.place import Cluster
from linkage.models.pruned_kernel import Limits
from linkage.models.scan_columns import Columns
from linkage.models.work import THREADS, Block, ChainTask, RunChains, SharedSets

SHORTEST = 6
"""Letters of a text that stands in no number by chance."""

OF_DASK = {"address"}
"""Words of the reports that Dask's own messages use."""


def texts(value: Any) -> Iterator[str]:
    """Every text in a report."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple | set):
        for inner in value:
            yield from texts(inner)


def wanted(reports: list[Report]) -> set[str]:
    """Values of reports as they are, and of narratives every three words."""
    said = {text.strip() for report in reports for text in texts(report.model_dump(mode="json"))}
    words = [text.split() for text in said]
    said |= {" ".join(one[at : at + 3]) for one in words for at in range(max(1, len(one) - 2))}
    return {text for text in said if len(text) >= SHORTEST and text.isascii() and text.isprintable()}


def found_in(sent: bytes, reports: list[Report]) -> set[str]:
    """What of the reports stands in bytes, in one, two or four bytes a letter."""
    runs = b"\n".join(re.findall(rb"[\x20-\x7e]{6,}", sent + b"\n" + sent.replace(b"\0", b"")))
    return {text for text in wanted(reports) if text.encode() in runs}


def test_what_is_looked_for_is_found_in_any_width(reports: list[Report]) -> None:
    number = reports[0].report_id
    for form in ("utf-8", "utf-16-le", "utf-32-le"):
        assert number in found_in(b"\x01\x00" + number.encode(form) + b"\x00\x02", reports)


def test_no_word_of_a_report_goes_over_the_line(
    place: Cluster, reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    real = distributed.comm.tcp.to_frames

    async def listening(*args: Any, **named: Any) -> Any:
        frames = await real(*args, **named)
        sent.extend(bytes(frame) for frame in frames)
        return frames

    monkeypatch.setattr(distributed.comm.tcp, "to_frames", listening)
    Linker(work=place).score(reports, top=10)
    everything = b"\n".join(sent)

    assert len(everything) > 100_000
    assert b"one_block" in everything  # it was listened to
    assert len(wanted(reports)) > 1_000
    assert found_in(everything, reports) <= OF_DASK


class Listening:
    """Takes down what a place of work is given."""

    def __init__(self) -> None:
        self.given: list[Any] = []

    def blocks(self, columns: Columns, limits: Limits, stretches: list[tuple[int, int]]) -> Iterator[Block]:
        self.given += [columns, limits]
        yield from THREADS.blocks(columns, limits, stretches)

    def chains(self, shared: SharedSets) -> RunChains:
        self.given.append(shared)
        run = THREADS.chains(shared)

        def listening(tasks: list[ChainTask]) -> Iterator[Any]:
            self.given += tasks
            yield from run(tasks)

        return listening  # type: ignore[return-value]


def test_a_place_of_work_is_given_numbers_only(reports: list[Report]) -> None:
    place = Listening()
    Linker(work=place).score(reports, top=10)  # type: ignore[arg-type]

    kinds = {one.dtype.kind if isinstance(one, np.ndarray) else type(one) for one in leaves(place.given)}

    assert {type(one).__name__ for one in place.given} == {"Columns", "Limits", "SharedSets", "ChainTask"}
    assert kinds <= {"i", "u", "f", "b", int, float, np.float64, np.int64}
