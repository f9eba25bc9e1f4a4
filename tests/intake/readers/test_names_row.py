"""The row of names is found below a title, and no row of a table is taken for it."""

from __future__ import annotations

from linkage.intake.readers import FileNote, Header, RawRow, ReadItem
from linkage.intake.readers.rows import read_content
from tests.rows import each_row


def items(text: str, suffix: str = ".csv") -> list[ReadItem]:
    return list(read_content(f"f{suffix}", text.encode(), suffix))


def header(text: str) -> Header | None:
    return next((item for item in items(text) if isinstance(item, Header)), None)


@each_row(
    ("above", "row"),
    [
        ("Reports 2025", 2),
        ("\nReports 2025;;;\n\n", 5),
        ("Our log; by date\nPrinted;3 May 2025", 3),
        ("Date;3 May 2025", 2),  # one cell of a title may be named as a column is
        ("Our log;2025;North;draft", 2),
        (";".join(["What we know by date"] * 4), 2),
    ],
)
def test_names_below_a_title_are_found_and_the_title_is_told(above: str, row: int) -> None:
    found = items(f"{above}\nRef;What happened;Date of incident;Car reg\n1;He left, fast;3 May 2024;AB12 CDE\n")
    assert [item.row for item in found if isinstance(item, Header | RawRow)] == [row, row + 1]
    (note,) = [item.note for item in found if isinstance(item, FileNote)]
    assert "above the names of the columns" in note


@each_row(
    "table",
    [
        "A,B,C\nphone,car,date\n",  # data that look like names, in as many cells as the row above has
        "Ref,X,Y,Z\nphone,car,date\n",
        "report_id,suspect,,narrative\n,age,sex,\n",
        "Log\nHe drove off, in his car, to a place, by phone\n",
    ],
)
def test_the_first_row_holds_the_names_where_no_other_surely_does(table: str) -> None:
    found = header(table)
    assert found is not None
    assert (found.row, found.names[0]) == (1, table.partition("\n")[0].split(",")[0])
