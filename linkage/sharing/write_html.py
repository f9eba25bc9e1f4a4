"""A document as one HTML file: no outside request, made for print, readable by screen readers."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from linkage.sharing.document import Document


def html_of(document: Document) -> str:
    """The document as HTML; every text is escaped, drawings alone are taken as they are."""
    plain = "".join(sign for sign in document.mark if sign.isalnum() or sign in " .,:-")  # inside a style sheet
    return _template().render(document=document, mark_css=plain)


@cache
def _template() -> Template:
    source = (files("linkage.sharing") / "document.html").read_text(encoding="utf-8")
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.from_string(source)
