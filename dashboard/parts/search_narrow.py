"""What an answer is changed by with a click: parts of the question as understood, values of facets, and its pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256

import streamlit as st

from dashboard.parts.chrome import as_written
from dashboard.parts.search_form import asked_again
from dashboard.parts.status import guarded
from linkage.search import Facet, Found, Question
from linkage.search.facets import is_facet

_NARROW, _PAGE = "search_narrow", "search_page"
_BETWEEN = ": "
Chosen = tuple[tuple[str, str], ...]


def narrow_of(question: Question) -> Chosen:
    """The values to which the list of this question is narrowed; they stand in the address, which brings them back
    when a session begins."""
    if _NARROW not in st.session_state:
        st.session_state[_NARROW] = (_key(question), _brought())
    held, chosen = st.session_state[_NARROW]
    narrow: Chosen = chosen if held == _key(question) else ()
    _into_address("narrow", [f"{name}{_BETWEEN}{value}" for name, value in narrow])
    return narrow


def _brought() -> Chosen:
    """The values that the address names, of facets that there are."""
    parted = (one.partition(_BETWEEN) for one in st.query_params.get_all("narrow"))
    return tuple((name, value) for name, _, value in parted if value and is_facet(name))


def _into_address(name: str, values: list[str]) -> None:
    if values == st.query_params.get_all(name):
        return
    if values:
        st.query_params[name] = values
    else:
        del st.query_params[name]


def page_of(question: Question, narrow: Chosen) -> int:
    """The page (1, 2, ...) at which this list is looked at."""
    held, page = st.session_state.get(_PAGE, ("", 1))
    return page if held == _key(question, narrow) else 1


def read_as(found: Found, question: Question) -> None:
    """The parts of the question as understood: one that is taken out no longer counts, and can be put back."""
    options = sorted({*found.asked, *found.without})
    if not options:
        return
    key = f"search_parts_{_key(options)}"
    st.session_state[key] = [one for one in options if one in found.asked]
    st.pills(
        "Read as (click a part to take it out, or to put it back)",
        options,
        selection_mode="multi",
        format_func=as_written,
        key=key,
        on_change=guarded(_take_out),
        args=(key, options, question),
    )


def _take_out(key: str, options: Sequence[str], question: Question) -> None:
    stays = st.session_state[key]
    elsewhere = tuple(one for one in question.without if one not in options)
    asked_again(replace(question, without=(*elsewhere, *(one for one in options if one not in stays))))


def facet_pills(facets: Sequence[Facet], question: Question, narrow: Chosen) -> None:
    """The values of each facet with how many reports have them; choosing some narrows the list to those."""
    for facet in facets:
        counts = dict(facet.counts)
        mine = [value for name, value in narrow if name == facet.name]
        options = [*counts, *(value for value in mine if value not in counts)]
        key = f"search_facet_{_key(facet.name, options)}"
        st.session_state[key] = mine
        st.pills(
            f"{facet.name} (not known: {facet.not_known:,})",
            options,
            selection_mode="multi",
            format_func=partial(_counted, counts),
            key=key,
            on_change=guarded(_narrow_to),
            args=(key, facet.name, question, narrow),
        )


def _counted(counts: dict[str, int], value: str) -> str:
    return as_written(f"{value} ({counts.get(value, 0):,})")


def _narrow_to(key: str, name: str, question: Question, narrow: Chosen) -> None:
    others = tuple(one for one in narrow if one[0] != name)
    chosen = (*others, *((name, value) for value in st.session_state[key]))
    st.session_state[_NARROW] = (_key(question), chosen)


def narrowed_line(found: Found, narrow: Chosen) -> None:
    """To what the list is narrowed, and the button that undoes it."""
    if not narrow:
        return
    said = "; ".join(f"{name}: {value}" for name, value in narrow)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.write(as_written(f"Narrowed to {said}: {found.agreeing:,} of {found.unnarrowed:,} reports."))
        st.button("Show all again", key="search_widen", on_click=guarded(_widen))


def _widen() -> None:
    st.session_state[_NARROW] = ("", ())


def pages_line(found: Found, question: Question, narrow: Chosen, size: int) -> None:
    """The box for the page, where the listed reports need more than one of `size` rows."""
    pages = -(-found.agreeing // size)
    if pages < 2:
        return
    key = f"search_page_{_key(question, narrow)}"
    st.session_state[key] = min(page_of(question, narrow), pages)
    st.number_input(
        f"Page (1 to {pages:,})", 1, pages, key=key, width=160, on_change=guarded(_turn), args=(key, question, narrow)
    )


def _turn(key: str, question: Question, narrow: Chosen) -> None:
    st.session_state[_PAGE] = (_key(question, narrow), int(st.session_state[key]))


def _key(*of: object) -> str:
    plain = [one.plain() if isinstance(one, Question) else one for one in of]
    return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:12]
