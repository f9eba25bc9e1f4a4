"""Bytes of a file are read as text in whatever encoding its lines are in, and what was guessed is told."""

from __future__ import annotations

from linkage.intake.readers import FileNote, RawRow
from linkage.intake.readers.rows import read_content
from tests.rows import each_row


def rows(data: bytes) -> list[RawRow]:
    return [item for item in read_content("f.csv", data, ".csv") if isinstance(item, RawRow)]


@each_row(
    ("words", "encoding"),
    [
        ("the woman’s café. “get out” he said. £20", "mac-roman"),
        ("the woman’s café. “get out” he said. £20", "cp1252"),
        ("Jörg fährt über Köln. ça été", "mac-roman"),
        ("Jörg fährt über Köln. ça été", "cp1252"),
        ("CAFÉ NOIR. £20", "cp1252"),
    ],
)
def test_the_two_encodings_of_one_byte_a_letter_are_told_apart_by_their_words(words: str, encoding: str) -> None:
    data = f"report_id,narrative\n1,“{words}”\n".encode(encoding)
    assert rows(data)[0].values["narrative"] == f"“{words}”"


def test_a_guessed_encoding_is_told() -> None:
    notes = [n for n in read_content("f", b"report_id,narrative\n1,caf\xe9\n", ".csv") if isinstance(n, FileNote)]
    assert "line 2" in notes[0].note
    assert "UTF-8" in notes[0].note


@each_row(
    ("first", "second"), [("utf-8", "cp1252"), ("utf-8-sig", "cp1252"), ("cp1252", "utf-8"), ("utf-8", "mac-roman")]
)
def test_each_line_is_read_in_the_encoding_that_it_is_in(first: str, second: str) -> None:
    parts = (
        "report_id,narrative\n1,caf\u00e9 \u201cno\u201d\n",
        "2,it\u2019s \u201cno\u201d\n3,caf\u00e9\n4,plain\n",
    )
    data = b"".join(part.encode(code) for part, code in zip(parts, (first, second), strict=True))
    assert [r.values["narrative"] for r in rows(data)] == ["café “no”", "it’s “no”", "café", "plain"]
    (note,) = [item.note for item in read_content("f.csv", data, ".csv") if isinstance(item, FileNote)]
    assert note.startswith("line 2 is not" if first == "cp1252" else "line 3 and 1 more are not")
