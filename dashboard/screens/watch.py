"""Watch: standing queries, with what is new, changed and lost since they were marked as seen."""

from __future__ import annotations

import streamlit as st

from dashboard import work
from dashboard.parts.keys import action
from dashboard.parts.settings import control, forget
from dashboard.parts.status import guarded, tell
from dashboard.parts.tables import Cell, Lines, Link, Noted, Quiet, Stack, table
from dashboard.stamp import Stamp
from dashboard.store_snapshot import StoreSnapshot, current_snapshot, opened, url
from linkage.review.watch import KINDS, Digest, Watch, WatchError
from linkage.store.watches import add_watch, drop_watch, run_watches, watches

PATH = "watch"
NAMED = 8
"""Reports of each kind that a row names."""
_ABOUT = {
    "search": "the name of a saved search",
    "report": "a report's number: more like it",
    "series": "a series: its members",
    "identifier": "part of a phone number, an account or a plate",
}


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    st.title("Watch")
    st.write(
        "A watch asks the same again and tells what is new, changed and lost since it was marked as seen. "
        "It sends nothing to anybody."
    )
    if why := work.refusal("search"):
        st.info(why)
        return
    there = watches(opened(url()))
    if there:
        _digest(now, there)
    else:
        st.info("Nothing is watched yet.")
    _add()


def _digest(now: StoreSnapshot, there: list[Watch]) -> None:
    found = _asked(
        (now.stamp, tuple((one.name, one.at) for one in there), st.session_state.get("watch_seen", 0)), now
    )
    loud = [one for one in found if not one.quiet]
    st.write(f"**{len(loud):,} of {len(found):,}** with news.")
    ordered = sorted(found, key=lambda one: (one.quiet, one.watch.name.casefold()))
    table(
        "Watches, those with news first",
        ["Watch", "New", "Changed", "Lost", "Found now"],
        [_row(one) for one in ordered],
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        nothing = not work.may("save_search") or not (loud or _first(found))
        st.button("Mark all as seen", key="watch_mark", on_click=guarded(_mark), disabled=nothing)
        name = st.selectbox("A watch", [one.name for one in there], key="watch_one")
        st.button("Watch no longer", key="watch_drop", on_click=guarded(_drop), args=(name,))


@st.cache_resource(max_entries=2, show_spinner="Asking every watch again")
def _asked(stamp: tuple[Stamp, tuple[tuple[str, str], ...], int], _now: StoreSnapshot) -> list[Digest]:
    """What every watch tells now, without marking it as seen."""
    del stamp
    return run_watches(opened(url()), keep=False)


def _first(found: list[Digest]) -> bool:
    return any(one.first for one in found)


def _mark() -> None:
    told = run_watches(opened(url()))
    st.session_state["watch_seen"] = st.session_state.get("watch_seen", 0) + 1
    tell(f"Marked as seen: {len(told):,} of {len(told):,}.")


def _drop(name: str) -> None:
    try:
        drop_watch(opened(url()), name)
    except (WatchError, PermissionError) as error:
        tell(f"Not done: {error}", refused=True)
    else:
        tell(f"No longer watched: {name}.")


def _row(one: Digest) -> list[Cell]:
    watch = one.watch
    about: Cell = Quiet(watch.name, f"{watch.kind}: {watch.about}")
    if watch.kind in ("report", "series"):
        about = Noted(Link(watch.name, watch.kind, (("id", watch.about),)), f"{watch.kind} {watch.about}")
    if one.problem:
        return [about, one.problem, "", "", ""]
    count = f"{one.found:,}, not marked as seen yet" if one.first else f"{one.found:,}"
    return [about, _reports(one.new), _reports(one.changed), Lines(one.lost[:NAMED]) if one.lost else "none", count]


def _reports(names: tuple[str, ...]) -> Cell:
    if not names:
        return "none"
    links = tuple(Link(name, "report", (("id", name),)) for name in names[:NAMED])
    return Stack((*links, Quiet("", f"and {len(names) - NAMED} more"))) if len(names) > NAMED else Stack(links)


def _add() -> None:
    st.header("Watch something else")
    left, middle, right = st.columns([2, 3, 3], vertical_alignment="bottom")
    kind = left.selectbox("What", KINDS, key=control("watch_kind", KINDS[0]))
    about = middle.text_input(f"Which: {_ABOUT[kind]}", key=control("watch_about", ""), max_chars=120)
    name = right.text_input("Name", key=control("watch_name", ""), max_chars=120)
    purpose = st.text_input("Purpose, kept in the audit", key=control("watch_purpose", ""), max_chars=300)
    st.button(
        "Keep this watch", key="watch_add", on_click=guarded(keep_watch), args=(Watch(name, kind, about, purpose),)
    )


def keep_watch(watch: Watch) -> None:
    """Keep a watch and tell it; why not, where it cannot be."""
    try:
        add_watch(opened(url()), watch)
    except (WatchError, PermissionError) as error:
        tell(f"Not watched: {error}", refused=True)
        return
    forget("watch_about", "watch_name", "watch_purpose")
    tell(f"Watched: {watch.name}. What is new, changed or lost stands under Watch.")


def watch_button(kind: str, about: str) -> None:
    """The button that watches a report, a series or a saved search; nothing where it is watched already."""
    there = watches(opened(url()))
    if not work.may("save_search") or any(one.kind == kind and one.about == about for one in there):
        return
    action("Watch", "W", f"watch_{kind}", keep_watch, (Watch(f"{kind} {about}", kind, about),))
