"""No cell of a CSV is a formula, and its words survive."""

from __future__ import annotations

import csv
import io

import pytest

from linkage.output.cells import csv_text, defused


@pytest.mark.parametrize("value", ["=1+1", "+44", "-5", "@x", "\tx", "\rx"])
def test_what_a_spreadsheet_would_run_is_defused(value: str) -> None:
    assert defused(value) == f"'{value}".replace("\r", "\n")


@pytest.mark.parametrize(("value", "cell"), [("R1", "R1"), (None, ""), (3, "3"), ("a\r\nb", "a\nb"), ("", "")])
def test_other_values_stay(value: object, cell: str) -> None:
    assert defused(value) == cell


def test_a_table_for_a_spreadsheet_begins_with_a_byte_order_mark() -> None:
    text = csv_text(("a", "b"), [("=1", 'x,"y"\nz')], for_spreadsheet=True)
    assert text.startswith("\ufeffa,b\n")
    assert list(csv.reader(io.StringIO(text)))[1] == ["'=1", 'x,"y"\nz']
