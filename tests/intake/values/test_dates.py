"""Dates as people write them become the right first and last day, or one clear refusal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.values.times import dates
from linkage.intake.values.times.dates import DateRange, UnusableDate
from tests.rows import each_row

TODAY = date(2024, 6, 1)
RECEIVED = "2011-05-10"  # a Tuesday

SINGLE = [
    ("2009-09-30", "2009-09-30"),
    ("2009-09-30T21:30", "2009-09-30"),
    ("2009-09-30 21:30:00", "2009-09-30"),
    ("2009-09-30T21:30:00+01:00", "2009-09-30"),
    ("2009-09-30T21:30Z", "2009-09-30"),
    ("2009/09/30", "2009-09-30"),
    ("20090930", "2009-09-30"),
    ("40086", "2009-09-30"),
    ("40086.8958", "2009-09-30"),
    ("30/9/2009", "2009-09-30"),
    ("04/05/2009", "2009-05-04"),
    ("30.9.09", "2009-09-30"),
    ("30-09-2009", "2009-09-30"),
    ("30 / 9 / 2009", "2009-09-30"),
    ("30/9/95", "1995-09-30"),
    ("30-Sep-2009", "2009-09-30"),
    ("30 Sept 09", "2009-09-30"),
    ("30 Sept '09", "2009-09-30"),
    ("30 th September 2009", "2009-09-30"),
    ("Sunday 20 th August 2010", "2010-08-20"),
    ("30th of Sept 2009", "2009-09-30"),
    ("30 September, 2009", "2009-09-30"),
    ("Wednesday 30 September 2009", "2009-09-30"),
    ("Wed. the 30th of September 2009", "2009-09-30"),
    ("Weds, 30/9/2009", "2009-09-30"),
    ("Tues 5 Mar 2019", "2019-03-05"),
    ("Sept 30, 2009", "2009-09-30"),
    ("September 30th 2009", "2009-09-30"),
    ("early hours of 3rd of May 2019", "2019-05-03"),
    ("Friday night 3 May 2019", "2019-05-03"),
    ("9.30-10 pm, 30 September 2009", "2009-09-30"),
    ("30 September 2009, 9.30-10 pm", "2009-09-30"),
    ("30/9/2009 21:30", "2009-09-30"),
    ("Christmas Eve 2019", "2019-12-24"),
    ("Good Friday 2019", "2019-04-19"),
    ("Easter Sunday 2008", "2008-03-23"),
    ("New Year's Day 2019", "2019-01-01"),
    ("Halloween 2018", "2018-10-31"),
    ("the second of May 2019", "2019-05-02"),
    ("twenty-first of June 2019", "2019-06-21"),
    ("29 February 2012", "2012-02-29"),
    ("12/25/2019", "2019-12-25"),
    ("30 SEPTEMBER 2009", "2009-09-30"),
]

RANGES = [
    ("September 2009", "2009-09-01", "2009-09-30"),
    ("09/2009", "2009-09-01", "2009-09-30"),
    ("2009-09", "2009-09-01", "2009-09-30"),
    ("Feb 2012", "2012-02-01", "2012-02-29"),
    ("2009", "2009-01-01", "2009-12-31"),
    ("in 2009", "2009-01-01", "2009-12-31"),
    ("2018-2019", "2018-01-01", "2019-12-31"),
    ("early September 2009", "2009-09-01", "2009-09-10"),
    ("mid-September 2009", "2009-09-11", "2009-09-20"),
    ("late September 2009", "2009-09-21", "2009-09-30"),
    ("end of May 2019", "2019-05-24", "2019-05-31"),
    ("the beginning of May 2019", "2019-05-01", "2019-05-07"),
    ("late 2019", "2019-09-01", "2019-12-31"),
    ("summer 2019", "2019-06-01", "2019-08-31"),
    ("the summer of 2019", "2019-06-01", "2019-08-31"),
    ("winter 2019/20", "2019-12-01", "2020-02-29"),
    ("between 3 and 5 May 2019", "2019-05-03", "2019-05-05"),
    ("between 3 May 2019 and 5 June 2019", "2019-05-03", "2019-06-05"),
    ("3-5 May 2019", "2019-05-03", "2019-05-05"),
    ("3rd – 5th May 2019", "2019-05-03", "2019-05-05"),
    ("from the 3rd to the 5th of May 2019", "2019-05-03", "2019-05-05"),
    ("May 3-5, 2019", "2019-05-03", "2019-05-05"),
    ("3 May - 2 June 2019", "2019-05-03", "2019-06-02"),
    ("28 Dec - 2 Jan 2020", "2019-12-28", "2020-01-02"),
    ("3/5/2019 - 6/5/2019", "2019-05-03", "2019-05-06"),
    ("3/5/2019 to 6/5/2019", "2019-05-03", "2019-05-06"),
    ("2019-05-03 to 2019-05-06", "2019-05-03", "2019-05-06"),
    ("night of 3rd/4th May 2019", "2019-05-03", "2019-05-04"),
    ("night of Friday 3 May 2019 into Saturday 4 May 2019", "2019-05-03", "2019-05-04"),
    ("31/1 May 2019", "2019-05-31", "2019-06-01"),
    ("Friday or Saturday, 12/13 June 2020", "2020-06-12", "2020-06-13"),
    ("w/c 6 May 2019", "2019-05-06", "2019-05-12"),
    ("week commencing 6/5/2019", "2019-05-06", "2019-05-12"),
    ("between June and August 2018", "2018-06-01", "2018-08-31"),
    ("January to March 2019", "2019-01-01", "2019-03-31"),
    ("Christmas 2019", "2019-12-24", "2019-12-26"),
]

RELATIVE = [
    ("yesterday", "2011-05-09", "2011-05-09"),
    ("the day before yesterday", "2011-05-08", "2011-05-08"),
    ("last night", "2011-05-09", "2011-05-10"),
    ("the night before last", "2011-05-08", "2011-05-09"),
    ("this morning", "2011-05-10", "2011-05-10"),
    ("tonight", "2011-05-10", "2011-05-10"),
    ("last Friday", "2011-05-06", "2011-05-06"),
    ("on Friday night", "2011-05-06", "2011-05-06"),
    ("last Tuesday", "2011-05-03", "2011-05-03"),
    ("Tuesday", "2011-05-10", "2011-05-10"),
    ("3 days ago", "2011-05-07", "2011-05-07"),
    ("two weeks ago", "2011-04-24", "2011-04-28"),
    ("about two weeks ago", "2011-04-22", "2011-04-30"),
    ("last week", "2011-05-02", "2011-05-08"),
    ("last weekend", "2011-05-07", "2011-05-08"),
    ("over the weekend", "2011-05-07", "2011-05-08"),
    ("last month", "2011-04-01", "2011-04-30"),
    ("30 September", "2010-09-30", "2010-09-30"),
    ("30/9", "2010-09-30", "2010-09-30"),
    ("9 May", "2011-05-09", "2011-05-09"),
    ("Wednesday 30 September", "2009-09-30", "2009-09-30"),
    ("29 Feb", "2008-02-29", "2008-02-29"),
    ("in March", "2011-03-01", "2011-03-31"),
    ("May 2011", "2011-05-01", "2011-05-10"),
    ("2011", "2011-01-01", "2011-05-10"),
]


@each_row(("words", "day"), SINGLE)
def test_a_single_day_is_read(words: str, day: str) -> None:
    found = dates.normalise(words, today=TODAY)
    assert found is not None
    assert (found.first, found.last) == (day, day)


@each_row(("words", "first", "last"), RANGES)
def test_a_stretch_of_days_is_read(words: str, first: str, last: str) -> None:
    found = dates.normalise(words, today=TODAY)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@each_row(("words", "first", "last"), RELATIVE)
def test_words_are_read_against_the_day_received(words: str, first: str, last: str) -> None:
    found = dates.normalise(words, RECEIVED, TODAY)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@each_row("words", ["yesterday", "last Friday", "30 September", "30/9", "about two weeks ago"])
def test_without_the_day_received_such_words_name_no_date(words: str) -> None:
    assert dates.normalise(words, today=TODAY) is None


@each_row("words", ["", "unknown", "5 ft 7", "£50", "07700 900123", "30 minutes", "mid 30s", "No: 456"])
def test_other_words_are_no_date(words: str) -> None:
    assert dates.normalise(words, RECEIVED, TODAY) is None


@each_row(
    ("words", "received", "says"),
    [
        ("31 February 2009", None, "no day 31"),
        ("2009-02-30", None, "no day 30"),
        ("2009-13-01", None, "no day 1 of month 13"),
        ("32/1/2009", None, "no day 32"),
        ("31/13/2009", None, "month 13"),
        ("29 February 2011", None, "no day 29"),
        ("31 February", RECEIVED, "no day 31"),
        ("3/5/1930", None, "before 1950"),
        ("3 May 1066", None, "before 1950"),
        ("2099-01-01", None, "in the future"),
        ("1/1/2099", RECEIVED, "after the report was received"),
        ("3 June 2024", None, "in the future"),
        ("31 Dec 9999", None, "in the future"),
        ("11 May 2011", RECEIVED, "after the report was received"),
        ("June 2011", RECEIVED, "after the report was received"),
    ],
)
def test_an_impossible_date_is_refused_with_reason_and_cure(words: str, received: str | None, says: str) -> None:
    with pytest.raises(UnusableDate, match=says) as refusal:
        dates.normalise(words, received, TODAY)
    assert "give" in str(refusal.value) or "check" in str(refusal.value) or "write" in str(refusal.value)


def test_tomorrow_is_still_allowed_when_nobody_says_when_it_was_received() -> None:
    assert dates.normalise("2024-06-02", today=TODAY) == DateRange("2024-06-02", "2024-06-02")


def test_hedged_words_are_not_certain() -> None:
    assert not dates.normalise("on or about 3 May 2019", today=TODAY).certain  # type: ignore[union-attr]
    assert dates.normalise("3 May 2019", today=TODAY).certain  # type: ignore[union-attr]


@each_row(
    ("first", "last", "weekday", "warning"),
    [
        ("2010-08-20", None, "Sunday", "Sunday 20 August 2010 was a Friday"),
        ("2010-08-20", "2010-08-20", "Friday", None),
        ("2010-08-20", "2010-08-22", "Sunday", None),
        ("2010-08-20", "2010-08-21", "Sunday", "there is no Sunday between 2010-08-20 and 2010-08-21"),
        ("2010-08-20", None, None, None),
        ("2010-08-20T23:00", None, "Friday", None),
    ],
)
def test_a_weekday_is_held_against_its_date(first: str, last: str | None, weekday: str | None, warning: str) -> None:
    assert dates.contradiction(first, last, weekday) == warning


def _found(text: str, received: str | None = None) -> list[tuple[str, str, object]]:
    return [(f.words(text), f.field, f.value) for f in dates.find(text, received, TODAY)]


def test_a_scanned_date_is_found_whole() -> None:
    text = "Wednesday 30 th September 2009, Hill Road. 9. 30 -10 pm. Male, mid 30’s"
    day = DateRange("2009-09-30", "2009-09-30", "Wednesday")
    assert _found(text) == [
        ("Wednesday 30 th September 2009", "date", day),
        ("Wednesday", "weekday", "Wednesday"),
    ]


@each_row(
    "text",
    [
        "She sat in the car. The sun was out.",
        "He was 5 ft 7, in his 20s, 30 years old, mid 30s, paid £50 for 30 minutes.",
        "Call 07700 900123 or 0161 496 0018. No: 456. Open 24/7, 1/2 price.",
        "The second of them drove a 2010 Ford, 4 x 4, at the end of the road.",
        "He said he would march in and be there in a second.",
    ],
)
def test_traps_are_no_dates(text: str) -> None:
    assert _found(text) == []


@each_row(
    ("text", "read"),
    [
        ("He hit me at Easter in Leeds.", ["Easter"]),
        ("Over the Easter weekend he came back.", ["Easter weekend"]),
        ("Christmas 2010, outside the station.", ["Christmas 2010"]),
        ("It was Halloween, about 9.", ["Halloween"]),
        ("I was on Easter Road when he hit me.", []),
        ("We met on Christmas Street in Leeds.", []),
        ("He bought me an easter egg.", []),
        ("Rubber Halloween mask, dark coat.", []),
        ("Halloween mask, dark coat.", []),
    ],
)
def test_a_feast_is_no_date_where_it_names_a_thing_or_a_street(text: str, read: list[str]) -> None:
    found = dates.find(text, RECEIVED, TODAY)
    assert [text[one.start : one.end] for one in found if one.field == "date"] == read


def test_the_day_of_the_report_is_marked() -> None:
    found = dates.find("It happened on 1 May 2019. She reported it on 3 May 2019.", today=TODAY)
    assert [(f.value.first, f.rule) for f in found] == [
        ("2019-05-01", "date_of_incident"),
        ("2019-05-03", "date_of_report"),
    ]
    assert found[1].confidence == 0.3


def test_a_date_without_year_is_only_a_weekday_until_the_day_received_is_known() -> None:
    text = "It was on Friday 6 May by the station."
    assert _found(text) == [("Friday", "weekday", "Friday")]
    assert _found(text, RECEIVED)[0] == ("Friday 6 May", "date", DateRange("2011-05-06", "2011-05-06", "Friday"))


def test_an_impossible_date_in_a_text_is_reported_not_raised() -> None:
    [problem] = dates.find("On 31 February 2019 he came.", today=TODAY)
    assert (problem.field, "no day 31" in problem.value) == ("date_problem", True)


ALERTS = Path(__file__).parents[4] / "shared/data/published_alerts.txt"


@pytest.mark.skipif(not ALERTS.exists(), reason="published alerts are not beside the repository")
def test_every_published_alert_begins_with_its_date() -> None:
    for text in filter(None, ALERTS.read_text(encoding="utf-8").splitlines()):
        first = dates.find(text, today=TODAY)[0]
        assert (first.field, first.start, first.value.weekday is not None) == ("date", 0, True)


WORDY = st.lists(
    st.sampled_from(
        [
            "the",
            "of",
            "3",
            "31",
            "30th",
            "2009",
            "9999",
            "0000",
            "'09",
            "may",
            "february",
            "Sept",
            "summer",
            "early",
            "end",
            "of",
            "between",
            "and",
            "to",
            "-",
            "/",
            ".",
            ",",
            "Friday",
            "sat",
            "last",
            "night",
            "ago",
            "two",
            "weeks",
            "about",
            "w/c",
            "christmas",
            "12/13",
            "2019-02-30",
            "40086",
            "in",
            "week",
            "this",
            "other",
            "İ",
            "½",
            "٣",
        ]
    )
).map(" ".join)


@given(st.text() | WORDY, st.none() | st.dates().map(date.isoformat) | st.text())
def test_no_words_raise_anything_but_an_unusable_date(words: str, received: str | None) -> None:
    for finding in dates.find(words, received, TODAY):
        assert 0 <= finding.start < finding.end <= len(words)
    try:
        found = dates.normalise(words, received, TODAY)
    except UnusableDate:
        return
    assert found is None or "1950-01-01" <= found.first <= found.last


@given(st.dates(date(1950, 1, 1), TODAY))
def test_an_iso_date_is_itself_and_the_uk_forms_agree(day: date) -> None:
    alone = DateRange(day.isoformat(), day.isoformat())
    assert dates.normalise(day.isoformat(), today=TODAY) == alone
    assert dates.normalise(f"{day:%d/%m/%Y}", today=TODAY) == alone
    named = dates.normalise(f"{day:%A} {day.day} {day:%B} {day.year}", today=TODAY)
    assert named == DateRange(alone.first, alone.last, f"{day:%A}")
    assert dates.contradiction(named.first, named.last, named.weekday) is None
