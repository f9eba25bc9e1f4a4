"""Rule 8: a watch on a search, a report, a series or a fragment fires on new, changed and lost results."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from linkage.report import Report
from linkage.review.decision import Decision
from linkage.review.people import Actor
from linkage.review.watch import Watch, WatchError
from linkage.search import Question
from linkage.store import Account, SavedSearch, Store, save_search
from linkage.store.watches import add_watch, drop_watch, run_watches, watches
from tests.factories import empty_run, incident


def keep(store: Store, *reports: Report) -> None:
    class Batch:
        rejects = ()

    Batch.reports = reports  # type: ignore[attr-defined]
    store.import_batch(Batch(), "invented.csv")  # type: ignore[arg-type]


def told(store: Store, look: bool = False) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    (found,) = run_watches(store, keep=not look)
    assert not found.problem
    return found.new, found.changed, found.lost


SAAB = {"vehicle": "yellow Saab", "town": "Leeds", "date": "3 May 2024"}


def test_a_search_fires_on_new_changed_and_lost_reports(store: Store) -> None:
    keep(store, incident(report_id="A", **SAAB), incident(report_id="B", vehicle="black Audi", town="York"))
    save_search(store, SavedSearch("saab", Question(vehicle="yellow Saab").plain()))
    add_watch(store, Watch("yellow", "search", "saab", "patrol"))
    assert run_watches(store)[0].first
    assert told(store) == ((), (), ())

    keep(store, incident(report_id="C", **SAAB))
    assert told(store, look=True) == (("C",), (), ())
    assert told(store) == (("C",), (), ())
    keep(store, incident(report_id="A", build="stocky", **SAAB), incident(report_id="C", vehicle="red Kia"))
    assert told(store) == ((), ("A",), ("C",))
    assert told(store) == ((), (), ())
    assert store.verify(deep=True) == []


def test_what_a_viewer_looked_at_is_still_new_to_others(store: Store) -> None:
    keep(store, incident(report_id="A", **SAAB), incident(report_id="B", vehicle="black Audi", town="York"))
    save_search(store, SavedSearch("saab", Question(vehicle="yellow Saab").plain()))
    add_watch(store, Watch("yellow", "search", "saab", "patrol"))
    run_watches(store)
    keep(store, incident(report_id="C", **SAAB))
    store.put_account(Account("ann", "administrator", password="hash"), "added")
    ann = store.acting(Actor("ann", "administrator"))
    ann.put_account(Account("eve", "viewer", password="hash"), "added")
    assert told(store.acting(Actor("eve", "viewer"))) == told(ann) == (("C",), (), ())
    assert told(ann) == ((), (), ())


def test_of_a_pair_that_is_decided_blind_nothing_is_told_and_to_others_it_is_still_new(store: Store) -> None:
    keep(store, incident(report_id="A", registration="K5VWXT", **SAAB))
    save_search(store, SavedSearch("like A", Question(like="A").plain()))
    add_watch(store, Watch("kept", "search", "like A"))
    run_watches(store)
    keep(store, incident(report_id="C", registration="K5VWXT", **SAAB))
    first = store.record_decision(Decision("bob", "pair", "A", "C", "link", reasons_for=["vehicle"]))
    store.put_account(Account("bob", "administrator", password="hash"), "added")
    bob = store.acting(Actor("bob", "administrator"))
    bob.put_account(Account("ann", "analyst", password="hash"), "added")
    ann = store.acting(Actor("ann", "analyst"))
    (unseen,) = run_watches(ann)
    assert (unseen.quiet, unseen.found) == (True, 0)
    assert told(bob) == (("C",), (), ())
    assert run_watches(ann) == [unseen]
    assert told(bob) == ((), (), ())
    ann.record_decision(Decision("ann", "pair", "A", "C", "unsure", blind=True, second_of=first))
    assert run_watches(ann)[0].found == 1


def test_a_fragment_of_a_number_fires_on_a_new_report_that_has_it(store: Store) -> None:
    keep(store, incident(report_id="A", phone="07700 900123"))
    add_watch(store, Watch("phone", "identifier", "*0456"))
    run_watches(store)
    keep(store, incident(report_id="B", phone="07700 900456"))
    assert told(store) == (("B",), (), ())


def test_a_report_fires_on_one_that_is_like_it(store: Store) -> None:
    keep(store, incident(report_id="A", registration="K5VWXT", **SAAB), incident(report_id="B", town="York"))
    add_watch(store, Watch("like A", "report", "A"))
    run_watches(store)
    keep(store, incident(report_id="C", registration="K5VWXT", **SAAB))
    assert "C" in told(store)[0]


def test_a_series_fires_on_who_joins_and_who_leaves(store: Store) -> None:
    keep(store, *(incident(report_id=name, **SAAB) for name in "ABC"))
    series(store, "A", "B")
    add_watch(store, Watch("docks", "series", "S1"))
    run_watches(store)
    series(store, "B", "C")
    assert told(store) == (("C",), (), ("A",))
    series(store)
    assert run_watches(store)[0].problem == "There is no series S1 in the latest run"


def series(store: Store, *names: str) -> None:
    rows = [("S1", name, "core", 1.0) for name in names]
    found = pd.DataFrame(rows, columns=["series_id", "report_id", "role", "fit"])
    store.save_run(replace(empty_run({}), series=found))


def test_a_watch_that_is_put_anew_begins_anew_and_one_that_is_dropped_is_gone(store: Store) -> None:
    keep(store, incident(report_id="A", phone="07700 900123"))
    add_watch(store, Watch("phone", "identifier", "*0123"))
    run_watches(store)
    add_watch(store, Watch("phone", "identifier", "*0456"))
    assert run_watches(store)[0].first
    drop_watch(store, "phone")
    assert watches(store) == []
    with pytest.raises(WatchError, match="No watch is kept as 'phone'"):
        drop_watch(store, "phone")


@pytest.mark.parametrize(
    ("watch", "complaint"),
    [
        (Watch("", "report", "A"), "needs a name"),
        (Watch("a", "person", "A"), "'person' is no kind of watch"),
        (Watch("a", "series", " "), "needs to say which"),
        (Watch("a", "search", "none"), "No search is kept as 'none'"),
        (Watch("a", "report", "none"), "no report none"),
        (Watch("a", "series", "S9"), "no series S9"),
    ],
)
def test_what_cannot_be_watched_is_refused(store: Store, watch: Watch, complaint: str) -> None:
    with pytest.raises(WatchError, match=complaint):
        add_watch(store, watch)
    assert watches(store) == []
