"""Which reports the list shows, and in what order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linkage.report import Report
from linkage.review.report_list import MOST_SERIOUS, NEWEST, OLDEST, ReportFilter, day_of, listed
from tests.rows import each_row


def report(name: str, **values: Any) -> Report:
    return Report.model_validate({"report_id": name, **values})


REPORTS = [
    report(
        "R1",
        received="2024-03-01",
        occurred={"from": "2024-02-10", "to": "2024-02-20"},
        place={"admin": {"police_force": "West Yorkshire"}},
        report_type="full",
        consent={"police": True},
        offences=["rape"],
    ),
    report("R2", received="2024-05-01", occurred={"from": "2024-04-02"}, place={"admin": {"region": "Wales"}}),
    report("R3", received="2023-01-01", behaviours={"present": ["haggles"], "absent": []}),
]


@each_row(
    ("wanted", "names"),
    [
        (ReportFilter(), ["R2", "R1", "R3"]),
        (ReportFilter(area="West Yorkshire"), ["R1"]),
        (ReportFilter(area="Wales"), ["R2"]),
        (ReportFilter(kind="full"), ["R1"]),
        (ReportFilter(consent="police"), ["R1"]),
        (ReportFilter(in_series=True), ["R3"]),
        (ReportFilter(in_series=False), ["R2", "R1"]),
        (ReportFilter(first=date(2024, 2, 15)), ["R2", "R1"]),
        (ReportFilter(last=date(2024, 2, 15)), ["R1"]),
        (ReportFilter(first=date(2024, 3, 1), last=date(2024, 3, 31)), []),
    ],
)
def test_only_what_is_wanted_is_listed(wanted: ReportFilter, names: list[str]) -> None:
    assert [one.report_id for one in listed(REPORTS, wanted, {"R3"}, NEWEST)] == names


@each_row(("order", "names"), [(OLDEST, ["R3", "R1", "R2"]), (MOST_SERIOUS, ["R1", "R3", "R2"])])
def test_reports_stand_in_the_order_that_is_chosen(order: str, names: list[str]) -> None:
    assert [one.report_id for one in listed(REPORTS, ReportFilter(), set(), order)] == names


def test_a_day_may_be_a_month_or_a_year() -> None:
    assert day_of("March 2025", first=True) == date(2025, 3, 1)
    assert day_of("2025", first=False) == date(2025, 12, 31)
    assert day_of(" ", first=True) is None
    with pytest.raises(ValueError, match="No date can be read"):
        day_of("soon", first=True)
