"""What `linkage explain` says where there is nothing to explain, and what it keeps closed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linkage.cli.console import CommandError
from linkage.cli.explaining import Source
from linkage.linker import Linker
from tests.cli.conftest import Call
from tests.factories import incident

REPORTS = [incident(report_id=name) for name in ("a", "b")]


def test_a_series_of_one_incident_is_told_by_its_own_name() -> None:
    source = Source("the store", Linker(), REPORTS, series={"S-1": ["a"], "S-2": ["a", "b"]})
    with pytest.raises(CommandError, match=r"All reports of series S-1 are of one incident.*name another"):
        source.of_series("S-1")
    with pytest.raises(CommandError, match=r"Series S-1 holds no other incident than that of a.*--in"):
        source.of_member("a", "S-1")
    assert source.of_series("S-2").reports == ("a", "b")


def test_narratives_of_the_store_stay_closed(call: Call, tmp_path: Path) -> None:
    told = "He asked for her by name and then he locked the doors of the van and would not let her go."
    rows = [json.dumps({"report_id": name, "narrative": f"{told} {name}"}) for name in ("R1", "R2")]
    (tmp_path / "reports.jsonl").write_text("\n".join(rows))
    assert call("import", "reports.jsonl")[0] == 0
    for words in (("explain", "R1", "R2"), ("search", "--like", "R1")):
        for form in ((), ("--json",)):
            out = " ".join(call(*words, *form)[1].split())
            assert "narrative (closed" in out
            assert "asked for her" not in out
    assert "asked for her" in call("explain", "R1", "R2", "--json", "--reports", "reports.jsonl")[1]
    assert "That is the pair by itself" in call("explain", "R1", "R2", "--reports", "reports.jsonl")[1]
    assert "by itself" not in call("explain", "R1", "R2")[1]
