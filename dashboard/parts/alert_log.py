"""What became of an alert: its steps, to how many it went by which way, and the words that went out."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.tables import Cell, Number, Quiet, table
from linkage.sharing.alert_rules import EMAIL, SHORT
from linkage.store import AlertHistory, Store, distribution
from linkage.store.distribution import FINISHED, RECALLED, RELEASED

STEPS = {
    "second_checked": "approved as the second check",
    "echo": "a report was judged: does it repeat this alert",
    "sent": "let go, to be sent",
}
"""What a step is called where its own name does not say it."""
LINES = {RELEASED: "to be sent to", FINISHED: "sent to", RECALLED: "recall to"}


def became(store: Store, history: AlertHistory) -> None:
    """Draw the steps, and the log of what was sent: how many, never whom."""
    steps: list[tuple[Cell, ...]] = [
        (
            (one.at or "")[:16].replace("T", " "),
            one.who,
            Quiet(f"{STEPS.get(one.event, one.event)}, version {one.version}", str(one.detail.get("reason", ""))),
        )
        for one in reversed(history.events)
    ]
    table("What became of it", ["When (UTC)", "Who", "What"], steps)
    with store.engine.connect() as connection:
        lines = distribution.read(connection, history.number)
    if lines:
        sent: list[tuple[Cell, ...]] = [
            (
                one.at[:16].replace("T", " "),
                LINES.get(one.event, one.event),
                f"{one.region or 'everywhere'}, {one.member_group or 'everybody'}, by {one.channel}",
                Number(f"{one.count:,}"),
                Number(f"{one.failed:,}"),
                f"version {one.version}",
                one.who,
            )
            for one in reversed(lines)
        ]
        heads = ["When (UTC)", "What", "Whom", "Subscribers", "Failed", "Words", "By"]
        table("To whom it went", heads, sent, small="Numbers of subscribers; who they are is told to nobody.")
    _went_out(history)


def _went_out(history: AlertHistory) -> None:
    """The words of versions that went out and are not the newest: they are what people have."""
    for number in dict.fromkeys(one.version for one in history.sent()):
        if number == history.latest.version:
            continue
        texts = history.version(number).texts
        with st.expander(f"Version {number}, which went out"):
            st.text(texts.get(EMAIL, ""))
            st.text(texts.get(SHORT, ""))
