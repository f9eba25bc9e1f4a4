"""The words around a fact, and what they were learned to weigh."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.belief.learned import Learned
from linkage.intake.belief.wording import Said, Wording, _cut, around, of_fact, plainly

TEXT = "She ran. He was 45, stocky, and had a beard."


def spoken(text: str, opens: int, start: int, end: int, closes: int) -> Said:
    return around(text, opens, start, end, closes).said()


LEARNED = {family: Learned.load(family).wording for family in ("person", "vehicles")}
WORDS = ["the", "man", "he", "was", "0", ",", ".", "had", "Name", "before", "in", "a"]
SAID = spoken(TEXT, 9, 20, 26, len(TEXT))


def test_the_words_of_the_sentence_stand_before_in_and_after_the_fact() -> None:
    assert SAID == {"before": "he was 0 ,", "in": "stocky", "after": ", and had a beard ."}


def test_all_figures_are_one_word() -> None:
    assert spoken("aged 45", 0, 5, 7, 7)["in"] == spoken("aged 46", 0, 5, 7, 7)["in"] == "0"


def test_names_are_one_word_but_not_the_word_that_opens_a_sentence() -> None:
    text = "Police in Leeds said Ann Lee, 20, ran. BAG gone"
    start = text.index("20")
    said = spoken(text, 0, start, start + 2, len(text))
    assert said["before"] == "police in Name said Name Name ,"
    assert said["after"] == ", ran . bag gone"
    assert plainly(text, 0, 15) == "police in Name"
    assert plainly(text, 21, 28) == "Name Name"


def test_what_a_fact_says_itself_is_no_feature_of_whose_it_is() -> None:
    assert not any("stocky" in name for name in of_fact("build", SAID))


def test_words_near_by_count_with_their_distance_and_pairs_in_their_order() -> None:
    told = set(of_fact("build", {**SAID, "subject": "the man"}))
    assert {"field build", "before 0 ,", "before he was", "after had", "subject = the man", "subject man"} <= told


def test_weights_of_known_words_add_up_and_unknown_ones_count_nothing(tmp_path: Path) -> None:
    kept = tmp_path / "some.json"
    kept.write_text(json.dumps({"wording": {"base": -1.0, "weights": {"a": 2.0, "b": 0.5}}}), encoding="utf-8")
    assert Wording.load(kept).odds(["a", "a", "b", "c"]) == pytest.approx(1.5)


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_any_stretch_of_any_text_has_words(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    said = spoken(text, 0, start, end, len(text))
    assert all(isinstance(name, str) for name in of_fact("age", said))


@given(st.text("aB'1 .,é", max_size=30), st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_a_sentence_read_once_has_the_words_of_its_parts(text: str, places: list[int]) -> None:
    opens, start, one, other = sorted(min(place, len(text)) for place in places)
    for end, closes in ((one, other), (other, one)):
        if start < closes:
            assert around(text, opens, start, end, closes) == _cut(text, opens, start, end, closes)


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.integers(0, 40))
def test_the_odds_of_a_fact_are_those_of_the_features_that_it_names(told: list[str], start: int) -> None:
    text = " ".join(told)
    said = around(text, 0, min(start, len(text)), min(start + 9, len(text)), len(text))
    people = {"last": "the man", "earlier": "subject", "earlier subject": "he"}
    for wording in (LEARNED["person"], LEARNED["vehicles"]):
        assert wording.odds_of_fact("age", said, people) == wording.odds(of_fact("age", said.said() | people))
