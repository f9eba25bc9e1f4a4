"""On a pair and in lists: held-back details that both tell, and reports that may repeat an alert, to be judged."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written
from dashboard.parts.status import tell
from dashboard.store_snapshot import StoreSnapshot, fitted, opened, url
from linkage.features.explanation import Explanation
from linkage.review.echo_marks import ECHO, OWN
from linkage.sharing.pair_marks import EchoMark, held_words, pair_marks
from linkage.store.echoes import judge_echo, marks_of


def echo_notes(explanation: Explanation, now: StoreSnapshot) -> None:
    """Draw the marks of a pair; nothing where there are none."""
    a, b = (now.reports[name] for name in (explanation.report_a, explanation.report_b))
    left_out = now.run.record.get("echo", {}).get("left_out", {}) if now.run else {}
    marks = pair_marks(opened(url()), a, b, explanation.parts, left_out)
    if not marks.lines:
        return
    st.header("Alerts and this pair")
    for detail in marks.held:
        st.success(as_written(held_words(detail)))
    for mark in marks.echo:
        st.warning(as_written(mark.words))
        if not work.refusal("decide"):
            _judge(mark)


def notes_on_listed(names: Sequence[str], now: StoreSnapshot) -> None:
    """Say which of the listed reports may repeat an alert, with both strengths against the alert's own report."""
    store = opened(url())
    left_out = now.run.record.get("echo", {}).get("left_out", {}) if now.run else {}
    for name, listed in marks_of(store, names, now.reports).items():
        sources = [one for mark in listed for one in mark.alert.reports if one in now.reports]
        for source in dict.fromkeys(sources):
            with now.lock:
                parts = fitted(now.stamp, now).explain_alone(name, source).parts
            for mark in pair_marks(store, now.reports[name], now.reports[source], parts, left_out).echo:
                st.warning(as_written(mark.words))


def _judge(mark: EchoMark) -> None:
    name = f"echo_{mark.report}_{mark.alert}"
    with st.form(name, border=False):
        reason = st.text_input(f"Why {mark.report} repeats alert {mark.alert}, or does not", key=f"{name}_reason")
        with st.container(horizontal=True):
            repeats = st.form_submit_button("Repeats the alert", key=f"{name}_echo")
            own = st.form_submit_button("An account of its own", key=f"{name}_own")
    if repeats or own:
        judge_echo(opened(url()), mark.alert, mark.report, ECHO if repeats else OWN, reason)
        tell(f"Recorded for {mark.report}. The next linking goes by it.")
        st.rerun()
