"""A text is cut once, and what models see of it holds no name and no figure."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.document.document import NAME, read_document
from tests.rows import each_row


@each_row(
    ("text", "sentences"),
    [
        ("He left. She rang.", ["He left.", " She rang."]),
        ("About 5.30 he left. Then rain.", ["About 5.30 he left.", " Then rain."]),
        ("Approx. 40.\nWhite.", ["Approx. 40.\n", "White."]),
        ("She said “no. never” and ran.", ["She said “no. never” and ran."]),
        ("", [""]),
    ],
)
def test_sentences_end_at_stops_and_lines_but_not_in_numbers_or_quotations(text: str, sentences: list[str]) -> None:
    starts = [*read_document(text).sentences, len(text)]
    cut = [text[a:b] for a, b in pairwise(starts)]
    assert [one for one in cut if one] == [one for one in sentences if one]


def test_names_and_figures_are_one_word_each() -> None:
    words = read_document("Then Dave took 40 pounds. Marie saw the 30s car.").words
    assert words == ["then", NAME, "took", "0", "pounds", ".", "marie", "saw", "the", "0s", "car", "."]


def test_a_heading_reaches_to_the_next_one_or_a_blank_line() -> None:
    document = read_document("Victim: woman, 30\nOffender: bald\n\nHe ran.")
    under = [document.section_at(document.text.index(word)) for word in ("woman", "bald", "ran")]
    assert [one.heading if one else None for one in under] == ["victim", "offender", None]


@given(st.text(max_size=300))
def test_any_text_can_be_cut_and_every_token_is_of_one_sentence(text: str) -> None:
    document = read_document(text)
    bounds = [document.bounds(at) for at in range(len(document.sentences))]
    assert [one for first, last in bounds for one in range(first, last)] == [*range(len(document.tokens))]
    assert len(document.words) == len(document.tokens)
