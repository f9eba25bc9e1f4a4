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


def test_silence_with_next_to_no_weight_is_not_told_but_counted() -> None:
    said = [("agrees", 2.0), ("not mentioned", -0.2), ("not mentioned", -0.04), ("differs", -0.03)]
    reasons = [Reason(label=str(weight), says=says, words="", count="", weight=weight) for says, weight in said]
    told, rest = Row("R1", 1.73, reasons).shown(1)
    assert [one.weight for one in told] == [2.0, -0.2, -0.03]
    assert [one.weight for one in rest] == [-0.04]
