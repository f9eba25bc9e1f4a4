"""Markdown in which a value is text and nothing else, and the same as one page for print."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markdown_it import MarkdownIt

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")


class Markdown(str):
    """Text that is Markdown already and is taken as it is."""

    __slots__ = ()


def escaped(value: object) -> str:
    """A value as it stands in Markdown: on one line, no sign of it an instruction. `Markdown` is taken as it is."""
    if isinstance(value, Markdown):
        return value
    return _SIGNS.sub(r"\\\1", " ".join(str(value).split()))


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Markdown:
    """A table; each cell is escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    drawn = [[str(cell) if number == 1 else escaped(cell) for cell in row] for number, row in enumerate(lines)]
    return Markdown("\n".join("| " + " | ".join(row) + " |" for row in drawn))


def page(title: str, mark: str, documents: Mapping[str, str]) -> str:
    """Documents (name -> Markdown) as one HTML page that asks for nothing outside; HTML in them is shown as text."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    parts = [(name, reader.render(words)) for name, words in documents.items()]
    plain = "".join(sign for sign in mark if sign.isalnum() or sign in " .,:-")  # inside a style sheet
    return _page().render(title=title, mark=mark, mark_css=plain, parts=parts)


@cache
def _page() -> Template:
    source = (files("linkage.governance") / "page.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(source)
