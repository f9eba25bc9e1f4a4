"""Marks, numbers, distances and scripts of a question: what is read, and what must read as nothing."""

from __future__ import annotations

import pytest

from linkage.search import Question
from linkage.search.marks import without_marks
from linkage.search.reading import read_question


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
