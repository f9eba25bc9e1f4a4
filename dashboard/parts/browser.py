"""What runs in the browser itself: two scripts of this package, nothing from elsewhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import streamlit as st

_TOKEN = re.compile(r"[\w-]*", re.ASCII)


def send_script() -> None:
    """Send the scripts; each starts once in a browser window, however often the page is drawn."""
    st.html(f"<script>{_scripts()}</script>", unsafe_allow_javascript=True)


@cache
def _scripts() -> str:
    return ";\n".join(
        Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("browser.js", "keys.js")
    )


def remember_session(name: str, token: str) -> None:
    """Have the browser keep a session's token for this address and nobody else's; an empty one is forgotten.

    It is a cookie of the session: gone when the browser is closed. It is never sent along from another site.
    """
    if not _TOKEN.fullmatch(token):
        raise ValueError("a token holds letters, digits, - and _ only")
    end = "" if token else "; Max-Age=0"
    script = (
        f'document.cookie = "{name}={token}; Path=/; SameSite=Strict{end}"'
        ' + (location.protocol === "https:" ? "; Secure" : "")'
    )
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
