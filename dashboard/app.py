"""The dashboard: `streamlit run dashboard/app.py`, or `linkage dashboard`. Navigation and what every page shares."""

from __future__ import annotations

from typing import Literal, Protocol

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import sign_in, work
from dashboard.parts import chrome
from dashboard.parts.drafts import take_up
from dashboard.parts.settings import preference
from dashboard.parts.status import FORESEEN, status_line
from dashboard.parts.style import HIGH_CONTRAST
from dashboard.parts.tables import Link
from dashboard.parts.typed import hold_typed
from dashboard.screens import (
    alerts,
    audit,
    evaluation,
    exports,
    groups,
    guide,
    import_file,
    inbox,
    member,
    monitor,
    new_report,
    pair,
    quarantine,
    report,
    search,
    series,
    series_list,
    settings,
    start,
    together,
    travelling,
    watch,
)
from dashboard.store_snapshot import StoreSnapshot, current_snapshot
from linkage.cli.console import explained


class Page(Protocol):
    """A module of `dashboard.screens`."""

    def render(self) -> None:
        """Draw the page."""


MENU = 220  # pixels: what it leaves is enough for nearly every table on a screen of 1,024

# module, name, path and whether it stands in the menu; the first is the start page. No headings: Streamlit's are no
# part of a list that can be read aloud
PAGES: tuple[tuple[Page, str, str, bool], ...] = (
    (start, "Start", "", True),
    (inbox, "Suggested links", work.INBOX, True),
    (search, "Search", "search", True),
    (series_list, "Series", work.SERIES_LIST, True),
    (travelling, "Across areas", travelling.PATH, True),
    (watch, "Watch", watch.PATH, True),
    (report, "Reports", "report", True),
    (new_report, "New report", new_report.PATH, True),
    (import_file, "Import a file", import_file.PATH, True),
    (quarantine, "Came in", quarantine.PATH, True),
    (series, "One series", "series", False),
    (pair, "One pair", work.PAIR, False),
    (member, "A report and a series", work.MEMBER, False),
    (groups, "One series or two?", work.GROUPS, False),
    (together, "Same incident?", work.TOGETHER, False),
    (alerts, "Alerts", alerts.PATH, True),
    (exports, "Exports", exports.PATH, True),
    (monitor, "Figures", monitor.PATH, True),
    (evaluation, "Evaluation", evaluation.PATH, True),
    (audit, "Audit", audit.PATH, True),
    (settings, "Settings", settings.PATH, True),
    (guide, "Help and wellbeing", guide.PATH, True),
)


WITHOUT_REPORTS = (
    *(new_report.PATH, import_file.PATH, quarantine.PATH, guide.PATH, settings.PATH),
    *(alerts.PATH, exports.PATH, audit.PATH),
)
"""Pages that can be drawn where there is no report: what left outlives the last one, and who erased it is told."""


def main() -> None:
    """Draw the page that is asked for, for whoever may see it."""
    st.set_page_config(page_title="Linkage", layout="wide", initial_sidebar_state=MENU)
    try:
        actor = sign_in.person()
    except FORESEEN as error:
        actor, failed = None, _not_opened(error)
    else:
        failed = sign_in.refused_address(actor)
    pages = {path: _page(page, name, path, listed) for page, name, path, listed in PAGES}
    shown = actor is not None and not failed
    chosen = st.navigation(list(pages.values()), position="sidebar" if shown else "hidden", expanded=True)
    if failed or actor is None:
        chrome.style()
        _in_place_of_pages(failed)
        return
    if target := work.arrive(chosen.url_path):
        st.switch_page(pages[target[0]], query_params=target[1])
    chrome.style()
    take_up("" if actor.local else actor.name)
    hold_typed()
    if preference("high_contrast"):
        st.html(HIGH_CONTRAST)
    sign_in.who_is_here(actor)
    if not chrome.hidden():
        draw(chosen)
        hold_typed()  # what the address said is known only now


def _page(page: Page, name: str, path: str, listed: bool) -> StreamlitPage:
    """A page under its path, in the menu or not; the one without a path is the start page."""
    visibility: Literal["visible", "hidden"] = "visible" if listed else "hidden"
    return st.Page(page.render, title=name, url_path=path or None, default=not path, visibility=visibility)


def _not_opened(error: Exception) -> str:
    return f"The store cannot be opened: {chrome.as_written(explained(error))}"


def _in_place_of_pages(failed: str) -> None:
    """Say why no page can be shown, or let somebody sign in first."""
    if failed:
        st.error(failed)
        return
    try:
        sign_in.page()
    except FORESEEN as error:
        st.error(f"{chrome.as_written(explained(error))}.")


def draw(chosen: StreamlitPage) -> None:
    """Draw a page with what stands on every page."""
    try:
        now = current_snapshot()
    except FORESEEN as error:
        st.error(_not_opened(error))
        return
    chrome.top_line(now)
    status_line()
    if not ready(now, chosen.url_path):
        st.title(chosen.title)
        chrome.links_line([Link("New report", new_report.PATH), Link("Import a file", import_file.PATH)])
        return
    try:
        chosen.run()
    except FORESEEN as error:
        st.error(f"{chrome.as_written(explained(error))}.")


def ready(now: StoreSnapshot, path: str) -> bool:
    """Can the page be drawn? Where there is no report, the others say what to do first."""
    if not now.reports:
        st.info(
            "There are no reports in the store yet. Enter one under “New report” or bring a file in under “Import a "
            "file”; at a terminal: linkage import FILE, then: linkage link"
        )
        return path in WITHOUT_REPORTS
    if now.run is None:
        st.info("Nothing is linked yet. Run: linkage link. Reports can be looked at already.")
    return True


if __name__ == "__main__":
    main()
