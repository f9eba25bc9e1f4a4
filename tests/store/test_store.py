"""Reports and runs are kept and come back as they were; the same import twice changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select

from linkage.intake.reject import Reject
from linkage.report import Person, Range, Report, Vehicle
from linkage.store import Found, ImportResult, Overlap, ReportTakenError, Store
from linkage.store.runs import KEEP_BEST, KEEP_PROBABILITY, KEEP_RUNS, worth_keeping
from linkage.store.schema import metadata, pairs


@dataclass
class Batch:
    reports: list[Report] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def report(name: str, words: str = "", age: int = 30) -> Report:
    return Report(
        report_id=name,
        narrative=words or None,
        suspects=[Person(age=Range(min=age, max=None), raw={"age": f"over {age}"}, spans={"age": [(0, 4)]})],
        vehicles=[Vehicle(make="Škoda", registration="W??4X?")],
    )


REFUSED = Reject("a.csv", 3, "R9", "suspects.1.age", "old-ish", "not an age; write 30, 30-35 or mid 30s")
REFUSED_ROW = Reject("a.csv", 4, None, "", "{...", "not JSON")


def everything(store: Store) -> list[list[tuple[object, ...]]]:
    with store.engine.connect() as connection:
        return [[tuple(row) for row in connection.execute(select(table))] for table in metadata.sorted_tables]


def test_reports_come_back_as_they_were(store: Store) -> None:
    given = [report("b", "He said “hello”\n\n😀"), report("a"), report("é")]
    assert store.import_batch(Batch(given), "a.jsonl") == ImportResult(new=3)
    assert store.reports() == sorted(given, key=lambda r: r.report_id)
    assert store.report("b") == given[0]
    assert store.report("nobody") is None
    assert store.count() == 3


def test_importing_the_same_batch_twice_changes_nothing(store: Store) -> None:
    batch = Batch([report("a"), report("b")], [REFUSED, REFUSED_ROW])
    assert store.import_batch(batch, "a.csv") == ImportResult(new=2, refused_rows=1, refused_values=1)
    before = everything(store)
    assert store.import_batch(batch, "a.csv") == ImportResult(unchanged=2, refused_rows=1, refused_values=1)
    assert everything(store) == before


def test_a_report_that_is_entered_is_kept_and_told_in_the_audit(store: Store) -> None:
    store.enter(report("a", "He said hello"), "entered on the page")
    assert store.report("a") == report("a", "He said hello")
    entry = store.audit()[0]
    assert (entry.what, entry.detail) == ("enter", {"report_id": "a", "by": "entered on the page"})
    assert store.audit_broken_at() is None


def test_what_was_added_since_a_moment_is_read_alone(store: Store) -> None:
    assert store.newest_at() == ""
    store.import_batch(Batch([report("a"), report("b")]), "a.jsonl")
    before = store.newest_at()
    assert store.added_since(before) == []
    store.import_batch(Batch([report("a", "once more")]), "b.jsonl")
    store.enter(report("c"), "")
    assert store.added_since(before) == [report("a", "once more"), report("c")]
    assert len(store.added_since("")) == 4


def test_a_number_that_is_taken_never_becomes_a_version_of_another_report(store: Store) -> None:
    store.enter(report("a"), "")
    before = everything(store)
    with pytest.raises(ReportTakenError, match="a is taken"):
        store.enter(report("a", "another one"), "")
    assert everything(store) == before


def test_changed_content_becomes_a_new_version_and_the_old_one_stays(store: Store) -> None:
    store.import_batch(Batch([report("a", age=30)]), "old.csv")
    assert store.import_batch(Batch([report("a", age=40)]), "new.csv") == ImportResult(changed=1)
    assert store.report("a") == report("a", age=40)
    assert store.history("a") == [report("a", age=30), report("a", age=40)]
    assert store.count() == 1


def test_an_older_export_read_again_does_not_overrule_what_came_later(store: Store) -> None:
    store.import_batch(Batch([report("a", age=30)]))
    store.import_batch(Batch([report("a", age=40)]))
    assert store.import_batch(Batch([report("a", age=30)])) == ImportResult(unchanged=1)
    assert store.report("a") == report("a", age=40)


def frame(rows: list[tuple[str, str, float, str]]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["report_a", "report_b", "probability", "lane"])
    return made.assign(weight=1.5, distance_km=np.nan, days=np.nan, w_age=1.5)


def found(table: pd.DataFrame) -> Found:
    return Found(
        pairs=table,
        series=pd.DataFrame(
            {
                "series_id": ["S1", "S2", "S1", "S1", "S2"],
                "report_id": ["a", "d", "b", "c", "e"],
                "role": ["edge", "core", "core", "core", "core"],
                "fit": [0.9, 0.5, 0.5, 0.7, np.nan],
            }
        ),
        incidents=pd.DataFrame({"incident_id": ["I1", "I1"], "report_id": ["b", "a"], "basis": "follows"}),
        ambiguous=pd.DataFrame(
            {"report_id": "a", "series_id": "S1", "other_series_id": ["S2"], "fit": 0.75, "other_fit": 0.25}
        ),
        record={"settings": {"seed": 0, "sensitive": False}, "counts": {"reports": np.int64(5)}},
    )


def test_a_run_comes_back_as_it_was(store: Store) -> None:
    assert store.latest_run() is None
    store.save_run(found(frame([("a", "b", 0.9, "both"), ("a", "c", 0.5, "main"), ("b", "c", 0.7, "far")])))
    run = store.latest_run()
    assert run is not None
    assert run.settings == {"seed": 0, "sensitive": False}
    assert run.record["counts"] == {"reports": 5}
    assert [pair.other("c") for pair in run.pairs_for("c")] == ["b", "a"]
    assert [pair.other("b") for pair in run.pairs_for("b", lane="main")] == ["a"]
    assert [pair.other("b") for pair in run.pairs_for("b", top=1)] == ["a"]
    assert [pair.probability for pair in run.top_pairs()] == [0.9, 0.7, 0.5]
    pair = run.pair("c", "a")
    assert pair is not None
    assert (pair.distance_km, pair.days, pair.weight) == (None, None, 1.5)
    assert run.pair("a", "nobody") is None
    assert [s.series_id for s in run.series()] == ["S1", "S2"]
    assert [m.report_id for m in run.series()[0].members] == ["c", "b", "a"]
    assert [s.series_id for s in run.series_of("e")] == ["S2"]
    assert run.series_of("nobody") == []
    assert run.incidents() == {"I1": [("a", "follows"), ("b", "follows")]}
    assert run.ambiguous() == [Overlap("a", "S1", "S2", 0.75, 0.25)]


def test_a_run_without_series_is_kept_too(store: Store) -> None:
    nothing = found(frame([]))
    empty = pd.DataFrame(columns=["series_id", "report_id", "role", "fit"])
    store.save_run(Found(nothing.pairs, empty, pd.DataFrame(), pd.DataFrame(), {}))
    run = store.latest_run()
    assert run is not None
    assert (run.series(), run.incidents(), run.ambiguous(), run.top_pairs()) == ([], {}, [], [])


def test_pairs_of_old_runs_are_let_go_and_their_series_stay(store: Store) -> None:
    first = store.save_run(found(frame([("a", "b", 0.9, "main")])))
    for _ in range(KEEP_RUNS):
        store.save_run(found(frame([("a", "b", 0.9, "main")])))
    assert first.top_pairs() == []
    assert len(first.series()) == 2
    with store.engine.connect() as connection:
        assert len(list(connection.execute(select(pairs.c.run_id)))) == KEEP_RUNS


def test_what_is_worth_keeping_is_the_likely_and_the_best_of_each_report_and_lane() -> None:
    weak = KEEP_PROBABILITY / 10
    rows = [("hub", f"x{i:03d}", weak / (i + 1), "main") for i in range(60)]
    rows += [("hub", f"y{i:03d}", weak / 1000 / (i + 1), "far") for i in range(60)]
    rows += [("x000", f"z{i:03d}", KEEP_PROBABILITY * 2, "main") for i in range(60)]
    rows += [(f"x{i:03d}", f"z{j:03d}", KEEP_PROBABILITY * 2, "main") for i in range(1, 60) for j in range(KEEP_BEST)]
    rows += [(f"y{i:03d}", f"z{j:03d}", KEEP_PROBABILITY * 2, "far") for i in range(60) for j in range(KEEP_BEST)]
    kept = worth_keeping(frame(rows))
    assert (kept["probability"] >= KEEP_PROBABILITY).sum() == 60 + 59 * KEEP_BEST + 60 * KEEP_BEST
    of_hub = kept[kept["report_a"] == "hub"]
    assert sorted(of_hub["report_b"]) == [f"{lane}{i:03d}" for lane in "xy" for i in range(KEEP_BEST)]


@pytest.mark.parametrize("n", [20_000])
def test_many_reports_and_pairs_are_kept_in_seconds(store: Store, n: int) -> None:
    store.import_batch(Batch([report(f"R{i:05d}") for i in range(n // 10)]))
    rng = np.random.default_rng(0)
    left, right = rng.integers(0, n, n), rng.integers(n, 2 * n, n)
    table = frame([(f"R{a:05d}", f"R{b:05d}", 0.5, "main") for a, b in zip(left, right, strict=True)])
    run = store.save_run(found(table.drop_duplicates(["report_a", "report_b"])))
    assert len(run.top_pairs(None)) == len(table.drop_duplicates(["report_a", "report_b"]))
