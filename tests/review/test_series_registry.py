"""A series keeps its id, name, state and history through linking again, merging, splitting and taking out."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from linkage.review.series_event import SeriesEvent
from linkage.review.series_history import (
    Registered,
    SeriesError,
    SeriesState,
    moved_to,
    named_when,
    registry,
    renamed,
    replay,
    steps,
)
from linkage.review.series_registry import register, register_run
from linkage.review.series_view import base_rates
from linkage.review.working_name import working_name
from tests.factories import incident
from tests.review.deciding import Book


class History:
    """Runs one after another, each with what it found, and what people did between them."""

    def __init__(self) -> None:
        self.events: list[SeriesEvent] = []
        self.book = Book()

    def run(self, *found: str) -> list[str]:
        """Link: each word is a series, each letter a report. Returns the ids."""
        done = register([set(one) for one in found], registry(self.events), self.book.made, "-".join)
        self.events += done.events
        return done.ids

    @property
    def now(self) -> dict[str, Registered]:
        return registry(self.events)

    def told(self, series_id: str) -> list[str]:
        return [event.event for event in self.events if event.series_id == series_id]


@pytest.fixture
def history() -> History:
    return History()


def test_linking_again_keeps_ids_whatever_the_order(history: History) -> None:
    assert history.run("abc", "def") == ["S-0001", "S-0002"]
    assert history.run("def", "abc") == ["S-0002", "S-0001"]
    assert len(history.events) == 2


def test_a_name_stays_and_tells_what_it_was_given_to(history: History) -> None:
    history.run("abc")
    assert named_when(history.events, "S-0001") == ("a", "b", "c")
    history.run("abde")
    history.events.append(renamed(history.now["S-0001"], "Blue van"))
    history.run("defg")
    assert history.now["S-0001"].name == "Blue van"
    assert history.now["S-0001"].members == ("d", "e", "f", "g")
    assert named_when(history.events, "S-0001") == ("a", "b", "d", "e")
    assert named_when(history.events, "S-0009") == ()


def test_members_come_and_go_and_the_id_stays(history: History) -> None:
    history.run("abc", "def")
    assert history.run("abcg", "de") == ["S-0001", "S-0002"]
    assert history.now["S-0001"].members == ("a", "b", "c", "g")
    assert history.now["S-0002"].members == ("d", "e")


def test_most_reports_stay_where_they_were_even_where_greed_would_not(history: History) -> None:
    history.run("abcde", "fgh")
    # were the first taken for abcfg, with which it shares three, three reports would stay where they were, not four
    assert history.run("abcfg", "dexyz") == ["S-0002", "S-0001"]


def test_one_shared_report_makes_no_series_the_same(history: History) -> None:
    history.run("abc")
    assert history.run("axy") == ["S-0002"]


def test_an_id_is_never_used_again(history: History) -> None:
    history.run("abc", "def")
    history.run("abc")
    assert history.run("abc", "xyz") == ["S-0001", "S-0003"]
    assert history.now["S-0002"].state == SeriesState.CLOSED


def test_a_series_that_fell_apart_and_is_found_again_has_its_id_again(history: History) -> None:
    history.run("abc")
    history.run("xyz")
    assert history.run("xyz", "abc") == ["S-0002", "S-0001"]
    assert (history.now["S-0001"].state, history.now["S-0001"].found) == (SeriesState.PROPOSED, True)
    assert history.told("S-0001") == ["formed", "dissolved", "found", "state"]


def test_a_decided_merge_keeps_the_older_id_and_tells_which_decision(history: History) -> None:
    history.run("abcd", "efghi")
    number = history.book.add(
        "ann", "merge", "S-0002", "S-0001", "link", scope={"left": list("efghi"), "right": list("abcd")}
    )
    assert history.run("abcdefghi") == ["S-0001"]
    merged = next(event for event in history.events if event.event == "merged")
    assert (merged.decision, merged.detail["series"]) == (number, "S-0002")
    assert history.now["S-0002"].merged_into == "S-0001"


def test_without_a_decision_the_larger_part_keeps_its_id(history: History) -> None:
    history.run("abc", "defgh")
    assert history.run("abcdefgh") == ["S-0002"]
    assert history.now["S-0001"].merged_into == "S-0002"


def test_a_merge_that_linking_does_not_follow_changes_nothing(history: History) -> None:
    history.run("abcd", "efg")
    history.book.add("ann", "merge", "S-0001", "S-0002", "link", scope={"left": list("abcd"), "right": list("efg")})
    assert history.run("abcd", "efg") == ["S-0001", "S-0002"]
    assert "merged" not in history.told("S-0001")


def test_a_decided_split_leaves_the_id_with_those_that_stay_though_they_are_fewer(history: History) -> None:
    history.run("abcdefg")
    scope = {"left": list("ab"), "right": list("cdefg")}
    number = history.book.add("ann", "split", "S-0001", "c d e f g", "not_linked", scope=scope)
    assert history.run("cdefg", "ab") == ["S-0002", "S-0001"]
    left = next(event for event in history.events if event.event == "left")
    new = next(event for event in history.events if event.event == "split")
    assert (left.decision, new.decision, new.detail["series"]) == (number, number, "S-0001")


def test_a_report_taken_out_is_told_with_its_decision_and_where_it_went(history: History) -> None:
    history.run("abcd", "efg")
    number = history.book.add(
        "ann", "report_series", "d", "S-0001", "not_linked", scope={"left": ["d"], "right": list("abc")}
    )
    history.run("abc", "defg")
    out = next(event for event in history.events if event.event == "left")
    assert (out.detail, out.decision) == ({"left": ["d"], "to": {"d": "S-0002"}}, number)


def test_built_in_four_steps_can_be_replayed(history: History) -> None:
    history.run("abc", "xyz")
    history.run("abcd", "xyz")
    history.book.add("ann", "merge", "S-0001", "S-0002", "link", scope={"left": list("abcd"), "right": list("xyz")})
    history.run("abcdxyz")
    history.run("abcxyz")
    built = steps(history.events, "S-0001")
    assert [step.number for step in built] == [1, 2, 3, 4]
    assert [("".join(step.joined), "".join(step.left)) for step in built] == [
        ("abc", ""), ("d", ""), ("xyz", ""), ("", "d"),
    ]  # fmt: skip
    assert built[2].words == "merged with S-0002; x, y, z came in; decision 1"
    for step in built:
        assert replay(history.events, "S-0001", step.number).members == step.members
    with pytest.raises(SeriesError, match="built in 4 steps; there is no step 5"):
        replay(history.events, "S-0001", 5)


@pytest.mark.parametrize("how", ["named", "confirmed"])
def test_a_series_that_people_made_stays_though_it_is_not_found(history: History, how: str) -> None:
    history.run("abc")
    one = history.now["S-0001"]
    history.events.append(renamed(one, "Blue van") if how == "named" else moved_to(one, "confirmed", "two phones"))
    history.run("xyz")
    kept = history.now["S-0001"]
    assert (kept.members, kept.found, kept.merged_into) == (("a", "b", "c"), False, None)
    assert kept.state != SeriesState.CLOSED
    assert history.run("xyz", "abd") == ["S-0002", "S-0001"]
    assert history.now["S-0001"].found
    assert history.now["S-0001"].name == ("Blue van" if how == "named" else "a-b-c")


def test_a_rejected_series_that_is_found_again_is_still_rejected(history: History) -> None:
    history.run("abc")
    history.events.append(moved_to(history.now["S-0001"], "rejected", "two people"))
    history.run("abcd")
    assert history.now["S-0001"].state == SeriesState.REJECTED


@pytest.mark.parametrize("kind", ["pair", "report_series"])
def test_a_proposed_series_is_under_review_once_somebody_decided_on_it(history: History, kind: str) -> None:
    history.run("abc", "xyz")
    if kind == "pair":
        history.book.pair("ann", "a", "b", "unsure")
    else:
        history.book.add("ann", "report_series", "a", "S-0001", "unsure")
    history.run("abc", "xyz")
    assert [one.state for one in history.now.values()] == [SeriesState.UNDER_REVIEW, SeriesState.PROPOSED]
    history.run("abc", "xyz")
    assert history.told("S-0001") == ["formed", "state"]


def test_the_history_says_at_every_time_what_was_found() -> None:
    for seed in range(40):
        draw, history = random.Random(seed), History()
        letters = [chr(97 + number) for number in range(20)]
        for _ in range(8):
            labels = [draw.choice("ABCDE") for _ in letters]
            found = [
                "".join(one for one, at in zip(letters, labels, strict=True) if at == group) for group in "ABCDE"
            ]
            found = [one for one in found if len(one) > 1]
            ids = history.run(*found)
            now = history.now
            assert len(set(ids)) == len(ids)
            assert [now[one].members for one in ids] == [tuple(members) for members in found]
            assert {one.series_id for one in now.values() if one.found and not one.merged_into} == set(ids)
            for series_id in now:
                taken = steps(history.events, series_id)
                assert replay(history.events, series_id, len(taken)).members == taken[-1].members


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda one: renamed(one, "  "), "is empty or too long"),
        (lambda one: moved_to(one, "guilty", "x"), "state 'guilty' is not one of proposed, "),
        (lambda one: moved_to(one, "closed", " "), "say why the state changes"),
        (lambda _: renamed(Registered("S-0002", merged_into="S-0001"), "x"), "is merged into S-0001"),
    ],
)
def test_what_a_person_cannot_ask_of_a_series_is_refused(ask: object, words: str) -> None:
    with pytest.raises(SeriesError, match=words):
        ask(Registered("S-0001", ("a", "b")))  # type: ignore[operator]


def test_the_tables_of_a_run_go_by_the_registered_ids() -> None:
    series = pd.DataFrame({"series_id": ["S-x", "S-x", "S-a", "S-a"], "report_id": ["x", "y", "a", "b"]})
    ambiguous = pd.DataFrame({"report_id": ["x"], "series_id": ["S-x"], "other_series_id": ["S-a"]})
    known = {"S-0007": Registered("S-0007", ("a", "b"))}
    one, other, events = register_run(series, ambiguous, known)
    assert one["series_id"].tolist() == ["S-0008", "S-0008", "S-0007", "S-0007"]
    assert (other["series_id"][0], other["other_series_id"][0]) == ("S-0008", "S-0007")
    assert [(event.series_id, event.event) for event in events] == [("S-0008", "formed")]


def test_a_working_name_is_what_is_rare_and_shared_and_never_an_identifier() -> None:
    plain = [incident(build="slim", town="Leeds") for _ in range(60)]
    shared = {"marks": "spider tattoo on the left hand", "phone": "07700 900123", "registration": "KX51ABC"}
    pair = [incident(build="slim", **shared) for _ in range(2)]
    reports = {one.report_id: one for one in [*plain, *pair]}
    name = working_name([one.report_id for one in pair], reports, base_rates(reports.values()))
    assert "tattoo" in name
    assert not {"07700900123", "KX51ABC"} & set(name.split())
    assert working_name([one.report_id for one in plain[:3]], reports, base_rates(reports.values())) == ""
