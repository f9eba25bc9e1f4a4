"""What speaks for each fact of a text: its words, and weights that add up to the log odds of what was decided."""

from __future__ import annotations

from math import exp, isclose

from hypothesis import given
from hypothesis import strategies as st

from linkage.cli.show_reasons import reasons_in_words
from linkage.intake import extract_report
from linkage.intake.assemble.reasons import (
    Why,
    feature_in_words,
    question_in_words,
    reasons_of,
    reasons_of_behaviours,
    why_of,
)
from linkage.intake.behaviours.classifier import judge
from linkage.intake.behaviours.reading import read_behaviours
from linkage.intake.judge.linear import Reason
from linkage.intake.judge.people import GIVEN
from linkage.report import WHOLE_TEXT
from tests.rows import each_row

TWO_MEN = (
    "Two men came in a blue Transit. The first was white, stocky, with a beard. The second was Asian and slim. "
    "He strangled me. He did not have a knife."
)
WORDS = st.lists(
    st.sampled_from(
        ["He was", "she is", "stocky", "punched me", "did not", "a blue Ford", "two men", "in his 30s", "."]
    ),
    max_size=14,
).map(" ".join)


def why(text: str) -> dict[str, Why]:
    return {one.fact: one for one in reasons_of(extract_report(text))}


def answers(one: Why) -> dict[str, Reason]:
    return {reason.question: reason for reason in one.reasons}


def test_every_value_that_was_read_from_words_has_its_words() -> None:
    report = extract_report(TWO_MEN)
    assert report.narrative
    found = reasons_of(report)
    assert {one.fact for one in found} >= {
        "suspects.1.build",
        "suspects.2.build",
        "vehicles.1.make",
        "contact.method",
    }
    assert all(one.words == report.narrative[slice(*one.span)] for one in found)


def test_of_two_men_it_is_told_which_facts_tie_a_value_to_one_of_them() -> None:
    found = why(TWO_MEN)
    stocky, slim = found["suspects.1.build"], found["suspects.2.build"]
    assert (stocky.words, slim.words) == ("stocky", "slim")
    for one, own, others in (
        (stocky, {"white", "beard"}, {"Asian", "slim"}),
        (slim, {"Asian"}, {"white", "stocky", "beard"}),
    ):
        told = answers(one)
        assert told["reported_person"].probability >= GIVEN
        assert told["same_person"].compared_with in own
        assert told["another_person"].compared_with in others
        assert told["same_person"].probability > 0.5 > told["another_person"].probability


def test_what_is_told_of_both_is_not_laid_to_one_of_them() -> None:
    assert set(answers(why(TWO_MEN)["suspects.1.sex"])) == {"reported_person", "all_reported_people"}


def test_a_behaviour_rests_on_its_phrase_and_a_denied_one_on_its_cue() -> None:
    found = why(TWO_MEN)
    done, denied = answers(found["behaviours.present.1"]), answers(found["behaviours.absent.1"])
    assert dict(done["told_as_done"].weights)["phrase phrase"] > 1
    assert "phrase negated weapon" in dict(denied["told_as_not_done"].weights)


def test_how_a_phrase_is_told_is_said_so_that_a_person_understands() -> None:
    said = {name: feature_in_words(f"phrase {name}") for name in judge().own}
    assert said["words 0"] == "its phrase is a single word"
    assert said["negated weapon"] == "a denial governs its phrase: weapon"
    assert said["negated"] == "a denial governs its phrase"
    assert not [name for name, words in said.items() if "how its phrase is told" in words or "{}" in words]


def test_what_the_whole_text_says_is_one_of_the_reasons() -> None:
    found = why(
        "He was stocky. He strangled me. Later he rang twice, said sorry and asked to come back. On Sunday he came."
    )
    for fact in ("behaviours.present.1", "suspects.1.build"):
        (decided,) = found[fact].reasons
        assert dict(decided.weights)["whole text"] > 1
    assert feature_in_words("whole text") == "what the whole text says, beside the words around it"


def test_a_vehicle_is_told_by_the_words_around_it_and_a_place_by_no_judge() -> None:
    found = why("A man in a red Fiesta stopped me in Leeds.")
    assert set(answers(found["vehicles.1.make"])) == {"used_vehicle"}
    assert found["place.text"].reasons == []


def test_words_said_are_told_by_what_stands_around_them() -> None:
    found = why('He told her "do not scream or I will hurt you" and left.')
    assert answers(found["speech.1"])["said_by_reported_person"].probability > 0.5


@each_row(
    "text",
    [
        TWO_MEN,
        "He raped me.",
        "He punched me in the face and took my phone, then drove off. " * 3,
        "Punter became aggressive, no weapon seen. He then grabbed my hair and would not let me leave until I "
        "gave him the money back, which I did.",
    ],
)
def test_the_parts_of_a_behaviour_add_up_to_the_probability_in_the_report(text: str) -> None:
    chances = read_behaviours(text).told
    found = reasons_of_behaviours(text)
    assert found
    for behaviour, (reason,) in found:
        if not behaviour.negated:
            assert isclose(reason.probability, chances[str(behaviour.value)], abs_tol=0.001)
        assert isclose(reason.probability, behaviour.confidence, abs_tol=1e-4)
    assert {str(behaviour.value) for behaviour, _ in found} <= {*judge().keys}


@given(WORDS)
def test_weights_add_up_to_the_log_odds_of_what_was_decided(text: str) -> None:
    for one in why_of(extract_report(text)):
        for reason in one["reasons"]:
            listed = sum(weight["weight"] for weight in (*reason["for"], *reason["against"]))
            assert isclose(reason["base"] + listed + reason["other_weights"], reason["log_odds"], abs_tol=1e-9)
            assert isclose(1 / (1 + exp(-reason["log_odds"])), reason["probability"], abs_tol=1e-4)
            assert all(weight["weight"] > 0 for weight in reason["for"])
            assert all(weight["weight"] < 0 for weight in reason["against"])


def test_a_long_text_is_explained_piece_by_piece() -> None:
    text = "\n\n".join(
        ["Nothing else is known of that day, which was wet and cold for the season." * 3] * 60 + [TWO_MEN]
    )
    found = why(text)
    assert found["suspects.1.build"].words == "stocky"
    assert "same_person" in answers(found["suspects.1.build"])


def test_a_text_without_facts_has_no_reasons() -> None:
    assert reasons_of(extract_report("")) == []
    assert reasons_of(extract_report("Hello there.")) == []


def test_features_and_questions_are_said_in_words() -> None:
    assert feature_in_words("before 0 was") == "straight before it: was"
    assert feature_in_words("covering =lad") == "stands in the words for: “lad”"
    assert feature_in_words("hair before 0 with") == "straight before it: with (facts of hair)"
    assert feature_in_words("word strangl me") == "words: strangl me"
    assert feature_in_words("unheard") == "unheard"
    assert "“slim”" in question_in_words(Reason.of("another_person", 0.0, [], compared_with="slim"))


def test_weights_of_one_name_are_one_weight_and_nothing_weighs_nothing() -> None:
    reason = Reason.of("told_as_done", -1.0, [("phrase", 2.0), ("word", 0.0), ("phrase", 1.0), ("other", -0.5)])
    assert reason.weights == (("phrase", 3.0), ("other", -0.5))
    assert reason.log_odds == 1.5


WHOLE = (
    "He booked an hour with me for 8pm and he was polite on arrival. Then he changed and he put a hand over my mouth "
    "and pushed me down. I told him no. He said my other job would find out. He went in my bag and took my purse and "
    "my keys before he left. He was tall with black gloves and a white cap and he has a scar on his chin."
)


def test_what_no_few_words_tell_rests_on_the_whole_text_and_on_no_sentence_of_it() -> None:
    report = extract_report(WHOLE)
    assert (report.place.venue, report.place.raw["venue"], report.place.spans["venue"]) == ("flat", WHOLE_TEXT, [])
    assert why(WHOLE)["place.venue"] == Why("place.venue", WHOLE_TEXT, (0, len(WHOLE)), [])
    assert "place.venue: the whole text; no judge" in "\n".join(reasons_in_words(why_of(report)))
