"""Real HTML tables: a caption, scoped headers, escaped text, links with a name, signs beside words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from linkage.review.strength import SIGNS

SHORT = 32
"""Texts below this many characters stay on one line."""
_WORDS = {"agrees": "agrees", "close": "close", "differs": "differs", "not known": "not known"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of this app, named by what it leads to. `page` is its path, `query` its parameters."""

    text: str
    page: str
    query: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        """Relative address, so that it works behind a proxy too."""
        return f"{self.page}?{urlencode(self.query)}" if self.query else self.page


@dataclass(frozen=True, slots=True)
class Says:
    """What a comparison says, as sign and word; `words` beside it, and `short` leaves the word to screen readers."""

    says: str
    words: str = ""
    short: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number in words that lines up on the right."""

    text: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Words with smaller words under them."""

    text: str
    small: str


@dataclass(frozen=True, slots=True)
class Wide:
    """Words that are given room."""

    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Several texts, one below the other."""

    texts: tuple[str, ...]


Cell = str | Link | Says | Number | Quiet | Wide | Lines
Head = str | Quiet


def table(caption: str, heads: Sequence[Head], rows: Sequence[Sequence[Cell]], *, small: str = "") -> None:
    """Draw a table. The first cell of each row is its header; `small` is a line under the caption."""
    st.html(table_html(caption, heads, rows, small=small))


def table_html(caption: str, heads: Sequence[Head], rows: Sequence[Sequence[Cell]], *, small: str = "") -> str:
    """The table as HTML; every text is escaped."""
    note = f'<span class="lk-note">{escape(small)}</span>' if small else ""
    top = "".join(f'<th scope="col">{_head(head)}</th>' for head in heads)
    body = "".join(f"<tr>{''.join(_cell(cell, i == 0) for i, cell in enumerate(row))}</tr>" for row in rows)
    return (
        f'<div class="lk-scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="lk">'
        f"<caption>{escape(caption)}{note}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def says_html(cell: Says) -> str:
    """Sign and word of a comparison."""
    sign, kind = SIGNS.get(cell.says, "?"), cell.says.replace(" ", "-")
    word = _WORDS.get(cell.says, cell.says)
    shown = f'<span class="lk-hidden">{word}</span>' if cell.short else word
    words = f' <span class="lk-cellwords">{escape(cell.words)}</span>' if cell.words else ""
    return f'<span class="lk-says lk-{kind}"><b aria-hidden="true">{escape(sign)}</b> {shown}</span>{words}'


def link_html(link: Link) -> str:
    """A link."""
    return f'<a class="lk-link{_wrap(link.text)}" href="{escape(link.address)}">{escape(link.text)}</a>'


def _head(head: Head) -> str:
    return (
        escape(head)
        if isinstance(head, str)
        else f'{escape(head.text)}<br><span class="lk-note">{escape(head.small)}</span>'
    )


def _wrap(text: str) -> str:
    """The class that keeps a short text on one line."""
    return " lk-nowrap" if len(text) < SHORT else ""


def _cell(cell: Cell, first: bool) -> str:
    kind, more = "", ""
    if isinstance(cell, Link):
        inside = link_html(cell)
    elif isinstance(cell, Says):
        inside = says_html(cell)
    elif isinstance(cell, Number):
        inside, more = escape(cell.text), ' class="lk-number"'
    elif isinstance(cell, Lines):
        inside, more = "<br>".join(map(escape, cell.texts)), ' class="lk-wide"'
    elif isinstance(cell, Wide):
        inside, more = escape(cell.text), ' class="lk-wide"'
    elif isinstance(cell, Quiet):
        inside = f'<span class="{_wrap(cell.text)}">{escape(cell.text)}</span>'
        inside += f'<br><span class="lk-note{_wrap(cell.small)}">{escape(cell.small)}</span>' if cell.small else ""
    else:
        inside = escape(cell)
    kind = 'th scope="row"' if first else "td"
    return f"<{kind}{more}>{inside}</{kind.split()[0]}>"
