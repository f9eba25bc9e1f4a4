"""A text becomes one line of kinds of words, each with its span."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.values.times.dates import field_words
from linkage.intake.values.times.time_words import (
    CALENDAR,
    PARTS,
    RULES,
    WORDS,
    around,
    kinds,
    line_of,
    rule,
)
from tests.rows import each_row


@each_row("name", WORDS.entries)
def test_the_example_of_a_kind_of_word_holds_it(name: str) -> None:
    assert not kinds(name).isdisjoint(line_of(WORDS.entries[name].example).kinds)


@each_row("entry", [*PARTS.entries.values(), *CALENDAR.entries.values()])
def test_the_example_of_a_part_of_the_day_or_year_holds_it(entry) -> None:
    values = {word.value for word in line_of(entry.example).words}
    assert entry.data.get("month", entry.key) in values


@each_row(
    ("text", "source"),
    [
        ("the 30 th of Sept.", "the fig th of month[.]"),
        ("Friday's attack", "weekday other_word"),
        ("twenty-to-ten at night", "minutes to number at part"),
        ("9-10pm", "d1-d2(ampm)"),
        ("at 10 p.m.", "at d2 ampm"),
        ("2nite at 9ish", "tonight at d1(ish)"),
        ("2 nite", "d1 part"),
        ("W12 and £20", "other_word other_word and £other_word"),
        ("30Aug2010", "d2(month)(yyyy)"),
    ],
)
def test_a_text_is_the_kinds_of_its_words(text: str, source: str) -> None:
    assert rule(f"{source}$").match(line_of(text).kinds)


@given(
    st.text()
    | st.lists(st.sampled_from(["9", "pm", "-", "half", "past", " ", "x", "twenty", "first", "İ", "²", "٣"])).map(
        "".join
    )
)
def test_words_stand_in_their_order_within_the_text(text: str) -> None:
    line, end = line_of(text), 0
    for word in line.words:
        assert end <= word.start < word.end <= len(text)
        end = word.end
    assert [line.kinds[place] for place in line.at] == [word.kind for word in line.words]


@each_row(
    ("words", "right"),
    [("Wendesday 3 Aprli", "wednesday 3 april"), ("Apr-23", "apr '23"), ("March", "march"), ("Xyz", "xyz")],
)
def test_months_and_weekdays_of_a_field_are_put_right(words: str, right: str) -> None:
    assert field_words(words) == right


@each_row("row", [*RULES["date"], *RULES["clock"]])
def test_the_example_of_a_rule_is_read_by_it(row: dict[str, str]) -> None:
    line = line_of(row["example"])
    found = rule(row["rule"]).match(line.kinds)
    assert found is not None
    assert line.kinds[0] in kinds(row["opens"]) if "opens" in row else found.end() == len(line.kinds)


@each_row("name", RULES["around"])
def test_the_example_of_what_stands_around_a_time_holds_it(name: str) -> None:
    assert around(name).search(line_of(RULES["around"][name]["example"]).kinds)
