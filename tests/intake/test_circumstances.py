"""Way of contact, kind of place and weapons, as all words of a text judge what the rules found."""

from __future__ import annotations

from datetime import date

import pytest

from linkage.intake.assemble.extract import extract_report, read_narrative
from linkage.intake.assemble.setting import read_circumstances
from linkage.intake.document.document import read_document
from linkage.report import Report

TODAY = date(2024, 1, 1)

UNFORESEEN = (
    "A worker of 26 who advertises on her own site took a booking for the Friday night from a caller of about "
    "forty. She let him into the flat and he sat on the bed and counted out eighty pounds. When she turned to fold "
    "her dress he drew the bolt behind her, and for two hours she was not allowed near the door. He helped himself "
    "to what lay in the drawer, her mother's watch and a chain, and stamped on the mobile so that nobody could be "
    "rung. He left on foot, whistling."
)


def test_every_behaviour_of_a_report_has_its_words() -> None:
    report = extract_report(UNFORESEEN, today=TODAY)
    assert {"locks_in", "steals_property", "isolates_phone"} <= set(report.behaviours.present)
    for number in range(1, len(report.behaviours.present) + 1):
        ((start, end),) = report.spans[f"behaviours.present.{number}"]
        assert UNFORESEEN[start:end] == report.raw[f"behaviours.present.{number}"] != ""


def test_a_field_stands_whatever_the_words_say() -> None:
    report = Report(report_id="a", narrative=UNFORESEEN)
    report.place.venue, report.contact.method = "sauna", "agency"
    read_narrative(report, TODAY)
    assert (report.place.venue, report.contact.method) == ("sauna", "agency")


def test_a_short_text_is_read_by_the_rules_alone() -> None:
    report = Report(report_id="a")
    weapons = read_circumstances(report, read_document("He grabbed her. He had a knife."), ["grabs"])
    assert [one.value for one in weapons] == ["knife"]


def test_who_was_approached_on_foot_was_approached_in_the_street() -> None:
    report = extract_report("He approached her on foot.", today=TODAY)
    assert (report.contact.method, report.place.venue) == ("kerb_on_foot", "street")


@pytest.mark.parametrize("told", ["he said he wud kill me", "he said hes gonna kill me", "he would kill us both"])
def test_nobody_reports_their_own_murder(told: str) -> None:
    assert (
        "murder" not in extract_report(f"He drove me to the docks and {told}. He took my bag.", today=TODAY).offences
    )
