"""One reader for each kind of file; each yields raw rows and refusals, and never raises for what it reads."""

from linkage.intake.readers.items import FileNote, Header, RawRow, ReadItem
from linkage.intake.readers.rows import read_rows

__all__ = ["FileNote", "Header", "RawRow", "ReadItem", "read_rows"]
