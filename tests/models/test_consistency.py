"""Consistency of behaviours from labels: the truth of a simulation is found, few labels leave the default."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from linkage.features.behaviour import BEHAVIOURS, prevalence
from linkage.features.item_states import ABSENT, NOT_RECORDED, PRESENT
from linkage.features.items import ItemColumn
from linkage.features.parameters import elicited
from linkage.models.consistency import learn_consistency, total_evidence
from linkage.models.labels import labelled_links
from linkage.report import Behaviours, Report
from linkage.vocabulary import load

P, ITEMS = 0.2, 12


def world(series: int, rho: float, denials: float) -> tuple[ItemColumn, list[str]]:
    """Series of two: what is present is recorded 3 times in 4, what is absent with probability `denials`."""
    generator = np.random.default_rng(11)
    spread = (1 - rho) / rho
    propensity = generator.beta(P * spread, (1 - P) * spread, (series, ITEMS)).repeat(2, axis=0)
    shows = generator.random(propensity.shape) < propensity
    told = generator.random(shows.shape) < np.where(shows, 0.75, denials)
    state = np.where(told, np.where(shows, PRESENT, ABSENT), NOT_RECORDED).astype(np.int8)
    return telling(state, 0.75, denials), [f"P{i // 2}" for i in range(2 * series)]


def telling(state: NDArray[np.int8], told: float, denied: float) -> ItemColumn:
    """Items over reports believed to tell `told` of what was done and to deny `denied` of what was not, each as
    common as that makes what three quarters of P tell."""
    names, level = [f"item {i}" for i in range(state.shape[1])], np.ones(len(state), dtype=np.int64)
    shares = [np.stack([np.zeros(len(names)), np.full(len(names), share)]) for share in (told, denied)]
    return ItemColumn(
        names, names, state, np.full(len(names), 0.75 * P / told), np.full(len(names), 0.2), level, *shares
    )


def learned(column: ItemColumn, labels: list[str]) -> NDArray[np.float64]:
    return learn_consistency(column, labelled_links(labels, range(len(labels)))).rho


@pytest.mark.parametrize("rho", [0.1, 0.4])
@pytest.mark.parametrize("denials", [0.05, 0.5])
def test_the_true_likelihood_ratio_of_sharing_an_item_is_found(rho: float, denials: float) -> None:
    column, labels = world(1500, rho, denials)
    found = learned(column, labels)
    assert np.mean(1 + found * (1 - P) / P) == pytest.approx(1 + rho * (1 - P) / P, rel=0.1)


@pytest.mark.parametrize("denials", [0.0, 0.3])
def test_the_evidence_peaks_at_the_share_that_is_told(denials: float) -> None:
    column, labels = world(600, 0.3, denials)
    links = labelled_links(labels, range(len(labels)))
    shares = [0.3, 0.45, 0.6, 0.75, 0.9]
    evidence = [total_evidence([telling(column.state, share, denials)], links) for share in shares]
    assert shares[int(np.argmax(evidence))] == 0.75


def test_few_links_leave_the_default_and_their_interval_is_wide() -> None:
    column, labels = world(4, 0.4, 0.3)
    few = learn_consistency(column, labelled_links(labels, range(len(labels))))
    column, labels = world(1500, 0.4, 0.3)
    many = learn_consistency(column, labelled_links(labels, range(len(labels))))
    assert np.all(np.abs(np.log(few.rho / 0.2)) < 0.7)
    assert np.all(many.high - many.low < few.high - few.low)
    assert np.all((many.low <= many.rho) & (many.rho <= many.high))


def test_telling_much_is_no_resemblance_to_everybody() -> None:
    """Half of the reports tell four times as much as the others; nobody shares a person with anybody."""
    generator = np.random.default_rng(2)
    much = np.arange(800) % 2 == 0
    shows = generator.random((800, 30)) < 0.25 * np.where(much, 0.8, 0.2)[:, None]
    vocabulary = [
        entry for entry in load("behaviours").entries if prevalence(load("behaviours").entries[entry]) > 0.1
    ]
    words = sorted(vocabulary)[:30]
    reports = [
        Report(report_id=str(row), behaviours=Behaviours(present=[words[i] for i in np.flatnonzero(told)]))
        for row, told in enumerate(shows)
    ]
    columns = [kind.fit(reports, elicited()) for kind in BEHAVIOURS]
    left, right = (side[np.newaxis].ravel() for side in np.triu_indices(400, 1))
    left, right = left * 2, right * 2  # two that tell much
    ratios = 10.0 ** sum((column.pair_weights(left, right) for column in columns), np.zeros(len(left)))
    assert ratios.mean() == pytest.approx(1.0, abs=0.15)
    assert np.log10(ratios).mean() < 0
