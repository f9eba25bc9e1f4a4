"""Words looked up where they can begin: the same as a search of the whole text finds."""

from __future__ import annotations

import re

import pytest

from linkage.intake.phrases.surface import alternation, found_at, openings
from tests.rows import each_row

WORDS = ["clean shaven", "clean", "zip up top", "w/m", "salt & pepper", "hi vis"]


@each_row(
    "text",
    [
        "clean-shaven, cleanshaven, clean shavenish, clean",
        "zip-up top and zipup top and zipuptop but zip uptop or zip up",
        "a w/m with salt & pepper, w m, salt and pepper, salt&pepper",
        "unclean hi-vis hi'vis hi vista _hi vis hivis",
        "",
    ],
)
def test_words_tried_where_they_can_begin_are_all_that_a_search_of_the_text_finds(text: str) -> None:
    pattern = re.compile(rf"\b{alternation(WORDS)}\b")
    found = [said.span() for said in found_at(pattern, openings(WORDS), text)]
    assert found == [said.span() for said in pattern.finditer(text)]


def test_a_surface_that_begins_with_no_word_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with no word"):
        openings(["& co"])
