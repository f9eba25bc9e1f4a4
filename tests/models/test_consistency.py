"""Consistency of behaviours from labels: the truth of a simulation is found, few labels leave the default."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from linkage.features.items import ABSENT, NOT_RECORDED, PRESENT, ItemColumn, with_usual_ratios
from linkage.models.consistency import learn_consistency
from linkage.models.labels import labelled_links

P, ITEMS = 0.2, 12


def world(series: int, rho: float, denials: float) -> tuple[ItemColumn, list[str]]:
    """Series of two: what is present is recorded 3 times in 4, what is absent with probability `denials`."""
    generator = np.random.default_rng(11)
    spread = (1 - rho) / rho
    propensity = generator.beta(P * spread, (1 - P) * spread, (series, ITEMS)).repeat(2, axis=0)
    shows = generator.random(propensity.shape) < propensity
    told = generator.random(shows.shape) < np.where(shows, 0.75, denials)
    state = np.where(told, np.where(shows, PRESENT, ABSENT), NOT_RECORDED).astype(np.int8)
    names = [f"item {i}" for i in range(ITEMS)]
    column = ItemColumn(names, names, state, np.full(ITEMS, P * 0.75), np.full(ITEMS, 0.2))
    return column, [f"P{i // 2}" for i in range(2 * series)]


def learned(column: ItemColumn, labels: list[str]) -> NDArray[np.float64]:
    return learn_consistency(column, labelled_links(labels, range(len(labels)))).rho


@pytest.mark.parametrize("rho", [0.1, 0.4])
@pytest.mark.parametrize("denials", [0.05, 0.5])
def test_the_true_likelihood_ratio_of_sharing_an_item_is_found(rho: float, denials: float) -> None:
    column, labels = world(1500, rho, denials)
    found = learned(column, labels)
    # that both tell of it: .75 p twice over, times 1 + rho (1 - p) / p; here p is the share of reports that tell
    true = 1 + rho * (1 - P) / P
    said = 1 + found * (1 - column.prevalence) / column.prevalence
    assert np.mean(said) == pytest.approx(true, rel=0.1)


def test_few_links_leave_the_default_and_their_interval_is_wide() -> None:
    column, labels = world(4, 0.4, 0.3)
    few = learn_consistency(column, labelled_links(labels, range(len(labels))))
    column, labels = world(1500, 0.4, 0.3)
    many = learn_consistency(column, labelled_links(labels, range(len(labels))))
    assert np.all(np.abs(np.log(few.rho / 0.2)) < 0.7)
    assert np.all(many.high - many.low < few.high - few.low)
    assert np.all((many.low <= many.rho) & (many.rho <= many.high))


def test_telling_much_is_no_resemblance_to_everybody() -> None:
    """Half of the reports tell eight times as much as the others; nobody shares a person with anybody."""
    generator = np.random.default_rng(2)
    much = np.arange(600) % 2 == 0
    shows = generator.random((600, 40)) < np.where(much, 0.4, 0.05)[:, None]
    state = np.where(shows, PRESENT, NOT_RECORDED).astype(np.int8)
    names = [str(i) for i in range(40)]
    plain = ItemColumn(names, names, state, np.full(40, 0.22), np.full(40, 0.2))
    told = np.flatnonzero(plain.known())
    left, right = (told[side.ravel()] for side in np.meshgrid(range(len(told)), range(len(told)), indexing="ij"))
    means = {}
    for name, column in {"plain": plain, "balanced": with_usual_ratios(plain)}.items():
        ratios = 10.0 ** column.pair_weights(left, right).reshape(len(told), len(told))
        np.fill_diagonal(ratios, np.nan)
        means[name] = np.nanmean(ratios, axis=1)[much[told]]
    assert means["plain"].mean() > 2.0
    assert means["balanced"].mean() == pytest.approx(1.0, abs=0.1)
