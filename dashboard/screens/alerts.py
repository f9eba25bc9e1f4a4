"""Alerts: drafted from a report or a series, checked, edited, settled and approved. Nothing is sent from here."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from dashboard import work
from dashboard.parts.alert_form import actions, edit_form, settle_form, standing
from dashboard.parts.alert_log import STEPS, became
from dashboard.parts.chrome import as_written, links_line, sentence
from dashboard.parts.hold_back_form import held_back_form
from dashboard.parts.status import tell
from dashboard.parts.tables import Cell, Link, Noted, Quiet, Stack, report_link, table
from dashboard.store_snapshot import opened, url
from linkage.review.strength import counted
from linkage.sharing import alert_draft
from linkage.sharing.alert_facts import AGREED, DIFFERS, ONE
from linkage.sharing.alert_rules import EMAIL, SHORT, called, rules
from linkage.sharing.consent_gate import ConsentError
from linkage.store import Alert, AlertError, AlertHistory, Check, Store, read_alert, read_alerts
from linkage.store.alert_record import PASS, AlertState

PATH = work.ALERTS
OVER = (AlertState.RECALLED, AlertState.DEAD)
ALL = Link("All alerts", PATH)
STANDING = {AGREED: "more than one incident", ONE: "one incident", DIFFERS: "the reports differ"}
_SIGNS = {"pass": "+ passes", "warn": "~ look at it", "stop": "- stops it"}


def render() -> None:
    """Draw the page: one alert, or all of them."""
    asked = st.query_params.get("alert", "")
    if why := work.refusal("look"):
        st.title("Alerts")
        st.info(why)
        return
    store = opened(url())
    try:
        history = read_alert(store, int(asked) if asked.isdecimal() else 0) if asked else None
    except AlertError as error:
        st.title("Alerts")
        st.info(as_written(sentence(str(error))))
        links_line([ALL])
        return
    if history is None:
        _listed(store)
    else:
        _one(store, history)


def _listed(store: Store) -> None:
    st.title("Alerts")
    st.write(
        "A warning is drafted from the values of a report or a series, checked by rules, and approved by a person. "
        "Nothing is sent from here: a supervisor lets an approved alert go with linkage alert send."
    )
    may = alert_draft.allowed(store)
    if not work.refusal("draft_alert"):
        with st.form("draft_alert", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
            subject = st.text_input(
                "Number of a report, or id of a series", st.query_params.get("about", ""), key="alert_subject"
            ).strip()
            drafted = st.form_submit_button("Draft an alert")
        if drafted:
            _draft(store, subject)
    rows = [_row(one, may) for one in reversed(read_alerts(store))]
    if rows:
        table("Alerts, the newest first", ["Alert", "State", "About", "Version", "Last step (UTC)"], rows)
    else:
        st.caption("No alert was drafted yet.")
    held_back_form(store)


def _row(one: AlertHistory, may: Collection[str]) -> tuple[Cell, ...]:
    last = one.events[-1]
    return (
        Link(f"Alert {one.number}", PATH, (("alert", str(one.number)),)),
        Quiet(str(one.state(may)), "to be recalled" if one.recall_due(may) else ""),
        _about(one.latest),
        f"{one.latest.version}",
        Quiet(f"{STEPS.get(last.event, last.event)} by {last.who}", (last.at or "")[:16].replace("T", " ")),
    )


def _about(alert: Alert) -> Link:
    """The report or series that an alert is about."""
    if alert.kind == "report":
        return report_link(alert.subject)
    return Link(f"Series {alert.subject}", "series", (("id", alert.subject),))


def _draft(store: Store, subject: str) -> None:
    try:
        if not subject:
            raise AlertError("name a report or a series to draft an alert on")
        made = alert_draft.draft(store, subject)
    except (AlertError, ConsentError) as error:
        st.error(as_written(sentence(str(error))))
        return
    tell(f"Alert {made.alert} is drafted.")
    st.query_params.from_dict({"alert": str(made.alert)})
    st.rerun()


def _one(store: Store, history: AlertHistory) -> None:
    alert, may = history.latest, alert_draft.allowed(store)
    checks, state = alert_draft.check(store, history.number), history.state(may)
    st.title(f"Alert {history.number}")
    links_line([ALL, _about(alert)])
    st.markdown(f"Version {alert.version}: **{state}**. {as_written(standing(history, state, may))}")
    st.write(as_written(_made_from(history)))
    st.header("E-mail")
    st.text(alert.texts.get(EMAIL, ""))
    short = alert.texts.get(SHORT, "")
    st.header("Text message")
    st.text(short)
    st.caption(f"{len(short)} of {rules()['lengths']['short']} characters")
    _checks(checks)
    settle_form(store, alert)
    _left_out(store, alert)
    if state not in OVER:
        edit_form(store, alert)
    actions(store, history, checks, state)
    became(store, history)
    _values(alert)


def _made_from(history: AlertHistory) -> str:
    """How many reports it was made from, and how many consent kept out of it."""
    out = next((one.detail.get("left_out", ()) for one in history.events if one.event == "drafted"), ())
    told = f"It was made from {counted(len(history.latest.reports), 'report')}."
    return f"{told} Left out, as their consent does not allow an alert: {', '.join(out)}." if out else told


def _values(alert: Alert) -> None:
    """Each value with the reports and the words that it came from."""
    several = len(alert.reports) > 1
    rows: list[tuple[Cell, ...]] = [
        (
            sentence(called(one.field)),
            one.shown,
            *((STANDING[one.standing],) if several else ()),
            Stack(tuple(Noted(report_link(name), words or "given as a value") for name, words in one.sources)),
        )
        for one in alert.facts
    ]
    if rows:
        with st.expander(f"Each value and the words it came from: {counted(len(rows), 'value')}"):
            heads = ["What", "As told", *(["Told by"] if several else []), "Words"]
            table("Each value and the words it came from", heads, rows)


def _left_out(store: Store, alert: Alert) -> None:
    """What could be told if it were sure: a person who has read the words may add it."""
    rows: list[tuple[Cell, ...]] = [
        (one.shown, f"read as: {one.doubt}", one.words, report_link(one.report))
        for one in alert_draft.left_out(store, alert)
    ]
    if rows:
        note = (
            "The program is not sure that the report tells this. Read the words; what they do tell, add under Edit."
        )
        table("Left out, as it was not read surely", ["Behaviour", "Why", "Words", "Report"], rows, small=note)


def _checks(checks: tuple[Check, ...]) -> None:
    """What the rules object to, and in one line which object to nothing."""
    rows: list[tuple[Cell, ...]] = [
        (_SIGNS[one.verdict], one.rule, "; ".join(one.words), sentence(one.says))
        for one in sorted(checks, key=lambda one: list(_SIGNS).index(one.verdict), reverse=True)
        if one.verdict != PASS
    ]
    passed = [one.rule for one in checks if one.verdict == PASS]
    note = f"{counted(len(passed), 'check')} passed: {', '.join(passed)}."
    if rows:
        table("Checks, with the words that each objects to", ["Verdict", "Rule", "Words", "Why"], rows, small=note)
    else:
        st.caption(as_written(f"Nothing to object to: {note}"))
