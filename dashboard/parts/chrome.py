"""What stands on every page: what data this is, quick find, and Hide screen."""

from __future__ import annotations

import re
from html import escape
from pathlib import PurePath

import streamlit as st

from dashboard.parts.browser import send_script
from dashboard.parts.keys import keys_on
from dashboard.parts.style import CSS
from dashboard.parts.tables import Cell, Link, link_html, table
from dashboard.parts.typed import recalled, remember
from dashboard.store_snapshot import StoreSnapshot
from linkage.review.facts import day_part
from linkage.review.quick_find import masked, quick_find
from linkage.review.series_words import provisional_words
from linkage.review.strength import SIGNS, counted
from linkage.review.summary import NOT_MENTIONED, date_words

HIDDEN = "screen_hidden"
QUICK_FIND = "Quick find: report, series, part of a plate, phone, account or words"
WILDCARDS = "plate: ? one character, * any number"
PIECES = "In a plate ? is one unknown character and * any number. A piece is found wherever it stands in the plate."
SHOW_IDENTIFIERS = "identifiers_shown"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#!|<>~$:&]|^[-+])")
_LINKED = re.compile(
    r"(?<=http)(?=s?://)|(?<=https)(?=://)|(?<=www)(?=\.)|(?<=\S)(?=@\S)|(?<=:)(?=\w+:)", re.IGNORECASE
)
_JOINER = "\u2060"  # no width, no break: an address with it in between is read, and not made a link or a picture of


def style() -> None:
    """Send the style sheet of the HTML parts, and the script that blanks the screen at once."""
    st.html(CSS)
    send_script()


def hidden() -> bool:
    """Is the screen hidden? Then nothing but the way back is drawn."""
    if not recalled(HIDDEN):
        return False
    with st.container(key="hidden_screen"):
        st.write("The screen is hidden.")
        if st.button("Show again", key="show_again"):
            remember(HIDDEN, False)
            st.rerun()
    return True


def top_line(kept: StoreSnapshot) -> None:
    """Banner, quick find, Hide screen."""
    banner, find, hide = st.columns([4, 6, 2], vertical_alignment="bottom")
    banner.html(banner_html(kept))
    with find.form("quick_find", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(QUICK_FIND, key="quick_find_words", help=PIECES, placeholder=WILDCARDS)
        st.form_submit_button("Find")
    if hide.button("Hide screen", key="hide_screen", width="stretch", shortcut="H" if keys_on() else None):
        remember(HIDDEN, True)
        st.rerun()
    if words:
        _found(words, kept)


def banner_html(kept: StoreSnapshot) -> str:
    """What data this is: invented, partly invented, or the store by its name."""
    said = {
        "all": "SYNTHETIC DATA: every report is invented",
        "some": "CONTAINS SYNTHETIC DATA: some reports are invented",
    }.get(kept.synthetic)
    if said:
        return f'<div class="lk-banner" role="status">{escape(said)}</div>'
    name = PurePath(kept.stamp[0]).name or "store"
    return f'<div class="lk-banner plain" role="status">Data: {escape(name)}, {len(kept.reports):,} reports</div>'


def _found(words: str, kept: StoreSnapshot) -> None:
    found = quick_find(words, kept.reports.values(), kept.series)
    if not found:
        st.warning(f"No report number, series, plate, phone, account or word agrees with “{as_written(words)}”.")
        links_line([Link(f"Search for “{words}”", "search", (("words", words),))])
        return
    rows: list[list[Cell]] = [
        [Link(f"Series {one.name}", "series", (("id", one.name),)), one.why, ""]
        if one.series
        else [Link(one.name, "report", (("id", one.name),)), one.why, _plates(kept, one.name)]
        for one in found
    ]
    table(f"Found for “{words}”: {len(found)}", ["Report or series", "Found by", "Plate"], rows)


def _plates(kept: StoreSnapshot, report_id: str) -> str:
    plates = [v.registration for v in kept.reports[report_id].vehicles if v.registration]
    return ", ".join(plate if identifiers_shown() else masked(plate) for plate in plates) or "not known"


def identifiers_shown() -> bool:
    """Did the person at the screen ask for whole plates and identifiers?"""
    return bool(st.session_state.get(SHOW_IDENTIFIERS, False))


def identifiers_switch() -> None:
    """The switch for whole plates and identifiers; off on every new visit."""
    st.toggle("Show whole plates and contact details", key=SHOW_IDENTIFIERS)


def shown(value: str) -> str:
    """A plate or identifier, masked unless asked for."""
    return value if identifiers_shown() else masked(value)


def as_written(words: str) -> str:
    """Words for a place where Streamlit reads Markdown: shown as they are, whoever wrote them; nothing is fetched."""
    return _MARKDOWN.sub(r"\\\1", _LINKED.sub(_JOINER, " ".join(words.split())))


def sentence(words: str) -> str:
    """Words as a sentence begins; all else of them stays as it is."""
    return words[:1].upper() + words[1:]


def not_linked_line(kept: StoreSnapshot) -> None:
    """Says how many reports the latest run did not see, which stand in none of its lists, and which series of it are
    provisional."""
    if kept.run and (words := provisional_words(kept.run.record)):
        st.info(as_written(words))
    if kept.run is None or not kept.not_linked:
        return
    stands = "it stands" if kept.not_linked == 1 else "they stand"
    st.info(
        f"{counted(kept.not_linked, 'report')} not linked yet, kept after the latest run: {stands} in no series and "
        "in no suggested link. To link again, run: linkage link"
    )


def key_to_signs() -> None:
    """What the signs mean."""
    words = "".join(
        f'<span class="lk-says lk-{says.replace(" ", "-")}"><b aria-hidden="true">{escape(sign)}</b> {says}</span>'
        for says, sign in SIGNS.items()
    )
    st.html(f'<div class="lk-key" aria-label="Signs">{words}</div>')


def facts(items: list[tuple[str, str]]) -> None:
    """A line of labelled values."""
    inside = "".join(
        f"<div><span>{escape(label)}</span><strong>{escape(value)}</strong></div>" for label, value in items
    )
    st.html(f'<div class="lk-facts">{inside}</div>')


def links_line(links: list[Link]) -> None:
    """Links to other pages, side by side."""
    st.html(" &nbsp; ".join(link_html(link) for link in links))


def where_and_when(kept: StoreSnapshot, report_id: str) -> str:
    """Place, date and part of the day of a report in one line."""
    report = kept.reports.get(report_id)
    if report is None:
        return "not in the store"
    place = report.place.text or report.place.town or report.place.postcode or "place not known"
    part = day_part(report)
    date = date_words(report)
    when = "date not known" if date == NOT_MENTIONED else date
    return ", ".join([place, when, *(words.split(" (")[0] for words in part)])
