"""The rows that a new report resembles most are those of a sort of all, and far ones are ranked without place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from linkage import Linker, Report
from linkage.models.nearest import strongest
from tests.factories import incident


@given(arrays(float, st.integers(0, 40), elements=st.sampled_from([-1.0, 0.0, 0.5, 2.0])), st.integers(0, 50))
def test_the_strongest_are_the_first_of_a_stable_sort(values: np.ndarray, top: int) -> None:
    assert strongest(values, top).tolist() == np.argsort(-values, kind="stable")[:top].tolist()


@pytest.fixture(scope="module")
def held() -> list[Report]:
    towns = ("Leeds", "Bradford", "Plymouth", "Truro", "Glasgow", None)
    return [
        incident(
            report_id=f"R{at:02}",
            **({"town": towns[at % 6]} if towns[at % 6] else {}),
            marks=("anchor tattoo", "scar on chin")[at % 2],
            accent=("Scouse", "Geordie", "Welsh")[at % 3],
        )
        for at in range(24)
    ]


def test_the_far_lane_is_ranked_without_the_place_and_holds_only_what_is_far(held: list[Report]) -> None:
    newcomers = Linker().take(held).newcomers()
    compared = newcomers.compare(incident(report_id="NEW", town="Leeds", marks="anchor tattoo", accent="Scouse"))
    found = compared.far(5, km=50.0)
    names = [kind.name for kind in newcomers.scored.table.evidence]
    away = [one.strength - one.weights[names.index("place")] for one in found]
    assert away == sorted(away, reverse=True)
    towns = {held[one.row].place.town for one in found}
    assert towns
    assert towns <= {"Plymouth", "Truro", "Glasgow"}


def test_without_a_place_nothing_is_far(held: list[Report]) -> None:
    assert Linker().take(held).newcomers().compare(incident(report_id="NEW", accent="Scouse")).far(5, 50.0) == []


def test_what_is_told_of_some_rows_is_what_is_told_of_all(held: list[Report]) -> None:
    newcomers = Linker().take(held).newcomers()
    compared = newcomers.compare(incident(report_id="NEW", town="Leeds", marks="anchor tattoo", accent="Scouse"))
    rows = np.array([5, 3, 21, 3])
    for one in compared.comparisons:
        if one is not None:
            np.testing.assert_allclose(one.against.at(rows), one.weights[rows], atol=1e-12)
