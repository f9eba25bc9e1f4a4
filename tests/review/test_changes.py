"""What changed since a moment, and when a visit ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from linkage.review.changes import changes, days_before, visit
from linkage.review.decision import Decision
from linkage.review.series_event import SeriesEvent

MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)


def at(hours: float) -> str:
    return (MONDAY + timedelta(hours=hours)).isoformat(timespec="microseconds")


def decided(number: int, hours: float, who: str) -> Decision:
    return Decision(kind="pair", left="a", right="b", judgement="unsure", analyst=who, at=at(hours), id=number)


def event(series: str, hours: float, **detail: list[str]) -> SeriesEvent:
    return SeriesEvent(series, "joined", dict(detail), at=at(hours))


def test_a_report_is_new_unless_an_earlier_version_of_it_was_there() -> None:
    found = changes(at(0), {"old": at(-5), "twice": at(1)}, ["fresh", "old", "twice"], [], [], "ann")
    assert (found.new, found.changed) == (("fresh", "twice"), ("old",))


def test_own_decisions_and_earlier_ones_are_no_news_and_the_newest_stands_first() -> None:
    made = [decided(1, -1, "bo"), decided(2, 1, "ann"), decided(3, 2, "bo"), decided(4, 3, "bo")]
    assert [one.id for one in changes(at(0), {}, [], made, [], "ann").decisions] == [4, 3]


def test_a_series_is_new_or_has_other_members() -> None:
    events = [event("S1", -2, joined=["a"]), event("S1", 1, joined=["b"]), event("S2", 1, joined=["c"]),
              event("S3", -1, joined=["d"]), event("S3", 2)]  # fmt: skip
    found = changes(at(0), {}, [], [], events, "ann")
    assert (found.series_new, found.series_changed) == (("S2",), ("S1",))


def test_lunch_is_the_same_visit_and_the_next_day_another() -> None:
    first = visit(None, MONDAY)
    lunch = visit(first, MONDAY + timedelta(hours=3))
    tuesday = visit(lunch, MONDAY + timedelta(hours=24))
    assert (first.before, lunch.before, tuesday.before) == ("", "", at(3))
    assert days_before(MONDAY, 7) == at(-168)
