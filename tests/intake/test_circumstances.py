"""Way of contact, kind of place, weapons and behaviours, as all words of a text judge what the rules found."""

from __future__ import annotations

from datetime import date

from linkage.intake.circumstances import read_circumstances
from linkage.intake.extract import extract_report, read_narrative
from linkage.intake.facts.finding import Finding
from linkage.report import Report

TODAY = date(2024, 1, 1)

UNFORESEEN = (
    "A worker of 26 who advertises on her own site took a booking for the Friday night from a caller of about "
    "forty. She let him into the flat and he sat on the bed and counted out eighty pounds. When she turned to fold "
    "her dress he drew the bolt behind her, and for two hours she was not allowed near the door. He helped himself "
    "to what lay in the drawer, her mother's watch and a chain, and stamped on the mobile so that nobody could be "
    "rung. He left on foot, whistling."
)


def behaviours(text: str) -> set[str]:
    return set(extract_report(text, today=TODAY).behaviours.present)


def test_a_wording_that_no_phrase_knows_is_read_with_its_sentence() -> None:
    report = extract_report(UNFORESEEN, today=TODAY)
    assert {"locks_in", "steals_property", "isolates_phone"} <= set(report.behaviours.present)
    assert report.narrative is not None
    for number in range(1, len(report.behaviours.present) + 1):
        ((start, end),) = report.spans[f"behaviours.present.{number}"]
        assert report.narrative[start:end] == report.raw[f"behaviours.present.{number}"] != ""


def test_what_a_phrase_denies_is_not_added() -> None:
    denied = Finding("behaviour", "locks_in", 0, 8, "a phrase", 0.9, negated=True)
    added = read_circumstances(Report(report_id="a"), UNFORESEEN, (0,), [])[1]
    assert "locks_in" in {one.value for one in added}
    found = read_circumstances(Report(report_id="a"), UNFORESEEN, (0,), [denied])[1]
    assert [one for one in found if one.value == "locks_in"] == [denied]


def test_a_field_stands_whatever_the_words_say() -> None:
    report = Report(report_id="a", narrative=UNFORESEEN)
    report.place.venue, report.contact.method = "sauna", "agency"
    read_narrative(report, TODAY)
    assert (report.place.venue, report.contact.method) == ("sauna", "agency")


def test_a_short_text_is_read_by_the_rules_alone() -> None:
    report = Report(report_id="a")
    told = [Finding("behaviour", "grabs", 3, 10, "a phrase", 0.4)]
    weapons, found = read_circumstances(report, "He grabbed her. He had a knife.", (0,), told)
    assert found == told
    assert [one.value for one in weapons] == ["knife"]


def test_who_was_approached_on_foot_was_approached_in_the_street() -> None:
    report = extract_report("He approached her on foot.", today=TODAY)
    assert (report.contact.method, report.place.venue) == ("kerb_on_foot", "street")


def test_a_likely_phrase_stays_however_rare_the_behaviour() -> None:
    text = UNFORESEEN.replace("He left on foot", "He said he had killed before. He left on foot")
    assert "boasts_killer" in behaviours(text)
