"""Several reported people told apart: by colour, age, seat and part, as appeals describe them."""

from __future__ import annotations

from typing import Any

import pytest

from linkage.intake import extract_report

TOLD: list[tuple[str, str, list[Any]]] = [
    (
        "Two men, one black and one white, attacked her. The white man was bald. The black man had dreadlocks.",
        "hair.style",
        [["dreadlocks"], ["bald"]],
    ),
    (
        "Two men robbed her, one aged about 20 and one about 40. The older man was bald. The younger had a quiff.",
        "hair.style",
        [["quiff"], ["bald"]],
    ),
    (
        "Three men attacked her. The driver was white, about 50. The front passenger was black, in his 20s. The man "
        "in the back was Asian.",
        "ethnicity",
        [["white"], ["black"], ["asian"]],
    ),
    (
        "A man attacked her while another kept watch. The attacker was bald. The lookout had a ponytail.",
        "hair.style",
        [["bald"], ["ponytail"]],
    ),
    (
        "The suspects are a man of about 30, 5ft 10in, with a fade, and a woman of about 25 with a ponytail.",
        "hair.style",
        [["fade"], ["ponytail"]],
    ),
    (
        "Two men robbed her. One is 30ish and bald. The second never gave a name and was mixed race, with plaits.",
        "hair.style",
        [["bald"], ["plait"]],
    ),
]


@pytest.mark.parametrize(("text", "field", "each"), TOLD)
def test_each_of_several_has_his_own_looks(text: str, field: str, each: list[Any]) -> None:
    first, _, rest = field.partition(".")
    people = extract_report(text).suspects
    assert [getattr(getattr(one, first), rest) if rest else getattr(one, first) for one in people] == each


def test_each_has_the_age_that_is_told_beside_him() -> None:
    people = extract_report("Two men robbed her, one aged about 20 and one about 40.").suspects
    assert [(one.age.min, one.age.max) for one in people if one.age] == [(18, 22), (38, 42)]
