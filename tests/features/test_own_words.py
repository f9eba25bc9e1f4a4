"""Behaviours in people's own words are compared too, the commonest of them."""

from __future__ import annotations

import numpy as np

from linkage.features import behaviour
from linkage.features.items import ItemColumn
from linkage.features.parameters import elicited
from linkage.report import Behaviours, Report


def other(reports: list[Report]) -> ItemColumn:
    evidence = next(kind for kind in behaviour.BEHAVIOURS if kind.name == "behaviour_other")
    column = evidence.fit(reports, elicited())
    assert isinstance(column, ItemColumn)
    return column


def did(number: int, *words: str) -> Report:
    return Report(report_id=f"R{number}", behaviours=Behaviours(present=list(words)))


def test_own_words_that_two_reports_share_weigh_for_them_and_their_silence_little() -> None:
    column = other([did(1, "hums a tune"), did(2, "hums a tune"), did(3, "whistles")])
    hummed, hummed_and_whistled = column.pair_weights(np.array([0, 0]), np.array([1, 2]))
    assert hummed > 0.0
    assert -0.2 * hummed < hummed_and_whistled < 0.0


def test_the_commonest_own_words_are_kept_when_there_are_very_many() -> None:
    many = [f"odd thing {i}" for i in range(behaviour.OWN_WORDS + 50)]
    column = other([did(1, *many), did(2, *many), did(3, many[-1])])
    assert len(column.items) == behaviour.OWN_WORDS
    assert many[-1] in column.items
