"""What is hidden from whom: what somebody has still to decide blind, and nothing from who decides nothing."""

from __future__ import annotations

from linkage.review.blind import Blind, blind_for
from linkage.review.outcome import outcomes
from linkage.review.people import Actor
from tests.review.deciding import Book

DRAWN = [("f", "e")]


def blind(book: Book, name: str, role: str = "analyst") -> Blind:
    return blind_for(Actor(name, role), DRAWN, outcomes(book.made))


def test_a_first_check_is_hidden_from_a_second_analyst_alone_and_a_draw_until_it_is_decided() -> None:
    book = Book()
    first = book.pair("ann", "b", "a", "link")
    book.pair("ann", "e", "f", "not_linked", blind=True)
    assert blind(book, "bob").pairs == {("a", "b"), ("e", "f")}
    assert blind(book, "bob").shown(book.made) == []
    assert blind(book, "bob").how(("pair", "a", "b")) == f"linkage decide pair a b JUDGEMENT --second-of {first}"
    assert blind(book, "ann").pairs == set()
    assert blind(book, "vic", "viewer").shown(book.made) == book.made
    book.pair("cat", "a", "b", "unsure")
    assert blind(book, "ann").pairs == set()
    assert blind(book, "bob").pairs == {("a", "b"), ("e", "f")}
    book.pair("bob", "a", "b", "link", second_of=first, blind=True)
    assert blind(book, "bob").pairs == {("e", "f")}
