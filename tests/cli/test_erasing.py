"""`linkage erase` asks, erases, tells what lies outside, and lists what is too old."""

from __future__ import annotations

import json
from pathlib import Path

from linkage.report import Report
from linkage.store import Decision, Store
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


RULES = """
[[rules]]
name = "never decided"
reason = "six years, and nobody linked it"
older_than_days = 2190
age = "received"
decided = false
"""


def test_rules_of_retention_are_tried_before_they_are_applied_and_named_in_the_audit(call: Call) -> None:
    with Store(who="ann") as store:
        for name, received in (("R1", "2010-01-01"), ("R2", "2010-01-01"), ("R3", None), ("R4", "2010-01-01")):
            store.enter(Report(report_id=name, received=received), "test")
        store.record_decision(Decision("ann", "pair", "R2", "R3", "unsure"))
    Path("rules.toml").write_text(RULES)
    code, out, _ = call("erase", "--rules", "rules.toml", "--dry-run", "--json")
    assert (code, [(one["report_id"], one["rule"]) for one in json.loads(out)]) == (
        0,
        [("R1", "never decided"), ("R4", "never decided")],
    )
    assert ids() == {"R1", "R2", "R3", "R4"}
    code, _, err = call("erase", "--rules", "rules.toml")
    assert (code, "say --yes" in err) == (2, True)
    assert call("erase", "--rules", "rules.toml", "--yes")[0] == 0
    assert ids() == {"R2", "R3"}
    with Store() as store:
        assert {one.detail["rule"] for one in store.audit(what=["erase"])} == {"never decided"}
        assert store.verify(deep=True) == []


def test_what_is_no_file_of_rules_is_one_line(call: Call) -> None:
    keep("R1")
    Path("rules.toml").write_text("[[rules]]\n")
    code, _, err = call("erase", "--rules", "rules.toml", "--dry-run")
    assert (code, "rules.toml: rule 1, name" in err, err.count("\n")) == (2, True, 1)
    code, _, err = call("erase", "R1", "--rules", "rules.toml")
    assert (code, "Name one report" in err) == (2, True)
    assert call("erase", "--rules", "nowhere.toml", "--dry-run")[0] == 2
