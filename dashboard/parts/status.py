"""What was just done, or why not, said once at the top of the page, where a screen reader reads it out."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from linkage.cli.console import explained
from linkage.errors import LinkageError

FORESEEN = (LinkageError, SQLAlchemyError, OSError)
"""What a person can put right, or whoever keeps the store: told in a line wherever it comes up."""
_TOLD = "status_told"


def tell(words: str, *, refused: bool = False) -> None:
    """Say on the next drawing of the page what was done, or why it was not."""
    st.session_state[_TOLD] = (words, refused)


def guarded(act: Callable[..., object]) -> Callable[..., None]:
    """What a control does, for `on_click` and `on_change`. Why it cannot be done is told on the page: what a callback
    raises would take the page's place, and nobody would know whether anything was kept."""

    def tried(*args: object) -> None:
        try:
            act(*args)
        except FORESEEN as error:
            tell(f"Not done: {explained(error)}", refused=True)

    return tried


def status_line() -> None:
    """Draw what there is to tell; the place is always there, so that it is read out when it fills."""
    words, refused = st.session_state.pop(_TOLD, ("", False))
    role, kind = ("alert", " against") if refused else ("status", " for")
    shown = f'<div class="lk-box{kind}">{escape(words)}</div>' if words else ""
    st.html(f'<div role="{role}" aria-live="polite" class="lk-status">{shown}</div>')
