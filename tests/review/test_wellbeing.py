"""Care for whoever reads: breaks, counts that end, an order with room to breathe, and settings of one's own."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.review.preferences import Preference, preferences
from linkage.review.risk import tables
from linkage.review.wellbeing import break_due, care, counts_with, mixed, still_passed
from tests.rows import each_row

TODAY = date(2026, 11, 30)


def in_a_row(severe: np.ndarray, order: np.ndarray) -> int:
    """The longest run of severe ones."""
    longest = run = 0
    for one in order.tolist():
        run = run + 1 if severe[one] else 0
        longest = max(longest, run)
    return longest


def test_severe_ones_stand_apart_and_everything_else_stays_in_order() -> None:
    severe = np.array([1, 1, 1, 1, 0, 0, 1], dtype=bool)
    order = mixed(severe, np.zeros(7, dtype=bool), 2)
    assert order.tolist() == [0, 1, 4, 2, 3, 5, 6]


def test_where_only_severe_ones_are_left_they_follow_each_other() -> None:
    severe = np.ones(4, dtype=bool)
    assert mixed(severe, np.zeros(4, dtype=bool), 1).tolist() == [0, 1, 2, 3]


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=40), st.integers(1, 5))
@settings(max_examples=100)
def test_what_was_drawn_at_random_keeps_its_place_whatever_it_tells(rows: list[tuple[bool, bool]], most: int) -> None:
    severe, drawn = (np.array([row[side] for row in rows], dtype=bool) for side in (0, 1))
    order = mixed(severe, drawn, most)
    assert sorted(order.tolist()) == list(range(len(rows)))
    assert all(order[place] == place for place in np.flatnonzero(drawn))
    for kind in (severe, ~severe):  # among their own kind all keep their order
        own = [one for one in order.tolist() if kind[one] and not drawn[one]]
        assert own == sorted(own)


@given(st.lists(st.booleans(), max_size=40), st.integers(1, 5))
@settings(max_examples=100)
def test_no_more_than_so_many_follow_each_other_while_there_are_others(rows: list[bool], most: int) -> None:
    severe = np.array(rows, dtype=bool)
    order = mixed(severe, np.zeros(len(rows), dtype=bool), most)
    others = [place for place, one in enumerate(order.tolist()) if not severe[one]]
    until = others[-1] if others else 0
    assert in_a_row(severe, order[:until]) <= most


def test_what_lies_beyond_reach_stays_in_order() -> None:
    many = care().reach + 5
    severe = np.ones(many, dtype=bool)
    severe[-1] = False
    drawn = np.zeros(many, dtype=bool)
    drawn[-3] = True
    order = mixed(severe, drawn, 3)
    assert order[3] == many - 1
    assert order[many - 3] == many - 3  # it was drawn
    assert sorted(order.tolist()) == list(range(many))
    rest = [one for one in order[care().reach :].tolist() if one != many - 3]
    assert rest == sorted(rest)


@each_row(
    ("severe", "minutes", "limits", "due"),
    [
        (10, 5.0, (10, 60), True),
        (9, 59.0, (10, 60), False),
        (1, 60.0, (10, 60), True),
        (0, 500.0, (10, 60), False),
        (99, 500.0, (0, 0), False),
    ],
)
def test_a_break_is_due_after_so_many_severe_ones_or_so_long(
    severe: int, minutes: float, limits: tuple[int, int], due: bool
) -> None:
    assert break_due(severe, minutes, *limits) == due


def test_counts_of_a_day_add_up_and_old_days_are_let_go() -> None:
    days = counts_with({"2026-11-01": [5, 5], "2026-11-29": [2, 1]}, TODAY, 1, 0)
    assert days == {"2026-11-29": (2, 1), "2026-11-30": (1, 0)}
    assert counts_with(days, TODAY, 0, 2)["2026-11-30"] == (1, 2)


def test_what_was_passed_is_let_go_after_some_days() -> None:
    kept = ["pair", "a", "b", "2026-11-20"]
    assert still_passed([kept, ["pair", "a", "c", "2026-11-01"]], TODAY) == [kept]


def test_every_line_says_how_sure_it_is_and_what_the_scheme_has_to_fill_in() -> None:
    assert {line.tag for line in care().lines} == {"M", "G"}
    assert all("fills in" in line.how for line in care().lines if line.tag == "G")
    assert care().severe in tables()["words"]


@each_row("one", list(preferences().values()))
def test_a_setting_takes_what_it_can_be_and_else_is_as_at_first(one: Preference) -> None:
    assert one.taken(one.default) == one.default
    assert one.taken("nonsense") == one.default
    if not isinstance(one.default, bool):
        assert (one.taken(one.most), one.taken(one.most + 1), one.taken(True)) == (one.most, one.default, one.default)


def test_the_days_that_are_told_are_the_days_that_are_kept() -> None:
    assert f"{care().keep_days} days" in preferences()["keep_counts"].label


def test_no_setting_is_offered_without_words() -> None:
    for one in preferences().values():
        assert one.about.endswith(".")
        assert one.group
    with pytest.raises(KeyError):
        preferences()["nonsense"]
