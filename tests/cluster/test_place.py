"""A cluster gives what one machine gives, byte for byte, whatever happens to its workers."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import distributed
import pandas as pd
import pytest

from linkage import Linker, Report
from linkage.cluster.place import Cluster
from linkage.models.work import THREADS, Work
from linkage.output.files import claimed
from linkage.results import Results, write_results

Bytes = dict[str, bytes]


def linked(reports: Sequence[Report], work: Work, folder: Path, progress: Any = None) -> Bytes:
    """What linking writes, by the name of the file."""
    linker = Linker(work=work)
    pairs = linker.score(reports, top=10, progress=progress)
    series = linker.cluster(pairs)
    found = Results(pairs, series, linker.incidents_, linker.ambiguous_, linker.run_record_)
    with claimed(folder):
        written = write_results(folder, found)
    return {name: path.read_bytes() for name, path in written.items() if name.endswith(".csv")}


@pytest.fixture(scope="module")
def here(reports: list[Report], tmp_path_factory: pytest.TempPathFactory) -> Bytes:
    """What this process finds by itself."""
    return linked(reports, THREADS, tmp_path_factory.mktemp("here") / "out")


def test_workers_find_what_one_process_finds(
    reports: list[Report], here: Bytes, place: Cluster, tmp_path: Path
) -> None:
    assert linked(reports, place, tmp_path / "out") == here
    assert len(pd.read_csv(tmp_path / "out" / "series.csv")) > 10
    assert {"pairs.csv", "series.csv"} <= here.keys()


@pytest.mark.parametrize("stage", ["pairs", "series"])
def test_a_worker_killed_in_mid_run_loses_nothing(
    reports: list[Report], here: Bytes, place: Cluster, workers: Any, tmp_path: Path, stage: str
) -> None:
    killed: list[int] = []

    def kill_one(now: str, done: int, total: int) -> None:
        if now == stage and not killed and done < total:
            with distributed.Client(workers, set_as_default=False) as client:
                pids = client.run(os.getpid)
            killed.append(next(iter(pids.values())))
            os.kill(killed[0], signal.SIGKILL)

    assert linked(reports, place, tmp_path / "out", kill_one) == here
    assert killed


def test_all_workers_killed_at_once_are_waited_for(
    reports: list[Report], here: Bytes, place: Cluster, workers: Any, tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill_all(now: str, done: int, total: int) -> None:
        if now == "pairs" and not killed and done < total:
            with distributed.Client(workers, set_as_default=False) as client:
                killed.extend(client.run(os.getpid).values())
            for process in killed:
                os.kill(process, signal.SIGKILL)

    assert linked(reports, place, tmp_path / "out", kill_all) == here
    assert killed
