"""Alerts on their page: drafted, checked, edited, approved; and what they mean on the page of a pair."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from linkage.report import Consent
from linkage.sharing import alert_draft
from linkage.store import AlertEvent, HoldBack, Store, distribution, hold_back, read_alert, record_alert_event
from linkage.store.connect import writing
from tests.dashboard.conftest import small_world
from tests.dashboard.test_deciding import copied
from tests.dashboard.test_pages import html, words
from tests.dashboard.test_pages import opened as open_page
from tests.store.test_store import Batch


@pytest.fixture
def store(small_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The small store, in which one report of the series allows alerts."""
    url = copied(small_store, tmp_path)
    monkeypatch.setenv("LINKAGE_STORE", url)
    with Store(url) as opened:
        first = next(one for one in small_world() if one.report_id == "SYN-L1")
        opened.import_batch(Batch([first.model_copy(update={"consent": Consent(alert=True, police=True)})]))
        yield opened


def press_form(app: object, label: str) -> None:
    buttons = [one for one in app.button if one.label == label]  # type: ignore[attr-defined]
    buttons[0].click().run()


def test_an_alert_is_drafted_edited_and_approved(store: Store) -> None:
    app = open_page("alerts")
    app.text_input(key="alert_subject").set_value("SYN-L1")
    press_form(app, "Draft an alert")
    assert app.query_params["alert"] in ("1", ["1"])
    assert "anchor tattoo on neck" in "".join(one.value for one in app.text)
    assert "15 checks passed: consent of every report" in words(app)
    app.text_area(key="alert_1_1_email").set_value("He came to her flat. No: 1")
    press_form(app, "Save and check")
    assert "her flat" in html(app)
    assert app.button(key="approve_alert").disabled
    app.text_area(key="alert_1_2_email").set_value("Male, stocky. No: 1")
    press_form(app, "Save and check")
    app.button(key="approve_alert").click().run()
    assert [one.event for one in read_alert(store, 1).events] == ["drafted", "edited", "edited", "approved"]
    assert "**approved**" in words(app)


def test_the_page_tells_what_an_alert_waits_for_and_the_words_that_went_out_after_they_were_changed(
    store: Store,
) -> None:
    alert_draft.draft(store, "SYN-L1")
    assert "It waits for somebody to approve it." in words(open_page("alerts", alert="1"))
    alert_draft.approve(store, 1)
    assert "linkage alert send 1" in words(open_page("alerts", alert="1"))
    record_alert_event(store, AlertEvent(1, 1, "sent", {"regions": []}), {"SYN-L1"})
    with writing(store.engine) as connection:
        line = distribution.Sending(distribution.FINISHED, 1, 1, "North West", "", "email", 1200, 3)
        distribution.record(connection, [line], "sue", "alert finished")
    alert_draft.edit(store, 1, {"email": "Male, tall. No: 1"})
    app = open_page("alerts", alert="1")
    sent = html(app).split("<caption>To whom it went")[1].split("</table>")[0]
    assert all(one in sent for one in ("North West, everybody, by email", ">1,200<", ">3<", "version 1", "sue"))
    [old] = [one for one in app.expander if one.label == "Version 1, which went out"]
    assert "anchor tattoo on neck" in old.text[0].value


def test_who_wrote_an_alert_is_told_before_that_somebody_else_approves_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert_draft.draft(store, "SYN-L1")
    monkeypatch.setattr(alert_draft, "own_words", lambda *_: "ann wrote this alert: somebody else")
    app = open_page("alerts", alert="1")
    assert app.button(key="approve_alert").disabled
    assert "Ann wrote this alert" in words(app)


def test_what_was_left_out_of_a_draft_stands_on_its_page_with_its_words(store: Store) -> None:
    first = next(one for one in small_world() if one.report_id == "SYN-L1")
    said = first.behaviours.model_copy(update={"probability": {"poses_as_client": 0.6}})
    raw = {"behaviours.present.2": "like a client"}
    store.import_batch(
        Batch([first.model_copy(update={"behaviours": said, "raw": raw, "consent": Consent(alert=True)})])
    )
    app = open_page("alerts")
    app.text_input(key="alert_subject").set_value("SYN-L1")
    press_form(app, "Draft an alert")

    left = html(app).split("Left out, as it was not read surely", 1)[1].split("</table>", 1)[0]
    assert all(one in left for one in ("poses as an ordinary client", "read as: likely", "like a client", "SYN-L1"))
    assert "ordinary client" not in "".join(one.value for one in app.text)


@pytest.mark.usefixtures("store")
def test_a_report_without_consent_and_an_alert_that_is_not_there_are_told() -> None:
    app = open_page("alerts")
    app.text_input(key="alert_subject").set_value("SYN-L2")
    press_form(app, "Draft an alert")
    assert "consent.alert is no" in "".join(one.value for one in app.error)
    assert "There is no alert 7" in "".join(one.value for one in open_page("alerts", alert="7").info)


def test_a_pair_tells_of_held_back_details_and_of_a_report_that_may_repeat_an_alert(store: Store) -> None:
    alert_draft.draft(store, "SYN-L1")
    alert_draft.approve(store, 1)
    record_alert_event(store, AlertEvent(1, 1, "sent", {"regions": []}), {"SYN-L1"})
    other = next(one for one in small_world() if one.report_id == "SYN-L2")
    store.import_batch(Batch([other.model_copy(update={"received": "2090-01-01"})]))
    hold_back(store, HoldBack("report", "SYN-L1", "phrase", "the lighthouse"))
    app = open_page("pair", a="SYN-L1", b="SYN-L2")
    assert "Both tell a held-back detail\\: the lighthouse" in "".join(one.value for one in app.success)
    told = "".join(one.value for one in app.warning)
    assert "SYN-L2 was made after alert 1 went out" in told
    assert "as evidence" in told
    press_form(app, "Repeats the alert")
    search = open_page("search")
    search.text_input(key="search_words").set_value("yellow saab anchor tattoo")
    search.button[0].click().run()
    listed = "".join(one.value for one in search.warning)
    assert "SYN-L2 was made after alert 1 went out" in listed
    assert "as echo" in listed
    assert read_alert(store, 1).events[-1].detail == {"report": "SYN-L2", "judgement": "echo", "reason": ""}
