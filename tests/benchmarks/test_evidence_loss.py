"""The oracle's ratios: fair between strangers, better than the engine's, and a table that adds up."""

from __future__ import annotations

from fnmatch import fnmatchcase

import numpy as np
import pytest

from benchmarks.oracle import careers, roaming
from benchmarks.oracle.hidden import confusion, told_as
from benchmarks.oracle.losses import ORACLES, Loss, Weighed, comparisons, weigh
from benchmarks.oracle.observed import Made
from linkage.evaluation.ranking import FAR_KM
from linkage.features.catalogue import CATALOGUE

SMALL = {
    "world.home_town_people": 250000,
    "offenders.one_off_share": 0.4,
    "report.text_only": 0.0,
    "report.no_narrative": 1.0,
}
"""Few towns and no texts to read, so that it takes seconds, and more links than usual."""


@pytest.fixture(scope="module")
def weighed() -> Weighed:
    with pytest.MonkeyPatch.context() as patch:
        for room in (careers, roaming):
            patch.setattr(room, "PEOPLE", 1000)
        return weigh(Made.of(100, 5, overrides=SMALL), None, list(ORACLES))


@pytest.fixture(scope="module")
def losses(weighed: Weighed) -> dict[str, Loss]:
    return {loss.kind: loss for loss in weighed.losses()}


@pytest.mark.parametrize("kind", list(ORACLES))
def test_between_strangers_the_oracles_ratio_is_one_on_average(losses: dict[str, Loss], kind: str) -> None:
    mean = losses[kind].ratio_oracle
    assert mean.error < 0.25
    assert abs(mean.value - 1) < 3 * mean.error + 0.05


@pytest.mark.parametrize("kind", ["behaviours", "place"])
def test_the_oracle_has_more_bits_a_true_link_than_the_engine(losses: dict[str, Loss], kind: str) -> None:
    assert losses[kind].oracle.value > losses[kind].ours.value


def test_what_the_engine_read_has_no_more_bits_than_what_is_written(losses: dict[str, Loss]) -> None:
    assert losses["behaviours, as read"].oracle.value <= losses["behaviours"].oracle.value


def test_every_comparison_of_the_engine_belongs_to_one_kind() -> None:
    for kind in CATALOGUE:
        of = [one for one in ORACLES if any(fnmatchcase(kind.name, name) for name in comparisons(one))]
        assert len(of) == 1, kind.name


def test_kinds_add_up_to_the_engines_weight(weighed: Weighed, losses: dict[str, Loss]) -> None:
    whole = losses["all of these"]
    assert whole.ours.value == pytest.approx(sum(losses[kind].ours.value for kind in ORACLES))
    assert whole.oracle.value == pytest.approx(sum(losses[kind].oracle.value for kind in ORACLES))
    assert weighed.total == pytest.approx(weighed.rest + sum(weighed.ours.values()))


def test_far_links_are_a_part_of_all_links(weighed: Weighed, losses: dict[str, Loss]) -> None:
    linked, far = weighed.pairs.linked, weighed.pairs.km > FAR_KM
    near_bits = weighed.oracle["place"][linked & ~far].mean() * np.log2(10)
    assert losses["place"].far_oracle.value < losses["place"].oracle.value < near_bits


def test_a_value_that_a_preset_leaves_out_of_the_population_may_still_be_told() -> None:
    told = told_as(["brown"], {"brown": ["black", "blond"]}.__getitem__)
    assert told == ["brown", "black", "blond"]
    assert confusion(["brown"], 0.8, {"brown": ["black", "blond"]}.__getitem__) == pytest.approx(
        np.array([[0.8, 0.1, 0.1]])
    )
