"""The structured summary of a report."""

from __future__ import annotations

import pytest

from linkage.report import Person, Report
from linkage.review.facts import label_of
from linkage.review.summary import NOT_MENTIONED, content_labels, date_words, marked_spans, summarise, within_words
from tests.rows import each_row

FULL = Report.model_validate(
    {
        "report_id": "R1",
        "occurred": {"from": "2009-09-30", "hour_min": 21.5, "hour_max": 22, "raw": {"from": "30th Sept"}},
        "place": {"text": "Baird Street", "radius_m": 500, "raw": {"text": "baird st"}},
        "behaviours": {"present": ["own words"], "absent": ["other words"]},
        "suspects": [
            {"age": {"min": 33, "max": 37}, "build": "stocky", "raw": {"age": "mid 30s"}, "spans": {"age": [[0, 4]]}}
        ],
        "vehicles": [{"registration": "K5VWX"}],
        "consent": {"police": True},
        "weapons": ["knife"],
        "narrative": "mid 30s he said",
    }
)


def lines(report: Report) -> dict[str, tuple[str, str]]:
    return {line.label: (line.value, line.raw) for section in summarise(report) for line in section.lines}


@each_row(
    ("label", "value", "raw"),
    [
        ("Date", "30 September 2009", "30th Sept"),
        ("Clock time", "21:30 to 22:00", ""),
        ("Place", "Baird Street (within about 0.5 km)", "baird st"),
        ("Age", "33-37", "mid 30s"),
        ("Said not to have happened", "other words", ""),
        ("Consent to share with", "police", ""),
        ("Height", NOT_MENTIONED, ""),
    ],
)
def test_each_value_stands_beside_its_words(label: str, value: str, raw: str) -> None:
    assert lines(FULL)[label] == (value, raw)


def test_whatever_a_report_may_tell_of_a_person_has_its_line() -> None:
    person = next(one for one in summarise(Report(report_id="R", suspects=[Person()])) if "person" in one.title)
    assert len(person.lines) == len(Person.model_fields.keys() - {"raw", "spans"})


def test_an_empty_report_is_not_mentioned_throughout_and_shares_with_nobody() -> None:
    told = {label: value for label, (value, _) in lines(Report(report_id="R")).items() if value != NOT_MENTIONED}
    assert told == {"Follows report": "none", "Consent to share with": "nobody (missing consent means no)"}


@each_row(
    ("raw", "label", "words"),
    [
        ({"behaviours.present": "hit her; ran"}, "Did", "hit her; ran"),
        ({"behaviours.present.1": "hit her", "behaviours.present.2": "hit her"}, "Did", "hit her"),
        ({"behaviours.present": "hit her; flees_on_foot", "behaviours.present.2": "ran"}, "Did", "hit her; ran"),
        ({"behaviours.present": "slaps_or_punches; flees_on_foot"}, "Did", ""),  # keys are nobody's words
        ({"behaviours.present.3": "of a value that is gone"}, "Did", ""),
        ({"offences.1": "raped"}, "Offences", "raped"),
        ({"offences.1": ", raped,"}, "Offences", "raped"),
        ({"offences": "sexual_assault"}, "Offences", ""),
        ({"weapons.1": "blade"}, "Weapons", "blade"),
        ({"weapons.1": "knife"}, "Weapons", ""),  # says no more than the value itself
        ({"speech.1": "shut up"}, "Said", ""),
    ],
)
def test_a_list_stands_beside_the_words_of_its_items(raw: dict[str, str], label: str, words: str) -> None:
    report = Report.model_validate(
        {
            "report_id": "R",
            "behaviours": {"present": ["slaps_or_punches", "flees_on_foot"], "absent": []},
            "offences": ["rape"],
            "weapons": ["knife"],
            "speech": ["shut up"],
            "raw": raw,
        }
    )
    assert lines(report)[label][1] == words


READ = Report.model_validate(
    {
        "report_id": "R",
        "behaviours": {
            "present": ["slaps_or_punches", "kisses", "forced_oral", "steals_cash"],
            "probability": {"kisses": 0.99, "forced_oral": 0.4, "steals_cash": 0.6},
        },
        "raw": {
            "behaviours.present": "hit her",
            "behaviours.present.2": "tongue in her mouth",
            "behaviours.present.3": "mouth",
            "behaviours.present.4": "her money",
        },
    }
)


def test_what_was_read_less_surely_says_so() -> None:
    told = label_of("behaviours", "forced_oral"), label_of("behaviours", "steals_cash")
    assert lines(READ)["Did"][0].endswith(f"; {told[0]} (perhaps); {told[1]} (likely)")
    assert "(" not in lines(READ)["Did"][0].split(told[0])[0]  # a field, and what is read plainly


def test_each_item_of_a_list_stands_beside_its_own_words() -> None:
    [did] = [line for section in summarise(READ) for line in section.lines if line.label == "Did"]
    assert [words for _, words in did.each] == ["hit her", "tongue in her mouth", "mouth", "her money"]
    assert "; ".join(value for value, _ in did.each) == did.value


def test_times_stand_beside_their_own_words_only() -> None:
    when = {"from": "2024-01-01", "to": "2024-02-03", "hour_min": 22}
    raw = {"from": "New Year", "to": "3 Feb", "hour_min": "10 at night", "weekday": "Monday"}
    told = lines(Report.model_validate({"report_id": "R", "occurred": {**when, "raw": raw}}))
    assert told["Date"][1] == "New Year; 3 Feb"
    assert told["Clock time"][1] == "10 at night"
    assert told["Weekday as told"] == (NOT_MENTIONED, "Monday")


@pytest.mark.parametrize(
    ("metres", "words"), [(500, "within about 0.5 km"), (12_090, "within about 12 km"), (3_000, "within about 3 km")]
)
def test_a_place_is_said_no_more_exactly_than_it_is_known(metres: float, words: str) -> None:
    assert within_words(metres) == words


def test_plates_are_masked_in_lists() -> None:
    masked = [line.value for section in summarise(FULL) for line in section.lines if line.masked]
    assert masked == ["K5VWX"]


def test_the_label_before_a_narrative_is_brief() -> None:
    assert content_labels(FULL) == ["weapon"]
    assert content_labels(Report(report_id="R", offences=["rape"])) == ["sexual violence"]
    assert content_labels(Report(report_id="R")) == []


def test_marked_words_are_joined_and_kept_inside_the_text() -> None:
    report = Report.model_validate(
        {"report_id": "R", "narrative": "abcdef", "spans": {"x": [[0, 2], [1, 3]], "y": [[5, 6], [4, 99]]}}
    )
    assert marked_spans(report) == [(0, 3), (5, 6)]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-01-01", None, "1 January 2024"),
        ("2024-01-01T21:00", "2024-01-01T22:00", "1 January 2024"),
        ("2024-01-01", "2024-02-03", "1 January 2024 to 3 February 2024"),
        (None, None, NOT_MENTIONED),
    ],
)
def test_dates_are_written_out(first: str | None, last: str | None, words: str) -> None:
    assert date_words(Report.model_validate({"report_id": "R", "occurred": {"from": first, "to": last}})) == words


def test_an_account_name_does_not_stand_open_as_a_name() -> None:
    report = Report(
        report_id="r1",
        suspects=[{"names_used": ["Dave", "Big_Dave99"], "raw": {"names_used": "Dave, @big_dave99"}}],
        identifiers=[{"kind": "username", "value": "big_dave99"}],
    )
    lines = [line for section in summarise(report) for line in section.lines]
    assert [line for line in lines if "big_dave99" in f"{line.value} {line.raw}".lower() and not line.masked] == []
    assert [(line.value, line.raw) for line in lines if line.label == "Names given"] == [("Dave", "")]
    assert [line.value for line in lines if line.label == "Account name given"] == ["Big_Dave99"]
