"""The inbox names the other accounts of an incident, any of which may tell what stands in a row."""

from __future__ import annotations

from dashboard.screens.inbox import accounts_words
from dashboard.store_snapshot import StoreSnapshot
from linkage.report import Report
from linkage.review.series_view import BaseRates

NAMES = ("SYN-1", "SYN-1B", "SYN-2")


def test_other_accounts_of_an_incident_are_named_and_no_others() -> None:
    now = StoreSnapshot(
        stamp=("", ()),  # type: ignore[arg-type]
        reports={name: Report(report_id=name) for name in NAMES},
        run=None,
        series={},
        series_of={},
        incident_of={"SYN-1": "I1", "SYN-1B": "I1"},
        overlaps=[],
        rates=BaseRates(),
    )
    assert accounts_words("SYN-1", "SYN-2", now) == ["SYN-1 is one incident with SYN-1B"]
    assert accounts_words("SYN-2", "S-0001", now) == []  # a series has its accounts on its own page
