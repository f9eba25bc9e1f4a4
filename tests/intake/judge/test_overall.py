"""What all words of a text say of weapons, kinds of place and ways of contact."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.document.document import read_document
from linkage.intake.judge import overall
from linkage.intake.judge.overall import CONTACT, NONE, ONE_OF, RULE, VENUE, WEAPONS, Judgement, Read
from linkage.intake.judge.weapons import find_weapons
from linkage.intake.values.people.first_names import is_given_name
from linkage.vocabulary.loader import load

NOTHING = Read((), (), None, None, (), ())
TEXT = "She had been drinking in a bar. He took a table by the door and asked what she charged."


def judged(text: str, read: Read = NOTHING) -> Judgement:
    return Judgement(overall.learned(), read_document(text), read)


def words_of(text: str) -> dict[str, int]:
    return overall.words_of(read_document(text))


def test_words_and_pairs_that_no_mark_parts_stand_where_they_are_first_said() -> None:
    said = words_of("He ran. He ran off")
    assert said["he"] == 0
    assert said["ran off"] == 11
    assert "ran he" not in said


def test_names_and_figures_are_one_word_each() -> None:
    assert "Name" in words_of("he met Rosa in Leeds at 10")
    assert not {"rosa", "leeds", "10"} & set(words_of("he met Rosa in Leeds at 10"))


@pytest.mark.parametrize(
    ("family", "vocabulary"), [(VENUE, "venues"), (CONTACT, "contact_methods"), (WEAPONS, "weapons")]
)
def test_every_class_is_a_key_of_the_vocabulary(family: str, vocabulary: str) -> None:
    assert set(overall.learned().families[family].classes) - {NONE} <= set(load(vocabulary).entries)


@given(st.text(max_size=300))
def test_chances_are_probabilities_for_any_text(text: str) -> None:
    for family in overall.learned().families:
        chances = judged(text).chances(family)
        assert all(0 <= chance <= 1 for chance in chances.values())
        if family in ONE_OF:
            assert sum(chances.values()) == pytest.approx(1)


def test_what_the_rules_chose_counts() -> None:
    told = Read((), (), "hotel", None, (("hotel", "told", 0.9),), ())
    assert judged(TEXT, told).chances(VENUE)["hotel"] > judged(TEXT).chances(VENUE)["hotel"]


def test_a_finding_stands_at_the_fewest_words_that_carry_it() -> None:
    text = "He booked by phone. He smashed the door and the window with a hammer. She is safe."
    found = judged(text).finding(WEAPONS, "hammer", 0.7)
    assert found is not None
    assert found.words(text) in ("hammer", "a hammer", "with a hammer")
    assert (found.rule, found.confidence) == (RULE, 0.7)


def test_where_no_few_words_carry_it_the_whole_text_tells_it_and_no_sentence_is_pointed_at() -> None:
    text = (
        "He booked for an hour at 8pm in Leeds. He put a hand over my mouth. He left by the back door. "
        "He took my black bag from the stairs."
    )
    found = judged(text).finding(VENUE, "flat", 0.6)
    assert found is not None
    assert (found.start, found.end) == (0, 0)


@pytest.mark.parametrize("family", [VENUE, CONTACT, WEAPONS])
@pytest.mark.parametrize("text", [TEXT, "He hit me with a hammer in the car park.", "i met him on the street"])
def test_words_that_a_finding_points_at_are_few_and_whole(family: str, text: str) -> None:
    one = judged(text)
    for key in set(one.chances(family)) - {NONE}:
        found = one.finding(family, key, 0.5)
        said = found.words(text) if found else ""
        assert len(said.split()) <= overall.FEW
        assert said == "" or re.search(rf"\b{re.escape(said)}\b", text)


def test_where_no_word_speaks_for_it_there_is_no_finding() -> None:
    assert judged("Xyzzy plugh.").finding(WEAPONS, "hammer", 0.7) is None


def test_what_is_denied_is_no_feature() -> None:
    found = find_weapons("He had no knife. He had a hammer.")
    assert {value for value, _, _ in overall.usable(found)} == {"hammer"}


def test_hardly_a_name_of_a_person_has_a_weight() -> None:
    said = {word for name in overall.learned().names for word in re.findall(r"[a-z']{3,}", name)}
    assert len({word for word in said if is_given_name(word)}) <= 12
