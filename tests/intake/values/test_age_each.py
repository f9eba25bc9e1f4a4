"""An age that is told of several people is that of each."""

from __future__ import annotations

import pytest

from linkage.intake.assemble.extract import extract_report


def ages(text: str) -> list[tuple[float | None, float | None]]:
    return [(one.age.min, one.age.max) for one in extract_report(text).suspects if one.age]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("Two lads, both 18 or 19, ran off.", (18, 19)),
        ("She was robbed by two men in their 20s and 30s.", (20, 39)),
    ],
)
def test_one_age_told_by_its_ends_is_that_of_both(text: str, both: tuple[int, int]) -> None:
    assert ages(text) == [both, both]
