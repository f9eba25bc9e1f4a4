"""How much of what happened a report tells, and what its silence may say."""

from __future__ import annotations

import numpy as np
import pytest

from linkage.features.accounts import accounts_of
from linkage.features.behaviour import BEHAVIOURS
from linkage.features.items import ItemColumn
from linkage.features.parameters import elicited
from linkage.features.telling import RELATIVE, shares_told
from linkage.report import Behaviours, Report
from linkage.vocabulary import load

CONTROL = sorted(key for key, entry in load("behaviours").entries.items() if entry.data["domain"] == "control")


def report(number: int, present: list[str], absent: list[str] | None = None) -> Report:
    return Report(report_id=f"R{number}", behaviours=Behaviours(present=present, absent=absent or []))


def control(reports: list[Report]) -> ItemColumn:
    column = next(kind for kind in BEHAVIOURS if kind.name == "behaviour_control").fit(reports, elicited())
    assert isinstance(column, ItemColumn)
    return column


def test_a_form_on_which_nearly_all_is_denied_does_not_make_silence_speak_for_what_another_tells() -> None:
    asked = [
        report(at, [CONTROL[at % 3]], [item for item in CONTROL[3:] if (at + len(item)) % 7]) for at in range(40)
    ]
    column = control([*asked, report(40, [CONTROL[3], CONTROL[4]]), report(41, CONTROL[:1], CONTROL[5:])])
    silent = column.item_weights(40, 41)[column.items.index(CONTROL[3])]
    assert silent <= 0.0
    assert (column.denied <= column.told).all()


def test_who_tells_nothing_has_no_level_and_who_tells_more_a_higher_one() -> None:
    reports = [report(0, []), *(report(at, CONTROL[: 1 + 3 * (at % 6)]) for at in range(1, 40))]
    levels = accounts_of(reports).level
    assert levels[0] == 0
    assert levels[1:].min() > 0
    by_told = [levels[at] for at in sorted(range(1, 40), key=lambda at: at % 6)]
    assert by_told == sorted(by_told)
    assert len(set(by_told)) > 1


def test_what_is_withheld_counts_as_told_for_how_much_a_report_tells_and_not_for_how_often_it_is_done() -> None:
    plain = [report(at, CONTROL[: 1 + 3 * (at % 6)]) for at in range(40)]
    less = [one.model_copy(update={"behaviours": one.behaviours.withhold(CONTROL[:1])}) for one in plain]
    assert (accounts_of(plain).level == accounts_of(less).level).all()
    assert control(less).level.min() > 0
    one_known = [plain[0], *less[1:]]
    assert control(one_known).prevalence[1:] == pytest.approx(control(plain).prevalence[1:])
    assert control(less).prevalence[0] < control(one_known).prevalence[0] <= control(plain).prevalence[0]


def test_a_denial_is_marked_in_the_level() -> None:
    reports = [report(0, CONTROL[:2]), report(1, CONTROL[:2], CONTROL[3:4])]
    plain, denying = accounts_of(reports).level
    assert (denying - plain, plain % 2) == (1, 1)


def test_the_fullest_tell_the_share_and_the_others_less() -> None:
    shares = shares_told(0.6)
    assert shares[0] == 0.0
    assert shares[-1] == 0.6
    assert np.allclose(shares[1::2], 0.6 * RELATIVE)
