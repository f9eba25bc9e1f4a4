"""Posting lists answer as a walk over the rows would, and come out the same however they were put together."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from linkage.search.answer import best_rows
from linkage.search.postings import Postings

rows = st.lists(st.lists(st.sampled_from(["van", "knife", "leeds", "дом", "\ud800"]), max_size=4), max_size=12)


def same(one: Postings, other: Postings) -> bool:
    pairs = ((one.value, other.value), (one.row, other.row))
    return (one.known, one.n) == (other.known, other.n) and all(np.array_equal(a, b) for a, b in pairs)


@given(rows)
def test_postings_hold_what_the_rows_hold(held: list[list[str]]) -> None:
    made = Postings.of(held)
    assert made.known == sorted({one for row in held for one in row})
    for value in [*made.known, "nobody's"]:
        assert made.rows(value).tolist() == [at for at, row in enumerate(held) if value in row]
        assert (value in made) == any(value in row for row in held)
    assert made.holding(["van", "knife"]).tolist() == [bool({"van", "knife"} & set(row)) for row in held]


@given(rows, st.data())
def test_values_are_counted_over_some_rows(held: list[list[str]], data: st.DataObject) -> None:
    some = data.draw(st.lists(st.integers(0, len(held) - 1), unique=True)) if held else []
    counts, silent = Postings.of(held).counted(np.array(some, dtype=np.intp))
    walked = Counter(value for at in some for value in set(held[at]))
    assert counts.tolist() == [walked[value] for value in Postings.of(held).known]
    assert silent == sum(not held[at] for at in some)


@given(rows, st.data())
def test_parts_join_to_what_all_rows_give_at_once(held: list[list[str]], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(held))))
    cut = data.draw(st.integers(0, len(held)))
    gone = data.draw(st.sets(st.integers(0, len(held) - 1))) if held else set()
    left = [at for at in range(len(held)) if at not in gone]
    place = {at: number for number, at in enumerate(left)}
    parts = [
        (Postings.of([held[at] for at in part]), np.array([place.get(at, -1) for at in part], dtype=np.int32))
        for part in (order[:cut], order[cut:])
    ]
    assert same(Postings.joined(parts, len(left)), Postings.of([held[at] for at in left]))


@given(st.lists(st.tuples(st.sampled_from([-1.0, 0.0, 0.5, 2.0]), st.booleans()), max_size=30), st.integers(0, 12))
def test_the_best_rows_are_those_of_a_whole_sorting(scored: list[tuple[float, bool]], most: int) -> None:
    score = np.array([one for one, _ in scored], dtype=float)
    among = np.array([there for _, there in scored], dtype=bool)
    order = np.lexsort((np.arange(len(score)), -score))
    assert best_rows(score, among, most).tolist() == order[among[order]][:most].tolist()
