"""What is refused, or cannot be kept, after a page was drawn: the page says so in its place, and nothing is lost."""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app import WITHOUT_REPORTS
from dashboard.store_snapshot import ACTOR
from linkage.store import Store, sqlite_file
from linkage.store.sign_in import account_of, actor_of
from linkage.store.user_admin import Change, add_user, change_user
from tests.dashboard import test_deciding
from tests.dashboard.test_deciding import PAIR, press
from tests.dashboard.test_pages import APP, html, opened

own_store = test_deciding.own_store
PASSWORD = "correct horse battery"
NARRATIVE = '<div class="lk-text">'


@pytest.fixture
def ada(own_store: Store) -> Store:
    """A store with the analyst ann, in the hands of its administrator."""
    add_user(own_store, "ada", "administrator", PASSWORD)
    mine = own_store.acting(actor_of(account_of(own_store.engine, "ada")))
    add_user(mine, "ann", "analyst", PASSWORD)
    return mine


def as_ann(store: Store, page: str, **query: str) -> AppTest:
    app = opened(page, **query)
    app.session_state[ACTOR] = actor_of(account_of(store.engine, "ann"))
    return app.run()


@pytest.fixture
def other(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Another program, which may lock the store; nobody waits for it."""
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0)
    monkeypatch.setattr(sqlite_file, "_QUIET_SECONDS", 0)
    connection = sqlite3.connect(str(own_store.engine.url.database), isolation_level=None)
    yield connection
    connection.close()


def test_who_lost_the_right_meanwhile_is_told_so_and_sees_no_narrative(ada: Store) -> None:
    app = as_ann(ada, "report", id="SYN-L1")
    change_user(ada, "ann", Change(role="viewer"))
    app.toggle(key="narrative_SYN-L1").set_value(True).run()
    assert not app.exception
    assert "Not done: ann (viewer) may not open a narrative" in html(app)
    assert NARRATIVE not in html(app)


def test_a_narrative_that_cannot_be_put_down_as_opened_stays_closed(
    own_store: Store, other: sqlite3.Connection
) -> None:
    before = own_store.audit(what=("opened",))
    app = opened("report", id="SYN-L1")
    other.execute("BEGIN IMMEDIATE")
    app.toggle(key="narrative_SYN-L1").set_value(True).run()
    assert "database is locked" in html(app)
    assert NARRATIVE not in html(app)
    other.execute("ROLLBACK")
    app.toggle(key="narrative_SYN-L1").set_value(True).run()
    after = own_store.audit(what=("opened",))
    assert [entry.detail for entry in after if entry not in before] == [{"report_id": "SYN-L1"}]
    assert NARRATIVE in html(app)


def test_a_decision_that_cannot_be_kept_is_told_and_can_be_saved_again(
    own_store: Store, other: sqlite3.Connection
) -> None:
    app = press(opened("pair", **PAIR), "judge_link", "reason_1")
    other.execute("BEGIN IMMEDIATE")
    press(app, "save")
    assert "Not done: The store could not be read or written: database is locked" in html(app)
    assert own_store.decisions() == []
    other.execute("ROLLBACK")
    press(app, "save")
    assert [made.judgement for made in own_store.decisions()] == ["link"]


@pytest.mark.usefixtures("small_store")
def test_every_page_says_what_was_done() -> None:
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.session_state["status_told"] = ("Alert 3 is withdrawn.", False)
    assert html(app.run()).count("Alert 3 is withdrawn.") == 1
    assert "Alert 3 is withdrawn." not in html(app.run())


def test_who_may_enter_no_report_is_told_before_anything_is_typed(ada: Store) -> None:
    change_user(ada, "ann", Change(role="viewer"))
    app = as_ann(ada, "new_report")
    assert "may not enter a report" in app.info[0].value
    assert not app.text_area


def test_what_left_and_who_erased_are_told_where_no_report_is_left() -> None:
    assert {"alerts", "exports", "audit"} <= set(WITHOUT_REPORTS)


@pytest.mark.parametrize("page", ["alerts", "exports", "audit"])
def test_a_page_can_be_drawn_where_no_report_is_left(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/empty.db"
    Store(url).close()
    monkeypatch.setenv("LINKAGE_STORE", url)
    app = opened(page)
    assert not app.exception
    assert app.title


def unguarded(path: Path) -> list[str]:
    """What controls of a module do without a guard."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    acts = [ast.unparse(one.value) for call in calls for one in call.keywords if one.arg in ("on_click", "on_change")]
    return [act for act in acts if not act.startswith("guarded(") and act != "st.login"]


@pytest.mark.parametrize("path", sorted(APP.parent.rglob("*.py")), ids=lambda path: path.stem)
def test_no_control_lets_an_error_take_the_place_of_the_page(path: Path) -> None:
    assert unguarded(path) == []


def test_a_control_without_a_guard_is_noticed(tmp_path: Path) -> None:
    module = tmp_path / "page.py"
    module.write_text('st.button("Save", on_click=save)\nst.button("Keep", on_click=guarded(save))\n')
    assert unguarded(module) == ["save"]
