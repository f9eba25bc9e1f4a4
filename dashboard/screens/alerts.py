"""Alerts: drafted from a report or a series, checked, edited, settled and approved. Nothing is sent from here."""

from __future__ import annotations

import streamlit as st

from dashboard import work
from dashboard.parts.alert_form import actions, edit_form, settle_form
from dashboard.parts.chrome import as_written
from dashboard.parts.hold_back_form import held_back_form
from dashboard.parts.status import tell
from dashboard.parts.tables import Cell, Link, Number, report_link, table
from dashboard.store_snapshot import opened, url
from linkage.sharing import alert_draft
from linkage.sharing.consent_gate import ConsentError
from linkage.store import Alert, AlertError, AlertHistory, Check, Store, read_alert, read_alerts

PATH = "alerts"
_SIGNS = {"pass": "+ passes", "warn": "~ look at it", "stop": "- stops it"}


def render() -> None:
    """Draw the page: one alert, or all of them."""
    st.title("Alerts")
    if why := work.refusal("look"):
        st.info(why)
        return
    store, asked = opened(url()), st.query_params.get("alert", "")
    if not asked:
        _listed(store)
        return
    try:
        history = read_alert(store, int(asked) if asked.isdecimal() else 0)
    except AlertError as error:
        st.info(as_written(str(error)).capitalize())
        return
    _one(store, history)


def _listed(store: Store) -> None:
    may = alert_draft.allowed(store)
    if not work.refusal("draft_alert"):
        with st.form("draft_alert", border=False):
            subject = st.text_input("Number of a report, or id of a series", key="alert_subject").strip()
            drafted = st.form_submit_button("Draft an alert")
        if drafted and subject:
            _draft(store, subject)
    rows: list[tuple[Cell, ...]] = [
        (
            Link(f"Alert {one.number}", PATH, (("alert", str(one.number)),)),
            str(one.state(may)) + (", to be recalled" if one.recall_due(may) else ""),
            one.latest.subject,
            Number(str(one.latest.version)),
        )
        for one in reversed(read_alerts(store))
    ]
    if rows:
        table("Alerts, the newest first", ["Alert", "State", "About", "Version"], rows)
    else:
        st.caption("No alert was drafted yet.")
    held_back_form(store)


def _draft(store: Store, subject: str) -> None:
    try:
        made = alert_draft.draft(store, subject)
    except (AlertError, ConsentError) as error:
        st.error(as_written(str(error)))
        return
    tell(f"Alert {made.alert} is drafted.")
    st.query_params["alert"] = str(made.alert)
    st.rerun()


def _one(store: Store, history: AlertHistory) -> None:
    alert, may = history.latest, alert_draft.allowed(store)
    checks = alert_draft.check(store, history.number)
    st.markdown(
        f"Alert {history.number}, version {alert.version}, about {as_written(alert.subject)}: "
        f"**{history.state(may)}**{', to be recalled' if history.recall_due(may) else ''}"
    )
    st.header("E-mail")
    st.text(alert.texts.get("email", ""))
    short = alert.texts.get("short", "")
    st.header("Text message")
    st.text(short)
    st.caption(f"{len(short)} of 160 characters")
    _checks(checks)
    settle_form(store, alert)
    _left_out(store, alert)
    edit_form(store, alert)
    actions(store, history, checks, history.state(may))
    facts: list[tuple[Cell, ...]] = [
        (one.field.split(".")[0].replace("_", " "), one.shown, one.standing,
         "; ".join(f"{name}: {words}" for name, words in one.sources if words))
        for one in alert.facts
    ]  # fmt: skip
    if facts:
        table("Each value and the words it came from", ["What", "As told", "Standing", "Words"], facts)
    steps: list[tuple[Cell, ...]] = [
        ((one.at or "")[:16].replace("T", " "), one.who, f"{one.event.replace('_', ' ')}, version {one.version}")
        for one in reversed(history.events)
    ]
    table("What became of it", ["When", "Who", "What"], steps)


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
    rows: list[tuple[Cell, ...]] = [
        (_SIGNS[one.verdict], one.rule, "; ".join(one.words), one.says)
        for one in sorted(checks, key=lambda one: list(_SIGNS).index(one.verdict), reverse=True)
    ]
    table("Checks, with the words that each objects to", ["Verdict", "Rule", "Words", "Why"], rows)
