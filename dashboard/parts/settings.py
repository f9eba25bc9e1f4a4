"""What a person set on the pages, such as the order of the inbox: it outlives the page it was set on.

Streamlit drops the state of every control that is not drawn. What is set is held in the memory of this session; what
is to be remembered after it is kept in the store, for the person who set it.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.store_snapshot import opened, url
from linkage.review.preferences import preferences
from linkage.store import StoreError
from linkage.store.accounts import Draft

_SET, _PREFIX, _KEPT = "settings_chosen", "set_", "settings"


def control(name: str, at_first: Any) -> str:
    """The key of a control that starts as `at_first` and stays as it was left."""
    key, held = _PREFIX + name, st.session_state.setdefault(_SET, {})
    if key in st.session_state:
        held[name] = st.session_state[key]
    else:
        st.session_state[key] = held.get(name, at_first)
    return key


def chosen(name: str, otherwise: Any) -> Any:
    """A setting as it was left, else `otherwise`."""
    key = _PREFIX + name
    return st.session_state[key] if key in st.session_state else st.session_state.get(_SET, {}).get(name, otherwise)


def put(name: str, value: Any) -> None:
    """Set a setting. Called before its control is drawn."""
    st.session_state.pop(_PREFIX + name, None)
    st.session_state.setdefault(_SET, {})[name] = value


def forget(*names: str) -> None:
    """Let these controls start anew. Called before they are drawn, as from the button that saved."""
    for name in names:
        st.session_state.pop(_PREFIX + name, None)
        st.session_state.get(_SET, {}).pop(name, None)


def remembered(name: str, otherwise: Any) -> Any:
    """A setting as it was remembered, else `otherwise`; read once in a session."""
    held = st.session_state.setdefault(_SET, {})
    if name not in held:
        value, known = _kept().get(name, otherwise), preferences().get(name)
        held[name] = known.taken(value) if known else value
    return chosen(name, otherwise)


def remember(name: str) -> None:
    """Keep a setting as it is now for the person's next session."""
    body = {**_kept(), name: chosen(name, None)}
    opened(url()).put_draft(Draft(account(), _KEPT, body))


def preference(name: str) -> Any:
    """What the person set for themselves (preferences.toml), as it may be used."""
    return preferences()[name].taken(remembered(name, preferences()[name].default))


def account() -> str:
    """Under which name what a person set is kept: empty in a store without accounts."""
    actor = opened(url()).actor
    return "" if actor.local else actor.name


def _kept() -> dict[str, Any]:
    try:
        drafts = opened(url()).drafts(account())
    except StoreError:
        return {}
    return next((dict(one.body) for one in drafts if one.key == _KEPT and isinstance(one.body, dict)), {})
