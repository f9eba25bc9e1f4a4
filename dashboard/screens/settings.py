"""Settings: what everybody may set for themselves, and what an administrator has set for all, to be read."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written
from dashboard.parts.settings import account, control, put, remember, remembered
from dashboard.parts.status import guarded
from dashboard.parts.tables import Cell, Lines, Number, Wide, table
from dashboard.parts.wellbeing import SETTINGS, forget_counts
from dashboard.store_snapshot import StoreSnapshot, current_snapshot, opened, url
from linkage.intake.limits import names as limits
from linkage.review import settings as review
from linkage.review.people import ROLES, rights, role_words
from linkage.review.preferences import Preference, preferences
from linkage.review.risk import tables
from linkage.review.wellbeing import care
from linkage.store.sign_in import idle_minutes

PATH = SETTINGS


def render() -> None:
    """Draw the page."""
    st.title("Settings")
    st.header("Yours")
    st.write(
        f"Kept for {as_written(account())} as soon as they are set, and read by nobody else."
        if account()
        else "Kept as soon as they are set. This store has no accounts, so whoever works at this machine shares them."
    )
    left, right = st.columns(2, gap="large")
    groups = [(name, list(own)) for name, own in groupby(preferences().values(), key=lambda one: one.group)]
    for number, (name, own) in enumerate(groups):
        with (right if number == len(groups) - 1 else left).container():
            st.subheader(name)
            for one in own:
                _control(one)
    st.button("All as at first", key="settings_reset", on_click=guarded(_reset))
    _of_all()


def _control(one: Preference) -> None:
    """The control of one setting; a number has a box, which needs no dragging."""
    key = control(one.name, one.taken(remembered(one.name, one.default)))
    st.session_state[key] = one.taken(st.session_state[key])
    if isinstance(one.default, bool):
        st.toggle(one.label, key=key, on_change=guarded(_set), args=(one.name,))
    else:
        st.number_input(
            f"{one.label} ({one.least} to {one.most})",
            one.least,
            one.most,
            key=key,
            on_change=guarded(_set),
            args=(one.name,),
        )
    st.caption(as_written(one.about))


def _set(name: str) -> None:
    remember(name)
    forget_counts()


def _reset() -> None:
    for one in preferences().values():
        put(one.name, one.default)
        remember(one.name)
    forget_counts()


def _of_all() -> None:
    """What holds for everybody; whoever may manage accounts sees it, and sees where it is changed."""
    st.header("For everybody")
    if why := work.refusal("accounts"):
        st.info(why)
        return
    st.write(
        "To be read here. They are changed in files or by commands, each of which the audit tells of: nothing that "
        "holds for all is changed by a click."
    )
    parts = {"Thresholds": _thresholds, "Rights": _rights, "Retention": _retention, "Limits": _limits}
    for tab, draw in zip(st.tabs(list(parts)), parts.values(), strict=True):
        with tab:
            draw(current_snapshot())


def _thresholds(now: StoreSnapshot) -> None:
    by = review.settings()
    told = now.run.record.get("settings", {}) if now.run else {}
    rows: list[list[Cell]] = [
        ["Suggested links begin at a probability of", Number(f"{by.least_probability:g}"), "review.toml"],
        ["Open questions come back after days", Number(f"{by.after_days:g}"), "review.toml"],
        ["or when the strength moved by (log10 odds)", Number(f"{by.strength_moved:g}"), "review.toml"],
        ["Share of suggestions drawn at random, score hidden", Number(f"{by.random_share:.0%}"), "review.toml"],
        ["The far lane begins at km", Number(f"{told.get('far_km', 'not known')}"), "linkage link, this run"],
        [
            "Sensitive items carry weight",
            "yes" if told.get("sensitive") else "no",
            "linkage link --sensitive, this run",
        ],
        ["Minutes without use that end a session", Number(f"{idle_minutes():g}"), "LINKAGE_IDLE_MINUTES"],
    ]
    rows += [
        [f"Seriousness “{word}” begins at", Number(f"{least:g}"), "risk.toml"]
        for word, least in tables()["words"].items()
    ]
    table("Thresholds", ["What", "Value", "Where it is set"], rows)


def _rights(now: StoreSnapshot) -> None:
    del now
    rows: list[list[Cell]] = []
    for role in ROLES:
        own = tuple(one.words for one in rights().values() if one.least == role)
        rows.append([role, Wide(role_words()[role]), Lines(own)])
    note = "Each role has every right of those above it here. Accounts: linkage user; each change is in the audit."
    table("Rights", ["Role", "What it is for", "What it adds"], rows, small=note)


def _retention(now: StoreSnapshot) -> None:
    """What was erased so far, by the rule it fell under; the rules are a file of the organisation's own."""
    del now
    erased: dict[str, list[str]] = {}
    for entry in opened(url()).audit(what=["erase"]):
        erased.setdefault(str(entry.detail.get("rule") or "no rule: asked for"), []).append(entry.at[:10])
    rows: list[list[Cell]] = [[rule, Number(f"{len(days):,}"), max(days)] for rule, days in sorted(erased.items())]
    note = (
        "Rules stand in a file of your organisation's, which linkage erase --rules FILE applies; first "
        "with --dry-run. None is applied by itself. Own counts and what was passed are let go after "
        f"{care().keep_days} days."
    )
    table("Erased so far" if rows else "Nothing was erased yet", ["Rule", "Reports", "Last on"], rows, small=note)


def _limits(now: StoreSnapshot) -> None:
    del now
    rows: list[list[Cell]] = [[name.replace("_", " "), Number(f"{most:,}")] for name, most in limits().items()]
    table("How much is read at most", ["Limit", "Number"], rows, small="Set by LINKAGE_LIMIT_ and the name.")
