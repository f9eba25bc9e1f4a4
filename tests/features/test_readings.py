"""What reports say is read once: whatever was fitted to it before, a column is the one that the reports give."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import Column, Evidence
from linkage.features.parameters import Parameters, elicited
from linkage.features.table import TableReadings, fit_table
from tests.features.worlds import every_pair, reports_from
from tests.rows import each_row

WEIGHTS = elicited()
REPORTS = reports_from(11, 24, missing=0.3)
OTHERS = reports_from(12, 16, missing=0.3)


def moved(kind: Evidence) -> Parameters:
    """The elicited parameters with every learnable one of the kind, and what all tell, moved."""
    found = WEIGHTS
    for evidence, name in [*((kind.name, name) for name in kind.learnable), ("telling", "share")]:
        own = found.values[evidence][name]
        found = found.with_value(evidence, name, own.learned(own.value * 0.7, 0, None, None))
    return found


def facts(column: Column) -> list[Any]:
    """All that a column says of its rows, to the last bit."""
    left, right = every_pair(column.n)
    some = list(range(0, column.n, 3))
    return [
        column.known().tolist(),
        column.answered().tolist(),
        column.pair_weights(left, right).tolist(),
        column.millibans(left, right, 0.8).tolist(),
        [column.set_weight(some[at : at + 4]) for at in range(0, len(some), 4)],
        [column.describe(0, row) for row in range(1, column.n, 2)],
    ]


@each_row("kind", CATALOGUE)
def test_read_once_and_fitted_twice_is_as_fitted_to_the_reports(kind: Evidence) -> None:
    read = kind.readings(REPORTS)
    for parameters in (moved(kind), WEIGHTS):
        assert facts(kind.fit_readings(read, parameters)) == facts(kind.fit(REPORTS, parameters))


@each_row("kind", CATALOGUE)
def test_what_was_read_of_a_base_is_as_the_base_itself(kind: Evidence) -> None:
    read, base = kind.readings(REPORTS), kind.readings(OTHERS)
    kind.fit_readings(read, WEIGHTS), kind.fit_readings(base, WEIGHTS)
    assert facts(kind.fit_readings(read, WEIGHTS, base)) == facts(kind.fit(REPORTS, WEIGHTS, OTHERS))


@given(st.integers(0, 2**32), st.sampled_from([0.05, 0.4, 0.8]), st.data())
@settings(max_examples=3)
def test_rows_taken_of_what_was_read_are_those_reports_read(seed: int, missing: float, data: st.DataObject) -> None:
    reports = reports_from(seed, 12, missing)
    rows = data.draw(st.lists(st.integers(0, 11), min_size=2, max_size=8, unique=True))
    read = TableReadings(reports)
    read.table(WEIGHTS, True)
    taken = read.take(rows).table(WEIGHTS, True)
    again = fit_table([reports[row] for row in rows], WEIGHTS, True)
    for one, other in zip(taken.columns, again.columns, strict=True):
        assert facts(one) == facts(other)


def test_kinds_of_one_source_are_read_once() -> None:
    read = TableReadings(REPORTS)
    behaviours = [kind for kind in CATALOGUE if kind.source == "behaviours"]
    assert len(behaviours) > 1
    assert len({id(read.of(kind)) for kind in behaviours}) == 1


def test_rows_follow_the_order_in_which_they_are_taken() -> None:
    kind = next(one for one in CATALOGUE if one.name == "build")
    back = list(range(len(REPORTS)))[::-1]
    known = kind.fit_readings(kind.readings(REPORTS).take(back), WEIGHTS).known()
    assert np.array_equal(known[::-1], kind.fit(REPORTS, WEIGHTS).known())
