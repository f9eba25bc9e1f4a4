"""A test over the rows of a table finds what a test of each row would find, and names it."""

from __future__ import annotations

import inspect

import pytest

from tests.rows import each_row, known_misreadings

ROWS = [("one", 1), ("two", 2), ("three", 4), ("four", 5)]
LENGTHS = {"one": 1, "two": 2, "three": 3, "four": 4}


def test_every_row_that_fails_is_named_with_its_reason() -> None:
    @each_row(("word", "number"), ROWS)
    def check(word: str, number: int) -> None:
        assert LENGTHS[word] == number

    with pytest.raises(AssertionError) as told:
        check()
    assert str(told.value).splitlines()[0] == "2 of 4 rows fail:"
    assert [line.split(":")[0] for line in str(told.value).splitlines()[1:]] == ["  'three', 4", "  'four', 5"]
    assert "assert 3 == 4" in str(told.value)
    assert isinstance(told.value.__cause__, AssertionError)


def test_an_error_of_a_row_is_a_failure_of_that_row() -> None:
    @each_row("word", ["one", "nine"])
    def check(word: str) -> None:
        assert LENGTHS[word]

    with pytest.raises(AssertionError, match="'nine': KeyError"):
        check()


def test_rows_that_all_hold_pass_and_a_table_may_be_a_mapping() -> None:
    seen = []

    @each_row(("word", "number"), LENGTHS.items())
    def check(word: str, number: int) -> None:
        seen.append((word, number))

    check()
    assert seen == list(LENGTHS.items())


def test_two_tables_are_crossed() -> None:
    seen = []

    @each_row("first", [1, 2])
    @each_row("second", ["a", "b"])
    def check(first: int, second: str) -> None:
        seen.append((first, second))

    check()
    assert seen == [(1, "a"), (1, "b"), (2, "a"), (2, "b")]


def test_what_no_row_fills_is_left_to_fixtures() -> None:
    @each_row("word", ["one"])
    def check(word: str, store: object) -> None:
        assert (word, store) == ("one", 7)

    assert list(inspect.signature(check).parameters) == ["store"]
    check(store=7)


def test_a_table_without_rows_proves_nothing() -> None:
    @each_row("word", [])
    def check(word: str) -> None:
        assert word

    with pytest.raises(AssertionError, match="no row"):
        check()


def test_a_known_misreading_that_is_read_right_must_leave_the_list() -> None:
    @known_misreadings(("word", "number"), ROWS)
    def check(word: str, number: int) -> None:
        assert LENGTHS[word] == number

    with pytest.raises(AssertionError, match="take it off the list") as told:
        check()
    assert [line.split(":")[0] for line in str(told.value).splitlines()[1:]] == ["  'one', 1", "  'two', 2"]


def test_a_known_misreading_may_not_hide_an_error() -> None:
    @known_misreadings("word", ["nine"])
    def check(word: str) -> None:
        assert LENGTHS[word] == 2

    with pytest.raises(AssertionError, match="KeyError"):
        check()
