"""The rows of an answer: what is told of each."""

from __future__ import annotations

import pytest

from linkage.search import Reason, Row


def test_all_that_speaks_against_a_report_is_told_and_the_rest_adds_up() -> None:
    weights = [2.0, 1.0, 0.5, 0.2, 0.0, -0.1]
    reasons = [Reason(label=str(weight), says="agrees", words="", count="", weight=weight) for weight in weights]
    told, rest = Row("R1", sum(weights), reasons).shown(2)
    assert [one.weight for one in told] == [2.0, 1.0, -0.1]
    assert sum(one.weight for one in [*told, *rest]) == pytest.approx(sum(weights))
