"""Watches on the pages: kept from a report, told with what is new and lost, marked as seen, and dropped."""

from __future__ import annotations

from linkage.report import Report
from linkage.review.watch import Watch
from linkage.store import Store
from linkage.store.watches import add_watch, run_watches, watches
from tests.dashboard.test_deciding import own_store
from tests.dashboard.test_pages import html, opened, words

__all__ = ["own_store"]


def test_a_report_is_watched_with_one_button_and_no_longer_offered(own_store: Store) -> None:
    app = opened("report", id="SYN-L1")
    app.button(key="watch_report").click().run()
    [kept] = watches(own_store)
    assert (kept.kind, kept.about) == ("report", "SYN-L1")
    assert "watch_report" not in [button.key for button in opened("report", id="SYN-L1").button]


def test_news_is_told_until_it_is_marked_as_seen(own_store: Store) -> None:
    add_watch(own_store, Watch("harbour", "identifier", "*harbourman77*"))
    run_watches(own_store)
    came = {"report_id": "SYN-N1", "identifiers": [{"kind": "username", "value": "harbourman77"}]}
    own_store.enter(Report.model_validate(came), "test")
    app = opened("watch")
    assert "1 of 1" in words(app)
    assert 'href="report?id=SYN-N1"' in html(app)
    app.button(key="watch_mark").click().run()
    assert "0 of 1" in words(app)
    assert 'href="report?id=SYN-N1"' not in html(app)


def test_a_watch_that_cannot_be_kept_says_why_and_one_can_be_dropped(own_store: Store) -> None:
    app = opened("watch")
    app.selectbox(key="set_watch_kind").set_value("series").run()
    app.text_input(key="set_watch_name").set_value("gone").run()
    app.text_input(key="set_watch_about").set_value("S-9999").run()
    app.button(key="watch_add").click().run()
    assert "There is no series S-9999" in words(app)
    app.text_input(key="set_watch_about").set_value("S1").run()
    app.button(key="watch_add").click().run()
    assert [one.name for one in watches(own_store)] == ["gone"]
    app.button(key="watch_drop").click().run()
    assert watches(own_store) == []
