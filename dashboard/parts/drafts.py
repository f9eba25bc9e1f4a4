"""What somebody has begun and not saved, how lists stand, and whether the screen is hidden.

It is kept in the store for each account, so that a page that is loaded anew, a tab that was closed and a session that
timed out lose nothing.

Within a session everything is in its memory; the store is read when the session begins and written when it changes.
"""

from __future__ import annotations

from typing import Any

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from dashboard.store_snapshot import opened, url
from linkage.store.accounts import Draft

_DRAFTS = "drafts_taken_up"


def take_up(account: str) -> None:
    """Read the drafts of an account, once a session; the local analyst's go under the empty name."""
    if _DRAFTS not in st.session_state:
        st.session_state[_DRAFTS] = (account, {one.key: one.body for one in opened(url()).drafts(account)})


def draft(key: str) -> Any:
    """A draft as plain values; None where there is none."""
    return _taken()[1].get(key)


def keep_draft(key: str, body: Any) -> None:
    """Keep a draft of plain values; nothing in it drops it."""
    account, there = _taken()
    if _DRAFTS not in st.session_state:  # whose it is, is not known: a page that is drawn by itself
        return
    if (there.get(key) or None) == (body or None):
        return
    try:
        if body:
            there[key] = body
            opened(url()).put_draft(Draft(account, key, body))
        else:
            there.pop(key, None)
            opened(url()).drop_draft(account, key)
    except SQLAlchemyError:
        # a store that can only be read, or that is busy for very long: the session still has it
        return


def _taken() -> tuple[str, dict[str, Any]]:
    found: tuple[str, dict[str, Any]] = st.session_state.get(_DRAFTS, ("", {}))
    return found
