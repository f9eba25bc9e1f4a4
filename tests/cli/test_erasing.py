"""`linkage erase` asks, erases, tells what lies outside, and lists what is too old."""

from __future__ import annotations

import json

from linkage.report import Report
from linkage.store import Store
from tests.cli.conftest import Call


def keep(*names: str) -> None:
    with Store(who="ann") as store:
        for name in names:
            store.enter(Report(report_id=name, narrative="He said hello"), "test")
        store.record("export", {"file": "results"})


def ids() -> set[str]:
    with Store() as store:
        return store.ids()


def test_a_report_is_erased_with_a_reason_and_a_yes(call: Call) -> None:
    keep("R1", "R2")
    for words, told in ((("--yes",), "needs a reason"), (("--reason", "asked"), "say --yes")):
        code, _, err = call("erase", "R1", *words)
        assert (code, told in err, ids()) == (2, True, {"R1", "R2"})
    code, out, err = call("erase", "R1", "--reason", "asked", "--yes")
    assert (code, "R1 is erased" in out, "results was written from this store" in err) == (0, True, True)
    assert ids() == {"R2"}
    assert call("audit", "verify", "--deep")[0] == 0
    code, _, err = call("erase", "R1", "--reason", "asked", "--yes")
    assert (code, "There is no report R1" in err) == (2, True)


def test_what_is_too_old_is_listed_before_it_goes(call: Call) -> None:
    keep("R1")
    code, out, _ = call("erase", "--older-than", "30", "--dry-run", "--json")
    assert (code, json.loads(out)) == (0, [])
    code, out, _ = call("erase", "--older-than", "30", "--reason", "old", "--yes")
    assert (code, "nothing to erase" in out, ids()) == (0, True, {"R1"})
    assert call("erase", "--clean")[0] == 0
    code, _, err = call("erase")
    assert (code, "Name one report" in err) == (2, True)


def test_results_written_from_the_store_are_told_when_a_report_goes(call: Call) -> None:
    keep("R1", "R2", "R3")
    assert call("link", "--out", "elsewhere")[0] == 0
    _, _, err = call("erase", "R1", "--reason", "asked", "--yes")
    assert "elsewhere was written from this store" in err
    assert call("audit", "verify", "--deep")[0] == 0
