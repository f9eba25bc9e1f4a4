"""Who is at the screen: the local analyst of a store without accounts, or whoever signed in to one with accounts."""

from __future__ import annotations

import os
from html import escape
from typing import Any

import streamlit as st

from dashboard.parts.browser import remember_session
from dashboard.parts.status import guarded
from dashboard.parts.typed import hold_typed
from dashboard.store_snapshot import ACTOR, opened, url
from linkage.review.people import Actor
from linkage.store.sign_in import (
    SignInError,
    end_session,
    idle_minutes,
    session_actor,
    sign_in,
    sign_in_as_organisation_says,
    start_session,
)

COOKIE = "linkage_session"
_TOKEN, _TO_SET, _WAS_HERE = "session_token", "session_cookie", "session_was_here"
LOCAL = "No accounts: everybody at this machine works as the local analyst"


def person() -> Actor | None:
    """Who is at the screen; None where somebody has to sign in first. Raises StoreError."""
    st.session_state.pop(ACTOR, None)
    store = opened(url())
    if not store.has_accounts:
        return store.actor
    token = _token()
    actor = session_actor(store.engine, token)
    if actor is None and token:
        _forget()  # it ended, and the organisation is to ask anew too
        if _organisation_says():
            st.logout()
    elif actor is None and _organisation_says():
        actor = _from_organisation()
    if actor is not None:
        st.session_state[ACTOR] = actor
    return actor


def refused_address(actor: Actor | None) -> str:
    """Why nothing is shown, where a store without accounts is served to more than this machine; else nothing."""
    address = str(st.get_option("server.address") or "")
    if actor is None or not actor.local or address in ("localhost", "::1") or address.startswith("127."):
        return ""
    return (
        "This store has no accounts, so it is shown on this machine only. Start it with: linkage dashboard. "
        "Or add accounts: linkage user add NAME --role administrator"
    )


def page() -> None:
    """Draw the page for signing in."""
    _set_cookie()
    st.title("Sign in")
    if st.session_state.pop(_WAS_HERE, False):
        st.info(
            "You were signed out, because you asked for it or because nothing was asked for "
            f"{idle_minutes()} minutes. What you pressed after that was not done. What you had begun is kept, and is "
            "there again once you sign in."
        )
    with st.form("sign_in", width=420):
        name = st.text_input("Name", key="sign_in_name", autocomplete="username")
        password = st.text_input("Password", type="password", key="sign_in_password", autocomplete="current-password")
        code = st.text_input(
            "One-time code, where your account has one", key="sign_in_code", autocomplete="one-time-code"
        )
        wanted = st.form_submit_button("Sign in", type="primary")
    if wanted:
        _try(name, password, code)
    if _organisation():
        st.button("Sign in with your organisation", on_click=st.login, key="sign_in_organisation")


def who_is_here(actor: Actor) -> None:
    """Say who works here, and offer the way out; in the sidebar."""
    _set_cookie()
    with st.sidebar:
        if actor.local:
            st.html(f'<p class="lk-who">{LOCAL}.</p>')
            return
        st.html(f'<p class="lk-who">Signed in: <strong>{escape(actor.name)}</strong>, {actor.role}</p>')
        st.html(f'<span class="lk-idle" data-minutes="{idle_minutes()}"></span>')
        st.button("Sign out", key="sign_out", on_click=guarded(sign_out))


def sign_out() -> None:
    """End the session; what was begun stays kept."""
    end_session(opened(url()).engine, _token())
    _forget()
    if _organisation_says():
        st.logout()


def _token() -> str:
    if _TOKEN in st.session_state:
        return str(st.session_state[_TOKEN])
    return str(st.context.cookies.get(COOKIE, ""))


def _try(name: str, password: str, code: str) -> None:
    store = opened(url())
    try:
        actor = sign_in(store.engine, name, password, code, "page")
    except SignInError as error:
        st.error(f"{error}.")
        return
    _begin(actor)
    st.rerun()


def _begin(actor: Actor) -> Actor | None:
    """A session for this person, who acts in it; nothing of whoever was here before stays in it."""
    store = opened(url())
    st.session_state.clear()
    st.session_state[_TOKEN] = st.session_state[_TO_SET] = start_session(store.engine, actor.name)
    return session_actor(store.engine, _token())


def _forget() -> None:
    """Forget whoever was here, the browser's cookie too; what they typed last is kept as their draft."""
    hold_typed()
    st.session_state.clear()
    st.session_state[_TOKEN] = st.session_state[_TO_SET] = ""
    st.session_state[_WAS_HERE] = True


def _set_cookie() -> None:
    if _TO_SET in st.session_state:
        remember_session(COOKIE, str(st.session_state.pop(_TO_SET)))


def _organisation() -> bool:
    """Is the organisation's own sign-in set up (section [auth] of secrets.toml)?"""
    try:
        return "auth" in st.secrets
    except (FileNotFoundError, KeyError):
        return False


def _organisation_says() -> bool:
    return _organisation() and bool(st.user.is_logged_in)


def _from_organisation() -> Actor | None:
    """The person whose account has the name that the organisation's claim gives."""
    claims: dict[str, Any] = dict(st.user)
    claim = os.environ.get("LINKAGE_OIDC_CLAIM") or "email"
    if claim == "email" and claims.get("email_verified") is False:
        st.error("Your organisation has not confirmed your e-mail address, so it names no account here.")
        return None
    try:
        actor = sign_in_as_organisation_says(opened(url()).engine, str(claims.get(claim) or ""))
    except SignInError as error:
        st.error(f"{error}.")
        return None
    return _begin(actor)
