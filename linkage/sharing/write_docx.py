"""A document as DOCX, for a word processor: headings, tables with repeated header rows, drawings as pictures."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import vl_convert
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from linkage.sharing.document import Document, Picture, Section, Table

WIDE = 8
"""Columns from which a table is set small [G]."""
_CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)}


def docx_of(document: Document) -> bytes:
    """The document as DOCX; nothing in it names the machine or the person who wrote it."""
    made = docx.Document()
    _page(made, document)
    made.add_heading(_plain(document.title), level=0)
    for name, words in document.facts:
        line = made.add_paragraph()
        line.add_run(f"{_plain(name)}: ").bold = True
        line.add_run(_plain(words))
    for section in document.sections:
        _section(made, section)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _page(made: Any, document: Document) -> None:
    page = made.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21.0)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(1.8)
    page.header.paragraphs[0].text = _plain(document.mark)
    made.styles["Normal"].font.name = "Arial"
    made.styles["Normal"].font.size = Pt(10)
    about = made.core_properties
    about.title, about.author, about.last_modified_by, about.comments = (
        _plain(document.title),
        "linkage",
        "linkage",
        "",
    )
    about.created = about.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def _section(made: Any, section: Section) -> None:
    made.add_heading(_plain(section.title), level=1)
    for words in section.paragraphs:
        made.add_paragraph(_plain(words))
    for picture in section.pictures:
        _picture(made, picture)
    for table in section.tables:
        _table(made, table)
    for words, lines in section.boxes:
        made.add_paragraph(_plain(words)).runs[0].bold = True
        made.add_table(rows=1, cols=1, style="Table Grid").rows[0].height = Cm(0.75 * lines)


def _picture(made: Any, picture: Picture) -> None:
    image = BytesIO(vl_convert.svg_to_png(picture.svg, scale=2))
    shape = made.add_picture(image, width=Cm(18))
    shape._inline.docPr.set("descr", _plain(picture.words))
    made.add_paragraph(_plain(picture.words), style="Caption")


def _table(made: Any, table: Table) -> None:
    made.add_paragraph(_plain(table.caption), style="Caption")
    drawn = made.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    for cell, head in zip(drawn.rows[0].cells, table.heads, strict=True):
        _fill(cell, head, len(table.heads), bold=True)
    repeated = OxmlElement("w:tblHeader")  # the header row stands again on each page
    repeated.set(qn("w:val"), "true")
    drawn.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        for cell, words in zip(drawn.add_row().cells, row, strict=True):
            _fill(cell, words, len(table.heads), bold=False)


def _fill(cell: Any, words: str, columns: int, bold: bool) -> None:
    run = cell.paragraphs[0].add_run(_plain(words))
    run.bold = bold
    run.font.size = Pt(8 if columns >= WIDE else 9)


def _plain(words: str) -> str:
    """Words without control characters, which XML cannot hold."""
    return words.translate(_CONTROL)
