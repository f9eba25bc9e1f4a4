"""`linkage link` on a cluster and with what was done before."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from linkage.cli import app
from linkage.cli.console import CommandError
from linkage.cli.working import require_full_run, work_of
from linkage.cluster.worker import ClusterError
from linkage.models.work import THREADS
from linkage.synthetic import generate


def test_a_local_cluster_and_resuming_write_what_one_process_writes(tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in generate(60, seed=4).reports), encoding="utf-8")
    one, other, kept = tmp_path / "one", tmp_path / "other", tmp_path / "kept"
    plain = CliRunner().invoke(app, ["link", str(file), "--out", str(one)])
    both = CliRunner().invoke(
        app, ["link", str(file), "--out", str(other), "--cluster", "local", "--resume", str(kept)]
    )

    assert plain.exit_code == both.exit_code
    assert plain.exit_code < 2, plain.output
    assert [(one / name).read_bytes() == (other / name).read_bytes() for name in ("pairs.csv", "series.csv")] == [
        True,
        True,
    ]
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
