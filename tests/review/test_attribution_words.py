"""Which of several accounts of one incident a value comes from."""

from __future__ import annotations

import pytest

from linkage.features.explanation import Told
from linkage.review.attribution_words import Whose, whose


@pytest.mark.parametrize(
    ("shown", "told", "found"),
    [
        ("slim", [("A", "slim"), ("B", "slim")], [Whose(("A", "B"))]),
        ("43-47 years", [("A", "43-47 years"), ("B", "30-33 years")], [Whose(("A",)), Whose(("B",), "30-33 years")]),
        ("kicks; grabs", [("B", "grabs; kicks")], [Whose(("B",))]),
        ("red Kia hatchback", [("B", "hatchback")], [Whose(("B",))]),
        ("kicks; grabs", [("A", "grabs"), ("B", "kicks")], [Whose(("A",), "grabs"), Whose(("B",), "kicks")]),
        # only what is shown is attributed, however surely it was read
        (
            "kicks; not mentioned: grabs",
            [("A", "kicks; robs"), ("B", "no: bites; kicks (perhaps)")],
            [Whose(("A",)), Whose(("B",), "kicks (perhaps)")],
        ),
        ("kicks", [("A", "kicks"), ("B", "no: kicks")], [Whose(("A",)), Whose(("B",), "no: kicks")]),
    ],
)
def test_accounts_that_say_what_is_shown_stand_together(
    shown: str, told: list[tuple[str, str]], found: list[Whose]
) -> None:
    assert whose(shown, [Told(*one) for one in told]) == found
