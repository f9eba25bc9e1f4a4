"""The words of a report with numbers where values were read: the mark is a line and a number, not a colour alone."""

from __future__ import annotations

from html import escape

import streamlit as st

from linkage.intake.fields.reporter_details import Private
from linkage.review.draft import Item, pieces


def marked_text(text: str, items: list[Item]) -> None:
    """The text, each stretch that a value was read from followed by the numbers of those values."""
    inside = "".join(
        f"<mark>{escape(piece.words)}</mark><sup>{','.join(map(str, piece.numbers))}</sup>"
        if piece.numbers
        else escape(piece.words)
        for piece in pieces(text, items)
    )
    _box(inside, "The words of the report; numbers say which value was read where")


def text_with_details(text: str, details: list[Private]) -> None:
    """The text with the details marked that seem to be the reporter's."""
    inside, at = "", 0
    for number, one in enumerate(details, 1):
        inside += f"{escape(text[at : one.start])}<mark>{escape(one.words)}</mark><sup>{number}</sup>"
        at = one.end
    _box(inside + escape(text[at:]), "The words of the report; numbers mark what seems to be of the reporter")


def _box(inside: str, label: str) -> None:
    look = 'class="lk-text lk-read" tabindex="0" role="region" dir="auto"'
    st.html(f'<div {look} aria-label="{escape(label)}">{inside}</div>')
