"""Periods as whoever asks names them; a question is asked on TODAY."""

from __future__ import annotations

from datetime import date

from linkage.search import Question
from linkage.search.periods import read_periods, windows_of
from linkage.search.weekdays import whole_weekdays
from tests.rows import each_row
from tests.search.test_answers import KEPT

TODAY = date(2026, 12, 2)

NAMED = [
    ("hunslet since jan 2023", ["from 2023-01-01"]),
    ("before 2020", ["to 2019-12-31"]),
    ("after 3 may 2024", ["from 2024-05-04"]),
    ("June 2022 onwards", ["from 2022-06-01"]),
    ("since last summer", ["from 2026-06-01"]),
    ("since jan 2023 until mar 2024", ["2023-01-01 to 2024-03-31"]),
    ("over the last couple of weeks", ["2026-11-18 to 2026-12-02"]),
    ("last 3 months", ["2026-09-02 to 2026-12-02"]),
    ("last winter", ["2025-12-01 to 2026-02-28"]),
    ("last month", ["2026-11-01 to 2026-11-30"]),
    ("this week", ["2026-11-30 to 2026-12-02"]),
    ("14 april", ["2026-04-14 to 2026-04-14"]),
    ("12/5", ["2026-05-12 to 2026-05-12"]),
    ("strangled on 12/05", ["2026-05-12 to 2026-05-12"]),
    ("2/3 men", []),
    ("2/3 men on 12/05", ["2026-05-12 to 2026-05-12"]),
    ("between 12/05 and 14/05", ["2026-05-12 to 2026-05-14"]),
    ("christmas eve", ["2025-12-24 to 2025-12-24"]),
    ("since boxing day", ["from 2025-12-26"]),
    ("strangled at easter", ["2026-04-03 to 2026-04-06"]),
    ("march 24", ["2024-03-01 to 2024-03-31", "2026-03-24 to 2026-03-24"]),
    ("march 4", ["2026-03-04 to 2026-03-04"]),
    ("after midnight", []),
    ("before 10pm", []),
    ("last three of plate KXR", []),
    ("between 5 may and 9 june 2024", []),
    ("last night", ["2026-12-01 to 2026-12-02"]),
    ("yesterday", ["2026-12-01 to 2026-12-01"]),
    ("3 days ago", ["2026-11-29 to 2026-11-29"]),
    ("the night before", []),
    ("the other day", []),
    ("between 2019 and 2021", ["2019-01-01 to 2021-12-31"]),
    ("2019-2021", ["2019-01-01 to 2021-12-31"]),
    ("0151 2019-2021", []),
    ("2019 and 2021", []),
]


@each_row(("words", "windows"), NAMED)
def test_a_period_is_read(words: str, windows: list[str]) -> None:
    assert [one.words for one in windows_of(read_periods(words, TODAY))] == windows


def test_weekdays_cut_short_are_put_in_full_beside_a_part_of_the_day() -> None:
    said = [
        whole_weekdays(words) for words in ("fri nights", "wed evenings", "Fridays", "he sat down", "sun glasses")
    ]
    assert said == ["Friday night", "Wednesday evening", "Friday", "he sat down", "sun glasses"]


def test_a_month_and_a_figure_are_no_place_and_no_age() -> None:
    asked = KEPT.find(Question(words="march 24"), today=TODAY).asked
    assert asked == ["Date: 2024-03-01 to 2024-03-31 or 2026-03-24 to 2026-03-24"]


@each_row(
    ("words", "days"),
    [
        ("sat or sun night", "Saturday or Sunday night"),
        ("fri, sat and sundays", "Friday or Saturday or Sunday"),
        ("fri-mon", "Friday or Saturday or Sunday or Monday"),
        ("wed to thurs eve", "Wednesday or Thursday eve"),
        ("at weekends", "at Saturday or Sunday"),
        ("last weekend", "last weekend"),
        ("2 weekends ago", "2 weekends ago"),
        ("sun glasses or sat nav", "sun glasses or sat nav"),
    ],
)
def test_weekdays_of_which_any_will_do_are_said_one_by_one(words: str, days: str) -> None:
    assert whole_weekdays(words) == days


def test_either_day_of_a_weekend_is_asked_for() -> None:
    assert "Weekday: Saturday or Sunday" in KEPT.find(Question(words="weekend nights"), today=TODAY).asked


@each_row(
    ("words", "dated"),
    [
        ("knife leeds 2022", ["Date: 2022-01-01 to 2022-12-31"]),
        ("easter 2022", ["Date: 2022-04-15 to 2022-04-18"]),
        ("2020 or 2021 leeds", ["Date: 2020-01-01 to 2021-12-31"]),
        ("robbed at knifepoint, 2022.", ["Date: 2022-01-01 to 2022-12-31"]),
        ("last night in leeds", ["Date: 2026-12-01 to 2026-12-02"]),
        ("peugeot 2008", []),
        ("silver golf 2015", []),
        ("room 2019", []),
        ("ref. 2019", []),
        ("took £2010", []),
        ("robbed of 2000", []),
    ],
)
def test_a_year_alone_is_a_period_where_it_counts_and_names_nothing(words: str, dated: list[str]) -> None:
    asked = KEPT.find(Question(words=words), today=TODAY).asked
    assert [one for one in asked if one.startswith("Date")] == dated
