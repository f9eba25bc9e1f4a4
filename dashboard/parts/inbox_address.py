"""How the inbox stands, in its address: tab, order, filters and page. So it can be linked to, and loaded anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from dashboard.parts.queue_filters import ANY, CONSENT, KINDS, LANES, areas
from dashboard.parts.settings import chosen, put
from dashboard.parts.typed import recalled, remember
from linkage.review.outcome import State
from linkage.review.queue import ORDERS, Queue
from linkage.review.risk import tables

TAB, ORDER = "inbox_tab", "inbox_order"
PAGE = "page"
_WRITTEN, _VIEW = "inbox_address_written", "inbox_view"
_AT_FIRST: Mapping[str, tuple[str, str]] = {
    TAB: ("tab", State.TODO),
    ORDER: ("order", ORDERS[0]),
    "filter_area": ("area", ANY),
    "filter_seriousness": ("seriousness", ANY),
    "filter_kind": ("kind", ANY),
    "filter_consent": ("consent", ANY),
    "filter_since": ("since", ""),
    "filter_until": ("until", ""),
    "filter_lane": ("distance", ANY),
}
"""Setting, its name in the address, and how it stands where the address does not name it."""


def take_up(queue: Queue) -> int | None:
    """Let the inbox stand as the address says, where somebody came with one; answers with the page it names.

    An address that names nothing leaves the inbox as it was left. What the inbox does not have is not taken up.
    """
    names = [PAGE, *(short for short, _ in _AT_FIRST.values())]
    asked = {name: st.query_params[name] for name in names if name in st.query_params}
    if asked == st.session_state.get(_WRITTEN):
        return None
    if not asked:
        restore(queue)
        return None
    return _set(asked, queue)


def restore(queue: Queue) -> None:
    """Let the inbox stand as it was left, at the beginning of a session; on the pages that lead through it, too."""
    if _WRITTEN not in st.session_state:
        _set(dict(parse_qsl(str(recalled(_VIEW) or ""))), queue)


def _set(asked: dict[str, str], queue: Queue) -> int:
    """Set what is asked for; answers with the page."""
    for name, (short, at_first) in _AT_FIRST.items():
        value = asked.get(short, at_first)
        put(name, value if _known(name, value, queue) else at_first)
    st.session_state[_WRITTEN] = asked
    page = asked.get(PAGE, "1")
    return int(page) if page.isdecimal() and len(page) < 9 else 1


def write(page: int) -> None:
    """Write into the address how the inbox stands."""
    query = {short: str(chosen(name, at_first)) for name, (short, at_first) in _AT_FIRST.items()}
    query = {name: value for name, value in query.items() if value not in ("", ANY, State.TODO, ORDERS[0])}
    if page > 1:
        query[PAGE] = str(page)
    if query != st.query_params.to_dict():
        st.query_params.from_dict(query)
    st.session_state[_WRITTEN] = query
    remember(_VIEW, urlencode(query))


def _known(name: str, value: str, queue: Queue) -> bool:
    """Is it something that this setting can be?"""
    if name in ("filter_since", "filter_until"):
        return not value or (value.isdecimal() and len(value) == 4)
    offered: Mapping[str, Collection[str]] = {
        TAB: list(State),
        ORDER: ORDERS,
        "filter_area": areas(queue),
        "filter_seriousness": tables()["words"],
        "filter_kind": KINDS,
        "filter_consent": CONSENT,
        "filter_lane": LANES,
    }
    return value == ANY or value in offered[name]
