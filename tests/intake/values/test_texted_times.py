"""Times and dates as they are texted and typed in a hurry."""

from __future__ import annotations

from datetime import date

import pytest

from linkage.intake.assemble.extract import extract_report
from tests.rows import each_row

RECEIVED = "2019-05-21"  # a Tuesday
TIMES = {
    "about 2 in the mornin": 2,
    "bout 3 in the morn": 3,
    "half 2 in mornin": 2.5,
    "11 at nite": 23,
    "11 o clock at nite": 23,
    "10 past 3 in the mornin": 3.17,
    "half ten sat nite": 22.5,
    "sat nite about 11": 23,
    "fri nite bout 1ish": 1,
    "about 11 ish last nite": 23,
    "12ish at night": 0,
    "around midnite": 0,
    "midnite": 0,
    "just after midnite": 0,
    "8 at night": 20,
    "half 8 in the eve": 20.5,
    "7 in the eve": 19,
    "6 o'clock this mornin": 6,
    "came at dinner time about 1": 13,
    "at tea time, about 5": 17,
    "2 o clock in the afternoon": 14,
    "3 in the afternoon": 15,
    "quarter to 12 at nite": 23.75,
    "10.30 at nite": 22.5,
    "was half 11 at night": 23.5,
    "it was like 4am": 4,
    "like 4 in the morning": 4,
    "4 ish am": 4,
    "4am ish": 4,
    "between 12 and 1 at night": 0.5,
    "btwn 9 n 10pm": 21.5,
    "9 or 10pm": 21.5,
    "9/10pm": 21.5,
    "between 9 n 10 at nite": 21.5,
    "When: Sat 5 May, 9ish at night": 21,
    "Time: 9ish pm": 21,
    "Time: about half 9 at night": 21.5,
    "Time: 2am ish": 2,
    "time 21:45ish": 21.75,
    "Time: evening, about 8": 20,
    "in the evening, half 8": 20.5,
    "tonight at 8": 20,
    "8 tonight": 20,
    "8 o'clock tonight": 20,
    "at 2 this afternoon": 14,
    "this morning at 6": 6,
    "this morning about 5": 5,
    "yesterday 4pm": 16,
    "last night around 2": 2,
    "last night, 2ish": 2,
    "late last night about half 12": 0.5,
    "half 12 at night": 0.5,
    "half twelve at lunchtime": 12.5,
    "twenty past 9 in the evening": 21.33,
    "20 past nine at night": 21.33,
    "five past one in the morning": 1.08,
    "at 1.05 in the morning": 1.08,
    "nearly 3 in the morning": 3,
    "just b4 3 in the morning": 3,
    "after 3 in the morning": 4,
    "from 10pm til midnight": 23,
    "around 10-11pm": 22.5,
    "10-11 at night": 22.5,
    "10 till 11 at night": 22.5,
    "1030 at night": 22.5,
    "1030pm": 22.5,
    "230am": 2.5,
    "2.30 a m": 2.5,
    "quarter past eight, evening": 20.25,
    "eleven-thirty at night": 23.5,
    "eleven thirty pm": 23.5,
    "half past nine-ish in the evening": 21.5,
    "9 o'clock-ish in the evening": 21,
    "twelve thirty in the afternoon": 12.5,
    "booked for 8pm": 20,
    "booking was for 8pm": 20,
    "appointment at 8pm": 20,
    "arrived at 8pm": 20,
    "got there for half eight in the evening": 20.5,
}
DAYS = {
    "sat nite": "2019-05-18",
    "last sat": "2019-05-18",
    "sat just gone": "2019-05-18",
    "this sat gone": "2019-05-18",
    "on thurs": "2019-05-16",
    "thurs nite": "2019-05-16",
    "tues nite": "2019-05-21",
    "2day": "2019-05-21",
    "tonite": "2019-05-21",
    "last nite": "2019-05-20",
    "ystrday": "2019-05-20",
    "yest": "2019-05-20",
    "yesterdy": "2019-05-20",
    "2 nites ago": "2019-05-19",
    "fri 17th": "2019-05-17",
    "on the 17th": "2019-05-17",
    "17th may": "2019-05-17",
    "17-5-19": "2019-05-17",
    "17th of may 2019": "2019-05-17",
    "sunday (19th)": "2019-05-19",
    "Sun 19th": "2019-05-19",
    "the early hours of sunday": "2019-05-19",
    "sunday morning": "2019-05-19",
    "Sunday 19 May, 2am": "2019-05-19",
    "When: 17th May": "2019-05-17",
    "Date: friday": "2019-05-17",
    "When did it happen: last Friday, 17th": "2019-05-17",
    "Date and time: 17/05/2019 21:45": "2019-05-17",
    "the 17th about 9pm": "2019-05-17",
    "Bank holiday Monday 6 May": "2019-05-06",
    "boxing day 2018": "2018-12-26",
    "bonfire night 2018": "2018-11-05",
    "halloween 2018": "2018-10-31",
    "new years eve 2018": "2018-12-31",
    "NYE 2018": "2018-12-31",
    "xmas eve 2018": "2018-12-24",
    "seven nights ago": "2019-05-14",
    "the day before yesterday": "2019-05-19",
    "night before last": "2019-05-19",
    "this morning": "2019-05-21",
    "earlier tonight": "2019-05-21",
    "earlier on today": "2019-05-21",
    "just now": "2019-05-21",
    "about an hour ago": "2019-05-21",
    "an hour ago": "2019-05-21",
    "half an hour ago": "2019-05-21",
}
NEITHER = [
    "three eves dropped",
    "sat on the wall",
    "the sun was out",
    "he wed her",
    "size 17.05",
    "£17.50 each",
]


@each_row(("said", "hour"), TIMES.items())
def test_a_texted_time_is_read(said: str, hour: float) -> None:
    occurred = extract_report(f"Hi, {said}, a man came.", "x", RECEIVED, date(2024, 1, 1)).occurred
    assert occurred.hour_min is not None
    first, last = occurred.hour_min, occurred.hour_max or 0.0
    assert (first + (last if last >= first else last + 24)) / 2 % 24 == pytest.approx(hour, abs=0.51)


@each_row(("said", "day"), DAYS.items())
def test_a_texted_day_is_read(said: str, day: str) -> None:
    occurred = extract_report(f"Hi, {said}, a man came to my flat.", "x", RECEIVED, date(2024, 1, 1)).occurred
    assert (occurred.from_ or "")[:10] == day


@each_row("said", NEITHER)
def test_other_words_tell_neither(said: str) -> None:
    occurred = extract_report(said, "x", RECEIVED, date(2024, 1, 1)).occurred
    assert occurred.from_ is None
    assert occurred.hour_min is None
