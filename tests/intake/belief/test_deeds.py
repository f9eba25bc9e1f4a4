"""Behaviours that the rules read wrongly or set aside, judged by what stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.belief import deeds
from linkage.intake.facts import behaviour
from linkage.intake.whose import Whose
from tests.rows import each_row

CHASED = (
    "Detectives in Preston want to trace a man who attacked a sex worker near the canal on Friday night. The "
    "woman, 31, was approached by a man on foot at about 11pm and agreed to go with him to a car park. He grabbed "
    "her by the throat and punched her in the face before stealing her phone and cash. A neighbour who heard her "
    "screams chased him off and drove her home, and officers have thanked him. The man is described as white, in "
    "his 40s, stocky, with a shaved head. Anyone with information is asked to call 101."
)
BY_A_WOMAN = (
    "Officers are looking for a woman in her forties who met an escort in a bar in Leith on 9 June 2017. She "
    "bought wine for the 22-year-old and told her that she ran a studio. Later, at a flat, she stood across the "
    "door, twisted her arm up her back and took her mobile. The victim got home at about 3am and told her sister. "
    "The woman is described as tall and heavily built, with short grey hair and a scar on her chin, and wore a "
    "green raincoat."
)
DENIED = (
    "A sex worker was robbed in Luton on 2 March 2019 by a man who had booked her by phone. He took her cash and "
    "left by the back door. No knife was seen and he did not punch her. A neighbour heard her shout, and the "
    "police were called to the flat. The victim, 29, was not badly hurt. He is described as Asian, about 30 and "
    "slim, with a beard, and wore a blue tracksuit top and white trainers."
)


def told(text: str) -> tuple[set[str], set[str]]:
    """Variables present and denied, where the rules give to a bystander what `Whose` gives to one."""
    whose = Whose.read(text)
    others = [f for f in behaviour.find(text) if not f.negated and whose.done_by_bystander(f.start)]
    found = deeds.told_of(text, whose, others)
    assert found == sorted(found, key=lambda f: (f.start, f.end, str(f.value)))
    assert all(0 <= f.confidence <= 1 for f in found)
    return {str(f.value) for f in found if not f.negated}, {str(f.value) for f in found if f.negated}


def test_what_is_plainly_told_stays() -> None:
    present, _ = told(CHASED)
    assert {"kerb_approach_on_foot", "strangles", "slaps_or_punches", "steals_phone", "steals_cash"} <= present


def test_what_a_woman_did_who_is_sought_is_read_though_the_rules_take_her_for_the_one_harmed() -> None:
    present, _ = told(BY_A_WOMAN)
    assert {"steals_phone", "offers_drink_or_drugs", "blocks_exit"} <= present


def test_what_is_denied_is_never_made_present() -> None:
    present, denied = told(DENIED)
    assert "steals_cash" in present
    assert present.isdisjoint({"knife_shown", "slaps_or_punches"})
    assert denied & {"knife_shown", "slaps_or_punches"}


def test_a_short_note_is_left_to_the_rules() -> None:
    note = "He grabbed her bag and ran off when a van pulled up."
    assert deeds.told_of(note, Whose.read(note), []) == behaviour.find(note)


@each_row("text", ["", "he " * 60, "No. " * 60, "He robbed her, not him. " * 12, "“Get in,” she said. " * 20])
def test_any_text_is_judged(text: str) -> None:
    told(text)


WORDS = [
    "he",
    "she",
    "robbed",
    "punched",
    "the woman",
    "a man",
    "not",
    ".",
    ",",
    "knife",
    "“",
    "”",
    "police",
    "was",
    "by",
]


@given(st.lists(st.sampled_from(WORDS), min_size=deeds.SHORT, max_size=90))
def test_nothing_is_raised_and_nothing_comes_from_nowhere(words: list[str]) -> None:
    text = " ".join(words)
    present, denied = told(text)
    assert present | denied <= {one.key for one in behaviour.candidates(text)}


@pytest.mark.parametrize(
    "words", ["He threatened to strangle her and", "He said he wanted to strangle her and", "Then he"]
)
def test_what_was_only_threatened_or_wished_is_never_added(words: str) -> None:
    done = told(DENIED.replace("He took her cash and", f"{words} took her cash and"))[0]
    assert "strangles" not in done
    assert "steals_cash" in done
