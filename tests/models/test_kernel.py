"""The pair kernel against the sum of the parts, however the rows are cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkage.features.evidence import MILLIBAN
from linkage.features.parameters import elicited
from linkage.features.table import fit_table
from linkage.models.kernel import FAR_UNKNOWN, score_block
from linkage.report import Report
from tests.features.worlds import reports_from, seeds

few = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])


def every(count: int) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    left, right = np.divmod(np.arange(count * count), count)
    return left, right


@few
@given(reports=seeds(1, 9), temper=st.floats(0, 1), sensitive=st.booleans())
def test_the_kernel_adds_up_exactly_what_the_parts_say(reports: list[Report], temper: float, sensitive: bool) -> None:
    table = fit_table(reports, elicited(), sensitive)
    table = table.with_tempers({evidence.group: temper for evidence in table.evidence})
    left, right = every(len(reports))
    total, near, squared = score_block(table.pack(), table.pack())
    different = left != right

    assert (table.parts(left, right).sum(axis=1) == total[left, right])[different].all()
    assert (table.column("place").millibans(left, right, temper) == near[left, right])[different].all()
    away = table.place().distance_km(left, right)
    chord = np.sqrt(np.maximum(squared[left, right], 0))
    assert ((squared[left, right] == FAR_UNKNOWN) == np.isnan(away)).all()
    assert np.nan_to_num(np.abs(away - chord)).max() < 1.5


@pytest.mark.parametrize("cut", [1, 7, 20, 53])
def test_blocks_of_any_size_give_the_same_numbers(cut: int) -> None:
    reports = reports_from(11, 60)
    packed = fit_table(reports, elicited()).pack()
    whole = score_block(packed, packed)
    starts = range(0, len(reports), cut)
    pieces = [score_block(packed.take(slice(start, start + cut)), packed) for start in starts]

    for at in range(3):
        assert (np.concatenate([piece[at] for piece in pieces]) == whole[at]).all()


@few
@given(reports=seeds(2, 9), row=st.integers(0, 8))
def test_one_report_asked_about_alone_gets_its_row_of_the_full_scan(reports: list[Report], row: int) -> None:
    packed = fit_table(reports, elicited()).pack()
    at = row % len(reports)
    whole, _, _ = score_block(packed, packed)
    alone, _, _ = score_block(packed.take(slice(at, at + 1)), packed)

    assert (alone[0] == whole[at]).all()


@few
@given(reports=seeds(2, 9))
def test_the_kernel_is_symmetric(reports: list[Report]) -> None:
    packed = fit_table(reports, elicited()).pack()
    total, near, squared = score_block(packed, packed)

    assert (total == total.T).all()
    assert (near == near.T).all()
    assert (squared == squared.T).all()


def test_kernel_weights_are_the_columns_weights_in_thousandths() -> None:
    reports = reports_from(5, 30)
    table = fit_table(reports, elicited(), sensitive=True)
    left, right = np.triu_indices(len(reports), 1)
    exact = sum(column.pair_weights(left, right) for column in table.columns)
    total, _, _ = score_block(table.pack(), table.pack())

    assert np.abs(total[left, right] / MILLIBAN - exact).max() < 0.05
