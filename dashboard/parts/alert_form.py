"""What a person does with an alert: edits its texts, settles contradictions, approves, withdraws."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written, sentence
from dashboard.parts.status import tell
from linkage.review.people import NotAllowedError
from linkage.sharing import alert_draft
from linkage.sharing.alert_rules import called
from linkage.store import Alert, AlertError, AlertHistory, AlertState, ChangedMeanwhileError, Check, Store

_OPEN = (AlertState.DRAFT, AlertState.STOPPED, AlertState.SECOND_CHECK, AlertState.APPROVED)


def settle_form(store: Store, alert: Alert) -> None:
    """A choice for each contradiction that nobody has settled."""
    if work.refusal("draft_alert"):
        return
    for one in alert_draft.open_contradictions(store, alert):
        with st.form(f"settle_{one.field}"):
            choice = st.radio(
                f"Settle the {called(one.field).lower()}: {as_written(one.why)}",
                one.choices,
                None,  # chosen by nobody yet: the first would be settled by a press too many
                key=f"settle_{alert.alert}_{one.field}_choice",
            )
            chosen = st.form_submit_button("Settle", key=f"settle_{one.field}_save")
        if chosen and choice is None:
            st.error("Choose what the alert is to tell, or to leave it out.")
        elif chosen and _done(partial(alert_draft.settle, store, alert.alert, one.field, str(choice))):
            tell("Settled, and drafted anew.")
            st.rerun()


def edit_form(store: Store, alert: Alert) -> None:
    """Both texts, to be changed; the checks run over what is saved."""
    if work.refusal("draft_alert"):
        return
    name = f"alert_{alert.alert}_{alert.version}"
    with st.expander("Edit"), st.form(f"edit_{name}", border=False):
        email = st.text_area("E-mail text", alert.texts.get("email", ""), height=220, key=f"{name}_email")
        short = st.text_area(
            "Text message, at most 160 characters", alert.texts.get("short", ""), key=f"{name}_short"
        )
        saved = st.form_submit_button("Save and check")
    if saved and _done(partial(alert_draft.edit, store, alert.alert, {"email": email, "short": short})):
        tell("Saved as a new version and checked.")
        st.rerun()


def standing(history: AlertHistory, state: AlertState, allowed: Collection[str]) -> str:
    """What an alert waits for, in a sentence or two."""
    number = history.number
    if history.recall_due(allowed):
        return "It went out, and a consent in it was taken back since, or a report was erased: recall it."
    return {
        AlertState.DRAFT: "It waits for somebody to approve it.",
        AlertState.STOPPED: "A check stops it: change its words under Edit, or settle what the reports contradict.",
        AlertState.SECOND_CHECK: "It waits for a second person to check it.",
        AlertState.APPROVED: f"Nothing has left yet: a supervisor lets it go with linkage alert send {number}.",
        AlertState.SENT: "It went out.",
        AlertState.RECALLED: f"Who got it is told that it is withdrawn with linkage alert send {number} --recall.",
        AlertState.DEAD: "It can go nowhere: it was withdrawn, or a consent in it was taken back.",
    }[state]


def actions(store: Store, history: AlertHistory, checks: Sequence[Check], state: AlertState) -> None:
    """Approve or check as the second person, withdraw or recall."""
    number, stopped = history.number, any(one.verdict == "stop" for one in checks)
    if state in (AlertState.DRAFT, AlertState.STOPPED, AlertState.SECOND_CHECK) and not work.refusal("approve_alert"):
        second = state == AlertState.SECOND_CHECK
        label = "Approve as the second check" if second else "Approve"
        own = "" if second else alert_draft.own_words(store, history.latest)
        pressed = st.button(label, key="approve_alert", disabled=stopped or bool(own))
        if pressed and _done(lambda: alert_draft.approve(store, number, second)):
            tell(f"Alert {number} is approved.")
            st.rerun()
        if stopped or own:
            st.caption("A check stops it: it cannot be approved." if stopped else as_written(sentence(f"{own}.")))
    if (state in _OPEN or history.sent()) and state != AlertState.RECALLED and not work.refusal("recall_alert"):
        with st.expander("Recall" if history.sent() else "Withdraw"), st.form("recall_alert", border=False):
            reason = st.text_input("Reason", key="recall_reason")
            recalled = st.form_submit_button("Recall it" if history.sent() else "Withdraw it")
        if recalled and _done(lambda: alert_draft.withdraw(store, number, reason)):
            tell(f"Alert {number} is {'recalled' if history.sent() else 'withdrawn'}.")
            st.rerun()


def _done(act: Callable[[], object]) -> bool:
    """Do it, or say why it cannot be."""
    try:
        act()
    except (AlertError, ChangedMeanwhileError, NotAllowedError) as error:
        st.error(as_written(sentence(str(error))))
        return False
    return True
