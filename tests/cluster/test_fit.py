"""A worker that cannot do the work is told of in one line, with the cure, before anything is sent."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import distributed
import pytest

from linkage import Linker, Report
from linkage.cluster import place as module
from linkage.cluster.place import Cluster
from linkage.cluster.worker import ClusterError, Requirements, facts, unfit_words

ROOT = Path(__file__).parents[2]

GB = 10**9
ASKED = Requirements("key", facts(), need=GB, each=GB // 2)


def test_a_worker_that_is_as_asked_is_fit() -> None:
    assert unfit_words("tcp://one", facts(), 3 * GB, 2, ASKED) is None
    assert unfit_words("tcp://one", facts(), None, 2, ASKED) is None


def test_too_little_memory_is_told_with_what_is_needed() -> None:
    assert unfit_words("tcp://one", facts(), 2 * GB, 2, ASKED) == (
        "The worker tcp://one may use 2.0 GB, and with 2 thread(s) this needs 2.7 GB: start it with a higher "
        "--memory-limit, or with fewer threads (--nthreads 1)"
    )


@pytest.mark.parametrize("name", [name for name, _ in facts()])
def test_every_fact_that_differs_is_told(name: str) -> None:
    other = tuple((one, "0" if one == name else said) for one, said in facts())

    words = unfit_words("tcp://one", other, None, 1, ASKED)

    assert words is not None
    assert ("other code of linkage" if name == "code" else f"{name} 0, here it is {dict(facts())[name]}") in words
    assert "install the same version of linkage there" in words


def test_code_is_told_of_only_where_nothing_else_differs() -> None:
    other = tuple((one, "0" if one in ("code", "numpy") else said) for one, said in facts())

    assert "numpy 0" in str(unfit_words("tcp://one", other, None, 1, ASKED))


@pytest.mark.parametrize("without", ["sys.modules['numba'] = None", "os.environ['NUMBA_DISABLE_JIT'] = '1'"])
def test_a_program_that_compiles_nothing_says_so(without: str) -> None:
    script = f"""import os, sys; {without}
from linkage.cluster import resume, worker
from linkage.compiled import COMPILED
print(COMPILED, dict(worker.facts())["numba"], resume.COMPILER)"""
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)

    assert said.stdout.split() == ["False", "uncompiled", "uncompiled"]
    assert dict(facts())["numba"] == version("numba")


@pytest.fixture
def small() -> Iterator[Any]:
    """A worker with little memory."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, memory_limit="200MB"
    ) as cluster:
        yield cluster


def test_a_real_worker_with_too_little_memory_is_refused(small: Any, reports: list[Report]) -> None:
    place = Cluster(partial(distributed.Client, small, set_as_default=False), patience=20)

    with pytest.raises(ClusterError, match=r"may use 0\.2 GB, and with 1 thread\(s\) this needs .* --memory-limit"):
        Linker(work=place).score(reports)
    place.close()


def test_a_real_worker_of_another_version_is_refused(
    place: Cluster, reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "facts", lambda: (("linkage", "9.9"), *facts()[1:]))

    with pytest.raises(ClusterError, match=r"has linkage .*, here it is 9\.9\. .* install the same version"):
        Linker(work=place).score(reports)


def test_a_worker_that_comes_later_is_looked_at_with_its_first_task(
    place: Cluster, reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "facts", lambda: (("linkage", "9.9"), *facts()[1:]))
    monkeypatch.setattr(Cluster, "_fit", lambda place, _asked: place._connect())

    with pytest.raises(ClusterError, match=r"here it is 9\.9"):
        Linker(work=place).score(reports)
