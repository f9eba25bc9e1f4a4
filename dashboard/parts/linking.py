"""Whether the store is being linked, how far it is, and linking it again; it goes on when the page is closed."""

from __future__ import annotations

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written
from dashboard.parts.status import guarded, tell
from dashboard.store_snapshot import opened, url
from linkage.store import jobs

STAGES = {
    "starting": "starting",
    "reading": "reading the reports",
    "evidence": "weighing the evidence",
    "pairs": "comparing every pair",
    "series": "gathering series",
    "listing": "listing",
    "saving": "saving",
}
_SEEN = "link_job_seen"


def linking_panel(*, again: bool = True) -> None:
    """Draw it, with the button to link `again` or without; while the store is being linked the line is drawn anew
    every two seconds."""
    running = jobs.status(opened(url())).running
    st.fragment(_draw, run_every=2.0 if running else None)(again)


def _draw(again: bool) -> None:
    now = jobs.status(opened(url()))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if now.running:
            st.session_state[_SEEN] = True
            stage = STAGES.get(now.stage, now.stage)
            share = min(1.0, now.done / now.total) if now.total else 0.0
            done = f" {share:.0%}" if now.total else ""
            since = f"{as_written(now.by)} {now.started[11:16]} UTC"
            st.progress(share, text=f"Linking: {stage}{done}, started by {since}. You can go on working.")
            return
        if st.session_state.pop(_SEEN, False):
            st.rerun()  # the new run is there: draw the whole page with it
        if now.state in ("failed", "died"):
            st.warning(f"The last linking did not end well: {as_written(now.error)}")
        if again and work.may("link"):
            st.button(
                "Link again", key="link_again", on_click=guarded(_start), help="Brings in new reports and decisions"
            )


def _start() -> None:
    try:
        jobs.start(opened(url()), work.analyst())
    except (jobs.BusyError, PermissionError) as error:
        tell(str(error), refused=True)
    else:
        st.session_state[_SEEN] = True
