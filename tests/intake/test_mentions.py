"""Words that stand for somebody, as spans: no opinion who that is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.document.document import read_document
from linkage.intake.mentions import Mention, find_people
from tests.rows import each_row


def people(text: str) -> list[Mention]:
    return [*find_people(read_document(text))]


@each_row(
    ("text", "words"),
    [
        ("A tall man grabbed her.", ["man", "her"]),
        ("The security guard saw him.", ["guard", "him"]),
        ("The second was bald, the other had a beard.", ["second", "other"]),
        ("He took the second turning.", ["he"]),
        ("Suspect 2: white, 30s.", ["suspect"]),
        ("The male client left.", ["client"]),
        ("then Kelly laughed", ["kelly"]),
        ("A silver Shogun, one door dented.", []),
        ("A chainman held the door.", ["chainman"]),
    ],
)
def test_mentions_are_the_words_that_stand_for_somebody(text: str, words: list[str]) -> None:
    assert [one.word for one in people(text)] == words


@each_row(
    ("text", "article", "place", "sex", "count"),
    [
        ("A tall man grabbed her.", "new", "subject", "male", 0),
        ("Two men grabbed her.", "new", "subject", "male", 2),
        ("Held by a woman.", "new", "agent", "female", 0),
        ("It was the driver.", "known", "predicate", None, 0),
        ("There was my boyfriend.", "own", "predicate", "male", 0),
    ],
)
def test_a_phrase_tells_article_place_sex_and_number(
    text: str, article: str, place: str, sex: str | None, count: int
) -> None:
    one = next(one for one in people(text) if one.noun)
    assert (one.article, one.place, one.sex, one.count) == (article, place, sex, count)


def test_a_number_behind_a_noun_is_its_label_but_a_height_is_not() -> None:
    assert [one.label for one in people("Offender 1: white. Offender two: black. A man 6ft tall.")] == ["1", "2", ""]


def test_her_is_an_owner_before_what_is_hers() -> None:
    assert [one.possessive for one in people("He took her bag and pushed her into a car.")] == [False, True, False]


@given(st.text(max_size=200))
def test_no_text_raises_and_mentions_lie_in_it_in_order(text: str) -> None:
    found = people(text)
    assert all(0 <= one.opens <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
