"""Settings, and care for whoever reads: what is set is used and kept, and nobody else learns of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from linkage.review.preferences import preferences
from linkage.store import Store
from linkage.store.accounts import Draft
from tests.dashboard import test_deciding
from tests.dashboard.test_deciding import PAIR, here, press
from tests.dashboard.test_pages import html, words

own_store = test_deciding.own_store

NUMBER = 3
OTHER = {"severe_in_a_row": NUMBER, "break_after_severe": NUMBER, "break_after_minutes": NUMBER, "inbox_rows": 4}
"""Another value than the first one for each number."""


def opened(page: str, **query: str) -> AppTest:
    """A page in a session that has taken up what is kept for the person, as the program does."""
    app = AppTest.from_string(
        f"from dashboard.parts.drafts import take_up\nfrom dashboard.screens import {page}\n"
        f"take_up('')\n{page}.render()",
        default_timeout=60,
    )
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def kept(store: Store, key: str) -> object:
    return next((one.body for one in store.drafts() if one.key == key), None)


def test_every_setting_is_on_the_page_and_is_kept_as_soon_as_it_is_set(own_store: Store) -> None:
    app = opened("settings")
    for one in preferences().values():
        control = app.toggle if isinstance(one.default, bool) else app.number_input
        control(key=f"set_{one.name}").set_value(OTHER.get(one.name, not one.default)).run()
    assert kept(own_store, "settings") == {
        one.name: OTHER.get(one.name, not one.default) for one in preferences().values()
    }
    again = opened("settings")
    assert again.number_input(key="set_inbox_rows").value == OTHER["inbox_rows"]
    press(again, "settings_reset")
    assert again.number_input(key="set_inbox_rows").value == 12


def test_what_is_kept_and_cannot_be_is_as_at_first(own_store: Store) -> None:
    own_store.put_draft(Draft("", "settings", {"inbox_rows": 9_999, "single_keys": "yes"}))
    app = opened("settings")
    assert not app.exception
    assert app.number_input(key="set_inbox_rows").value == 12
    assert html(opened("inbox")).count("<tr>") > 1


def test_the_inbox_has_as_many_rows_as_were_asked_for(own_store: Store) -> None:
    own_store.put_draft(Draft("", "settings", {"inbox_rows": 4, "key_help": True}))
    app = opened("inbox")
    assert html(app).split("<tbody>")[1].count("<tr>") == 4
    assert "Keys: O open" in words(app)


def test_what_was_passed_stands_last_in_the_next_session_too_and_can_be_taken_back(own_store: Store) -> None:
    before = len(own_store.audit())
    app = press(opened("pair", **PAIR), "pass_one")
    assert here(app) != PAIR
    [row] = kept(own_store, "passed")
    assert row[:3] == ["pair", "SYN-L1", "SYN-L2"]
    last = opened("pair", **PAIR)
    place = next(one for one in words(last).split("\n") if " of " in one and one.split(" of ")[0].isdigit())
    assert len(set(place.split(" of "))) == 1  # the last of all
    guide = opened("guide")
    button = next(one for one in guide.button if one.label.startswith("Take back what I passed"))
    button.click().run()
    assert kept(own_store, "passed") is None
    assert len(own_store.audit()) == before


def test_a_break_is_reminded_of_once_it_is_due_and_goes_with_a_click(own_store: Store) -> None:
    own_store.put_draft(Draft("", "settings", {"break_after_severe": 1, "keep_counts": True}))
    before = len(own_store.audit())
    app = opened("pair", **PAIR)  # a rape, that is very high
    assert "Time for a break?" in words(app)
    press(app, "break_had")
    assert "Time for a break?" not in words(app)
    assert list(kept(own_store, "wellbeing").values()) == [[1, 0]]
    assert "Your own days" in html(opened("guide"))
    assert len(own_store.audit()) == before


def test_a_break_is_reminded_of_after_so_many_minutes_of_severe_ones(own_store: Store) -> None:
    own_store.put_draft(Draft("", "settings", {"break_after_severe": 0, "break_after_minutes": 60}))
    app = opened("pair", **PAIR)
    assert "Time for a break?" not in words(app)
    app.session_state["care_since"] = datetime.now(UTC) - timedelta(minutes=61)
    assert "1 severe suggestion in 61 minutes" in words(app.run())


def test_nothing_is_kept_of_what_was_read_unless_it_was_asked_for_and_off_takes_it_away(own_store: Store) -> None:
    opened("pair", **PAIR)
    assert kept(own_store, "wellbeing") is None
    own_store.put_draft(Draft("", "settings", {"keep_counts": True}))
    opened("pair", **PAIR)
    assert kept(own_store, "wellbeing")
    app = opened("settings")
    app.toggle(key="set_keep_counts").set_value(False).run()
    assert kept(own_store, "wellbeing") is None


@pytest.mark.usefixtures("own_store")
def test_who_to_turn_to_is_told_and_what_the_scheme_fills_in_is_marked() -> None:
    page = html(opened("guide"))
    assert "116 123" in page
    assert "[G]" in page


@pytest.mark.usefixtures("own_store")
def test_what_holds_for_everybody_is_shown_and_has_no_control() -> None:
    app = opened("settings")
    for part in ("Thresholds", "Rights", "Retention", "Limits"):
        assert part in [tab.label for tab in app.tabs]
    own = {f"set_{name}" for name in preferences()}
    controls = (app.toggle, app.number_input, app.text_input, app.selectbox, app.radio)
    assert {one.key for kind in controls for one in kind} == own
