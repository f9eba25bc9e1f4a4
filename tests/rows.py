"""One test that checks every row of a table: a test of its own for each of thousands of rows costs minutes."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

Test = Callable[..., None]
Row = dict[str, Any]

LONGEST_ROW = 400


def each_row(names: str | tuple[str, ...], rows: Iterable[Any]) -> Callable[[Test], Test]:
    """Run the test with every row under `names`, as `pytest.mark.parametrize` would, in one test.

    All rows that fail are named with their reasons; the traceback is that of the first.
    """
    columns = (names,) if isinstance(names, str) else names
    table = [dict(zip(columns, (row,) if isinstance(names, str) else row, strict=True)) for row in rows]

    def over_all(test: Test) -> Test:
        @functools.wraps(test)
        def check(**fixtures: Any) -> None:
            assert table, "the table has no row"
            failed = failures(test, table, fixtures)
            if failed:
                lines = "\n".join(f"  {shown(row)}: {reason(error)}" for row, error in failed)
                raise AssertionError(f"{len(failed)} of {len(table)} rows fail:\n{lines}") from failed[0][1]

        signature = inspect.signature(test)  # pytest fills what no row fills
        left = [parameter for name, parameter in signature.parameters.items() if name not in columns]
        check.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return check

    return over_all


def known_misreadings(names: str | tuple[str, ...], rows: Iterable[Any]) -> Callable[[Test], Test]:
    """Run the test with every row of a list of known misreadings: a row that no longer fails must leave the list."""

    def over_all(test: Test) -> Test:
        @functools.wraps(test)
        def misread(**row: Any) -> None:
            try:
                test(**row)
            except AssertionError:
                return
            pytest.fail("this is read right now: take it off the list")

        return each_row(names, rows)(misread)

    return over_all


def failures(test: Test, table: list[Row], fixtures: dict[str, Any]) -> list[tuple[Row, BaseException]]:
    """The rows with which `test` fails, each with what it raised."""
    failed: list[tuple[Row, BaseException]] = []
    for row in table:
        try:
            test(**fixtures, **row)
        except (Exception, pytest.fail.Exception) as error:
            failed.append((row, error))
    return failed


def shown(row: Row) -> str:
    """The values of a row, shortened where one is a whole text or entry."""
    return ", ".join(repr(value) for value in row.values())[:LONGEST_ROW]


def reason(error: BaseException) -> str:
    """What was raised, in one line; of an assertion its first lines, which have the values that were compared."""
    words = " ".join(line.strip() for line in str(error).splitlines()[:4])
    return words if isinstance(error, AssertionError) else f"{type(error).__name__}: {words}"
