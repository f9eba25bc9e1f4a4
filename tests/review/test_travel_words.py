"""When and how far apart incidents were, in words."""

from __future__ import annotations

from linkage.review.travel_words import when_words
from linkage.travel import stop_of
from tests.factories import incident
from tests.rows import each_row


@each_row(
    ("date", "words"),
    [
        ("3 May 2024", "3 May 2024"),
        ("between 3 and 6 May 2024", "3 May 2024 to 6 May 2024"),
        ("3 May 2024 at 10pm", "3 May 2024, 22:00"),
        ("", "not known"),
    ],
)
def test_a_range_of_days_ends_on_its_last(date: str, words: str) -> None:
    assert when_words(stop_of(incident(date=date or None))) == words
