"""`linkage link` on a cluster and with what was done before."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from linkage.cli.commands import app
from linkage.cli.console import CommandError
from linkage.cli.working import require_full_run, work_of
from linkage.cluster.worker import ClusterError
from linkage.models.work import THREADS
from linkage.synthetic import generate
from tests.processes import forget_main


@pytest.fixture(autouse=True)
def no_script_of_a_page() -> None:
    """A local cluster starts processes."""
    forget_main()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small synthetic world."""
    file = tmp_path_factory.mktemp("world") / "reports.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in generate(60, seed=4).reports), encoding="utf-8")
    return file


def linked(file: Path, out: Path, *options: str) -> list[bytes]:
    """What linking writes of pairs and series."""
    done = CliRunner().invoke(app, ["link", str(file), "--out", str(out), *options])
    assert done.exit_code < 2, done.output
    return [(out / name).read_bytes() for name in ("pairs.csv", "series.csv")]


@pytest.fixture(scope="module")
def plain(file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """What one process writes that is left in peace."""
    return linked(file, tmp_path_factory.mktemp("plain") / "out")


def test_a_local_cluster_writes_what_one_process_writes(file: Path, plain: list[bytes], tmp_path: Path) -> None:
    assert linked(file, tmp_path / "out", "--cluster", "local") == plain


def test_a_process_killed_in_mid_run_is_gone_on_from(file: Path, plain: list[bytes], tmp_path: Path) -> None:
    kept, script = tmp_path / "kept", "from linkage.cli import main; main()"
    words = ["link", str(file), "--out", str(tmp_path / "out"), "--resume", str(kept)]
    with subprocess.Popen([sys.executable, "-c", script, *words], cwd=Path(__file__).parents[2]) as process:
        while process.poll() is None and not list(kept.glob("series-*/*.npz")):
            time.sleep(0.02)
        assert process.poll() is None  # it was in the midst of it
        process.kill()

    assert list(kept.glob("pairs-*/*.parquet"))
    assert linked(file, tmp_path / "again", "--resume", str(kept)) == plain
    assert not kept.exists()


def test_options_that_do_not_go_together_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="--cluster-tls is about --cluster"), work_of(None, tmp_path, None):
        pass
    with pytest.raises(CommandError, match="is no folder"), work_of(None, None, tmp_path / "file"):
        pass
    with pytest.raises(CommandError, match="are for a full run"):
        require_full_run((None, None, tmp_path), True)
    require_full_run((None, None, None), True)
    require_full_run(("local", None, None), False)


def test_without_options_work_is_done_here() -> None:
    with work_of(None, None, None) as work:
        assert work is THREADS


def test_an_open_line_is_warned_of(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(ClusterError), work_of("tcp://10.0.0.5:8786", None, None):
        pass
    assert "is not encrypted" in capsys.readouterr().err


def test_what_was_done_stays_where_the_run_fails(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    (folder / "pairs-1").mkdir(parents=True)
    with pytest.raises(KeyError), work_of(None, None, folder):
        raise KeyError
    assert (folder / "pairs-1").exists()
