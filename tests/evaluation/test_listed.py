"""A list of the best pairs laid over all judged ones."""

from __future__ import annotations

import pandas as pd
import pytest

from linkage.evaluation.listed import gathered, lay_over
from tests.evaluation.small import pairs_of

PAIRS = pairs_of({"A": "p", "B": "p", "C": "q", "D": "r"}, incidents={"C": "i", "D": "i"})


def listing(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["report_a", "report_b", "weight", "probability"])


def scored(values: list[float]) -> dict[str, float]:
    names = [
        PAIRS.reports[a].report_id + PAIRS.reports[b].report_id for a, b in zip(PAIRS.left, PAIRS.right, strict=True)
    ]
    return dict(zip(names, values, strict=True))


def test_pairs_that_are_not_listed_are_tied_below_all_that_are() -> None:
    scores = lay_over(PAIRS, listing(("A", "B", 2.5, 0.9), ("B", "C", -1.0, 0.01)), value="weight")
    value = scored(list(scores.value))
    assert (value["AB"], value["BC"]) == (2.5, -1.0)
    assert {value[name] for name in ("AC", "AD", "BD")} == {-2.0}


def test_what_is_not_listed_is_said_to_be_unlinked() -> None:
    scores = lay_over(PAIRS, listing(("A", "B", 2.5, 0.9)))
    assert scores.probability is not None
    assert scored(list(scores.probability)) == {"AB": 0.9, "AC": 0.0, "AD": 0.0, "BC": 0.0, "BD": 0.0}


def test_a_score_need_not_be_a_probability() -> None:
    scores = lay_over(PAIRS, listing(("A", "B", 7.0, 0.9)), value="weight", probability=None)
    assert scores.probability is None


def test_it_does_not_matter_which_report_is_named_first() -> None:
    assert scored(list(lay_over(PAIRS, listing(("B", "A", 1.0, 0.7))).value))["AB"] == 0.7


def test_listed_pairs_that_are_not_judged_are_passed_over() -> None:
    # C and D are of one incident, X is not known
    scores = lay_over(PAIRS, listing(("C", "D", 9.0, 0.99), ("A", "X", 9.0, 0.99), ("A", "C", 1.0, 0.2)))
    assert max(scores.value) == 0.2
    assert scored(list(scores.value))["AC"] == 0.2


def test_an_empty_list_ties_everything() -> None:
    scores = lay_over(PAIRS, listing())
    assert set(scores.value) == {0.0}
    assert scores.probability is not None
    assert set(scores.probability) == {0.0}


def test_without_judged_pairs_there_is_nothing_to_score() -> None:
    assert len(lay_over(pairs_of({"A": "p"}), listing(("A", "B", 1.0, 0.5))).value) == 0


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (listing(("A", "B", 1.0, 0.5), ("B", "A", 1.0, 0.5)), "B and A are listed twice"),
        (listing(("A", "B", 1.0, float("nan"))), "1 listed pairs have no probability"),
        (listing().drop(columns="report_b"), "no column report_b"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(frame: pd.DataFrame, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        lay_over(PAIRS, frame)


def test_series_are_sets_of_reports() -> None:
    frame = pd.DataFrame({"series_id": ["S2", "S1", "S1", "S2"], "report_id": ["D", "A", "B", "C"], "role": "core"})
    assert gathered(frame) == [{"A", "B"}, {"C", "D"}]
    assert lay_over(PAIRS, listing(), series=frame).series == [{"A", "B"}, {"C", "D"}]
