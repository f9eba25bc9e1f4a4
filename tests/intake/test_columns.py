"""Columns of a stranger's spreadsheet: each is read, asked about, refused or left out, and none goes unmentioned."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.batch import Batch, read_items, read_reports
from linkage.intake.readers.column_headings import Basis, MappingError, chosen, from_file, understood
from linkage.intake.readers.rows import read_content
from linkage.report import Report
from linkage.review.column_words import consent_lines, numbered_line, read_as, to_answer
from tests.rows import each_row

TODAY = date(2026, 1, 1)
LOG = {
    "Ref": "101", "Date": "03/05/2024", "Time": "22:30", "Town": "Leeds", "Where exactly": "Holbeck Moor Road",
    "What happened": "He refused to pay and drove off.", "Age": "mid 30s", "Mobile": "07700 900123",
    "Car reg": "YK09 FDX", "Worker initials": "JB", "Consent to share with police": "Y", "OK for alert?": "N",
    "Notes": "seen again", "Attacker's height": "5ft 9",
}  # fmt: skip


def batch_of(*rows: dict[str, str], mapping: dict[str, str] | None = None) -> Batch:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    items = list(read_content("log.csv", out.getvalue().encode(), ".csv"))
    return read_items([("log.csv", items)], today=TODAY, understand=lambda names: understood(names, mapping))


def read(row: dict[str, str], **mapping: str) -> Report:
    (report,) = batch_of(row, mapping=mapping).reports
    return report


@each_row(
    ("heading", "field"),
    [
        ("What happened? Please tell us in your own words", "narrative"),
        ("When did it happen?", "occurred.from"),
        ("Where did it happen? (address or area)", "place.text"),
        ("What number did he contact you on?", "identifiers.phone"),
        ("Did he have a vehicle? Please give as much detail as you can", "vehicles.1.words"),
        ("How did he contact you?", "contact.method"),
        ("Timestamp", "received"),
        ("CRIME_REF", "report_id"),
        ("OFF_DATE_FROM", "occurred.from"),
        ("SUSP_AGE_TO", "suspects.1.age.max"),
        ("VEH_COL", "vehicles.1.colour"),
        ("Suspect mobile", "identifiers.phone"),
        ("His e-mail", "identifiers.email"),
        ("Offender tattoos", "suspects.1.marks"),
        ("Are you happy for us to share this with the police? ", "consent.police"),
        ("Does the victim consent to share with police (Y/N)", "consent.police"),
        ("CONSENT_POL", "consent.police"),
        ("Can we share an anonymised version with other workers?", "consent.alert"),
        ("OK for alert?", "consent.alert"),
    ],
)
def test_a_heading_that_says_what_it_is_is_read(heading: str, field: str) -> None:
    assert understood([heading])[0].field == field


@each_row(
    "heading",
    ["Mobile", "Phone", "Age", "Height", "E-mail", "Name", "Address", "Contact", "Client mobile", "Customer age",
     "Number"],
)  # fmt: skip
def test_whose_detail_it_is_is_asked_and_never_guessed(heading: str) -> None:
    (column,) = understood([heading])
    assert (column.field, column.basis, column.consent) == (None, Basis.ASKED, False)


@each_row(
    "heading",
    ["INF_TEL", "IP_DOB", "Your first name", "How can we contact you?", "Reporter mobile", "Victim's age",
     "Her phone", "My number", "Woman's name", "Contact details of the person telling us what happened to you"],
)  # fmt: skip
def test_the_reporters_own_column_is_refused_and_cannot_be_mapped(heading: str) -> None:
    assert understood([heading])[0].basis is Basis.PERSONAL
    with pytest.raises(MappingError, match="names the person who reports"):
        chosen([f"{heading}=identifiers.phone"])
    assert set(chosen([f"{heading}=ignore"]).values()) == {"ignore"}


@each_row(
    "heading",
    ["Consent", "Consent to share", "Do NOT share with police", "No consent police", "Shared with police already",
     "Are you happy with the police response?", "Consent to police medical", "Share anonymously with police",
     "Share with police and in alerts?", "Police consent withdrawn"],
)  # fmt: skip
def test_consent_that_cannot_be_read_has_a_line_of_its_own_and_is_closed(heading: str) -> None:
    batch = batch_of({"Ref": "1", "What happened": "He ran.", heading: "Yes"})
    assert batch.reports[0].consent.model_dump() == {"alert": False, "police": False, "scas": False}
    told = consent_lines("log.csv", batch.columns["log.csv"], True)
    assert told[0].startswith(f"Consent was not read from “{heading}”")
    assert "stay closed" in told[1]
    assert heading not in " ".join(to_answer(batch.columns["log.csv"]))


def test_a_column_where_yes_is_no_cannot_be_mapped_to_consent() -> None:
    with pytest.raises(MappingError, match="may be a no"):
        chosen(["Do not share with police=consent.police"])


@each_row(
    ("answer", "police"),
    [
        ("Y", True), ("yes", True), ("TRUE", True), ("✓", True), ("Yes, I am happy for this to be shared", True),
        ("Yes - with the police", True), ("N", False), ("no thanks", False), ("Yes - but anonymised only", False),
        ("anonymised only", False), ("yes not my name", False), ("Yes, with other workers", False), ("x", False),
        ("maybe", False), ("yes if asked again", False), ("ask Jo", False),
    ],
)  # fmt: skip
def test_only_a_plain_yes_opens(answer: str, police: bool) -> None:
    assert read(LOG | {"Consent to share with police": answer}).consent.police is police


def test_a_file_without_consent_says_that_it_stays_closed() -> None:
    batch = batch_of({"Ref": "1", "What happened": "He ran."})
    (line,) = consent_lines("log.csv", batch.columns["log.csv"], True)
    assert "No column of log.csv says who may be told" in line


def test_date_and_time_town_and_place_are_put_together() -> None:
    report = read(LOG)
    assert (report.occurred.from_, report.place.raw["text"]) == ("2024-05-03T22:30", "Holbeck Moor Road, Leeds")
    assert (report.consent.police, report.consent.alert, report.identifiers) == (True, False, [])
    assert read(LOG | {"Time": "930"}).occurred.hour_min == 9.5


def test_what_is_mapped_is_read_and_what_is_ignored_is_silent() -> None:
    given = chosen(["Mobile=identifiers.phone", "Age=suspects.age", "Notes=narrative", "Worker initials=ignore"])
    batch = batch_of(LOG, mapping=given)
    (report,) = batch.reports
    assert [one.value for one in report.identifiers] == ["07700900123"]
    assert report.suspects[0].age is not None
    assert (report.narrative or "").split("\n\n") == ["seen again", "He refused to pay and drove off."]
    assert batch.rejects == []


@given(st.permutations(list(LOG)))
@settings(max_examples=10)
def test_the_order_of_columns_does_not_count_and_none_is_unmentioned(order: list[str]) -> None:
    batch = batch_of({name: LOG[name] for name in order})
    told = batch.columns["log.csv"]
    assert [one.heading for one in told] == order
    assert all(one.field or read_as(one).startswith(("not read", "refused", "left out")) for one in told)
    first = batch_of(LOG)
    assert batch.reports == first.reports
    assert sorted(map(str, batch.rejects)) == sorted(map(str, first.rejects))


@given(st.lists(st.text(min_size=1, max_size=30), unique=True, max_size=8))
@settings(max_examples=100)
def test_every_heading_is_told_of_whatever_it_is(names: list[str]) -> None:
    found = understood(names)
    assert [one.heading for one in found] == names
    assert all(one.field or one.why for one in found)


def test_a_row_without_a_number_gets_one_that_stays() -> None:
    one, other = {"What happened": "He ran off.", "Town": "Leeds"}, {"What happened": "He hit her.", "Town": "York"}
    first, again = batch_of(one, other), batch_of(other, one)
    assert {r.report_id for r in first.reports} == {r.report_id for r in again.reports}
    assert len(first.numbered) == 2
    assert first.numbered[0] in numbered_line(first.numbered)
    mixed = batch_of({"Ref": "7"} | one, {"Ref": ""} | other)
    assert [r.report_id == "7" for r in mixed.reports] == [True, False]
    mapped = batch_of(one, other, mapping=chosen(["Town=ignore"]))
    assert {r.report_id for r in mapped.reports} == {r.report_id for r in first.reports}


def test_a_torn_file_makes_no_reports_of_its_pieces(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('Ref,What happened\n1,"He ran.\n,a piece\n')
    batch = read_reports(file, today=TODAY)
    assert [report.report_id for report in batch.reports] == ["1"]
    assert batch.numbered == []


def test_a_no_in_a_question_of_a_form_is_no_weapon() -> None:
    row = {"Ref": "1", "Did he use a weapon?": "No"}
    assert read(row).weapons == []
    batch = batch_of(row | {"Did he use a weapon?": "Yes"})
    assert (batch.reports[0].weapons, "not which" in batch.rejects[0].reason) == ([], True)


def test_two_columns_for_one_field_use_one_and_tell_the_other() -> None:
    batch = batch_of({"Ref": "1", "Suspect age": "40", "Age of attacker": "20"})
    assert batch.reports[0].suspects[0].age is not None
    assert len(batch.rejects) == 1


@each_row("words", ["Mobile", "=age", "Mobile=", "Mobile=identifiers.fone", "Mobile=shoe_size"])
def test_a_mapping_that_cannot_be_says_why(words: str) -> None:
    with pytest.raises(MappingError, match=r"HEADING=FIELD|no field of a report"):
        chosen([words])


def test_a_mapping_file_holds_lines_or_a_table(tmp_path: Path) -> None:
    lines, table = tmp_path / "a.txt", tmp_path / "a.csv"
    lines.write_text("# ours\nMobile=identifiers.phone\n\nNotes=ignore\n")
    table.write_text("heading,field\nMobile,identifiers.phone\nNotes,ignore\n")
    assert chosen(from_file(lines)) == chosen(from_file(table)) == {"mobile": "identifiers.phone", "notes": "ignore"}
    with pytest.raises(MappingError, match="cannot be read"):
        from_file(tmp_path / "none.txt")


@each_row(
    "first",
    [
        "R1,2025-03-01,Leeds,He drove off.",
        "R1;2025-03-01;Leeds;He drove off.",
        "R1,,Leeds,He drove a silver car and took her phone.",
        "A,B,C,D",
    ],
)
def test_a_table_without_names_of_columns_is_told_once_with_what_they_might_be(first: str) -> None:
    words = f"{first}\nR2,2025-03-04,Leeds,He ran.\nR3,2025-03-05,Leeds,He ran.\n"
    batch = read_items([("log.csv", list(read_content("log.csv", words.encode(), ".csv")))], today=TODAY)
    assert batch.reports == []
    (told,) = batch.rejects
    assert (told.row, told.field) == (1, "")
    assert "no column is understood by the first row" in told.reason
    assert "for example report_id, date, place, narrative" in told.reason


def test_names_that_only_a_mapping_understands_are_names() -> None:
    report = read({"A": "R1", "B": "He drove off."}, a="report_id", b="narrative")
    assert (report.report_id, report.narrative) == ("R1", "He drove off.")


def test_a_spreadsheet_error_is_refused_by_row_and_field_and_its_row_is_read() -> None:
    batch = batch_of(
        {"Ref": "1", "Car reg": "#REF!", "What happened": "He left. The log says #REF! here.", "Town": "#N/A"},
        {"Ref": "#VALUE!", "Car reg": "YK09 FDX", "What happened": "#NAME?", "Town": "Leeds"},
        {"Ref": "#N/A", "Car reg": "", "What happened": "He left.", "Town": "York"},
    )
    told = [(one.row, one.field, one.value, one.whole) for one in batch.rejects]
    assert told == [
        (2, "Car reg", "#REF!", False),
        (3, "Ref", "#VALUE!", False),
        (3, "What happened", "#NAME?", False),
    ]
    first, second, third = batch.reports
    assert (first.vehicles, first.place.text) == ([], None)
    assert all(one.report_id.startswith("log-r") for one in (second, third))
    assert (second.vehicles[0].registration, second.narrative) == ("YK09FDX", None)
