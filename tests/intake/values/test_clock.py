"""Clock times as people write them become the right hours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.values.times import clock
from tests.rows import each_row

TIMES = [
    ("21:30", 21.5, 21.5),
    ("21:30:00", 21.5, 21.5),
    ("21.30", 21.5, 21.5),
    ("2130", 21.5, 21.5),
    ("2130 hrs", 21.5, 21.5),
    ("0930 hours", 9.5, 9.5),
    ("00:30", 0.5, 0.5),
    ("10pm", 22, 22),
    ("10 p.m.", 22, 22),
    ("10.15 p.m", 22.25, 22.25),
    ("11. 00 pm", 23, 23),
    ("12.30am", 0.5, 0.5),
    ("12 pm", 12, 12),
    ("12 noon", 12, 12),
    ("noon", 12, 12),
    ("midnight", 0, 0),
    ("nine pm", 21, 21),
    ("nine o'clock at night", 21, 21),
    ("3 o'clock in the morning", 3, 3),
    ("9 in the evening", 21, 21),
    ("half past nine at night", 21.5, 21.5),
    ("half nine at night", 21.5, 21.5),
    ("quarter to 11 pm", 22.75, 22.75),
    ("quarter past three in the afternoon", 15.25, 15.25),
    ("Friday night at 9.30", 21.5, 21.5),
    ("9.30-10 pm", 21.5, 22),
    ("9. 30 -10 pm", 21.5, 22),
    ("9.30 – 10pm", 21.5, 22),
    ("8 to 9pm", 20, 21),
    ("10 am to 2 pm", 10, 14),
    ("11-1 am", 23, 1),
    ("11pm-1am", 23, 1),
    ("22:00-02:00", 22, 2),
    ("2100hrs - 2200hrs", 21, 22),
    ("between 21:30 and 22:00", 21.5, 22),
    ("between 1 and 2 in the morning", 1, 2),
    ("from 9pm until 11pm", 21, 23),
    ("10pm - midnight", 22, 24),
    ("at some point between 11pm and 3am", 23, 3),
    ("about 3am", 2.5, 3.5),
    ("3am approx", 2.5, 3.5),
    ("10ish pm", 21.5, 22.5),
    ("around midnight", 23.5, 0.5),
    ("early hours, about 3.30", 3, 4),
    ("just after 2am", 2, 2.5),
    ("shortly before 11pm", 22.5, 23),
    ("after 10pm", 22, 24),
    ("before midnight", 22, 24),
    ("early hours", 0, 5),
    ("in the early hours of the morning", 0, 5),
    ("late evening", 21, 24),
    ("evening", 18, 23),
    ("night", 21, 5),
    ("afternoon", 12, 18),
    ("morning", 5, 12),
    ("lunchtime", 12, 14),
    ("late at night", 22, 2),
]


@each_row(("words", "first", "last"), TIMES)
def test_a_time_is_read(words: str, first: float, last: float) -> None:
    assert clock.normalise(words) == (first, last)


@each_row(
    "words",
    [
        "",
        "unknown",
        "5 ft 7",
        "£50",
        "30 minutes",
        "half an hour",
        "20 minutes",
        "2-3 hours",
        "24 hours",
        "No: 456",
        "07700 900123",
        "in his 20s",
    ],
)
def test_other_words_are_no_time(words: str) -> None:
    assert clock.normalise(words) is None


@pytest.mark.parametrize("words", ["nine o'clock", "half past nine"])
def test_an_hour_of_either_half_of_the_day_is_not_guessed(words: str) -> None:
    assert clock.normalise(words) is None


def _found(text: str) -> list[tuple[str, tuple[float, float], str]]:
    return [(f.words(text), f.value, f.rule) for f in clock.find(text)]


@each_row(
    ("text", "found"),
    [
        ("Hill Road, Leeds. 9. 30 -10 pm. Male, mid 30’s", ("9. 30 -10 pm", (21.5, 22.0), "clock_range")),
        ("Leeds. 11. 00 pm. Male, 5 ft 7", ("11. 00 pm", (23.0, 23.0), "clock_time")),
        ("Leeds. 21.30. Male", ("21.30", (21.5, 21.5), "clock_time")),
        ("At 2130 hrs he came.", ("2130 hrs", (21.5, 21.5), "clock_time")),
        ("30 September 2009, 9.30pm, silver car", ("9.30pm", (21.5, 21.5), "clock_time")),
        ("2009-09-30T21:30 he came", ("21:30", (21.5, 21.5), "clock_time")),
        ("It was between 9 and 10 at night.", ("9 and 10 at night", (21.0, 22.0), "clock_range")),
        ("He left at about 2am.", ("about 2am", (1.5, 2.5), "clock_about")),
        ("In the early hours he came back.", ("early hours", (0.0, 5.0), "day_part")),
        ("Last night at 9.30 he rang.", None),
    ],
)
def test_a_time_is_found_whole(text: str, found: tuple[str, tuple[float, float], str] | None) -> None:
    assert found in _found(text) if found else ("9.30", (21.5, 21.5), "clock_time") in _found(text)


@each_row(
    "text",
    [
        "He was 5 ft 7, in his 20s, 30 years old, paid £50 for 30 minutes, then 9.30 more.",
        "Call 07700 900123 or 0161 496 0018. No: 456. Driving a 4 x 4, reg W12 ABC, a 2010 Ford.",
        "One or two men, five to six of them, 8 to 10 inches, half an hour, half past caring.",
        "On 30.9.09 and 30/9/2009 and 2009-09-30 and 3 May 2019.",
        "For 2 to 3 hours, 15 to 20 minutes, 13-14 people, 2 or 3 times; he was 18 to 24.",
        "Outside the night club, by the night shelter; I am tall.",
    ],
)
def test_traps_are_no_times(text: str) -> None:
    assert _found(text) == []


@each_row(
    ("text", "own", "reported"),
    [
        ("He came at 9pm and she called police at 11pm.", ["9pm"], ["11pm"]),
        ("She reported it at 9 am the next day.", [], ["9 am"]),
        ("At 7 pm she rang the police.", [], ["7 pm"]),
        ("Police were called at 11pm after he left at 10pm.", ["10pm"], ["11pm"]),
        ("He called her at 9pm. The reported person left at 10pm.", ["9pm", "10pm"], []),
    ],
)
def test_the_time_of_the_report_is_told_from_the_incidents(text: str, own: list[str], reported: list[str]) -> None:
    found = clock.find(text)
    assert [f.words(text) for f in found if f.rule != "clock_of_report"] == own
    late = [f for f in found if f.rule == "clock_of_report"]
    assert ([f.words(text) for f in late], {f.confidence for f in late} <= {0.3}) == (reported, True)


WORDY = st.lists(
    st.sampled_from(
        [
            "9",
            "10",
            "24",
            "25",
            "60",
            "2130",
            "9.30",
            "9:",
            "30",
            "pm",
            "am",
            "a.m.",
            "-",
            "to",
            "past",
            "half",
            "quarter",
            "five",
            "midnight",
            "noon",
            "night",
            "evening",
            "early",
            "hours",
            "about",
            "after",
            "before",
            "between",
            "and",
            "at",
            "hrs",
            "o'clock",
            "ish",
            "İ",
            "½",
            "٣",
            ".",
            ",",
            "£",
        ]
    )
).map(" ".join)


@given(st.text() | WORDY)
def test_no_words_raise_and_hours_stay_in_the_day(words: str) -> None:
    value = clock.normalise(words)
    assert value is None or (0 <= value[0] <= 24 and 0 <= value[1] <= 24)
    end = 0
    for finding in clock.find(words):
        assert end <= finding.start < finding.end <= len(words)
        end = finding.end


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_of_24_hours_is_itself(hour: int, minute: int) -> None:
    hours = round(hour + minute / 60, 4)
    assert clock.normalise(f"{hour:02}:{minute:02}") == (hours, hours)
    half = "am" if hour < 12 else "pm"
    assert clock.normalise(f"{(hour - 1) % 12 + 1}.{minute:02} {half}") == (hours, hours)


@pytest.mark.parametrize("street", ["Miller Close", "Bell Close", "number 52 in Park Close"])
def test_a_close_is_no_closing_time(street: str) -> None:
    assert [f.rule for f in clock.find(f"She was in {street} at 4pm on Monday when he grabbed her.")] == [
        "clock_time"
    ]
    assert [f.rule for f in clock.find("Lines close at 6pm.")] == ["clock_of_report"]
