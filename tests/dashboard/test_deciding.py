"""Deciding on the pages: what a key does, what is kept, what is refused, and what a second analyst sees."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts.chrome import as_written
from linkage.cli.weighing import shown_by
from linkage.review.decision import Decision
from linkage.review.series_event import SeriesEvent
from linkage.review.snapshot import with_evidence
from linkage.store import Found, Store
from linkage.store.audit import written
from tests.dashboard.conftest import MOST_RUNS, drawn_of
from tests.dashboard.test_pages import html, words
from tests.dashboard.test_pages import opened as open_page

PAIR = {"a": "SYN-L1", "b": "SYN-L2"}
SERIES = ("report_id", "role", "fit")
INCIDENTS = ("incident_id", "report_id", "basis")
OTHER = ("report_id", "series_id", "other_series_id", "fit", "other_fit")
"""Columns of a run's tables."""


def copied(address: str, folder: Path) -> str:
    """A copy of a store, to decide in."""
    file = folder / "own.db"
    with sqlite3.connect(address.removeprefix("sqlite:///")) as source, sqlite3.connect(file) as copy:
        source.backup(copy)
    return f"sqlite:///{file}"


@pytest.fixture
def own_store(store_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    address = copied(store_address, tmp_path)
    monkeypatch.setenv("LINKAGE_STORE", address)
    with Store(address) as store:
        yield store


def opened(page: str, **query: str) -> AppTest:
    """A page whose inbox lists pairs only, so that the next suggestion is shown by the same page."""
    app = open_page(page, **query)
    app.session_state["settings_chosen"] = {**app.session_state["settings_chosen"], "filter_kind": "pair"}
    return app.run()


def press(app: AppTest, *keys: str) -> AppTest:
    for key in keys:
        app.button(key=key).click().run()
        assert not app.exception
    return app


def here(app: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


def linked(analyst: str, **more: object) -> Decision:
    return Decision(analyst, "pair", "SYN-L1", "SYN-L2", "link", reasons_for=["registration"], **more)  # type: ignore[arg-type]


def test_a_link_with_a_reason_is_kept_and_the_next_suggestion_appears(own_store: Store) -> None:
    app = press(opened("pair", **PAIR), "judge_link", "reason_1", "save")
    [made] = own_store.decisions()
    assert (made.kind, made.left, made.right, made.judgement) == ("pair", "SYN-L1", "SYN-L2", "link")
    assert made.reasons_for == ["registration"]
    assert made.evidence_snapshot is not None
    assert made.score == made.evidence_snapshot["strength"]
    assert here(app) != PAIR
    assert "Saved, linked: SYN-L1 and SYN-L2" in html(app)


@pytest.mark.parametrize(("judgement", "side"), [("judge_link", "for"), ("judge_not_linked", "against")])
def test_a_judgement_that_needs_a_reason_is_not_kept_without_one(own_store: Store, judgement: str, side: str) -> None:
    app = press(opened("pair", **PAIR), judgement, "save")
    assert own_store.decisions() == []
    assert [warning.value for warning in app.warning] == [f"Choose at least one reason {side} it."]


@pytest.mark.parametrize(
    ("key", "kind", "judgement"),
    [("judge_unsure", "pair", "unsure"), ("judge_same_incident", "same_incident", "same_incident")],
)
def test_one_key_is_enough_where_no_reason_is_needed(own_store: Store, key: str, kind: str, judgement: str) -> None:
    press(opened("pair", **PAIR), key)
    assert [(one.kind, one.judgement) for one in own_store.decisions()] == [(kind, judgement)]


def test_needs_information_keeps_what_is_to_be_found_out(own_store: Store) -> None:
    app = press(opened("pair", **PAIR), "judge_needs_info")
    assert "No report records that whoever made it may be contacted" in words(app)
    press(app, "reason_1", "save")
    [made] = own_store.decisions()
    assert made.judgement == "needs_info"
    assert made.evidence_snapshot is not None
    assert len(made.evidence_snapshot["asked"]) == 1


def test_undo_is_a_new_record_and_leads_back(own_store: Store) -> None:
    app = press(opened("pair", **PAIR), "judge_unsure", "undo")
    first, second = own_store.decisions()
    assert (second.judgement, second.supersedes) == ("withdrawn", first.id)
    assert here(app) == PAIR
    assert own_store.binding().soft_link == []


def test_a_decision_can_be_taken_back_after_the_page_is_loaded_again(own_store: Store) -> None:
    press(opened("pair", **PAIR), "judge_link", "reason_1", "save")
    again = opened("pair", **PAIR)
    assert not [one for one in again.button if one.key == "undo"]
    again.text_input(key="set_why back 1").set_value("an echo")
    press(again, "take_back_1")

    first, second = own_store.decisions()
    assert (second.judgement, second.supersedes, second.note) == ("withdrawn", first.id, "an echo")
    assert second.uid != first.uid
    assert "Taken back: linked: SYN-L1 and SYN-L2" in html(again)
    told = html(again).split("Decisions on this", 1)[1]
    assert all(one in told for one in ("linked", "taken back by", "for: registration", "note: an echo"))
    assert not [one for one in again.button if str(one.key).startswith("take_back")]


@pytest.mark.parametrize(
    ("page", "query", "decision"),
    [
        ("pair", PAIR, Decision("local analyst", "same_incident", "SYN-L1", "SYN-L2", "same_incident")),
        (
            "member",
            {"id": "SYN-L1", "series": "S1"},
            Decision(
                "local analyst",
                "report_series",
                "SYN-L1",
                "S1",
                "unsure",
                scope={"left": ["SYN-L1"], "right": ["SYN-L2"]},
            ),
        ),
    ],
)
def test_each_page_takes_back_what_it_decides(
    own_store: Store, page: str, query: dict[str, str], decision: Decision
) -> None:
    number = own_store.record_decision(replace(decision, analyst=own_store.who))
    press(open_page(page, **query), f"take_back_{number}")
    assert own_store.decisions()[-1].judgement == "withdrawn"


def test_others_decisions_are_shown_and_stay_theirs(own_store: Store) -> None:
    own_store.record_decision(Decision("somebody else", "pair", "SYN-L1", "SYN-L2", "unsure"))
    app = opened("pair", **PAIR)
    assert "somebody else" in html(app).split("Decisions on this", 1)[1]
    assert not [one for one in app.button if str(one.key).startswith("take_back")]


def test_a_reason_can_be_taken_back(own_store: Store) -> None:
    press(opened("pair", **PAIR), "judge_link", "reason_1", "reason_1", "save")
    assert own_store.decisions() == []


def test_passing_keeps_nothing_and_asks_nobody_why(own_store: Store) -> None:
    before = len(own_store.audit())
    app = press(opened("pair", **PAIR), "pass_one")
    assert here(app) != PAIR
    assert len(own_store.audit()) == before


def test_a_report_is_judged_against_a_series_with_its_members_as_they_are(own_store: Store) -> None:
    press(open_page("member", id="SYN-L1", series="S1"), "judge_link", "reason_1", "save")
    [made] = own_store.decisions()
    assert (made.kind, made.left, made.right) == ("report_series", "SYN-L1", "S1")
    assert made.scope is not None
    assert sorted(made.scope["right"]) == ["SYN-L2", "SYN-L3"]


def test_what_a_member_does_not_tell_and_others_do_can_be_asked_for(own_store: Store) -> None:
    app = press(open_page("member", id="SYN-U001", series="S1"), "judge_needs_info")
    assert "What should be found out?" in words(app)
    assert "No report records that whoever made it may be contacted" in words(app)
    asked = [button.label for button in app.button if str(button.key).startswith("reason_")]
    assert asked
    press(app, "reason_1", "save")
    [made] = own_store.decisions()
    assert made.judgement == "needs_info"
    assert made.evidence_snapshot is not None
    assert len(made.evidence_snapshot["asked"]) == 1


def test_a_second_check_is_made_blind_and_sees_the_first_decision_afterwards(own_store: Store) -> None:
    number = own_store.record_decision(linked("somebody else"))
    app = opened("pair", **PAIR)
    page = words(app) + " ".join(button.label for button in app.button)
    for told in (
        "Decisions on this",
        "pair alone",
        "Starting belief",
        "very strong",
        "+2.",
        "somebody else",
        "Decided last",
        "How it adds up",
        "Series S1",
    ):
        assert told not in page
    assert not app.get("vega_lite_chart") or "Evidence side by side" not in page
    press(app, "judge_link", "reason_1", "save")
    second = own_store.decisions()[-1]
    assert (second.second_of, second.blind, second.stream) == (number, True, "second")
    assert "The first check said: linked" in html(app)
    assert own_store.binding().must_link == [("SYN-L1", "SYN-L2")]


def test_a_pair_that_is_open_again_says_what_was_decided_and_why(own_store: Store) -> None:
    own_store.record_decision(linked("somebody else"))
    own_store.record_decision(
        Decision("a third", "pair", "SYN-L1", "SYN-L2", "not_linked", reasons_against=["build"])
    )
    page = words(opened("pair", **PAIR))
    assert "**Decided last:** not linked, a third" in page
    assert "**Open again:**" in page


def test_who_made_a_first_check_sees_it_and_no_second_analyst_does(own_store: Store) -> None:
    own_store.record_decision(linked(own_store.who))
    assert f"**Decided last:** linked, {own_store.who}" in words(opened("pair", **PAIR))


def test_the_inbox_tells_nothing_of_the_scores_of_a_second_check(own_store: Store) -> None:
    own_store.record_decision(linked("somebody else"))
    app = opened("inbox")
    app.radio(key="set_inbox_tab").set_value("second").run()
    row = html(app).split("<tbody>")[1]
    assert "SYN-L1 and SYN-L2" in row
    assert "hidden" in row
    for told in ("in 10", "strong", "Registration", "somebody else"):
        assert told not in row


def test_a_row_of_the_inbox_says_how_well_the_strength_is_known(own_store: Store) -> None:
    from dashboard.store_snapshot import current_snapshot
    from linkage.review.strength import interval_ends

    row = html(open_page("inbox"))
    told = current_snapshot().explain_alone(*PAIR.values())
    assert own_store.latest_run() is not None
    assert f"({interval_ends(told, 1)})" in row


def test_scores_can_be_hidden_by_choice_and_the_decision_says_so(own_store: Store) -> None:
    app = opened("pair", **PAIR)
    app.toggle(key="set_scores_hidden").set_value(True).run()
    assert "pair alone" not in words(app)
    press(app, "judge_unsure")
    assert own_store.decisions()[0].blind


def test_single_keys_can_be_switched_off_and_that_is_remembered(own_store: Store) -> None:
    app = opened("pair", **PAIR)
    assert app.button(key="judge_link").proto.shortcut == "l"
    app.toggle(key="set_single_keys").set_value(False).run()
    assert app.button(key="judge_link").proto.shortcut == ""
    assert opened("pair", **PAIR).button(key="judge_link").proto.shortcut == ""
    assert own_store.drafts()[0].body == {"single_keys": False}


def test_that_a_narrative_was_opened_is_kept_and_the_next_one_stays_closed(own_store: Store) -> None:
    app = opened("pair", **PAIR)
    assert "his neck." not in html(app)
    press(app, "narratives")
    assert "his neck." in html(app)
    assert [entry.detail["report_id"] for entry in own_store.audit(2)] == ["SYN-L2", "SYN-L1"]
    press(app, "judge_unsure")
    assert "his neck." not in html(app)


@pytest.mark.usefixtures("own_store")
def test_a_decision_opens_as_it_was() -> None:
    press(opened("pair", **PAIR), "judge_link", "reason_1", "save")
    app = open_page("audit", decision="1")
    page = words(app)
    assert "Decision 1, as it was" in page
    assert "Evidence side by side" in page
    assert "linked" in page
    listed = html(open_page("audit"))
    assert 'href="audit?decision=1"' in listed
    assert "for: registration" in listed
    assert "weights " in listed


def test_the_audit_says_which_decisions_are_open_again_and_why(own_store: Store) -> None:
    old = Decision("ann", "pair", "SYN-L1", "SYN-L2", "unsure", score=-6.0, model_version="older, run 0")
    own_store.record_decision(old)
    page = html(open_page("audit"))
    assert "Open again, since something changed" in page
    assert "unsure, ann" in page
    assert "-6.0, weights older, run 0" in page


@pytest.mark.usefixtures("small_store")
def test_the_question_that_would_settle_it_is_named_and_what_is_left_without_each_group() -> None:
    page = words(open_page("pair", **PAIR))
    assert "What would settle it" in page
    assert "Ask first:" in page
    assert "Without a group of evidence" in page


def test_a_member_is_taken_out_with_a_reason_and_the_members_it_was_taken_from(own_store: Store) -> None:
    app = open_page("series", id="S1", part="Decide")
    app.selectbox(key="series_action").set_value("Take a report out").run()
    app.selectbox(key="series_member_S1").set_value("SYN-L3").run()
    assert "Without it:" in words(app)
    press(app, "series_save")
    assert own_store.decisions() == []
    assert "Choose at least one reason against it." in [one.value for one in app.warning]
    reasons = app.multiselect(key="set_series_against_S1 Take a report out")
    reasons.set_value(["own words"]).run()
    press(app, "series_save")
    [made] = own_store.decisions()
    assert (made.kind, made.left, made.right, made.judgement) == ("report_series", "SYN-L3", "S1", "not_linked")
    assert made.scope == {"left": ["SYN-L3"], "right": ["SYN-L1", "SYN-L2"]}
    assert set(own_store.binding().cannot_link) == {("SYN-L1", "SYN-L3"), ("SYN-L2", "SYN-L3")}


def test_a_split_names_the_evidence_that_parts_the_reports(own_store: Store) -> None:
    app = open_page("series", id="S1", part="Decide")
    app.selectbox(key="series_action").set_value("Split").run()
    by = app.selectbox(key="series_split_by")
    by.set_value(next(one for one in by.options if "Build" in one)).run()
    app.multiselect(key="set_series_against_S1 Split").set_value(["own words"]).run()
    press(app, "series_save")
    [made] = own_store.decisions()
    assert made.kind == "split"
    assert made.scope == {"left": ["SYN-L1", "SYN-L2"], "right": ["SYN-L3"]}


def test_a_series_gets_a_name_and_a_state_with_a_reason(own_store: Store) -> None:
    app = open_page("series", id="S1", part="Decide")
    app.text_input(key="set_name S1").set_value("Harbour").run()
    app.selectbox(key="set_state S1").set_value("confirmed").run()
    press(app, "series_state_save")
    assert own_store.series_events() == []  # no reason was given
    app.text_input(key="set_why S1").set_value("two analysts agree").run()
    press(app, "series_state_save")
    assert [one.event for one in own_store.series_events("S1")] == ["renamed", "state"]
    assert "confirmed" in words(app)


@pytest.mark.usefixtures("small_store")
def test_a_series_says_what_it_is_on_the_reports_that_may_be_shared(own_store: Store) -> None:
    # a draw of this pair, all that may be shared, would hide it until it is decided
    own_store.record_decision(Decision(own_store.who, "pair", "SYN-L1", "SYN-L3", "unsure"))
    assert "2 of 3 may be shared; on those alone: " in words(open_page("series", id="S1", part="Decide"))
    assert "Nearby reports that are not in it" in words(open_page("series", id="S1", part="Nearby"))


def test_a_series_says_what_it_held_when_it_was_named(own_store: Store) -> None:
    named = SeriesEvent("S1", "renamed", {"name": "Harbour", "before": ""})
    came = [
        SeriesEvent("S1", "joined", {"joined": names}) for names in (["SYN-U001", "SYN-L1"], ["SYN-L2", "SYN-L3"])
    ]
    left = SeriesEvent("S1", "left", {"left": ["SYN-U001"]})
    own_store.record_series_events([came[0], named, came[1], left])
    app = open_page("series", id="S1")
    told = words(app)
    assert "Name given when it held SYN-L1, SYN-U001. Since then 2 reports came in and 1 went out." in told
    assert "is the name still right?" in app.warning[0].value


def test_the_listed_entries_of_the_audit_can_be_exported(own_store: Store) -> None:
    own_store.record_decision(linked("ann"))
    app = open_page("audit")
    app.selectbox(key="audit_what").set_value("decision").run()
    [button] = app.get("download_button")
    assert button.proto.label == "Export 1 entry"
    [kept] = [json.loads(line) for line in written(own_store.audit(what=["decision"])).splitlines()]
    assert kept["detail"]["id"] == 1


def test_the_filters_of_the_audit_outlive_the_session_where_they_still_fit(own_store: Store) -> None:
    own_store.record_decision(linked("ann"))
    imports = "from dashboard.parts.drafts import take_up\nfrom dashboard.parts.typed import hold_typed"
    page = f"{imports}\nfrom dashboard.screens.audit import render\ntake_up('')\nhold_typed()\nrender()"

    def session() -> AppTest:
        return AppTest.from_string(page, default_timeout=60).run()

    app = session()
    app.selectbox(key="audit_what").set_value("decision")
    app.text_input(key="audit_report").set_value("SYN-L1").run()
    later = session()
    assert later.selectbox(key="audit_what").value == "decision"
    assert later.text_input(key="audit_report").value == "SYN-L1"
    assert html(later) == html(app)


@pytest.mark.parametrize("kind", ["report_series", "merge", "pair"])
def test_a_decision_of_the_command_line_is_opened_as_it_was(own_store: Store, kind: str) -> None:
    left, right, scope = {
        "report_series": ("SYN-L3", "S1", {"left": ["SYN-L3"], "right": ["SYN-L1", "SYN-L2"]}),
        "merge": ("S1", "S2", {"left": ["SYN-L1", "SYN-L2"], "right": ["SYN-L3"]}),
        "pair": ("SYN-L1", "SYN-L2", None),
    }[kind]
    run = own_store.latest_run()
    assert run is not None
    made = Decision(own_store.who, kind, left, right, "link", reasons_for=["place"], scope=scope)
    reports = {report.report_id: report for report in own_store.reports()}
    shown = shown_by(made, own_store, run, reports)
    number = own_store.record_decision(with_evidence(made, reports, shown, "a version"))
    told = html(app := open_page("audit", decision=str(number)))
    assert not app.exception
    assert "For: " in told
    assert "Registration" in told
    assert "not read" not in words(app)


def test_a_change_behind_the_stores_back_is_found_on_the_audit_page(own_store: Store) -> None:
    app = press(open_page("audit"), "audit_check")
    assert "all is as it was written" in words(app)
    with sqlite3.connect(own_store.engine.url.database or "") as behind:
        behind.execute("DROP TRIGGER reports_no_update")
        behind.execute("UPDATE reports SET body = replace(body, 'anchor', 'rose') WHERE report_id = 'SYN-L1'")
    app = press(open_page("audit"), "audit_check")
    assert "Not as it was written" in app.error[0].value
    assert as_written("reports/SYN-L1") in app.error[0].value


def test_an_opening_of_a_narrative_is_not_shown_to_others() -> None:
    from dashboard.screens.audit import visible_to
    from linkage.store.audit import AuditEntry

    entries = [
        AuditEntry(n, "", who, what, {}, "")
        for n, who, what in ((1, "A", "opened"), (2, "B", "opened"), (3, "A", "link"))
    ]
    assert [one.id for one in visible_to(entries, "B", every=False)] == [2, 3]
    assert len(visible_to(entries, "B", every=True)) == 3


def test_what_a_second_analyst_decides_blind_is_in_no_list_or_chart_of_a_report(own_store: Store) -> None:
    before = html(open_page("report", id="SYN-L1"))
    assert "Compare with SYN-L2, " in before
    assert "SYN-L1 and SYN-L2" in before
    own_store.record_decision(linked("somebody else"))
    after = html(open_page("report", id="SYN-L1"))
    assert "SYN-L1 and SYN-L2" not in after
    assert set(re.findall(r"Compare with SYN-L2, [^\"<]*", after)) == {"Compare with SYN-L2, scores hidden"}
    assert "SYN-L1 and SYN-L2" not in html(open_page("series", id="S1"))


def test_the_news_tells_no_first_check_to_whoever_makes_the_second(own_store: Store) -> None:
    number = own_store.record_decision(linked("somebody else"))
    scope = {"left": ["SYN-L3"], "right": ["SYN-L1", "SYN-L2"]}
    own_store.record_decision(Decision("a third", "report_series", "SYN-L3", "S1", "unsure", scope=scope))
    page = words(open_page("start"))
    assert "SYN-L3 and S1, a third" in page
    assert "somebody else" not in page
    page = words(open_page("audit", decision=str(number)))
    assert "Scores of SYN-L1 and SYN-L2 are hidden: a second check" in page
    assert "somebody else" not in page


def in_series(store: Store, *members: str) -> None:
    """A run like the latest with one series of these reports, no pair of which it draws."""
    run = store.latest_run()
    assert run is not None
    pairs = pd.DataFrame([asdict(pair) for pair in run.top_pairs(None)])
    series = pd.DataFrame([("S1", name, "core", 1.9) for name in members], columns=["series_id", *SERIES])
    incidents, other = (pd.DataFrame(columns=list(names)) for names in (INCIDENTS, OTHER))
    for _ in range(MOST_RUNS):
        store.save_run(Found(pairs, series, incidents, other, dict(run.record)))
        if not any({*members}.issuperset(pair) for pair in drawn_of(store)):
            return
    raise AssertionError(f"each of {MOST_RUNS} runs drew a pair of these reports")


def test_a_member_decided_blind_has_no_strength_on_the_page_of_a_report(own_store: Store) -> None:
    def without() -> str:
        return html(open_page("report", id="SYN-L1")).split("<caption>Without a member")[1].split("</table>")[0]

    in_series(own_store, "SYN-L1", "SYN-L2", "SYN-U001")
    assert "Compare with SYN-L2" in without()
    own_store.record_decision(linked("somebody else"))
    assert "Compare with SYN-" not in without()  # without the third, what is left of three is the pair


def test_a_series_whose_only_pair_is_decided_blind_tells_no_strength(own_store: Store) -> None:
    in_series(own_store, "SYN-L1", "SYN-L2")
    strengths = re.compile(r"[+\u2212-]\d+\.\d|more than 9 in 10|very strong|times likelier")
    asked = [("series", {"id": "S1", "part": part}) for part in ("Travel", "One series, or two?")]
    for page, query in asked:
        assert strengths.search(words(open_page(page, **query)))
    own_store.record_decision(linked("somebody else"))
    for page, query in asked:
        told = words(open_page(page, **query))
        assert "SYN-L2" in told
        assert not strengths.search(told)
    report = words(open_page("report", id="SYN-L1"))
    assert "Strength hidden" in report.split("Its place in series S1")[1]
    assert "hidden until you have decided" in words(open_page("series_list"))
