"""What a pair's table and boxes show: plates and phones before anybody asks for them, signs, and counts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from dashboard.parts.evidence import box, part_words, reasons
from dashboard.parts.tables import Says, says_html
from dashboard.parts.waterfall import context_label, steps
from linkage import Linker, Report
from linkage.features.explanation import EvidencePart
from tests.features.worlds import reports_from

HELD = {
    "registration": {"vehicles": [{"registration": "AB12CDE"}]},
    "phone": {"identifiers": [{"kind": "phone", "value": "07700900123"}]},
    "account": {"identifiers": [{"kind": "email", "value": "invented@example.org"}]},
}
WHOLE = {"registration": "AB12CDE", "phone": "07700900123", "account": "invented@example.org"}


@pytest.mark.parametrize("name", HELD)
def test_an_identifier_is_masked_until_asked_for(name: str) -> None:
    pair = [Report.model_validate({"report_id": one, **HELD[name]}) for one in ("A", "B")]
    part = next(part for part in Linker().take(pair).explain("A", "B").parts if part.name == name)

    assert WHOLE[name] in part.words_a
    assert all(WHOLE[name] not in words and words != "not known" for words in part_words(part))


def test_what_agrees_and_speaks_against_has_the_sign_of_its_side() -> None:
    part = EvidencePart("deception", "d", "Deception", "claims a job", "claims a job", "agrees", "", -0.05, False)
    assert reasons([part]).texts == ("- Deception: agrees, as often happens with others",)
    drawn = says_html(Says("agrees", "as often happens with others", side="differs"))
    assert '<b aria-hidden="true">-</b> agrees' in drawn
    assert "lk-differs" in drawn


def test_what_is_not_mentioned_keeps_its_sign_on_either_side() -> None:
    parts = [
        EvidencePart("v", "v", "Violence", "kicks", "x", "not mentioned", "", weight, False) for weight in (-1, 1)
    ]
    assert reasons(parts).texts == ("o Violence: not mentioned",) * 2
    drawn = says_html(Says("not mentioned", side="not mentioned"))
    assert '<b aria-hidden="true">o</b> not mentioned' in drawn
    assert "lk-not-mentioned" in drawn


@pytest.mark.parametrize(("many", "told"), [(7, "and 1 lighter one<"), (8, "and 2 lighter ones<"), (6, "line 5<")])
def test_a_box_counts_what_it_leaves_out(many: int, told: str) -> None:
    drawn = box("for", [f"line {number}" for number in range(many)])
    assert told in drawn
    assert f"For: {many} comparisons" in drawn
    assert "For: 1 comparison<" in box("for", ["line"])


def test_the_bars_end_at_the_headline_and_name_the_other_reports() -> None:
    reports = reports_from(11, 20, 0.05)
    linker = Linker().fit(reports)
    pairs = linker.score(reports, top=5)
    best = pairs.sort_values("probability").iloc[-1]
    told = linker.explain(best["report_a"], best["report_b"])
    bars = {bar["label"]: bar for bar in steps(told)}
    alone, last = bars["The pair alone"], bars["With all other reports"]
    second = steps(told)[list(bars).index("The pair alone") + 1 : -1]

    assert last["to"] == pytest.approx(np.log10(best["probability"] / (1 - best["probability"])), abs=1e-9)
    assert (second[0]["from"], second[-1]["to"]) == (alone["to"], pytest.approx(last["to"], abs=1e-9))
    assert all(one["to"] == other["from"] for one, other in pairwise(second))
    assert [bar["label"] for bar in second] == [context_label(part) for part in told.context]
    assert any(bar["label"].startswith("Report ") for bar in second)


def test_the_bars_of_a_pair_that_was_not_judged_end_at_its_strength() -> None:
    reports = reports_from(11, 6, 0.05)
    told = Linker().take(reports).explain("R000", "R001")

    assert steps(told)[-1]["label"] == "Strength"
    assert steps(told)[-1]["to"] == told.strength
