"""Rows become canonical reports; what cannot be used is told and its words are kept."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkage.intake.assemble.extract import assemble
from linkage.intake.readers import RawRow
from linkage.intake.reject import Reject
from linkage.report import Report
from tests.factories import TODAY, incident
from tests.rows import each_row

FULL: dict[str, Any] = {
    "report_id": "A1",
    "report_type": "Follow-up",
    "received": "3 May 2019",
    "source": {"kind": "Police", "evaluation": "2", "assessment": "b", "handling": "p"},
    "consent": {"police": "yes", "alert": "no"},
    "occurred": {"from": "Friday 3 May 2019, 9.30-10 pm"},
    "place": {"text": "Leeds", "venue": "street"},
    "suspects": [{"age": "mid 30s", "height": "5 ft 7", "build": "stocky", "hair": "short brown", "glasses": "no"}],
    "vehicles": [{"make": "vauxal", "model": "astra", "colour": "silvery grey", "registration": "W?? 4X?"}],
    "identifiers": [{"kind": "phone", "value": "07700 900123"}],
    "behaviours": {"present": ["strangled her", "eats cheese"], "absent": []},
    "weapons": "knife; spoon",
}


def read(row: dict[str, Any], today: date = TODAY) -> tuple[Report | None, list[Reject]]:
    return assemble(RawRow("f.csv", 7, row), today)


def kept(row: dict[str, Any]) -> Report:
    report, _ = read(row)
    assert report is not None
    return report


def test_words_become_canonical_values_and_stay_in_raw() -> None:
    report, rejects = read(FULL)
    assert report is not None
    assert not rejects
    person, vehicle = report.suspects[0], report.vehicles[0]
    assert (person.age.min, person.age.max) == (33, 37)  # type: ignore[union-attr]
    assert person.build == ["stocky"]
    assert person.glasses is False
    assert person.raw["age"] == "mid 30s"
    assert (vehicle.make, vehicle.model, vehicle.registration) == ("Vauxhall", "Astra", "W??4X?")
    assert vehicle.raw["make"] == "vauxal"
    assert report.occurred.from_ == "2019-05-03T21:30"
    assert report.source.assessment == "B"
    assert (report.consent.police, report.consent.alert, report.consent.scas) == (True, False, False)
    assert report.report_type == "follow_up"
    assert "eats cheese" in report.behaviours.present
    assert "spoon" in report.weapons


@each_row(
    ("row", "field"),
    [
        ({"place.lat": 900, "place.lon": 1}, "place.lat"),
        ({"suspects.1.age": "purple"}, "suspects.1.age"),
        ({"suspects.1.build": "qqqq"}, "suspects.1.build"),
        ({"suspects.1.age.min": 500}, "suspects.1.age"),
        ({"occurred.from": "2099-01-01"}, "occurred.from"),
        ({"occurred.from": "3 May 2019", "occurred.to": "2099-01-01"}, "occurred.to"),
        ({"occurred.from": "2099-01-01", "occurred.to": "2099-01-02"}, "occurred.from"),
        ({"received": "1 January 2099"}, "received"),
        ({"received": "the other day or so"}, "received"),
        ({"source.evaluation": "9"}, "source.evaluation"),
        ({"consent.police": "maybe"}, "consent.police"),
        ({"report_type": "novel"}, "report_type"),
        ({"follows": "A1"}, "follows"),
        ({"identifiers.1.kind": "phone", "identifiers.1.value": "!!"}, "identifiers.1.value"),
        ({"shoe_size": 12}, "shoe_size"),
    ],
)
def test_an_unusable_value_is_told_with_row_field_and_cure_and_the_rest_is_kept(
    row: dict[str, Any], field: str
) -> None:
    report, rejects = read({"report_id": "A1", "suspects.1.sex": "male", **row})
    assert report is not None
    assert report.suspects[0].sex == "male"
    (told,) = rejects
    assert (told.file, told.row, told.report_id, told.field) == ("f.csv", 7, "A1", field)
    assert len(told.reason) > 20


def test_refused_words_stay_in_raw() -> None:
    report = kept(
        {"report_id": "A1", "suspects.1.age": "purple", "place.lat": "900", "place.lon": 1, "report_type": "novel"}
    )
    assert report.suspects[0].raw["age"] == "purple"
    assert report.place.raw["lat"] == "900"
    assert report.raw["report_type"] == "novel"


def test_of_several_words_the_understood_ones_are_kept() -> None:
    report, rejects = read({"report_id": "A1", "suspects.1.build": ["stocky", "qqqq"]})
    assert report is not None
    assert report.suspects[0].build == ["stocky"]
    assert [r.value for r in rejects] == ["qqqq"]


def test_a_row_without_report_id_is_told_whole_but_for_personal_columns() -> None:
    report, (told,) = read({"narrative": "he ran", "reporter_name": "Jo Bloggs"})
    assert report is None
    assert "he ran" in told.value
    assert "Bloggs" not in told.value


def test_people_vehicles_and_numbers_may_be_given_in_plain_words() -> None:
    report = kept(
        {
            "report_id": "A1",
            "suspects": "white male 30s stocky",
            "vehicles": "silver Shogun",
            "identifiers": ["07700 900123"],
        }
    )
    assert report.suspects[0].build == ["stocky"]
    assert report.vehicles[0].model == "Shogun"
    assert report.identifiers[0].kind == "phone"


def test_ranges_and_lists_in_canonical_form_are_taken() -> None:
    row = {
        "report_id": "A1",
        "suspects": [{"age": {"min": 33, "max": 37}, "height_cm": {"min": 183, "max": None},
                      "build": ["slim", "medium"],
                      "hair": {"colour": ["black"], "style": ["short"]}}],
    }  # fmt: skip
    report, rejects = read(row)
    assert report is not None
    assert not rejects
    person = report.suspects[0]
    assert person.height_cm is not None
    assert (person.height_cm.min, person.height_cm.max) == (183, None)
    assert person.build == ["slim", "medium"]
    assert person.hair is not None
    assert person.hair.colour == ["black"]


def test_present_and_absent_at_once_is_a_warning() -> None:
    report = kept({"report_id": "A1", "behaviours": {"present": ["strangles"], "absent": ["strangles"]}})
    assert report.behaviours.present == ["strangles"]
    assert report.behaviours.absent == []
    assert "both as present and as absent" in report.warnings[0]


@pytest.mark.parametrize(
    "report",
    [
        incident(person="mid 30s, stocky, bald", vehicle="silver Shogun", town="Leeds", date="3 May 2019"),
        incident(
            narrative="Male, white, 30s, slim, burly build. Driving a red Corsa. He grabbed her. 3 May 2019, Leeds."
        ),
        incident(phone="07700 900123", said="I know where you live", registration="W?? 4X?"),
        kept(FULL),
    ],
    ids=lambda report: report.report_id,
)
def test_canonical_form_reads_back_as_itself(report: Report) -> None:
    again, rejects = read(json.loads(json.dumps(report.to_json())))
    assert again == report
    assert not rejects


def test_an_edited_canonical_row_is_judged_like_any_other() -> None:
    row = kept(FULL).to_json()
    row["suspects"][0]["build"] = "qqqq"
    report, rejects = read(row)
    assert report is not None
    assert report.suspects[0].build == []
    assert [r.field for r in rejects] == ["suspects.1.build"]
    row["victim_name"] = "Jo Bloggs"
    assert any(r.value == "(withheld)" for r in read(row)[1])


_words = st.one_of(
    st.text(max_size=25),
    st.sampled_from(
        ["mid 30s", "5 ft 7", "3 May 2019", "Leeds", "LS7", "silver Shogun", "no", "yes", "slim", "900", "W?? 4X?"]
    ),
    st.integers(),
    st.floats(),
    st.none(),
    st.lists(st.text(max_size=8), max_size=3),
    st.dictionaries(
        st.sampled_from(["min", "max", "colour", "style", "text", "raw"]), st.integers(-5, 300), max_size=2
    ),
)
_columns = st.sampled_from(
    ["report_type", "follows", "received", "source", "source.evaluation", "consent.police", "occurred.from",
     "occurred.to",
     "occurred.hour_min", "occurred.weekday", "place", "place.postcode", "place.lat", "place.lon", "place.radius_m",
     "place.venue", "contact.method", "offences", "behaviours.present", "behaviours.absent", "suspects.1.age",
     "suspects.1.height", "suspects.1.hair", "suspects.1.glasses", "suspects.1.build", "suspects.1.marks", "suspects",
     "vehicles", "vehicles.1.make", "vehicles.1.model", "vehicles.1.colour", "vehicles.1.registration",
     "identifiers.1.kind",
     "identifiers.1.value", "weapons", "speech", "narrative", "series", "raw", "warnings"]
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(_columns, _words, max_size=7))
def test_no_row_raises_and_every_report_reads_back_as_itself(row: dict[str, Any]) -> None:
    report, rejects = read({**row, "report_id": "H1"})
    assert report is not None
    assert all(r.reason for r in rejects)
    again, _ = read(json.loads(json.dumps(report.to_json())))
    assert again == report


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ({"contact.method": "carrier pigeon"}, ("contact", "method", "carrier pigeon")),
        ({"place.venue": "Bell Tower"}, ("place", "venue", "bell tower")),
    ],
)
def test_ways_of_contact_and_venues_of_their_own_are_kept_as_folded_words(
    row: dict[str, Any], kept: tuple[str, str, str]
) -> None:
    report, rejects = read({"report_id": "A1", **row})
    part, field, words = kept
    assert report is not None
    assert getattr(getattr(report, part), field) == words
    assert getattr(report, part).raw[field] == next(iter(row.values()))
    assert not rejects


def test_an_incident_after_its_report_is_kept_with_a_warning_unless_it_lies_in_the_future() -> None:
    report, rejects = read({"report_id": "A1", "received": "1 May 2019", "occurred.from": "3 May 2019"})
    assert report is not None
    assert (report.received, report.occurred.from_, rejects) == ("2019-05-01", "2019-05-03", [])
    assert any("after the report was received" in warning for warning in report.warnings)
    report, rejects = read({"report_id": "A1", "received": "1 May 2019", "occurred.from": "3 May 2098"})
    assert report is not None
    assert report.occurred.from_ is None
    assert [r.field for r in rejects] == ["occurred.from"]


@each_row(("words", "series"), [("S1", "S1"), ("0", "0"), ("unlinked", None), ("-1", None), ("One-off", None)])
def test_a_label_that_says_there_is_no_series_is_no_series(words: str, series: str | None) -> None:
    report, rejects = read({"report_id": "A1", "series": words})
    assert report is not None
    assert (report.series, rejects) == (series, [])


@pytest.mark.parametrize(
    ("field", "words", "moved", "value"),
    [("eyes", "lazy eye", "marks", ["lazy eye"]), ("glasses", "sunglasses", "clothing", ["sunglasses"])],
)
def test_marks_and_clothes_in_another_field_are_kept_where_they_belong(
    field: str, words: str, moved: str, value: list[str]
) -> None:
    report, rejects = read({"report_id": "A1", f"suspects.1.{field}": words})
    assert report is not None
    assert (getattr(report.suspects[0], moved), rejects) == (value, [])


@pytest.mark.parametrize(
    ("field", "words"),
    [("hair", "under a hat"), ("accent", "no accent"), ("accent", "none noticed"), ("eyes", "unkown")],
)
def test_what_could_not_be_perceived_is_not_known_and_not_refused(field: str, words: str) -> None:
    report, rejects = read({"report_id": "A1", "suspects.1.sex": "male", f"suspects.1.{field}": words})
    assert report is not None
    assert (getattr(report.suspects[0], field) or None, rejects) == (None, [])


def test_an_identifier_that_was_withheld_is_none_and_not_refused() -> None:
    report, rejects = read(
        {"report_id": "A1", "identifiers": [{"kind": "phone"}, {"kind": "phone", "value": "withheld"}]}
    )
    assert report is not None
    assert (report.identifiers, rejects) == ([], [])
