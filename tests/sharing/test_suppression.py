"""A small count cannot be read off a table, nor worked out from its total."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linkage.sharing.suppression import LEAST, shown, suppressed

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


def test_a_table_of_large_counts_stays_as_it_is() -> None:
    assert suppressed({"a": 5, "b": 0, "c": 12}) == {"a": 5, "b": 0, "c": 12}


def test_one_small_count_takes_the_next_with_it() -> None:
    assert suppressed({"a": 2, "b": 30, "c": 9}) == {"a": None, "b": 30, "c": None}
    assert [shown(None), shown(1200)] == ["suppressed", "1,200"]
