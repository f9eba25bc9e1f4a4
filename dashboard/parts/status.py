"""What was just done, said once at the top of the page, where a screen reader reads it out."""

from __future__ import annotations

from html import escape

import streamlit as st

_TOLD = "status_told"


def tell(words: str, *, refused: bool = False) -> None:
    """Say on the next drawing of the page what was done, or why it was not."""
    st.session_state[_TOLD] = (words, refused)


def status_line() -> None:
    """Draw what there is to tell; the place is always there, so that it is read out when it fills."""
    words, refused = st.session_state.pop(_TOLD, ("", False))
    role, kind = ("alert", " against") if refused else ("status", " for")
    shown = f'<div class="lk-box{kind}">{escape(words)}</div>' if words else ""
    st.html(f'<div role="{role}" aria-live="polite" class="lk-status">{shown}</div>')
