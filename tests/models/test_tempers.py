"""Tempers keep correlated evidence honest, and the offset keeps the prior where the labels put it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from linkage.features.parameters import elicited
from linkage.features.table import fit_table
from linkage.models.tempers import TemperedPairs, concatenated, labelled_pairs, learn_tempers

PAIRS = 20_000


def pairs(copies: int, linked_share: float = 0.1, said: float | None = None) -> TemperedPairs:
    """Two kinds of true evidence, the second counted `copies` times; the prior says `said` where that is not true."""
    generator = np.random.default_rng(5)
    linked = generator.random(PAIRS) < linked_share
    # normal with means +-m and variance 2m is its own natural log likelihood ratio
    lone, shared = (np.where(linked, 1.0, -1.0) + generator.normal(0, np.sqrt(2.0), PAIRS) for _ in range(2))
    weights = np.stack([lone, copies * shared], axis=1) / np.log(10)
    share = said if said is not None else linked_share
    return TemperedPairs(weights, linked, np.ones(PAIRS), np.full(PAIRS, np.log10(share / (1 - share))))


def test_evidence_counted_four_times_weighs_a_quarter_and_lone_evidence_is_left() -> None:
    tempers, offset = learn_tempers(["lone", "fourfold"], pairs(copies=4))
    assert tempers["lone"] == pytest.approx(1.0, abs=0.05)
    assert tempers["fourfold"] == pytest.approx(0.25, abs=0.03)
    assert offset == pytest.approx(0.0, abs=0.05)


def test_the_offset_makes_up_for_a_prior_that_is_wrong() -> None:
    _, offset = learn_tempers(["lone", "other"], pairs(copies=1, linked_share=0.1, said=0.2))
    assert offset == pytest.approx(np.log10((0.1 / 0.9) / (0.2 / 0.8)), abs=0.05)


def test_no_labels_leave_everything_as_it_is() -> None:
    nothing = TemperedPairs(np.zeros((0, 2)), np.zeros(0, bool), np.zeros(0), np.zeros(0))
    assert learn_tempers(["a", "b"], nothing) == ({"a": 1.0, "b": 1.0}, 0.0)


def test_only_pairs_labelled_on_both_sides_are_judged() -> None:
    table = fit_table([], elicited())
    frame = pd.DataFrame({"report_a": ["R1", "R1", "R2"], "report_b": ["R2", "R3", "R4"]})
    frame = frame.assign(**{f"w_{name}": 0.5 for name in table.names})
    found = labelled_pairs(frame, {"R1": "P1", "R2": "P1", "R3": "P2", "R4": None}, table)
    assert found.linked.tolist() == [True, False]
    # two of the three pairs of labelled reports are no links
    assert 10 ** found.prior[0] == pytest.approx(1 / 2)
    assert len(concatenated([found, found]).linked) == 4
