"""What was learned of each family can be asked, and asks the wording."""

from __future__ import annotations

import re

import numpy as np
import pytest

from linkage.intake.belief.learned import WORDING, Learned
from linkage.intake.given_names import is_given_name

FAMILIES = ("person", "vehicles")


@pytest.mark.parametrize("family", FAMILIES)
def test_chances_lie_between_none_and_one_and_the_wording_moves_them(family: str) -> None:
    learned = Learned.load(family)
    best = max(learned.wording.weights, key=lambda name: learned.wording.weights[name])
    worst = min(learned.wording.weights, key=lambda name: learned.wording.weights[name])
    assert WORDING in learned.trees.names
    low, high = learned.chances([{}, {}], [learned.wording.odds([name]) for name in (worst, best)])
    assert 0 <= low < high <= 1


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_asked_is_nothing_told(family: str) -> None:
    assert np.asarray(Learned.load(family).chances([], [])).shape == (0,)


@pytest.mark.parametrize("family", FAMILIES)
def test_hardly_a_name_of_a_person_has_a_weight(family: str) -> None:
    """Names are one word; what is left is what opens a sentence or is a word too."""
    said = {word for name in Learned.load(family).wording.weights for word in re.findall(r"[a-z']{3,}", name)}
    assert len({word for word in said if is_given_name(word)}) <= 5
