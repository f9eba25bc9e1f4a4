"""The tables of a document as CSV files that are safe to open in a spreadsheet."""

from __future__ import annotations

from linkage.output.cells import csv_text
from linkage.sharing.document import Document


def csvs_of(document: Document) -> dict[str, bytes]:
    """Name and bytes of one file for each table, and one for what stands around them."""
    around = [("mark", document.mark), ("title", document.title), *document.facts]
    around += [(section.title, words) for section in document.sections for words in section.paragraphs]
    written = {"about.csv": csv_text(["about", "words"], around, for_spreadsheet=True)}
    for table in document.tables:
        written[f"{table.name}.csv"] = csv_text(table.heads, table.rows, for_spreadsheet=True)
    return {name: text.encode("utf-8") for name, text in written.items()}
