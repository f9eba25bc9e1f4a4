"""What was typed on a page and not yet used: it outlives Hide screen, and is forgotten once it was used.

Streamlit drops the state of everything that is not drawn, as when the screen is hidden. It is held in the memory of
this session, nowhere else.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

PREFIX = "entry_"
"""Keys of what is held."""
_HELD = "typed"


def hold_typed() -> None:
    """Take up what is typed now; called before anything is drawn."""
    held = st.session_state.setdefault(_HELD, {})
    for key in st.session_state:
        if isinstance(key, str) and key.startswith(PREFIX):
            held[key] = st.session_state[key]


def forget_typed() -> None:
    """Forget what was typed."""
    st.session_state.pop(_HELD, None)
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith(PREFIX)]:
        del st.session_state[key]


def typed(name: str, at_first: Any = None) -> str:
    """The key of a control that starts as `at_first` (None: its own way) and stays as it was left."""
    key = PREFIX + name
    if key not in st.session_state:
        value = st.session_state.get(_HELD, {}).get(key, at_first)
        if value is not None:
            st.session_state[key] = value
    return key
