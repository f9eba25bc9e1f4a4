"""The words of `from` and `to` become one canonical `occurred`."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.values.times import occurred
from linkage.intake.values.times.dates import UnusableDate
from tests.rows import each_row

TODAY = date(2024, 6, 1)
DAY, EVE = "2009-09-30", "2009-09-30T21:30"


def _read(begin: str | None, end: str | None = None, received: str | None = None) -> tuple[object, ...]:
    found, _ = occurred.normalise(begin, end, received, TODAY)
    return found.from_, found.to, found.weekday, found.hour_min, found.hour_max


@each_row(
    ("words", "canonical"),
    [
        ("Friday 30 September 2009, 9.30-10 pm", (EVE, "2009-09-30T22:00", "Friday", 21.5, 22)),
        ("30/9/2009 21:30", (EVE, None, None, 21.5, 21.5)),
        ("30/9/2009 2130", (EVE, None, None, 21.5, 21.5)),
        ("30/9/2009", (DAY, None, None, None, None)),
        ("2009-09-30 00:00:00", (DAY, None, None, None, None)),
        ("2009-09-30 21:30:00", (EVE, None, None, 21.5, 21.5)),
        ("2009-09-30T20:30:00Z", (EVE, None, None, 21.5, 21.5)),
        ("2009-09-30T21:30:00+01:00", (EVE, None, None, 21.5, 21.5)),
        ("40086.895833", (EVE, None, None, 21.5, 21.5)),
        ("40086", (DAY, None, None, None, None)),
        ("2009", ("2009-01-01", "2009-12-31", None, None, None)),
        ("about 3am on 4 May 2019", ("2019-05-04", None, None, 2.5, 3.5)),
        ("early hours of 3rd of May 2019", ("2019-05-03", None, None, 0, 5)),
        ("midnight on Friday 3 May 2019", ("2019-05-03", None, "Friday", 0, 0)),
        ("3 May 2019, 11pm-1am", ("2019-05-03T23:00", "2019-05-04T01:00", None, 23, 1)),
        ("night of 3rd/4th May 2019, 2 am", ("2019-05-04T02:00", None, None, 2, 2)),
        ("3-5 May 2019", ("2019-05-03", "2019-05-05", None, None, None)),
        ("30/9/2009 21:30 to 1/10/2009 02:00", (EVE, "2009-10-01T02:00", None, 21.5, 2)),
        ("10.30pm on 3 May 2019 to 2am on 4 May 2019", ("2019-05-03T22:30", "2019-05-04T02:00", None, 22.5, 2)),
        ("Friday evening", (None, None, "Friday", 18, 23)),
        ("30 Sept 2009, 9.30 pm, police called at 11pm", (EVE, None, None, 21.5, 21.5)),
        ("2009-09-30T21:30/2009-09-30T22:00", (EVE, "2009-09-30T22:00", None, 21.5, 22)),
        ("30/9/2009, 9.30 p.m. to 10 p.m.", (EVE, "2009-09-30T22:00", None, 21.5, 22)),
        ("3rd of Xyz 2019", (None, None, None, None, None)),
        ("not known", (None, None, None, None, None)),
    ],
)
def test_one_field_says_it_all(words: str, canonical: tuple[object, ...]) -> None:
    assert _read(words) == canonical


@each_row(
    ("begin", "end", "canonical"),
    [
        (EVE, "2009-09-30T22:00", (EVE, "2009-09-30T22:00", None, 21.5, 22)),
        ("30/9/2009 11pm", "1am", ("2009-09-30T23:00", "2009-10-01T01:00", None, 23, 1)),
        (DAY, "2009-10-02", (DAY, "2009-10-02", None, None, None)),
        (DAY, DAY, (DAY, None, None, None, None)),
        (None, DAY, (DAY, None, None, None, None)),
        ("2009-09-30T21:30", "2009-10-03T08:00", (EVE, "2009-10-03T08:00", None, None, None)),
    ],
)
def test_two_fields_say_it_together(begin: str | None, end: str, canonical: tuple[object, ...]) -> None:
    assert _read(begin, end) == canonical


@pytest.mark.parametrize(
    ("words", "start"), [("last night at 11pm", "2011-05-09T23:00"), ("last night at 2am", "2011-05-10T02:00")]
)
def test_the_clock_tells_which_day_last_night_was(words: str, start: str) -> None:
    assert _read(words, received="2011-05-10")[0] == start


@pytest.mark.parametrize(
    ("begin", "end", "warning"),
    [
        ("Friday 30 September 2009, 9.30-10 pm", None, "Friday 30 September 2009 was a Wednesday"),
        ("2009-10-02", DAY, "the end 2009-09-30 is before the start 2009-10-02; the two were exchanged"),
        ("2009-09-30T23:00", "2009-09-30T01:00", "the end is taken to be on the next day"),
    ],
)
def test_a_contradiction_is_a_warning(begin: str, end: str | None, warning: str) -> None:
    _, warnings = occurred.normalise(begin, end, None, TODAY)
    assert len(warnings) == 1
    assert warning in warnings[0]


def test_the_words_are_kept_beside_the_values() -> None:
    found, warnings = occurred.normalise("30/9/2009 11pm", "1am", None, TODAY)
    assert (found.raw, warnings) == ({"from": "30/9/2009 11pm", "to": "1am"}, [])


def test_an_impossible_date_is_refused() -> None:
    with pytest.raises(UnusableDate, match="no day 31"):
        occurred.normalise("31 February 2009, 9 pm", None, None, TODAY)


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2024, 1, 1)),
    st.none() | st.integers(1, 200_000),
    st.booleans(),
)
def test_canonical_input_is_itself(start: datetime, minutes: int | None, timed: bool) -> None:
    form = "%Y-%m-%dT%H:%M" if timed else "%Y-%m-%d"
    begin = start.strftime(form)
    end = (start + timedelta(minutes=minutes)).strftime(form) if minutes else None
    found, warnings = occurred.normalise(begin, end, None, TODAY)
    assert (found.from_, found.to, warnings) == (begin, None if end == begin else end, [])
    again, _ = occurred.normalise(found.from_, found.to, None, TODAY)
    assert again.model_dump(exclude={"raw"}) == found.model_dump(exclude={"raw"})


PIECES = st.lists(
    st.sampled_from(
        [
            "Friday",
            "3",
            "May",
            "2019",
            "31",
            "to",
            "-",
            "until",
            "11pm",
            "9.30",
            "1am",
            "night",
            "of",
            "/",
            "midnight",
            "about",
            "2009-09-30",
            "24:00",
        ]
    )
).map(" ".join)


@given(st.none() | st.text() | PIECES, st.none() | st.text() | PIECES, st.sampled_from([None, "2019-06-01"]))
def test_no_words_raise_anything_but_an_unusable_date(
    begin: str | None, end: str | None, received: str | None
) -> None:
    try:
        found, _ = occurred.normalise(begin, end, received, TODAY)
    except UnusableDate:
        return
    assert found.to is None or (found.from_ is not None and found.from_[:10] <= found.to[:10])
    if found.from_ is not None:
        again, _ = occurred.normalise(found.from_, found.to, None, TODAY + timedelta(days=1))
        assert (again.from_, again.to) == (found.from_, found.to)


@each_row(
    ("words", "first", "last"),
    [
        ("3 Aprli 2019", "2019-04-03", None),
        ("12 Setpember 2018", "2018-09-12", None),
        ("Wendesday 1 May 2019", "2019-05-01", None),
        ("Apr-19", "2019-04-01", "2019-04-30"),
        ("23-Apr-19", "2019-04-23", None),
        ("03042019", "2019-04-03", None),
        ("03 Apr 19 2200hrs", "2019-04-03T22:00", None),
    ],
)
def test_slips_and_spreadsheet_forms_of_a_date_field_are_read(words: str, first: str, last: str | None) -> None:
    read, _ = occurred.normalise(words, None, "2019-06-01", date(2020, 1, 1))
    assert (read.from_, read.to) == (first, last)
