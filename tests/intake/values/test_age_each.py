"""Ages told of several people in a row are one for each; the two ends of one age are not."""

from __future__ import annotations

import pytest

from linkage.intake.assemble.extract import extract_report
from tests.rows import each_row


def ages(text: str) -> list[tuple[float | None, float | None]]:
    return [(one.age.min, one.age.max) for one in extract_report(text).suspects if one.age]


@each_row(
    ("text", "each"),
    [
        ("Three men, aged about 20, 25 and 40, came in a van.", [(18, 22), (25, 25), (40, 40)]),
        ("She was robbed by two men. They were in their 20s and 40s.", [(20, 29), (40, 49)]),
        ("Two men, aged 25 and 30, attacked her. The first was white. The second had a cap.", [(25, 25), (30, 30)]),
    ],
)
def test_as_many_ages_as_people_are_one_for_each(text: str, each: list[tuple[int, int]]) -> None:
    assert ages(text) == each


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("Two lads, both 18 or 19, ran off.", (18, 19)),
        ("She was robbed by two men in their 20s and 30s.", (20, 39)),
    ],
)
def test_one_age_told_by_its_ends_is_that_of_both(text: str, both: tuple[int, int]) -> None:
    assert ages(text) == [both, both]


def test_an_age_is_told_with_its_own_words() -> None:
    text = "Two men, aged 18 and 21, attacked her. The first was white. The second had a cap."
    _, second = extract_report(text).suspects
    assert [text[start:end] for start, end in second.spans["age"]] == ["21"]
