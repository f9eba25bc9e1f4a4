"""Single keys for what is done often; they can be switched off, for who speaks to the machine or whose hand slips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from dashboard.parts.settings import control, preference, remember
from dashboard.parts.status import guarded

KEYS = "single_keys"
ACTIONS: tuple[tuple[str, str], ...] = (
    ("O", "open the suggestion that is selected"),
    ("J, K", "the suggestion before, the next one"),
    ("L", "link: possible same person"),
    ("N", "not linked"),
    ("U", "unsure"),
    ("I", "needs information"),
    ("D", "same incident"),
    ("1 to 6", "cite the reason with that number, or take it back"),
    ("Enter", "save"),
    ("Z", "undo the last decision"),
    ("T", "open both narratives"),
    ("W", "watch the report or series that is shown"),
    ("H", "hide the screen"),
)
"""Every single key and what it does. C, R and punctuation are Streamlit's own."""


def keys_on() -> bool:
    """Do single keys act?"""
    return bool(preference(KEYS))


def keys_switch() -> None:
    """The switch for single keys; it is remembered."""
    key = control(KEYS, keys_on())
    st.toggle(
        "Single keys",
        key=key,
        on_change=guarded(remember),
        args=(KEYS,),
        help="L, N, U and the other keys act without Ctrl or Alt",
    )


def key_line() -> None:
    """Every key and what it does in one line, where the person asked for it."""
    if keys_on() and preference("key_help"):
        st.caption("Keys: " + "; ".join(f"{key} {what}" for key, what in ACTIONS))


def action(
    label: str,
    letter: str,
    key: str,
    act: Callable[..., None],
    args: Sequence[Any] = (),
    *,
    pressed: bool = False,
    disabled: bool = False,
    help_words: str | None = None,
) -> None:
    """A button that acts when it is pressed or its key is; `pressed` draws it as chosen, `help_words` tell more."""
    st.button(
        label,
        key=key,
        shortcut=letter if letter and keys_on() else None,
        on_click=guarded(act),
        args=tuple(args),
        type="primary" if pressed else "secondary",
        disabled=disabled,
        help=help_words,
    )
