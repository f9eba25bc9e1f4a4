"""The inbox: every suggestion can be reached, the most urgent first, and each stands in the tab where it belongs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from linkage.report import Report
from linkage.review.binding import binding
from linkage.review.inbox import Suggested, build_queue
from linkage.review.outcome import State, outcomes
from linkage.review.queue import Filters, Queue
from tests.review.deciding import Book
from tests.rows import each_row

TODAY = date(2026, 6, 30)


def report(name: str, day: str = "2026-01-10", offence: str = "theft", **more: Any) -> Report:
    return Report.model_validate(
        {"report_id": name, "occurred": {"from": day}, "offences": [offence], "received": day, **more}
    )


REPORTS = {
    one.report_id: one
    for one in (
        report("a", "2026-06-28", "rape", weapons=["knife"], place={"admin": {"police_force": "Kent"}}),
        report("b", "2026-05-01", "rape", place={"admin": {"police_force": "Essex", "region": "East"}}),
        report("c", "2020-05-01", consent={"police": True}),
        report("d", "2020-06-01", consent={"police": True, "alert": True}),
        report("e", "2026-06-20", "attempted_murder", identifiers=[{"kind": "phone", "value": "07700900123"}]),
        report("f", "2026-03-20", "fraud_nonpayment"),
    )
}
PAIRS = [
    ("a", "b", 0.4, 2.0),
    ("c", "d", 0.95, 5.0),
    ("b", "e", 0.3, 1.9),
    ("a", "f", 0.02, 0.5),
    ("d", "f", 0.001, 0),
]


def suggested(**more: Any) -> Suggested:
    rows = [(*row, "main", 12.0, 30) for row in PAIRS]
    names = ["report_a", "report_b", "probability", "weight", "lane", "distance_km", "days"]
    members = [("S-0001", name, fit) for name, fit in (("a", 0.5), ("b", 0.6), ("e", 0.4))]
    return Suggested(
        pd.DataFrame(rows, columns=names),
        pd.DataFrame(members, columns=["series_id", "report_id", "fit"]),
        pd.DataFrame([("f", "S-0001", 0.3)], columns=["report_id", "other_series_id", "other_fit"]),
        **more,
    )


def queue(book: Book | None = None, reopened: dict[int, list[str]] | None = None, **more: Any) -> Queue:
    made = book.made if book else []
    found = outcomes(made, reopened, binding(made, REPORTS).conflicts)
    return build_queue(suggested(**more), REPORTS, made, found, TODAY)


def keys(found: Queue, state: State = State.TODO, by: str = "risk", filters: Filters | None = None) -> list[str]:
    return [one.key for one in found.page(state, by, size=100, filters=filters).suggestions]


def test_every_suggestion_is_reached_once_over_the_pages_whatever_the_order() -> None:
    found = queue()
    every = {"pair:a:b", "pair:c:d", "pair:b:e", "pair:a:f"}
    every |= {f"report_series:{one}:S-0001" for one in "abef"}
    for by in ("risk", "strength", "learn", "newest"):
        pages = [found.page(State.TODO, by, number, size=3) for number in (1, 2, 3)]
        assert [page.pages for page in pages] == [3, 3, 3]
        shown = [one.key for page in pages for one in page.suggestions]
        assert sorted(shown) == sorted(every)
    assert found.page(State.TODO, number=99, size=3).number == 3


def test_risk_first_puts_the_dangerous_before_the_sure_and_says_why() -> None:
    pairs = keys(queue(), filters=Filters(kind="pair"))
    assert pairs[:2] == ["pair:a:b", "pair:b:e"]
    assert keys(queue(), by="strength", filters=Filters(kind="pair"))[0] == "pair:c:d"
    first = queue().find("pair:a:b")
    assert first is not None
    assert first.risk_reasons == ("rape", "weapon", "2 d old", "2 police force areas")
    other = queue().find("pair:b:e")
    assert other is not None
    assert "escalates from rape to attempted murder" in other.risk_reasons
    assert "new id" in other.risk_reasons


def test_an_escalation_within_a_series_is_named() -> None:
    member = queue().find("report_series:f:S-0001")
    assert member is not None
    assert "escalates from rape to attempted murder" in member.risk_reasons
    assert member.seriousness == "very high"


def test_most_to_learn_is_the_least_certain_that_moves_most() -> None:
    order = keys(queue(), by="learn")
    assert order[0].startswith("report_series")
    assert order.index("pair:a:b") < order.index("pair:c:d")


def test_newest_is_by_when_the_reports_came_in() -> None:
    assert keys(queue(), by="newest", filters=Filters(kind="pair"))[-1] == "pair:c:d"


@each_row(
    ("filters", "shown"),
    [
        (Filters(kind="pair", area="Kent"), {"pair:a:b", "pair:a:f"}),
        (Filters(kind="pair", area="East"), {"pair:a:b", "pair:b:e"}),
        (Filters(area="Nowhere"), set()),
        (Filters(consent="police"), {"pair:c:d"}),
        (Filters(consent="alert"), set()),
        (Filters(kind="pair", seriousness="very high"), {"pair:a:b", "pair:b:e", "pair:a:f"}),
        (Filters(until=date(2020, 12, 31)), {"pair:c:d"}),
        (Filters(kind="pair", since=date(2026, 6, 1)), {"pair:a:b", "pair:b:e", "pair:a:f"}),
    ],
)
def test_filters_keep_what_they_name(filters: Filters, shown: set[str]) -> None:
    assert set(keys(queue(), filters=filters)) == shown
    assert queue().counts(filters)[State.TODO] == len(shown)


def test_each_decision_puts_its_question_into_the_tab_where_it_belongs() -> None:
    book = Book()
    book.pair("ann", "b", "a", "link")
    book.pair("ann", "c", "d", "not_linked")
    book.pair("ann", "b", "e", "needs_info")
    old = book.pair("ann", "a", "f", "unsure")
    found = queue(book, {old: ["strength moved from 3.0 to 1.1"]})
    counts = found.counts()
    assert [counts[state] for state in State] == [4, 1, 1, 1, 1]
    again = found.page(State.REOPENED).suggestions[0]
    assert (again.key, again.reopened) == ("pair:a:f", ("strength moved from 3.0 to 1.1",))
    done = found.page(State.DONE).suggestions[0]
    assert (done.judgement, done.decided_by) == ("not_linked", "ann")


def test_a_second_check_is_blind_and_for_somebody_else() -> None:
    book = Book()
    first = book.pair("ann", "a", "b", "link")
    found = queue(book)
    assert found.page(State.SECOND, analyst="ann").total == found.counts(analyst="ann")[State.SECOND] == 0
    check = found.page(State.SECOND, analyst="bob").suggestions[0]
    assert (check.second_of, check.blind) == (first, True)
    book.pair("bob", "a", "b", "link", second_of=first, blind=True)
    assert queue(book).counts()[State.DONE] == 1


def test_decisions_that_contradict_each_other_are_open_again_with_both_named() -> None:
    book = Book()
    book.pair("ann", "a", "b", "link")
    book.pair("bob", "a", "b", "not_linked")
    again = queue(book).page(State.REOPENED).suggestions[0]
    assert again.decisions == (1, 2)
    assert "kept apart by decision 2, but decision 1 ties them" in again.reopened[0]


def test_undo_puts_the_suggestion_back_where_it_was() -> None:
    book = Book()
    number = book.pair("ann", "a", "b", "not_linked")
    book.withdraw("ann", number)
    assert keys(queue(book)) == keys(queue())


def test_what_was_decided_is_shown_though_the_run_lists_it_no_more() -> None:
    book = Book()
    book.pair("ann", "c", "f", "not_linked")
    scope = {"left": ["c"], "right": ["d", "e"]}
    book.add("ann", "report_series", "c", "S-0009", "link", scope=scope)
    book.pair("ann", "c", "erased", "not_linked")
    found = queue(book)
    done = found.page(State.DONE).suggestions
    assert [(one.key, one.probability) for one in done] == [("pair:c:f", None)]
    assert [one.key for one in found.page(State.SECOND).suggestions] == ["report_series:c:S-0009"]


def test_a_pair_that_may_be_one_incident_asks_that_first_and_groups_are_reviewed_together() -> None:
    chances = {("a", "b"): 0.9, ("b", "e"): 0.8, ("c", "d"): 0.7}
    found = queue(same_incident=chances)
    assert found.find("pair:a:b") is None
    groups = [[one.key for one in group] for group in found.together()]
    assert [sorted(group) for group in groups] == [
        ["same_incident:a:b", "same_incident:b:e"],
        ["same_incident:c:d"],
    ]
    book = Book()
    book.add("ann", "same_incident", "a", "b", "not_linked")
    again = queue(book, same_incident=chances)
    assert again.find("pair:a:b") is not None
    first = again.find("same_incident:a:b")
    assert first is not None
    assert first.state == State.DONE


def test_random_draws_stand_among_the_rest_with_the_score_hidden() -> None:
    found = queue(drawn=[("e", "c"), ("d", "e"), ("c", "d")])
    shown = found.page(State.TODO, size=100).suggestions
    drawn = {one.key: one.blind for one in shown if one.stream == "random"}
    assert drawn == {"pair:c:d": True, "pair:c:e": True, "pair:d:e": True}
    assert len(shown) == len({one.key for one in shown}) == 10


def test_one_in_fourteen_shown_is_a_random_draw() -> None:
    many = {f"r{number:03d}": report(f"r{number:03d}") for number in range(100)}
    pairs = pd.DataFrame([(f"r{n:03d}", f"r{n + 1:03d}", 0.5, 1.0, "main", 1.0, 1) for n in range(90)])
    pairs.columns = suggested().pairs.columns
    empty = (frame.iloc[:0] for frame in (suggested().series, suggested().ambiguous))
    found = build_queue(Suggested(pairs, *empty, drawn=[("r000", f"r09{n}") for n in range(5)]), many, today=TODAY)
    shown = [one.stream for one in found.page(State.TODO, size=100).suggestions]
    assert [place for place, stream in enumerate(shown) if stream == "random"] == [13, 27, 41, 55, 69]


def test_nothing_suggested_is_an_empty_inbox() -> None:
    nothing = Suggested(*(frame.iloc[:0] for frame in (suggested().pairs, suggested().series, suggested().ambiguous)))
    assert build_queue(nothing, REPORTS, today=TODAY).page(State.TODO).total == 0
