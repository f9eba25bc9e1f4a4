"""A merge or split that one analyst decided: another checks it blindly, on a page of its own."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from linkage.review.decision import Decision
from linkage.review.people import Actor
from linkage.store import Store
from linkage.store.user_admin import add_user
from tests.dashboard.test_deciding import own_store, press
from tests.dashboard.test_pages import html, words
from tests.dashboard.test_pages import opened as open_page

__all__ = ["own_store"]

SCOPE = {"left": ["SYN-L1", "SYN-L2"], "right": ["SYN-L3"]}
SPLIT = {"kind": "split", "left": "S1", "right": "new series"}


def test_a_merge_waits_for_a_second_check_that_sees_no_score(own_store: Store) -> None:
    series = {"left": ["SYN-L1", "SYN-L2", "SYN-L3"], "right": ["SYN-U001", "SYN-U007"]}
    first = Decision("somebody else", "merge", "S1", "S2", "link", reasons_for=["own words"], scope=series)
    number = own_store.record_decision(first)
    app = open_page("inbox", tab="second")
    assert 'href="groups?kind=merge&amp;left=S1&amp;right=S2"' in html(app)
    app = open_page("groups", kind="merge", left="S1", right="S2")
    page = words(app)
    assert "Scores are hidden" in page
    assert "SYN-U001" in page
    for told in ("likelier than", "log10 odds", "Starting belief", "somebody else"):
        assert told not in page
    press(app, "judge_not_linked")
    keys = [one.key for one in app.button if one.key and one.key.startswith("reason_")]
    press(app, keys[-1], "save")
    second = own_store.decisions()[-1]
    assert (second.kind, second.judgement, second.second_of, second.blind) == ("merge", "not_linked", number, True)
    assert second.scope == series


def test_a_split_can_be_decided_anew_on_the_reports_that_were_meant(own_store: Store) -> None:
    mine = Decision(own_store.who, "split", "S1", "new series", "unsure", scope=SCOPE)
    own_store.record_decision(mine)
    app = open_page("groups", **SPLIT)
    assert "likelier than" in words(app)
    press(app, "judge_not_linked")
    keys = [one.key for one in app.button if one.key and one.key.startswith("reason_")]
    press(app, keys[-1], "save")
    made = own_store.decisions()[-1]
    assert (made.kind, made.judgement, made.scope) == ("split", "not_linked", SCOPE)
    assert set(own_store.binding().cannot_link) == {("SYN-L1", "SYN-L3"), ("SYN-L2", "SYN-L3")}


def seen_by(role: str, page: str, query: dict[str, str]) -> AppTest:
    """A page as somebody with an account of that role sees it."""
    drawn = f"from dashboard.parts.status import status_line\nfrom dashboard.screens import {page}\n"
    app = AppTest.from_string(f"{drawn}status_line()\n{page}.render()", default_timeout=60)
    app.session_state["actor"] = Actor("vic", role)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


@pytest.mark.parametrize(
    ("page", "query", "controls"),
    [
        ("pair", {"a": "SYN-L1", "b": "SYN-L3"}, ("judge_link", "save")),
        ("member", {"id": "SYN-L1", "series": "S1"}, ("judge_link", "save")),
        ("groups", SPLIT, ("judge_not_linked", "save")),
        ("series", {"id": "S1", "part": "Decide"}, ("series_save", "series_state_save")),
        ("inbox", {}, ("link_again",)),
    ],
)
def test_a_viewer_sees_nothing_that_decides_and_is_told_why(
    own_store: Store, page: str, query: dict[str, str], controls: tuple[str, ...]
) -> None:
    own_store.record_decision(Decision(own_store.who, "split", "S1", "new series", "unsure", scope=SCOPE))
    add_user(own_store, "ada", "administrator", "correct horse battery")
    with own_store.acting(Actor("ada", "administrator")) as ada:
        add_user(ada, "vic", "viewer", "correct horse battery")
    app = seen_by("viewer", page, query)
    assert not app.exception
    assert {one.key for one in app.button}.isdisjoint(controls)
    if page != "inbox":
        assert "Your role (viewer) may not" in words(app)


@pytest.mark.usefixtures("own_store")
def test_the_audit_is_shown_to_who_may_read_it() -> None:
    assert "needs the role supervisor or one above it" in words(seen_by("analyst", "audit", {}))
    assert "Everything that was done" in words(seen_by("supervisor", "audit", {}))
