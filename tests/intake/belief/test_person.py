"""Facts that the rules give to nobody, or to the wrong one, judged by what stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.belief import person as belief
from linkage.intake.belief.surroundings import Surroundings
from linkage.intake.facts import person
from linkage.intake.facts.finding import Finding
from linkage.intake.whose import Whose


def judged(text: str, left: str = "") -> dict[str, bool]:
    """Words of each fact -> whether it is the reported person's; the fact of the words `left` is nobody's by rule."""
    whose = Whose.read(text)
    found = sorted(person.find(text), key=lambda f: (f.start, f.end))
    told = [frozenset[int]() if f.words(text) == left else whose.person(f.start, f.end) for f in found]
    owners = belief.belongs_to(text, found, told, whose)
    return {finding.words(text): bool(one) for finding, one in zip(found, owners, strict=True)}


APPEAL = (
    "Police are appealing for information after a woman aged 34 was attacked in Leeds. The attacker is described as "
    "white, in his forties, stocky and bald, and wore a green parka. A neighbour who heard her rang 999."
)


@pytest.mark.parametrize("words", ["white", "stocky", "bald"])
def test_what_the_rules_leave_in_a_description_of_the_one_who_is_sought_is_his(words: str) -> None:
    assert judged(APPEAL, left=words)[words]


def test_what_is_told_of_the_one_who_was_attacked_stays_hers() -> None:
    assert judged(APPEAL)["aged 34"] is False


def test_where_nobody_else_is_named_the_rules_decide() -> None:
    assert judged("A tall man about 50, bald.", left="bald") == {
        "tall": True, "man": True, "about 50": True, "bald": False,
    }  # fmt: skip


def test_what_is_denied_stays_where_the_rules_put_it() -> None:
    text = "A man attacked a woman of 34. He had no beard."
    whose = Whose.read(text)
    denied = Finding("facial_hair", "beard", text.index("beard"), text.index("beard") + 5, "test", negated=True)
    assert belief.belongs_to(text, [denied], [frozenset((0,))], whose) == [frozenset((0,))]


@pytest.mark.parametrize("text", ["", "Two men and a woman.", "He. She. They. He, 30s, she, 20s, bald."])
def test_any_text_is_judged(text: str) -> None:
    assert set(judged(text).values()) <= {True, False}


@given(st.text(alphabet="he she man woman aged 30 bald , . was wearing the a victim", max_size=120))
def test_features_are_between_minus_one_and_one_and_nothing_is_raised(text: str) -> None:
    whose = Whose.read(text)
    found = sorted(person.find(text), key=lambda f: (f.start, f.end))
    around = Surroundings(text, whose.low, whose.breaks, whose.people, whose.count(), found, [True for _ in found])
    for number in range(len(found)):
        assert all(-1 <= value <= 2 for value in around.of(number).values())


def test_things_worn_in_one_list_take_the_best_chance_but_for_what_is_plainly_anothers() -> None:
    text = "a long coat, a flat cap and gloves, a sash"
    spans = [text.index(word) for word in ("long coat", "flat cap", "gloves", "sash")]
    ends = [text.index(word) + len(word) for word in ("coat", "cap", "gloves", "sash")]
    found = [Finding("clothing", text[s:e], s, e, "garments", 0.85) for s, e in zip(spans, ends, strict=True)]
    told = [frozenset((0,))] * 4
    chances = belief._of_one_list(text, found, told, [0.9, 0.5, 0.45, 0.1])
    assert chances == [0.9, 0.9, 0.9, 0.1]
