"""Figures about the scheme, worked out from what the store holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from linkage.report import Consent, Report
from linkage.review.decision import Decision
from linkage.sharing.circulation import Audience, release
from linkage.sharing.monitoring import Days, figures
from linkage.sharing.sending_settings import Sending
from linkage.store import Store
from tests.factories import empty_run
from tests.sharing.test_circulation import approved, member

TODAY = date.today()


def reports(store: Store, count: int) -> None:
    """Reports that were made 1, 2, 3 ... days ago; every other one may be shared with the police."""

    class Batch:
        rejects = ()

    made = [
        Report(
            report_id=f"R{number}",
            report_type="full" if number % 3 else None,
            received=str(TODAY - timedelta(days=number + 1)),
            consent=Consent(police=number % 2 == 0, alert=True),
        )
        for number in range(count)
    ]
    Batch.reports = made  # type: ignore[attr-defined]
    store.import_batch(Batch(), "invented.csv")  # type: ignore[arg-type]


def test_reports_are_counted_by_kind_and_consent_and_small_counts_are_not_shown(store: Store) -> None:
    reports(store, 20)
    found = figures(store).tables
    assert found["reports by kind"] == {"full": 13, "not known": 7}
    assert found["consent to police"] == {"yes": 10, "no": 10}
    assert found["consent to scas"] == {"no": 20}
    assert found["messages by state"] == {}
    reports(store, 3)
    assert figures(store).totals == {"reports": 20, "decisions": 0}


def test_an_empty_store_has_figures(store: Store) -> None:
    found = figures(store)
    assert found.totals == {"reports": 0, "decisions": 0}
    assert set(found.days.values()) == {Days(0)}


def spread(days: Days) -> tuple[int | None, float, float]:
    """Reports, and days between the quartiles: the same on whatever day, and at midnight too."""
    assert days.quarter is not None
    assert days.half is not None
    assert days.three_quarters is not None
    assert days.quarter >= 1
    return days.n, days.half - days.quarter, days.three_quarters - days.half


def test_days_are_counted_from_the_report_to_its_first_decision(store: Store) -> None:
    reports(store, 8)
    decision = Decision("tester", "pair", "", "", "not_linked", reasons_against=["another build"])
    for number in range(0, 6, 2):
        store.record_decision(replace(decision, left=f"R{number}", right=f"R{number + 1}"))
    found = figures(store)
    assert spread(found.days["first decision"]) == (6, 1.25, 1.25)
    assert found.tables["decisions by judgement"] == {"not_linked": None}


def test_a_report_was_suggested_when_it_stood_in_a_series_first(store: Store) -> None:
    reports(store, 6)
    series = pd.DataFrame(
        [("S1", f"R{number}", "core", 1.0) for number in range(6)], columns=["series_id", "report_id", "role", "fit"]
    )
    store.save_run(replace(empty_run({}), series=series))
    store.save_run(replace(empty_run({}), series=series))
    assert spread(figures(store).days["first suggestion"]) == (6, 1.25, 1.25)


def test_what_went_out_is_counted_without_saying_to_whom(store: Store, sending: Sending) -> None:
    for number in range(6):
        member(store, sending, f"0770090000{number}")
    reports(store, 1)
    release(store, sending, approved(store, "R0"), Audience())
    found = figures(store)
    assert found.tables["messages by state"] == {"waiting": 6}
    assert found.tables["subscribers by state"] == {"confirmed": 6}
    assert found.days["first alert"] == Days(None)
