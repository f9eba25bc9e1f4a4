"""An age, build or height that is told of one person by that of another."""

from __future__ import annotations

from linkage.intake.assemble.extract import extract_report
from linkage.report import Range
from tests.rows import each_row

_FIRST = "Two men robbed her. The first was white, 25 to 30 and stocky. The second was black, "
SAME = {
    "about the same age but taller.": (Range(min=25, max=30), []),
    "of a similar age and build.": (Range(min=25, max=30), ["stocky"]),
    "a similar build, with a limp.": (None, ["stocky"]),
    "the same age as the other, in a cap.": (Range(min=25, max=30), []),
    "about the same age as me.": (None, []),
    "of similar age, slim.": (Range(min=25, max=30), ["slim"]),
    "with the same accent.": (None, []),
}


@each_row(("words", "expected"), SAME.items())
def test_what_is_the_same_is_taken_from_the_one_told_of_before(
    words: str, expected: tuple[Range | None, list[str]]
) -> None:
    second = extract_report(_FIRST + words).suspects[1]
    assert (second.age, second.build) == expected


def test_nobody_before_leaves_nothing() -> None:
    people = extract_report("A man grabbed her. He was white and of a similar age.").suspects
    assert [one.age for one in people] == [None]
