"""The link chart where many reports are tied together: what is written is short, and stands where there is room."""

from __future__ import annotations

import re

import pytest

from dashboard.parts.link_chart import CROWDED, TELLING, common_front, drawing, graph_of
from dashboard.store_snapshot import current_snapshot
from tests.rows import each_row


@each_row(
    ("names", "front"),
    [
        (["SYN-000329", "SYN-000343", "SYN-000005"], "SYN-00"),
        (["SYN-000329"], ""),
        ([], ""),
        (["A", "AB"], ""),
        (["2024/1234", "2025/1234"], "202"),
    ],
)
def test_what_all_names_begin_with_is_left_out(names: list[str], front: str) -> None:
    assert common_front(names) == front
    assert all(len(name) - len(front) >= TELLING for name in names if front)


@pytest.mark.usefixtures("small_store")
def test_of_many_reports_the_ends_of_numbers_are_written_and_of_few_the_whole_number_with_where_and_when() -> None:
    now = current_snapshot()
    few, many = ["SYN-L1", "SYN-L2", "SYN-L3"], [f"SYN-U{number:03}" for number in range(CROWDED + 1)]
    told = drawing(graph_of(few, [], now), now).to_json()
    assert set(few) <= set(re.findall(r'"words": "(SYN-L\d)"', told))
    assert "Harbour 1" in told
    crowded = drawing(graph_of(many, [], now), now).to_json()
    assert {name[-4:] for name in many} <= set(re.findall(r'"words": "([^"]+)"', crowded))
    assert '"small": "Invented' not in crowded
