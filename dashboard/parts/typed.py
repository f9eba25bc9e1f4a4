"""What was typed on a page and not yet used, and how lists stand.

It outlives other pages, Hide screen, a page that is loaded anew and the end of the session. What was typed is
forgotten once it was used.

Streamlit drops the state of every control that is not drawn. Here it is held in the session and kept as a draft.
"""

from __future__ import annotations

import copy
from typing import Any

import streamlit as st

from dashboard.parts.drafts import draft, keep_draft

PREFIX = "entry_"
"""Keys of what is typed."""
_TYPED, _VIEW = "typed", "view"
_HELD, _VIEWED = "typed", "viewed"


def hold_typed() -> None:
    """Take up what is typed and how lists stand now; called before anything is drawn."""
    held, viewed = _held(_HELD, _TYPED), _held(_VIEWED, _VIEW)
    for key in st.session_state:
        if isinstance(key, str) and key.startswith(PREFIX):
            held[key] = st.session_state[key]
    for key in viewed:
        if key in st.session_state:
            viewed[key] = st.session_state[key]
    _keep()


def forget_typed() -> None:
    """Forget what was typed."""
    st.session_state[_HELD] = {}
    keep_draft(_TYPED, None)
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith(PREFIX)]:
        del st.session_state[key]


def typed(name: str, at_first: Any = None) -> str:
    """The key of a control that starts as `at_first` (None: its own way) and stays as it was left."""
    key = PREFIX + name
    _restore(key, _held(_HELD, _TYPED), at_first)
    return key


def remembered(key: str, at_first: Any = None) -> str:
    """The key of a control that says how a page stands, such as an order: it starts as `at_first`, or as the address
    says where it is bound to it, and stays as it was left."""
    viewed = _held(_VIEWED, _VIEW)
    if key not in st.query_params:
        _restore(key, viewed, at_first)
    viewed.setdefault(key, st.session_state.get(key, at_first))
    return key


def remember(key: str, value: Any) -> None:
    """Remember a value that is no control's."""
    st.session_state[key] = _held(_VIEWED, _VIEW)[key] = value
    _keep()


def recalled(key: str) -> Any:
    """A value as `remember` left it; None where there is none."""
    return st.session_state.get(key, _held(_VIEWED, _VIEW).get(key))


def page_box(pages: int, key: str) -> int:
    """The box for the page of a list of `pages` pages, as the address and the last visit have it."""
    held = remembered(key)
    if isinstance(st.session_state.get(held), int):
        st.session_state[held] = max(1, min(pages, st.session_state[held]))  # the list may be shorter now
    return int(st.number_input(f"Page (1 to {pages:,})", 1, pages, 1, key=held, bind="query-params", width=160))


def _restore(key: str, held: dict[str, Any], at_first: Any) -> None:
    if key not in st.session_state:
        value = held.get(key, at_first)
        if value is not None:
            st.session_state[key] = value


def _held(name: str, kept: str) -> dict[str, Any]:
    """What this session holds; at its beginning what the draft kept."""
    if name not in st.session_state:
        st.session_state[name] = dict(draft(kept) or {})
    found: dict[str, Any] = st.session_state[name]
    return found


def _keep() -> None:
    for name, kept in ((_HELD, _TYPED), (_VIEWED, _VIEW)):
        plain = {key: value for key, value in _held(name, kept).items() if _is_plain(value)}
        keep_draft(kept, copy.deepcopy(plain))


def _is_plain(value: Any) -> bool:
    """Can it be kept as it is, as text, number, yes or no, or a list of them?"""
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return isinstance(value, str | int | float | bool)
