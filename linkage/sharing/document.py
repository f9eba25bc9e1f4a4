"""A document as plain values: what every writer (HTML, DOCX, PDF, CSV) writes, so that all of them say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts. The first cell of each row is its header; `name` is what its CSV file is called."""

    name: str
    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, with the words that say what it shows; `name` is what its file is called."""

    name: str
    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part under a heading: paragraphs, then pictures, then tables. `pair` sets its tables side by side, of equal
    weight; `boxes` are empty fields of a form to be filled in by hand, each with its lines."""

    title: str
    paragraphs: Sequence[str] = ()
    pictures: Sequence[Picture] = ()
    tables: Sequence[Table] = ()
    pair: bool = False
    boxes: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; `facts` stand under its title, `mark` on every page."""

    title: str
    mark: str
    facts: Sequence[tuple[str, str]] = ()
    sections: Sequence[Section] = field(default=())

    @property
    def tables(self) -> list[Table]:
        """Every table, in order."""
        return [table for section in self.sections for table in section.tables]
