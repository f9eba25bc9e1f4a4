"""Real HTML tables: a caption, scoped headers, escaped text, links with a name, signs beside words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from linkage.review.attribution_words import Whose
from linkage.review.strength import SIGNS

SHORT = 32
"""Texts below this many characters stay on one line."""


NUMBER = ' class="lk-number"'


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of this app, named by what it leads to. `page` is its path, `query` its parameters; `about`
    says in full where a short text such as a number leads."""

    text: str
    page: str
    query: tuple[tuple[str, str], ...] = ()
    about: str = ""

    @property
    def address(self) -> str:
        """Relative address, so that it works behind a proxy too."""
        return f"{self.page}?{urlencode(self.query)}" if self.query else self.page


@dataclass(frozen=True, slots=True)
class Noted:
    """A link with smaller words under it."""

    link: Link
    small: str


@dataclass(frozen=True, slots=True)
class Says:
    """What a comparison says, as sign and word; `words` beside it, and `short` leaves the word to screen readers.

    `side` is whose sign is drawn where that is another's: the sign goes by the weight.
    """

    says: str
    words: str = ""
    short: bool = False
    side: str = ""


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
class Stack:
    """Cells, one below the other."""

    cells: tuple[Quiet | Noted | Link | str, ...]


@dataclass(frozen=True, slots=True)
class Wide:
    """Words that are given room."""

    text: str


@dataclass(frozen=True, slots=True)
class Sourced:
    """Words that are given room, and below them the reports that they come from, each with words of its own where
    it says otherwise."""

    text: str
    sources: tuple[tuple[tuple[Link, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Several texts, one below the other; `wide` gives them room."""

    texts: tuple[str, ...]
    wide: bool = True


@dataclass(frozen=True, slots=True)
class Reports:
    """Words with the reports below them that are meant."""

    text: str
    links: tuple[Link, ...]


def report_link(report: str) -> Link:
    """A link to the page of a report, named by its number."""
    return Link(report, "report", (("id", report),))


def sourced(text: str, found: Sequence[Whose]) -> Sourced:
    """A value with the accounts that it comes from."""
    return Sourced(text, tuple((tuple(map(report_link, one.reports)), one.words) for one in found))


Cell = str | Link | Noted | Stack | Says | Number | Quiet | Wide | Lines | Sourced
Head = str | Quiet | Link | Noted | Reports


def table(caption: str, heads: Sequence[Head], rows: Sequence[Sequence[Cell]], *, small: str = "") -> None:
    """Draw a table. The first cell of each row is its header; `small` is a line under the caption."""
    st.html(table_html(caption, heads, rows, small=small))


def table_html(caption: str, heads: Sequence[Head], rows: Sequence[Sequence[Cell]], *, small: str = "") -> str:
    """The table as HTML; every text is escaped."""
    note = f'<span class="lk-note">{escape(small)}</span>' if small else ""
    numbers = [bool(rows) and all(isinstance(cell, Number) for cell in column) for column in zip(*rows, strict=False)]
    numbers += [False] * (len(heads) - len(numbers))
    top = "".join(map(_top, heads, numbers))
    names = [_plain(head) for head in heads]
    body = "".join(f"<tr>{''.join(map(_cell, row, names, [True] + [False] * len(row)))}</tr>" for row in rows)
    return (
        f'<div class="lk-scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="lk">'
        f"<caption>{escape(caption)}{note}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _top(head: Head, over_numbers: bool) -> str:
    """The head of a column, which lines up with the numbers below it."""
    return f'<th scope="col"{NUMBER if over_numbers else ""}>{_inside(head)}</th>'


def says_html(cell: Says) -> str:
    """Sign and word of a comparison."""
    side = cell.side or cell.says
    sign, kind = SIGNS.get(side, "?"), side.replace(" ", "-")
    word = escape(cell.says)
    shown = f'<span class="lk-hidden">{word}</span>' if cell.short else word
    words = f' <span class="lk-cellwords">{escape(cell.words)}</span>' if cell.words else ""
    return f'<span class="lk-says lk-{kind}"><b aria-hidden="true">{escape(sign)}</b> {shown}</span>{words}'


def link_html(link: Link) -> str:
    """A link."""
    about = f' title="{escape(link.about)}" aria-label="{escape(link.about)}"' if link.about else ""
    return f'<a class="lk-link{_wrap(link.text)}" href="{escape(link.address)}"{about}>{escape(link.text)}</a>'


def _wrap(text: str) -> str:
    """The class that keeps a short text on one line."""
    return " lk-nowrap" if len(text) < SHORT else ""


def _plain(head: Head) -> str:
    """A head in words, which stands over each cell where the columns stand below each other."""
    match head:
        case Noted():
            return f"{head.link.text}, {head.small}"
        case Quiet() | Link() | Reports():
            return head.text
        case _:
            return head


def _cell(cell: Cell, head: str, first: bool) -> str:
    more = ""
    if isinstance(cell, Number):
        more = NUMBER
    elif isinstance(cell, Wide | Sourced) or (isinstance(cell, Lines) and cell.wide):
        more = ' class="lk-wide"'
    kind = 'th scope="row"' if first else f'td data-head="{escape(head)}"'
    return f"<{kind}{more}>{_inside(cell)}</{kind.split(maxsplit=1)[0]}>"


def _inside(cell: Cell | Head) -> str:
    match cell:
        case Link():
            inside = link_html(cell)
        case Noted():
            inside = f"{link_html(cell.link)}<br>{_small(cell.small)}"
        case Reports():
            inside = "<br>".join([escape(cell.text), *map(link_html, cell.links)])
        case Stack():
            inside = "<br>".join(_inside(one) for one in cell.cells)
        case Says():
            inside = says_html(cell)
        case Lines():
            inside = "<br>".join(map(escape, cell.texts))
        case Quiet():
            text = f'<span class="{_wrap(cell.text)}">{escape(cell.text)}</span>' if cell.text else ""
            inside = "<br>".join(filter(None, (text, _small(cell.small) if cell.small else "")))
        case Sourced():
            inside = "<br>".join([escape(cell.text), *(_source(*one) for one in cell.sources)])
        case Number() | Wide():
            inside = escape(cell.text)
        case _:
            inside = escape(cell)
    return inside


def _source(links: Sequence[Link], words: str) -> str:
    names = ", ".join(map(link_html, links))
    return f'<span class="lk-note">{f"{names}: {escape(words)}" if words else f"told by {names}"}</span>'


def _small(words: str) -> str:
    return f'<span class="lk-note{_wrap(words)}">{escape(words)}</span>'
