"""Connecting: a scheduler that is started again, TLS, and one clear line where there is no cluster."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dask.config
import distributed
import pytest

from linkage import Linker, Report
from linkage.cluster.connect import cluster_at, is_open
from linkage.cluster.worker import ClusterError
from linkage.models.work import THREADS
from tests.cluster.certificates import certificates

Start = Callable[[], list[subprocess.Popen[bytes]]]


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificates(tmp_path_factory.mktemp("tls") / "certificates")


@pytest.fixture(scope="module")
def address() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"tls://127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture
def start(address: str, tls: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts a scheduler and two workers behind TLS, as on machines of their own."""
    running: list[subprocess.Popen[bytes]] = []

    def run(*words: str) -> subprocess.Popen[bytes]:
        secure = [
            f"--tls-{kind}={tls / name}.pem" for kind, name in (("ca-file", "ca"), ("cert", "cert"), ("key", "key"))
        ]
        command = [sys.executable, "-m", *words, *secure, "--no-dashboard"]
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return running[-1]

    def both() -> list[subprocess.Popen[bytes]]:
        port = address.rpartition(":")[2]
        scheduler = run("distributed.cli.dask_scheduler", "--host=127.0.0.1", f"--port={port}", "--protocol=tls")
        workers = [
            run(
                "distributed.cli.dask_worker",
                address,
                "--host=127.0.0.1",
                "--nthreads=1",
                "--no-nanny",
                f"--local-directory={tmp_path}",
            )
            for _ in range(2)
        ]
        return [scheduler, *workers]

    yield both
    for process in running:
        process.kill()
        process.wait()


def test_behind_tls_a_scheduler_that_is_started_again_goes_on_from_what_is_done(
    reports: list[Report], start: Start, address: str, tls: Path
) -> None:
    expected = Linker().score(reports, top=10)
    running, seen = start(), []

    def pull_the_plug(stage: str, done: int, total: int) -> None:
        if stage == "pairs":
            seen.append(done)
        if stage == "pairs" and len(seen) == 1:
            assert done < total
            for process in running:
                process.kill()
                process.wait()
            start()

    with cluster_at(address, tls) as cluster:
        cluster.pairs_a_block = 32 * len(reports)
        found = Linker(work=cluster).score(reports, top=10, progress=pull_the_plug)

    assert found.equals(expected)
    assert seen == sorted(set(seen))  # no block was counted twice
    assert len(seen) > 1


def test_without_certificates_of_its_authority_nobody_gets_in(start: Start, address: str, tmp_path: Path) -> None:
    start()
    stranger = certificates(tmp_path / "stranger")

    with pytest.raises(ClusterError, match="No scheduler answers at tls://"), cluster_at(address, stranger):
        pytest.fail("a stranger got in")


def test_a_missing_certificate_is_named(tls: Path, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes((tls / "ca.pem").read_bytes())

    with pytest.raises(ClusterError, match=r"cert\.pem, key\.pem is not there"), cluster_at("tls://one:1", tmp_path):
        pytest.fail("there is nothing to connect with")


def test_certificates_and_the_address_go_together(tls: Path) -> None:
    with (
        pytest.raises(ClusterError, match=r"tls://one:1 needs certificates: .* --cluster-tls"),
        cluster_at("tls://one:1"),
    ):
        pytest.fail("there is nothing to show")
    for address in ("tcp://one:1", "one:1", "local"):
        with pytest.raises(ClusterError, match="--cluster-tls goes with an address tls://"), cluster_at(address, tls):
            pytest.fail("nothing is encrypted there")


def test_certificates_may_be_named_in_the_settings_of_dask(tls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkage.cluster.connect.ANSWERS_WITHIN", 0.5)
    files = {"ca-file": "ca.pem", "client.cert": "cert.pem", "client.key": "key.pem"}
    own = {f"distributed.comm.tls.{name}": str(tls / file) for name, file in files.items()}

    with (
        dask.config.set(own),
        pytest.raises(ClusterError, match="No scheduler answers"),
        cluster_at("tls://127.0.0.1:1"),
    ):
        pytest.fail("nothing is there")


def test_a_client_leaves_though_nothing_was_asked(workers: Any) -> None:
    def clients() -> set[str]:
        return set(workers.scheduler.clients)

    before = clients()
    with cluster_at(workers.scheduler_address):
        assert clients() > before
    for _ in range(100):
        if clients() == before:
            break
        time.sleep(0.05)

    assert clients() == before


def test_a_cluster_of_this_machine_lets_nobody_else_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)

    with cluster_at("local") as cluster:
        address = cluster.connected().scheduler.address
        assert address.startswith("tls://127.0.0.1:")
        with pytest.raises(OSError, match=r"tcp://"):
            distributed.Client(address.replace("tls", "tcp"), timeout=1, set_as_default=False)


@pytest.mark.parametrize("wrong", ["tcp://127.0.0.1:1", "nonsense://one", "127.0.0.1:1"])
def test_where_nothing_answers_one_line_says_so(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkage.cluster.connect.ANSWERS_WITHIN", 0.5)

    with pytest.raises(ClusterError, match=r"No scheduler answers at .*start one"), cluster_at(wrong):
        pytest.fail("nothing is there")


def test_without_the_extra_one_line_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with (
        pytest.raises(ClusterError, match=r'extra "cluster", .* pip install "linkage\[cluster\]"'),
        cluster_at("local"),
    ):
        pytest.fail("there is no such library")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("local", False),
        ("tls://10.0.0.5:8786", False),
        ("tcp://127.0.0.1:8786", False),
        ("tcp://10.0.0.5:8786", True),
        ("10.0.0.5:8786", True),
    ],
)
def test_an_open_line_to_another_machine_is_known(address: str, expected: bool) -> None:
    assert is_open(address) == expected


def test_threads_are_where_work_is_done_otherwise() -> None:
    assert Linker()._work is THREADS
