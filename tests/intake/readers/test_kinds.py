"""What kind of file it is shows in its content, also where its name says something else."""

from __future__ import annotations

from linkage.intake.readers import FileNote, RawRow
from linkage.intake.readers.rows import read_content
from linkage.intake.reject import Reject
from tests.rows import each_row

TABLE = 'Ref,Date,What happened\n1,3 May 2024,"He left, fast."\n'


@each_row(
    "start",
    [
        "<html><body><table><tr>",
        "\n<!DOCTYPE html>\n<html>",
        "\ufeff<table border=1><tr>",
        "<?xml version='1.0'?><W>",
    ],
)
@each_row("suffix", [".xls", ".csv", ".txt", ""])
def test_a_web_page_is_no_text(start: str, suffix: str) -> None:
    (told,) = read_content(f"f{suffix}", f"{start}<td>report_id</td>".encode(), suffix)
    assert isinstance(told, Reject)
    assert "open it in Excel and save it as .xlsx or CSV" in told.reason


@each_row("suffix", [".txt", ".xls", ""])
@each_row("delimiter", [",", ";", "\t"])
def test_a_table_is_read_as_one_whatever_its_name(suffix: str, delimiter: str) -> None:
    text = TABLE.replace(",", delimiter)
    found = list(read_content(f"f{suffix}", text.encode(), suffix))
    assert [len(item.values) for item in found if isinstance(item, RawRow)] == [3]
    notes = [item.note for item in found if isinstance(item, FileNote)]
    assert [note.endswith("read as a table") for note in notes] == ([True] if suffix == ".txt" else [])


@each_row(
    "text",
    [
        "Date, place, what happened: he left.\nHe drove a car.\n",
        "Car, van, 4x4\nHe came in a car, then in a van, then in a 4x4\n",
        "Age, height\n30, tall\n",
        "report_id\n1\n",
    ],
)
def test_words_with_commas_in_a_text_are_no_table(text: str) -> None:
    (row,) = [item for item in read_content("f.txt", text.encode(), ".txt") if isinstance(item, RawRow)]
    assert row.values["narrative"] == text.strip()


@each_row("sign", ["^", ":", "~", "¦"])
def test_names_that_a_sign_parts_which_is_not_read_are_told_with_it(sign: str) -> None:
    text = TABLE.replace('"He left, fast."', "He left.").replace(",", sign)
    (told,) = read_content("f.csv", text.encode(), ".csv")
    assert isinstance(told, Reject)
    assert f"parted by “{sign}”" in told.reason


def test_one_question_of_a_form_is_one_column() -> None:
    found = list(read_content("f.csv", b"What happened: in your own words\nHe left.\n", ".csv"))
    assert sum(isinstance(item, RawRow) for item in found) == 1
