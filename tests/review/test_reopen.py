"""Decisions come back when what they rest on changed, and say what did."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from linkage.report import Report
from linkage.review.binding import binding
from linkage.review.reopen import Version, changes, reopened
from linkage.review.settings import settings
from tests.factories import incident
from tests.review.deciding import Book

SOON = datetime(2026, 1, 20, tzinfo=UTC)
BEFORE = incident(report_id="a", build="slim", town="Leeds", registration="AB51CDE", behaviours="grabs")
AFTER = incident(report_id="a", build="stocky", town="Leeds", registration="AB51XYZ", behaviours="grabs; strangles")


def told(book: Book, *versions: Version, strength: float | None = None, now: datetime = SOON) -> dict[int, Any]:
    strengths = {} if strength is None else {book.made[0].question: strength}
    return reopened(book.made, {"a": versions} if versions else {}, strengths, now)


def changed(at: str = "2026-01-05T00:00:00") -> tuple[Version, Version]:
    return Version("2025-12-01T00:00:00", BEFORE), Version(at, AFTER)


def test_rule_4_unsure_and_needs_info_return_when_an_item_of_either_report_changes() -> None:
    for judgement in ("unsure", "needs_info"):
        book = Book()
        number = book.pair("ann", "b", "a", judgement)
        assert told(book) == {}
        (why,) = told(book, *changed())[number]
        assert why.startswith("report a changed: Build: slim -> stocky; ")
        assert "Registration changed" in why
        assert "AB51" not in why


def test_what_changed_before_the_decision_opens_nothing() -> None:
    book = Book()
    book.pair("ann", "a", "b", "unsure")
    assert told(book, *changed(at="2025-12-24T00:00:00")) == {}


@pytest.mark.parametrize(("strength", "moved"), [(1.1, ["strength moved +3.0 -> +1.1"]), (2.1, None), (None, None)])
def test_rule_4_unsure_returns_when_the_strength_moves_by_more_than_the_set_amount(
    strength: float | None, moved: list[str] | None
) -> None:
    book = Book()
    number = book.pair("ann", "a", "b", "unsure", score=3.0)
    assert told(book, strength=strength) == ({} if moved is None else {number: tuple(moved)})


def test_rule_4_unsure_returns_after_the_set_days_and_not_before() -> None:
    book = Book()
    number = book.pair("ann", "a", "b", "needs_info")
    day = datetime(2026, 1, 1, 10, tzinfo=UTC).timestamp()
    for days, back in ((settings().after_days - 1, False), (settings().after_days, True)):
        found = told(book, now=datetime.fromtimestamp(day + days * 86400, UTC))
        assert (number in found) is back
    assert found[number] == (f"{settings().after_days} days have passed since needs info",)


@pytest.mark.parametrize("judgement", ["link", "not_linked"])
def test_a_decided_pair_returns_only_for_a_changed_report_and_binds_on(judgement: str) -> None:
    book = Book()
    number = book.pair("ann", "a", "b", judgement, score=3.0)
    assert told(book, strength=-2.0, now=datetime(2029, 1, 1, tzinfo=UTC)) == {}
    assert list(told(book, *changed())) == [number]
    assert binding(book.made, {"a", "b"}).conflicts == []


def test_a_new_answer_is_measured_from_its_own_day() -> None:
    book = Book()
    for _ in range(6):
        book.pair("ann", "a", "b", "unsure")
    assert told(book, *changed(at="2026-01-05T00:00:00")) == {}


def test_a_place_in_a_series_returns_for_its_report_and_not_for_other_members() -> None:
    book = Book()
    scope = {"left": ["a"], "right": ["b", "c"]}
    own = book.add("ann", "report_series", "a", "S-0001", "link", scope=scope)
    book.add("ann", "report_series", "c", "S-0001", "link", scope={"left": ["c"], "right": ["a", "b"]})
    assert list(told(book, *changed())) == [own]


def test_changes_name_each_item_with_what_it_was_and_is() -> None:
    found = {change.label: (change.before, change.after) for change in changes(BEFORE, AFTER)}
    assert found["Build"] == ("slim", "stocky")
    assert found.keys() == {"Build", "Registration", "Did"}
    assert changes(BEFORE, BEFORE) == []
    plain = Report(report_id="a")
    assert ("Build", "slim", "not mentioned") in [
        (change.label, change.before, change.after) for change in changes(BEFORE, plain)
    ]
