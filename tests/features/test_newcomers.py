"""One more report beside fitted columns weighs what it would had the columns been fitted with it, near enough."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from linkage.features.behaviour import BehaviourEvidence
from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import Evidence, Fitted, Newcomer
from linkage.features.latent import LatentColumn, LatentEvidence, TurnsColumn
from linkage.features.packing import HiddenPiece
from linkage.features.parameters import elicited
from linkage.features.registration import RegistrationEvidence
from linkage.features.time import GapEvidence
from linkage.report import Report
from tests.factories import incident
from tests.features.worlds import reports_from
from tests.shared import generated

FARTHEST = 0.3
"""Most that one weight may differ from a refit on 240 reports: of a value that one report had, two have it then."""

USUALLY = 0.01
"""Most that the mean weight of one comparison may differ."""

NAMES = [evidence.name for evidence in CATALOGUE]
EVIDENCE = {evidence.name: evidence for evidence in CATALOGUE}
ASKED = range(3, 240, 48)


@cache
def synthetic() -> tuple[Report, ...]:
    return tuple(generated(240, seed=4))


@cache
def invented() -> tuple[Report, ...]:
    return tuple(reports_from(seed=3, count=240))


def placed(evidence: Evidence, held: list[Report], report: Report) -> Newcomer | None:
    column = evidence.fit(held, elicited())
    return evidence.newcomers(Fitted(column, held, elicited()))(report)


def weights_of(told: Newcomer | None, count: int) -> NDArray[np.float64]:
    return np.zeros(count) if told is None else told.weights


@pytest.mark.parametrize("world", [synthetic, invented])
@pytest.mark.parametrize("name", NAMES)
def test_it_weighs_what_a_refit_would_say(name: str, world: Callable[[], tuple[Report, ...]]) -> None:
    evidence, reports = EVIDENCE[name], list(world())
    away = []
    for at in ASKED:
        held = reports[:at] + reports[at + 1 :]
        refitted = evidence.fit([*held, reports[at]], elicited())
        rows = np.arange(len(held))
        wanted = refitted.pair_weights(rows, np.full(len(held), len(held)))
        away.append(np.abs(weights_of(placed(evidence, held, reports[at]), len(held)) - wanted))
    assert np.max(away) <= FARTHEST
    assert np.mean(away) <= USUALLY


@pytest.mark.parametrize("name", NAMES)
def test_a_value_that_was_seen_weighs_what_its_row_weighs(name: str) -> None:
    evidence, reports = EVIDENCE[name], list(invented())
    if not isinstance(evidence, LatentEvidence | RegistrationEvidence | GapEvidence):
        return  # in the others the newcomer counts among those that share a value, or has a base rate of its own
    column = evidence.fit(reports, elicited())
    encode = evidence.newcomers(Fitted(column, reports, elicited()))
    rows = np.arange(len(reports))
    for at in ASKED:
        wanted = column.pair_weights(np.full(len(rows), at), rows)
        others = rows != at
        np.testing.assert_allclose(weights_of(encode(reports[at]), len(rows))[others], wanted[others], atol=6e-4)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_known_says_nothing(name: str) -> None:
    reports = list(invented())
    assert placed(EVIDENCE[name], reports, Report(report_id="new")) is None
    silent = [*reports, Report(report_id="silent")]
    for at in ASKED:
        told = placed(EVIDENCE[name], silent, reports[at])
        assert told is None or told.weights[-1] == 0.0


@pytest.mark.parametrize("name", [name for name in NAMES if isinstance(EVIDENCE[name], LatentEvidence)])
def test_a_hidden_value_says_the_same_to_a_pair_as_to_a_set_of_one(name: str) -> None:
    evidence, reports = EVIDENCE[name], list(invented())
    for at in ASKED:
        held = reports[:at] + reports[at + 1 :]
        column = evidence.fit(held, elicited())
        assert isinstance(column, LatentColumn)
        told = evidence.newcomers(Fitted(column, held, elicited()))(reports[at])
        if told is None or isinstance(column, TurnsColumn):
            continue
        piece = column.set_piece()
        assert isinstance(piece, HiddenPiece)
        assert told.ratio is not None
        known = column.known()
        joint = np.log10(piece.ratios[piece.codes[known]] @ (piece.prior * told.ratio))
        # a value that nobody else has stands for a state of its own, which a set of one does not have
        np.testing.assert_allclose(joint, told.weights[known], atol=0.05)


def test_values_that_nobody_had_are_weighed_too() -> None:
    held = [
        incident(registration="AB12 CDE", phone="07700 900123", said="get in the car now", accent="Scouse", age="30"),
        incident(registration="XY65 ZZZ", phone="07700 900456", said="i know where you live", age="50"),
        incident(registration="LM09 PQR", phone="07700 900789", said="give me the money back", age="41"),
    ]
    new = incident(
        registration="AB12 C??", phone="ending 0123", said="get in my car", accent="Klingon", age="33 to 34"
    )
    for name, others in (("registration", -0.1), ("phone", 0.0), ("speech", 0.0), ("age", 0.0)):
        told = placed(EVIDENCE[name], held, new)
        assert told is not None
        assert told.weights[0] > max(told.weights[1:])
        assert told.weights[1] <= others


def test_a_word_that_one_report_had_is_shared_with_the_newcomer() -> None:
    held = [incident(marks="anchor tattoo"), *(incident(marks="scar") for _ in range(9))]
    told = placed(EVIDENCE["marks"], held, incident(marks="tattoo of an anchor"))
    assert told is not None
    assert told.weights[0] > 0.5
    assert told.weights[1] <= 0.0


@pytest.mark.parametrize("name", NAMES)
def test_it_is_said_to_agree_where_a_refit_says_so(name: str) -> None:
    evidence, reports = EVIDENCE[name], list(invented())
    same = every = 0
    for at in ASKED:
        held = reports[:at] + reports[at + 1 :]
        column, refitted = evidence.fit(held, elicited()), evidence.fit([*held, reports[at]], elicited())
        told = evidence.newcomers(Fitted(column, held, elicited()))(reports[at])
        for row in np.flatnonzero(column.known())[:60].tolist():
            if told is not None:
                wanted = refitted.describe(len(held), row)
                if not isinstance(evidence, BehaviourEvidence):  # of two reports those show the items that count
                    assert (told.words, column.words_at(row)) == (wanted.words_a, wanted.words_b)
                same, every = same + (told.says(row) == wanted.says), every + 1
    assert same >= 0.97 * every  # a weight near 0 or .5 may fall on the other side of it
