"""Words of a question: slips, like meanings, phrases in other words, and what is looked for at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from linkage.report import Report
from linkage.search import Question, QuestionError, Searcher, sentences
from linkage.search.expansion import kin, near_spellings, same_meaning
from linkage.search.meaning import TfidfMeaning, meant
from linkage.search.sentences import MissingExtraError, SentenceMeaning, Vectors
from linkage.vocabulary import behaviours
from linkage.vocabulary.english import stem
from tests.factories import incident
from tests.rows import each_row


def crowd() -> list[Report]:
    told = ["He drove off.", "He was rude to her.", "She left by the back stairs.", "It rained all night."]
    return [incident(report_id=f"C{number:02}", narrative=told[number % 4]) for number in range(24)]


def listed(words: str, *reports: Report, **asked: object) -> list[str]:
    found = Searcher([*reports, *crowd()]).find(Question(words=words, **asked))  # type: ignore[arg-type]
    return [row.report_id for row in found.rows if row.agrees]


@each_row(
    ("asked", "told", "near"),
    [
        ("lighthose", "lighthouse", True),
        ("lightohuse", "lighthouse", True),
        ("ilghthouse", "lighthouse", True),
        ("lighthousing", "lighthouse", False),
        ("hell", "help", False),
        ("neck", "deck", False),
        ("stanley", "manley", False),
    ],
)
def test_a_slip_of_the_pen_is_near_and_another_word_is_not(asked: str, told: str, near: bool) -> None:
    assert (told in near_spellings(asked, [told, "station"])) == near


@each_row(
    ("asked", "told"),
    [("cash", "money"), ("copper", "police"), ("nicked", "stole"), ("blade", "knife"), ("mobile", "phone")],
)
def test_slang_and_plain_words_mean_the_same(asked: str, told: str) -> None:
    assert stem(told) in same_meaning(stem(asked))


def test_slang_for_a_deed_puts_none_before_those_that_tell_the_deed() -> None:
    phones = [incident(report_id=f"PHONE{n}") for n in range(12)]
    for one in phones:
        one.behaviours.present = ["steals_phone"]
    cash = incident(report_id="CASH", narrative="He nicked it.")
    cash.behaviours.present = ["steals_cash"]
    assert "CASH" not in listed("nicked my phone", cash, *phones)[:12]


def test_a_height_that_differs_counts_against_beside_a_build() -> None:
    told = {"TALL": "188 cm", "SILENT": None, "SHORT": "152 cm"}
    reports = [incident(report_id=name, build="slim", height=height) for name, height in told.items()]
    assert listed("tall thin man", *reports) == ["TALL", "SILENT"]


def test_every_kin_is_a_behaviour_of_the_vocabulary() -> None:
    known = behaviours().entries
    assert kin("locks_in")
    assert all(other in known for key in known for other in kin(key))


def test_each_way_of_looking_for_words_finds_what_the_ones_before_it_find_and_more() -> None:
    one = incident(report_id="ONE", narrative="He talked about a lighthouse and his dosh.")
    assert [listed("lighthouse", one, words_as=way) for way in ("exact", "near", "similar")] == [["ONE"]] * 3
    assert [listed("lighthouze", one, words_as=way) for way in ("exact", "near", "similar")] == [[], ["ONE"], ["ONE"]]
    assert [listed("cash", one, words_as=way) for way in ("exact", "near", "similar")] == [[], [], ["ONE"]]


def test_a_behaviour_like_the_one_asked_for_is_close_and_stands_behind_it() -> None:
    did = incident(report_id="DID", behaviours=["locks_in"])
    like = incident(report_id="LIKE", behaviours=["holds_against_will"])
    assert listed("", did, like, behaviour=("locks_in",)) == ["DID", "LIKE"]


def test_words_of_a_fact_stand_in_where_no_fact_was_read() -> None:
    told = incident(report_id="TOLD", narrative="Reg ended XBT, she is sure of it.")
    assert listed("plate ending XBT", told) == ["TOLD"]


def test_facts_of_the_same_words_count_once() -> None:
    held = incident(report_id="HELD", behaviours=["knife_shown"], weapons=["knife"])
    searcher = Searcher([held, *crowd()])
    conditions = searcher.conditions(Question(words="he pulled a knife"))
    conditions = [one for one in conditions if one.weights[0] and one.label != "Words"]
    assert len(conditions) == 1


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("squashed her windpipe", "strangles"),
        ("wanted a refund when it was over", "takes_payment_back"),
        ("hauled her along the ground", "drags"),
    ],
)
def test_words_of_like_meaning_find_the_behaviour(words: str, key: str) -> None:
    assert key in [one.key for one in meant([words], TfidfMeaning())]
    assert listed(words, incident(report_id="DID", behaviours=[key])) == ["DID"]


@pytest.mark.parametrize("words", ["helicopter pilot", "trombone player", "purple mohican", "grey"])
def test_words_that_tell_no_behaviour_mean_none(words: str) -> None:
    assert meant([words], TfidfMeaning()) == []


@pytest.mark.parametrize("words", ["crossbow", "a purple Lamborghini in Aberdeen", "ventriloquist with a parrot"])
def test_what_no_report_tells_finds_nothing(words: str) -> None:
    near = incident(report_id="NEAR", vehicle="purple Ford Focus", town="Leeds")
    assert listed(words, near) == []


def letters(texts: list[str]) -> NDArray[np.float32]:
    """A small real encoder: counts of letter pairs, to unit length."""
    made = np.zeros((len(texts), 27 * 27), dtype=np.float32)
    for row, text in enumerate(texts):
        codes = [ord(c) - 96 if "a" <= c <= "z" else 0 for c in text.lower()]
        for a, b in pairwise(codes):
            made[row, 27 * a + b] += 1
    return made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)


def test_vectors_are_made_once_for_each_text_and_kept_in_the_file(tmp_path: Path) -> None:
    seen: list[str] = []

    def encode(texts: list[str]) -> NDArray[np.float32]:
        seen.extend(texts)
        return letters(texts)

    file = tmp_path / "store.db.vectors.npz"
    first = Vectors(encode, file).of(["one text", "another", "one text"])
    again = Vectors(encode, file).of(["another", "a third"])
    assert seen == ["one text", "another", "a third"]
    assert np.allclose(first[1], again[0])
    assert np.allclose(first[0], first[2])
    file.write_bytes(b"no vectors")
    assert len(Vectors(encode, file).of(["one text"])) == 1


def test_sentence_vectors_stand_behind_the_same_protocol(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "encoder", lambda: letters)
    told: Sequence[str] = ["He squeezed her throat", "He paid by bank transfer"]
    likeness = SentenceMeaning().likeness(["squeezing the throat"], told)
    assert likeness.shape == (1, 2)
    assert likeness[0, 0] > likeness[0, 1] >= 0
    one = incident(report_id="ONE", narrative="Tall lighthouse keeper of the harbour.")
    row = Searcher([one, *crowd()]).find(Question(words="lighthouse keepers", words_as="sentences")).rows[0]
    assert any(reason.label == "Meaning" and "narrative is like" in reason.words for reason in row.reasons)


def test_without_the_extra_the_question_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "installed", lambda: False)
    with pytest.raises(MissingExtraError):
        sentences.encoder()
    with pytest.raises(QuestionError, match="semantic"):
        Searcher(crowd()).find(Question(words="x y", words_as="sentences"))


def test_the_colour_of_something_else_is_no_vehicle_that_nobody_saw() -> None:
    purple = incident(report_id="P1", narrative="Her friend had a purple mohican.")
    assert listed("purple Lamborghini", purple) == []
    assert listed("purple mohican", purple) == ["P1"]
