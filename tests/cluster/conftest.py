"""Real workers: a scheduler and two workers in processes of their own, one thread each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import distributed
import pytest

import linkage
from linkage import Report
from linkage.cluster.place import Cluster
from linkage.synthetic import generate
from tests.factories import TODAY
from tests.processes import forget_main

MOST_PAIRS_A_BLOCK = 32 * 60
"""So few that a small world has several blocks."""


@pytest.fixture(autouse=True)
def no_script_of_a_page() -> None:
    """Some tests here start processes of their own."""
    forget_main()


@pytest.fixture(scope="session")
def workers() -> Iterator[Any]:
    """A cluster on this machine."""
    forget_main()
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        worker_dashboard_address=None,
        silence_logs=50,
    ) as cluster:
        yield cluster


@pytest.fixture
def place(workers: Any) -> Iterator[Cluster]:
    """The cluster as a place of work that gives up soon."""
    connect: Callable[[], Any] = partial(distributed.Client, workers, set_as_default=False)
    found = Cluster(connect, patience=60, pairs_a_block=MOST_PAIRS_A_BLOCK)
    yield found
    found.close()


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small synthetic world."""
    file = tmp_path_factory.mktemp("world") / "reports.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in generate(80, seed=4).reports), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def reports(file: Path) -> list[Report]:
    """The reports of the world."""
    return linkage.read_reports(file, today=TODAY).reports
