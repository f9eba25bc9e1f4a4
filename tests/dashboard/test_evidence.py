"""What a pair's table and boxes show: plates and phones before anybody asks for them, signs, and counts."""

from __future__ import annotations

import pytest

from dashboard.parts.evidence import box, part_words, reasons
from dashboard.parts.tables import Says, says_html
from dashboard.screens.links import caption
from linkage import Linker, Report
from linkage.features.explanation import EvidencePart

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


@pytest.mark.parametrize(
    ("offered", "listed", "told"),
    [
        (200, 10_041, "1 to 20 of the 200 strongest of 10,041 kept"),
        (200, 200, "1 to 20 of 200"),
        (36, 36, "1 to 20 of 36"),
        (200, 0, "1 to 20 of the 200 strongest"),  # of the far lane, whose whole is not counted
        (36, 0, "1 to 20 of 36"),
    ],
)
def test_a_list_says_of_how_many_it_shows_the_strongest(offered: int, listed: int, told: str) -> None:
    assert caption(0, 20, offered, listed) == told


def test_what_agrees_and_speaks_against_has_the_sign_of_its_side() -> None:
    part = EvidencePart("deception", "d", "Deception", "claims a job", "claims a job", "agrees", "", -0.05, False)
    assert reasons([part]).texts == ("- Deception: agrees, as often happens with others",)
    drawn = says_html(Says("agrees", "as often happens with others", side="differs"))
    assert '<b aria-hidden="true">-</b> agrees' in drawn
    assert "lk-differs" in drawn


@pytest.mark.parametrize(("many", "told"), [(7, "and 1 lighter one<"), (8, "and 2 lighter ones<"), (6, "line 5<")])
def test_a_box_counts_what_it_leaves_out(many: int, told: str) -> None:
    drawn = box("for", [f"line {number}" for number in range(many)])
    assert told in drawn
    assert f"For: {many} comparisons" in drawn
    assert "For: 1 comparison<" in box("for", ["line"])
