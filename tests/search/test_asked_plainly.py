"""Marks, numbers, distances and scripts of a question: what is read, and what must read as nothing."""

from __future__ import annotations

import pytest

from linkage.search import Question, Searcher
from linkage.search.marks import without_marks
from linkage.search.reading import read_question
from tests.factories import incident


@pytest.mark.parametrize(
    ("asked", "plates", "last"),
    [
        ("Is he northern?", [], "northern"),
        ("did he drive?", [], "drive"),
        ("Any idea who?", [], "who"),
        ("a man called Dave?", [], "Dave"),
        ("does he wear a beanie?", [], "beanie"),
        ("really??", [], "really"),
        ("what?!", [], "what"),
        ("was it a 4x4?", [], "4x4"),
        ("in LS12?", [], "LS12"),
        ("on the M62?", [], "M62"),
        ("around 2014?", [], "2014"),
        ("a Transit? or so?", [], "so"),
        ("about 6ft?", [], "6ft"),
        ("was the plate seen by Dave?", [], "Dave"),
        ("reg ABC?", ["ABC?"], "ABC?"),
        ("plate starting ABC?", ["ABC*"], "ABC?"),
        ("?K5*", ["?K5*"], "?K5*"),
        ("KX18?", ["KX18?"], "KX18?"),
        ("yh05?", ["YH05?"], "yh05?"),
        ("YH05 ???", ["YH05???"], "???"),
        ("a van, 7XK?", ["7XK?"], "7XK?"),
    ],
)
def test_a_question_mark_after_a_word_is_punctuation(asked: str, plates: list[str], last: str) -> None:
    read = read_question(Question(words=asked))
    assert [one.registration for one in read.report.vehicles if one.registration] == plates
    assert read.words[-1][0].strip("() ") == last


def test_marks_in_quotes_stay() -> None:
    assert without_marks('he said "Dave?" to Jim?') == 'he said "Dave?" to Jim '


@pytest.mark.parametrize("asked", ["flat 1", "1", "1 bald man", "0", "yes", "always", "y", "2 picture frames"])
def test_an_answer_without_a_word_for_glasses_is_none(asked: str) -> None:
    assert all(one.glasses is None for one in read_question(Question(words=asked)).report.suspects)


@pytest.mark.parametrize(
    ("asked", "worn"),
    [("glasses", True), ("bald specs", True), ("horn rimmed", True), ("spectacled", True), ("no glasses", False)],
)
def test_words_for_glasses_are_read(asked: str, worn: bool) -> None:
    assert read_question(Question(words=asked)).person.glasses is worn


TOLD = [
    incident(
        report_id="ONE",
        narrative="A man strangled her. He drove a silver van and called himself Dave.",
        vehicle="silver van",
        behaviours=["strangles"],
    ),
    incident(report_id="TWO", narrative="قال لها الرجل أنه سيعود. She was alert and new to it."),
    incident(report_id="THREE", narrative="Он сказал: молчи. 他打我然后跑了"),
    *(incident(report_id=f"C{at}", narrative="It rained.") for at in range(30)),
]
SEARCHER = Searcher(TOLD)


def listed(words: str) -> list[str]:
    return [row.report_id for row in SEARCHER.find(Question(words=words)).rows if row.agrees]


@pytest.mark.parametrize(
    ("once", "again"),
    [
        ("strangled silver", "strangled silver strangled silver"),
        ("strangled silver", "strangled, silver, Strangled! silver. strangling"),
        ("Dave", "Dave dave DAVE (Dave)"),
        ("silver van", "silver van, silver van. silver van"),
        ("strangled dave silver van", " ".join(["strangled dave silver van"] * 400)),
    ],
)
def test_what_is_said_again_counts_no_more(once: str, again: str) -> None:
    first, second = (SEARCHER.find(Question(words=words)).rows[0] for words in (once, again))
    assert first.report_id == second.report_id == "ONE"
    assert second.score <= first.score + 1e-6


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("الرجل", ["TWO"]),
        ("رجل", ["TWO"]),
        ("молчи", ["THREE"]),
        ("МОЛЧИ!", ["THREE"]),
        ("打我", ["THREE"]),
        ('"قال لها"', ["TWO"]),
        ('"لها قال"', []),
        ("женщина", []),
        ('"женщина"', []),
    ],
)
def test_words_of_other_scripts_are_found_as_they_are_written(asked: str, found: list[str]) -> None:
    assert listed(asked) == found
    assert [row.report_id for row in SEARCHER.find(Question(person=asked)).rows if row.agrees] == found


@pytest.mark.parametrize("asked", ["<script>alert(1)</script>", "new-alert-1", "strangling", "DAVE", "Dave/alert"])
def test_a_word_quoted_as_found_stands_in_the_report(asked: str) -> None:
    of = {report.report_id: report.narrative or "" for report in TOLD}
    rows = SEARCHER.find(Question(words=asked)).rows
    quoted = [
        (row.report_id, reason.words.strip("“”"))
        for row in rows
        for reason in row.reasons
        if reason.says == "agrees" and reason.words.startswith("“")
    ]
    assert quoted
    assert all(words in of[report_id] for report_id, words in quoted)


def test_a_behaviour_of_own_words_quotes_the_words_of_the_report() -> None:
    (row,) = [row for row in SEARCHER.find(Question(behaviour=("new alerts",))).rows if row.agrees]
    assert {reason.words for reason in row.reasons} == {"“new”, “alert”"}
