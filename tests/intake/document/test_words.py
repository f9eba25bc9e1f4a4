"""Texts as words: which of them stand in one sentence."""

from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.document.words import read

TEXTS = st.lists(st.sampled_from(["he", "ran.", "grabbed", "her;", "phone", "!", "and", "\n", "why?"])).map(" ".join)


def test_a_sentence_reaches_from_one_stop_to_the_next() -> None:
    words = read("He ran. She shouted at him! Nobody came")
    assert [words.forms[slice(*words.sentence(words.forms.index(one)))] for one in ("ran", "at", "came")] == [
        ["he", "ran"],
        ["she", "shouted", "at", "him"],
        ["nobody", "came"],
    ]


@given(TEXTS)
def test_a_sentence_holds_no_stop_and_is_held_by_them(text: str) -> None:
    words = read(text)
    for at, stem in enumerate(words.stems):
        start, end = words.sentence(at)
        assert "." not in words.stems[start:end]
        assert start == 0 or words.stems[start - 1] == "."
        assert end == len(words.stems) or words.stems[end] == "."
        assert start <= at < end or stem == "."
