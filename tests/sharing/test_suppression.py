"""A small count cannot be read off a table, nor worked out from its total."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.sharing.suppression import LEAST, shown, suppressed, suppressed_areas

COUNTS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40), max_size=8)


@given(COUNTS)
def test_no_small_count_is_shown_and_none_is_what_the_total_leaves(counts: dict[str, int]) -> None:
    found = suppressed(counts)
    assert found.keys() == counts.keys()
    for name, count in found.items():
        assert count is None or count == counts[name]
        assert count is None or count == 0 or count >= LEAST
    hidden = [counts[name] for name, count in found.items() if count is None]
    others = [name for name, count in found.items() if count]
    assert len(hidden) != 1 or not others  # alone and with others: the total would tell it


def settled(rows: list[list[int]], totals: list[int], at: int) -> bool:
    """Is one unknown the same in every solution in whole numbers from 1 on?"""
    most = [
        min((total for row, total in zip(rows, totals, strict=True) if row[one]), default=0)
        for one in range(len(rows[0]))
    ]
    found = {
        values[at]
        for values in product(*(range(1, each + 1) for each in most))
        if all(
            sum(v for v, there in zip(values, row, strict=True) if there) == total
            for row, total in zip(rows, totals, strict=True)
        )
    }
    return len(found) == 1


@settings(max_examples=40)
@given(st.dictionaries(st.tuples(st.sampled_from("AB"), st.sampled_from("pqrs")), st.integers(1, 9), max_size=4))
def test_no_solution_of_what_is_shown_of_areas_leaves_a_small_count_alone(within: dict[tuple[str, str], int]) -> None:
    homes = {fine: wide for wide, fine in within}
    within = {(homes[fine], fine): count for (_, fine), count in within.items()}
    large, small = suppressed_areas(within)
    hidden = [fine for fine, count in small.items() if count is None]
    shown_large = [wide for wide, count in large.items() if count is not None]
    true = {fine: count for (_, fine), count in within.items()}
    rows = [[int(homes[fine] == wide) for fine in hidden] for wide in shown_large] + [[1] * len(hidden)]
    totals = [sum(true[fine] for fine in hidden if homes[fine] == wide) for wide in shown_large]
    totals += [sum(true[fine] for fine in hidden)]
    everything = len(hidden) == len(small)  # then nothing more could be hidden
    for at, fine in enumerate(hidden):
        assert everything or true[fine] >= LEAST or not settled(rows, totals, at)


def test_a_large_area_tells_nothing_of_its_small_ones_nor_they_of_it() -> None:
    large, small = suppressed_areas(
        {("North East", "Northumbria"): 7, ("North East", "Durham"): 1, ("North East", "Cleveland"): 1,
         ("Wales", "Gwent"): 1, ("Northern Ireland", "PSNI"): 8, ("London", "Met"): 60, ("London", "City"): 9}
    )  # fmt: skip
    assert small == {
        "Northumbria": None, "Durham": None, "Cleveland": None, "Gwent": None, "PSNI": None, "Met": 60, "City": 9
    }  # fmt: skip
    assert large == {"North East": 9, "Wales": None, "Northern Ireland": None, "London": 69}


def test_a_table_of_large_counts_stays_as_it_is() -> None:
    assert suppressed({"a": 5, "b": 0, "c": 12}) == {"a": 5, "b": 0, "c": 12}


def test_one_small_count_takes_the_next_with_it() -> None:
    assert suppressed({"a": 2, "b": 30, "c": 9}) == {"a": None, "b": 30, "c": None}
    assert [shown(None), shown(1200)] == ["suppressed", "1,200"]
