"""Column names find their place in the report format."""

from __future__ import annotations

from linkage.intake.readers.column_names import COLUMNS, PROVENANCE, REPEATED, TABLES, cure, locate, nearest
from tests.rows import each_row


@each_row(
    ("name", "place"),
    [
        ("report_id", "report_id"),
        ("Report ID", "report_id"),
        ("reportId", "report_id"),
        ("REPORT-ID", "report_id"),
        ("suspects.1.age", "suspects.1.age"),
        ("Suspects[2].Hair Colour", "suspects.2.hair.colour"),
        ("suspect_2_height_cm", "suspects.2.height"),
        ("suspects.1.age.min", "suspects.1.age.min"),
        ("suspects.1.marks.2", "suspects.1.marks.2"),
        ("Vehicle Colour", "vehicles.1.colour"),
        ("vehicles.1.reg", "vehicles.1.registration"),
        ("number plate", "vehicles.1.registration"),
        ("occurred_from", "occurred.from"),
        ("Incident Date", "occurred.from"),
        ("town", "place.town"),
        ("consent.police", "consent.police"),
        ("behaviours", "behaviours.present"),
        ("behaviours.absent", "behaviours.absent"),
        ("weapon", "weapons"),
        ("identifiers.1.kind", "identifiers.1.kind"),
    ],
)
def test_a_name_is_known_however_it_is_written(name: str, place: str) -> None:
    slot = locate(name)
    assert slot is not None
    assert slot.name == place


@each_row("name", ["shoe_size", "", "...", "phone", "suspects.1.shoe_size", "1", "consent"])
def test_what_the_format_does_not_know_has_no_place(name: str) -> None:
    assert locate(name) is None


def test_every_field_of_the_contract_is_its_own_name() -> None:
    for table, fields in TABLES.items():
        for field in fields.keys() - {*PROVENANCE, "admin"}:
            name = f"{table}.1.{field}" if table in REPEATED else f"{table}.{field}"
            slot = locate(name)
            assert slot is not None
            assert slot.name == name
    for column in COLUMNS.keys() - {*PROVENANCE}:
        assert locate(column) is not None


def test_a_slip_of_the_pen_is_answered_with_the_nearest_name() -> None:
    assert nearest("narative") == "narrative"
    assert nearest("qqqqqq") is None


def test_every_cure_says_what_to_write() -> None:
    assert "25-30" in cure("age")
    assert cure("no such field")
